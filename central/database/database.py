"""Runs work on central's records, never on the event loop, and says what went wrong in codes.

SQLite has one writer; PostgreSQL has several, and the counter of a team puts them in order
(sync.md §2). All statements are SQLAlchemy Core and run on both.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoLineFree
from sqlcipher3 import dbapi2

from central import migrations
from central.database import service_role, upgrade
from central.database.backend import Backend
from central.database.news import taken_changes
from central.database.postgres import PostgresBackend
from central.database.sqlite import SqliteBackend
from central.problems import Refusal
from contract.problems import ProblemCode

T = TypeVar("T")

log = logging.getLogger(__name__)

_FAILED = (DBAPIError, dbapi2.DatabaseError)
"""What fails inside a transaction; long lists are fetched from the driver itself."""

STREAMS = 16
"""Most snapshots under way at once; one more is asked to come back."""

_STREAM_LATER_S = 5


class Database:
    """Central's records. ``write``, ``read`` and ``stream`` run work in a transaction of its own.

    ``place``: a path (an encrypted file, with its key of 32 bytes) or an address as
    ``postgresql://...`` (without key).
    """

    def __init__(
        self, place: Path | str, key: bytes = b"", *, readers: int = 2, writers: int = 8
    ) -> None:
        self.backend: Backend
        if isinstance(place, Path):
            self.backend = SqliteBackend(place, key, readers=readers, streams=STREAMS)
        else:
            self.backend = PostgresBackend(
                place, writers=writers, readers=max(readers, 4), streams=STREAMS
            )
        self.place = place
        self.on_commit: Callable[[str], None] = lambda team: None
        """Called after a commit for each team whose records it changed, on any thread."""
        self._write_line = ThreadPoolExecutor(
            self.backend.writers, thread_name_prefix="central-write"
        )
        self._read_line = ThreadPoolExecutor(
            self.backend.readers, thread_name_prefix="central-read"
        )
        self._streams = 0
        self._counting = threading.Lock()
        self._closing = threading.Lock()
        self._closed = False

    @classmethod
    def open(
        cls, place: Path | str, key: bytes = b"", *, readers: int = 2, writers: int = 8
    ) -> "Database":
        """Open the records and bring them up to date. Raises ``Unusable``.

        A file that has to change is copied first; PostgreSQL changes in one transaction or not.
        """
        if isinstance(place, Path):
            place.parent.mkdir(parents=True, exist_ok=True)
        database = cls(place, key, readers=readers, writers=writers)
        try:
            database.migrate()
        except BaseException:
            database.close()
            raise
        return database

    @property
    def path(self) -> Path:
        """The file the records stand in; raises ``ValueError`` where they stand on a server."""
        if isinstance(self.place, Path):
            return self.place
        raise ValueError("these records stand on a server")

    def revision(self) -> str | None:
        """Return the step the tables stand at; None where there are none. Raises ``Unusable``."""
        try:
            with self.backend.writer.connect() as connection:
                return upgrade.revision(connection)
        except DBAPIError as trouble:
            raise (self.backend.unusable(trouble) or self._told(trouble)) from None

    def migrate(self) -> None:
        """Take the steps the tables still lack."""
        at = self.revision()
        if at == migrations.HEAD:
            return
        if at is not None:
            if at not in migrations.KNOWN:
                raise self.backend.newer
            self.backend.keep_copy(at)
        with self.backend.writer.connect() as connection, connection.begin():
            self.backend.begin_migration(connection)
            upgrade.upgrade(connection)
            service_role.grant(connection)

    def grant(self) -> None:
        """Give the service role of a server what it needs and no more, where there is one."""
        with self.backend.writer.connect() as connection, connection.begin():
            service_role.grant(connection)

    def go_back(self, to: str) -> None:
        """Take steps back to an older shape, or to ``base``. What they made is lost."""
        at = self.revision()
        if at is not None:
            self.backend.keep_copy(at)
        with self.backend.writer.connect() as connection, connection.begin():
            self.backend.begin_migration(connection)
            upgrade.downgrade(connection, to)

    def copy_to(self, path: Path) -> None:
        """Make a whole copy of the file under the same key, while nobody writes."""
        if not isinstance(self.backend, SqliteBackend):
            raise ValueError("a server is copied with its own tools (operations.md)")
        self.backend.copy_to(path)

    def drop_put_aside(self, moment: datetime, terms: Mapping[str, int]) -> int:
        """Let go copies of the file from before a migration whose term is over; returns how many.

        A server has none.
        """
        backend = self.backend
        return backend.drop_put_aside(moment, terms) if isinstance(backend, SqliteBackend) else 0

    def wipe(self) -> None:
        """Leave nothing of deleted rows in the pages; done after a round of retention."""
        self.backend.wipe()

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
            return self._within(self.backend.writer, work)
        except DBAPIError as trouble:
            meaning = self.backend.meaning(trouble)
            if not meaning.again:
                raise self._told(trouble) from trouble
        return self._once(self.backend.writer, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Read in one transaction: everything it sees belongs to one moment."""
        return await asyncio.get_running_loop().run_in_executor(
            self._read_line, self.read_now, work
        )

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """Read on this very thread."""
        return self._once(self.backend.reader, work)

    async def stream(self, work: Callable[[Connection], Iterator[T]]) -> AsyncGenerator[T]:
        """Read piece by piece inside one transaction, as fast as the pieces are taken.

        Refuses with ``overloaded`` while ``STREAMS`` others are under way.
        """
        if self._streams >= STREAMS:
            raise Refusal(ProblemCode.OVERLOADED, retry_after_s=_STREAM_LATER_S)
        with self._counting:
            self._streams += 1
        step: Future[Any] = self._read_line.submit(self._lend)
        lent = step
        try:
            connection = await asyncio.wrap_future(step)
            step = self._read_line.submit(work, connection)
            pieces = await asyncio.wrap_future(step)
            while True:
                step = self._read_line.submit(next, pieces, None)
                piece = await asyncio.wrap_future(step)
                if piece is None:
                    return
                yield piece
        except _FAILED as trouble:
            raise self._told(trouble) from trouble
        finally:
            # Who hangs up may do so while a step runs: the connection is let go after it, and
            # never on the event loop.
            if step.done():
                await asyncio.shield(asyncio.wrap_future(self._end_stream(lent)))
            else:
                step.add_done_callback(lambda _: self._end_stream(lent))

    def waiting(self) -> int:
        """Return how many units of work wait to write, those under way left out."""
        return self._write_line._work_queue.qsize()

    def let_go(self) -> None:
        """Close the connections that are at rest; the next piece of work opens its own again."""
        for engine in (self.backend.writer, self.backend.reader, self.backend.streamer):
            engine.dispose()

    def close(self) -> None:
        """Finish what runs and close every connection."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
        self._write_line.shutdown(wait=True)
        self._read_line.shutdown(wait=True)
        self.let_go()

    def _end_stream(self, lent: "Future[Connection]") -> "Future[None]":
        def end() -> None:
            with self._counting:
                self._streams -= 1
            if not lent.cancelled() and lent.exception() is None:
                lent.result().close()

        try:
            return self._read_line.submit(end)
        except RuntimeError:
            # Central is closing: nobody waits for this thread any more.
            end()
            ended: Future[None] = Future()
            ended.set_result(None)
            return ended

    def _lend(self) -> Connection:
        try:
            return self.backend.streamer.connect()
        except NoLineFree:
            raise Refusal(ProblemCode.OVERLOADED, retry_after_s=1) from None
        except DBAPIError as trouble:
            raise self._told(trouble) from trouble

    def _once(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        try:
            return self._within(engine, work)
        except _FAILED as trouble:
            raise self._told(trouble) from trouble

    def _within(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        try:
            with engine.connect() as connection:
                taken_changes(connection)
                with connection.begin():
                    done = work(connection)
                changed = taken_changes(connection)
        except NoLineFree:
            raise Refusal(ProblemCode.OVERLOADED, retry_after_s=1) from None
        for team in changed:
            try:
                self.on_commit(team)
            except Exception as trouble:
                # What is committed stands; who listens finds it within a second (sync.md §8).
                log.warning("a commit could not be told on: %s", type(trouble))
        return done

    def _told(self, trouble: Exception) -> Exception:
        """Return the refusal that an error stands for; the error itself when it is a bug."""
        said = trouble if isinstance(trouble, DBAPIError) else DBAPIError(None, None, trouble)
        refusal = self.backend.meaning(said).refusal
        if isinstance(refusal, Refusal) and refusal.code is ProblemCode.STORAGE_UNUSABLE:
            # A connection that met a damaged page reads nothing more; the next ones may.
            self.let_go()
        return refusal or trouble
