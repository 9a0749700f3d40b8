"""The encrypted file: one writer, WAL, ``synchronous=FULL`` (sync.md §2, security.md §2)."""

import os
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from central.database import damage
from central.database.backend import Meaning
from central.problems import Refusal, Unusable
from contract.problems import ProblemCode
from contract.put_aside import is_over, stays

BUSY_MS = 5000

WRITER = (
    "PRAGMA cache_size=-16000",
    "PRAGMA wal_autocheckpoint=4000",
    # What is deleted is overwritten, in free pages too (security.md §4).
    "PRAGMA secure_delete=ON",
)
"""A batch of 500 ops fits in 16 MB, and the log is moved into the file each 16 MB, not each 4: a page
that several batches touch is encrypted and written there once. What is committed stays as safe."""

WRONG_KEY = (
    "wrong-key-or-damaged",
    "Het bestand van de centrale gaat niet open: de sleutel past niet of het bestand is beschadigd.",
)
NEWER = (
    "newer-file",
    "Het bestand van de centrale is van een nieuwere versie. Start die versie van Buurtdesk.",
)


def open_connection(path: Path, key: bytes) -> Any:
    """Open the encrypted file. Raises ``Unusable`` for a wrong key or a damaged file."""
    if len(key) != 32:
        raise ValueError("the key has 32 bytes")
    if not path.exists():
        path.touch(mode=0o600)
    connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA temp_store=MEMORY")
        # Else INSERT OR REPLACE would go round the triggers of rows that are never altered.
        connection.execute("PRAGMA recursive_triggers=ON")
    except dbapi2.DatabaseError as trouble:
        connection.close()
        if "locked" in str(trouble) or "full" in str(trouble) or "disk I/O" in str(trouble):
            raise
        raise Unusable(*WRONG_KEY) from None
    return connection


class SqliteBackend:
    """Central's own file under a key of 32 bytes."""

    writers = 1
    newer = Unusable(*NEWER)

    def __init__(self, path: Path, key: bytes, *, readers: int, streams: int) -> None:
        self.path = path
        self.readers = readers
        self.streams = streams
        self.writer = _engine(path, key, size=1, begin="BEGIN IMMEDIATE", tuning=WRITER)
        self.reader = _engine(path, key, size=readers, begin="BEGIN")
        self.streamer = _engine(path, key, size=1, begin="BEGIN")

    def begin_migration(self, connection: Connection) -> None:
        """Nothing to do: a write transaction is alone in the file."""

    def keep_copy(self, revision: str) -> None:
        """Put a copy of the file, as it was at that step, beside it."""
        self.copy_to(self.path.with_name(f"{self.path.name}.before-{revision}"))

    def copy_to(self, path: Path) -> None:
        """Make a whole copy under the same key, while nobody writes."""
        with self.writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy2(self.path, path)
        # A copy is as old as its making: its term counts from there (contract.put_aside).
        os.utime(path)

    def drop_put_aside(self, moment: datetime, terms: Mapping[str, int]) -> int:
        """Let go copies of the file whose term is over; this file is open, so none is the last."""
        gone = 0
        for file in sorted(self.path.parent.glob(f"{self.path.name}[.-]*")):
            stay = stays(file.name, self.path.name, terms)
            if stay is not None and is_over(file.stat().st_mtime, moment, stay):
                file.unlink()
                gone += 1
        return gone

    def wipe(self) -> None:
        """Move the log into the file and empty it; deleted rows were overwritten as they went."""
        with self.writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def unusable(self, trouble: DBAPIError) -> Unusable | None:
        """Return the same answer for a wrong key and a damaged file."""
        return None if isinstance(trouble, OperationalError) else Unusable(*WRONG_KEY)

    def meaning(self, trouble: DBAPIError) -> Meaning:
        """Say what an error of the file stands for."""
        if isinstance(trouble, IntegrityError):
            return Meaning(again=True)
        if damage.is_damage(trouble):
            damage.note(self.path)
            return Meaning(Refusal(ProblemCode.STORAGE_UNUSABLE, damage.DAMAGED))
        if not isinstance(trouble, OperationalError):
            return Meaning()
        words = str(trouble.orig)
        if "full" in words:
            return Meaning(Refusal(ProblemCode.STORAGE_FULL))
        if "locked" in words or "busy" in words:
            return Meaning(Refusal(ProblemCode.OVERLOADED, retry_after_s=1))
        return Meaning()


def _engine(
    path: Path, key: bytes, *, size: int, begin: str, tuning: tuple[str, ...] = ()
) -> Engine:
    def opened() -> Any:
        connection = open_connection(path, key)
        for said in tuning:
            connection.execute(said)
        return connection

    engine = create_engine(
        "sqlite://",
        creator=opened,
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=-1,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
