"""Which records a command works on, and how they are opened."""

import os
from argparse import Namespace
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from central.audit import signing
from central.database import Database
from central.operations import keys, place
from central.operations.failures import Failed
from central.settings import Settings

POSTGRESQL = ("postgresql://", "postgresql+psycopg://", "postgres://")


@dataclass(frozen=True, slots=True)
class Store:
    """An encrypted file, or the address of a PostgreSQL database."""

    file: Path | None
    address: str

    @property
    def database(self) -> Path | str:
        """What ``Settings`` and ``Database`` take."""
        return self.file or self.address

    def settings(self) -> Settings:
        """Return what central needs to start on these records."""
        seed = signing.given()
        if self.file is None:
            return Settings(database=self.address, audit_seed=seed)
        return Settings(self.file, self.key(), audit_seed=seed)

    def key(self) -> bytes:
        """Return the key of the file; PostgreSQL needs none to open."""
        return keys.key_for(self.file) if self.file else b""

    def dump_key(self) -> bytes:
        """Return the key that dumps are written under. Raises ``Failed``."""
        return keys.key_for(self.file) if self.file else keys.key_of_dump()

    def must_exist(self) -> None:
        """Raise ``Failed`` where there is no file yet."""
        if self.file is not None and not self.file.exists():
            raise Failed(f"Het bestand {self.file} is er niet. Start eerst de centrale.")

    def open(self) -> "closing[Database]":
        """Open records that must be there already. Raises ``Failed`` or ``Unusable``."""
        self.must_exist()
        return closing(Database.open(self.database, self.key()))


def store_of(asked: Namespace) -> Store:
    """Read from the words and the environment which records are meant."""
    address = asked.database or ""
    if asked.file is None and not address:
        address = os.environ.get(place.DATABASE_VARIABLE, "").strip()
    if asked.file is not None and address:
        raise Failed("Geef --file of --database, niet allebei.")
    if address:
        if not address.startswith(POSTGRESQL):
            raise Failed("Het adres achter --database begint met postgresql://.")
        return Store(None, address)
    file = asked.file or place.default_file()
    return Store(Path(file).expanduser().absolute(), "")
