"""Opens central's file and runs work on it: one writer, a few readers, never the event loop.

SQLite through sqlcipher3: WAL, ``synchronous=FULL``, BEGIN IMMEDIATE for writes (sync.md §2,
security.md §2). All statements are SQLAlchemy Core and run on PostgreSQL too.
"""

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from central import migrations
from central.problems import Refusal, Unusable
from contract.problems import ProblemCode

T = TypeVar("T")

BUSY_MS = 5000

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
    except dbapi2.DatabaseError as trouble:
        connection.close()
        if "locked" in str(trouble) or "full" in str(trouble) or "disk I/O" in str(trouble):
            raise
        raise Unusable(*WRONG_KEY) from None
    return connection


def _engine(path: Path, key: bytes, *, size: int, begin: str) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: open_connection(path, key),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=8,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Database:
    """Central's records. ``write`` runs one unit of work at a time, ``read`` a few at once."""

    def __init__(self, path: Path, key: bytes, *, readers: int = 2) -> None:
        self.path = path
        self._writer = _engine(path, key, size=1, begin="BEGIN IMMEDIATE")
        self._reader = _engine(path, key, size=readers, begin="BEGIN")
        self._write_line = ThreadPoolExecutor(1, thread_name_prefix="central-write")
        self._read_line = ThreadPoolExecutor(readers, thread_name_prefix="central-read")
        self._closing = threading.Lock()
        self._closed = False

    @classmethod
    def open(cls, path: Path, key: bytes, *, readers: int = 2) -> "Database":
        """Open the file, bring it up to date, keep a copy first. Raises ``Unusable``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        database = cls(path, key, readers=readers)
        try:
            database.migrate()
        except BaseException:
            database.close()
            raise
        return database

    def migrate(self) -> None:
        """Take the steps this file still lacks; the file as it was stays beside it."""
        with self._writer.connect() as connection:
            at = _revision(connection)
        if at == migrations.HEAD:
            return
        if at is not None:
            if at not in migrations.KNOWN:
                raise Unusable(*NEWER)
            self.copy_to(self.path.with_name(f"{self.path.name}.before-{at}"))
        with self._writer.connect() as connection, connection.begin():
            _upgrade(connection)

    def copy_to(self, path: Path) -> None:
        """Make a whole copy under the same key, while nobody writes."""
        with self._writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy2(self.path, path)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do one unit of work in a transaction of its own; on any error nothing is kept.

        Two creates that raced are decided again once (sync.md §2).
        """
        return await asyncio.get_running_loop().run_in_executor(
            self._write_line, self.write_now, work
        )

    def write_now(self, work: Callable[[Connection], T]) -> T:
        """Do one unit of work on this very thread."""
        try:
            return _within(self._writer, work)
        except IntegrityError:
            return _within(self._writer, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Read in one transaction: everything it sees belongs to one moment."""
        return await asyncio.get_running_loop().run_in_executor(
            self._read_line, self.read_now, work
        )

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """Read on this very thread."""
        return _within(self._reader, work)

    async def stream(self, work: Callable[[Connection], Iterator[T]]) -> AsyncIterator[T]:
        """Read piece by piece inside one transaction, as fast as the pieces are taken."""
        loop = asyncio.get_running_loop()
        connection = await loop.run_in_executor(self._read_line, self._reader.connect)
        try:
            pieces = await loop.run_in_executor(self._read_line, work, connection)
            while True:
                piece = await loop.run_in_executor(self._read_line, next, pieces, None)
                if piece is None:
                    return
                yield piece
        finally:
            connection.close()

    def close(self) -> None:
        """Finish what runs and close every connection."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
        self._write_line.shutdown(wait=True)
        self._read_line.shutdown(wait=True)
        self._writer.dispose()
        self._reader.dispose()


def _within(engine: Engine, work: Callable[[Connection], T]) -> T:
    try:
        with engine.connect() as connection, connection.begin():
            return work(connection)
    except OperationalError as trouble:
        raise sorted_out(trouble) from trouble


def sorted_out(trouble: DBAPIError) -> Exception:
    """Return the refusal that a database error stands for; the error itself when it is a bug."""
    words = str(trouble.orig)
    if "full" in words:
        return Refusal(ProblemCode.STORAGE_FULL)
    if "locked" in words or "busy" in words:
        return Refusal(ProblemCode.OVERLOADED, retry_after_s=1)
    return trouble


def _revision(connection: Connection) -> str | None:
    try:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DatabaseError:
        raise Unusable(*WRONG_KEY) from None
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
