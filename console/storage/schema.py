"""Bringing a file to the present schema: made whole when new, migrated with a copy when old.

``PRAGMA user_version`` holds the schema number, so a file of today opens without alembic.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, text

from console.domain.failures import Problem, StorageTrouble
from console.models import metadata
from console.storage import search
from console.storage.connection import (
    NOT_WRITABLE,
    SCHEMA,
    open_connection,
    open_keyed,
    trouble_of,
)

HEAD = SCHEMA
MIGRATIONS = Path(__file__).parent / "migrations"

TOO_NEW = Problem(
    "newer-than-program",
    "Dit bestand is gemaakt door een nieuwere versie van Buurtdesk. Er is niets gewijzigd.",
    "Zet de nieuwste versie van Buurtdesk op deze computer en open de desk opnieuw.",
)
TOO_OLD = Problem(
    "older-than-program",
    "Dit bestand is van een oudere versie van Buurtdesk en is nog niet bijgewerkt.",
    "Open de desk zelf: die maakt eerst een kopie en werkt het bestand dan bij.",
)
NOT_MIGRATED = Problem(
    "migration-failed",
    "Het bijwerken van het bestand is niet gelukt. Het oude bestand is nog heel.",
    "Open de vorige versie van Buurtdesk, of meld dit bij de beheerder. Er staat een kopie naast.",
)

EngineMaker = Callable[[Path, bytes], Engine]


def prepare(path: Path, key: bytes, make_engine: EngineMaker, *, migrate: bool = True) -> None:
    """Make the file usable by this program, or raise StorageTrouble and leave it as it is."""
    number, empty = _state_of(path, key)
    if number > HEAD:
        raise StorageTrouble(TOO_NEW)
    if number == HEAD:
        return
    if not empty:
        if not migrate:
            raise StorageTrouble(TOO_OLD)
        copy_before_migration(path, key)
    engine = make_engine(path, key)
    try:
        with engine.connect() as connection:
            if empty:
                with connection.begin():
                    create(connection)
            else:
                upgrade(connection)
    except StorageTrouble:
        raise
    except Exception as error:
        if empty or trouble_of(error):
            raise StorageTrouble(trouble_of(error) or NOT_WRITABLE) from error
        raise StorageTrouble(NOT_MIGRATED) from error
    finally:
        engine.dispose()


def create(connection: Connection) -> None:
    """Make every table of the present schema at once, in the transaction at hand."""
    metadata.create_all(connection, checkfirst=False)
    for statement in search.DDL:
        connection.execute(text(statement))
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": f"{HEAD:04d}"})
    connection.execute(text(f"PRAGMA user_version={HEAD}"))


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the migrations in one transaction; a failure leaves the file as it was."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    with connection.begin():
        command.upgrade(config, to)
        reached = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text(f"PRAGMA user_version={int(reached)}"))


def copy_before_migration(path: Path, key: bytes) -> Path:
    """Copy the file, whole and with the same key, beside itself before it is changed."""
    target = path.with_name(f"{path.stem}-before-{HEAD:03d}{path.suffix}")
    connection = open_connection(path, key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        partial = target.with_suffix(".part")
        shutil.copyfile(path, partial)
        with partial.open("rb+") as copied:
            os.fsync(copied.fileno())
        os.replace(partial, target)
    except (OSError, driver.Error) as error:
        raise StorageTrouble(trouble_of(error) or _copy_trouble(error)) from error
    finally:
        connection.close()
    return target


def _copy_trouble(error: Exception) -> Problem:
    return Problem(
        "no-copy",
        "Vóór het bijwerken kon geen kopie worden gemaakt. Er is niets gewijzigd.",
        "Maak ruimte vrij op deze computer en open de desk opnieuw.",
    )


def _state_of(path: Path, key: bytes) -> tuple[int, bool]:
    """Read the schema number and whether there is no table yet, changing nothing."""
    connection: Any = open_keyed(path, key)
    try:
        number = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    finally:
        connection.close()
    return number, number == 0 and tables == 0
