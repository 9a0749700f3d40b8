"""The local file of a desk: opened with its key, written by one thread, read by others.

Opening is light: alembic is imported only for a file older than the program (qt.md, "Start-up").
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from console.domain.changes import Changes
from console.domain.clock import Clock
from console.domain.failures import StorageTrouble
from console.storage import damage, outbox, schema
from console.storage.checkpoints import WORTH_IT, Checkpoints
from console.storage.connection import KEY_OR_DAMAGE, NOT_WRITABLE, open_connection, trouble_of
from console.storage.frozen import from_json, to_json
from console.storage.readers import Readers
from console.storage.writer import Writer

__all__ = ["Connection", "Store", "make_engine"]

T = TypeVar("T")

log = logging.getLogger(__name__)


def make_engine(path: Path, key: bytes, *, read_only: bool = False) -> Engine:
    """Make an engine on the encrypted file; it hands out plain connections and pools none."""
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: open_connection(path, key, read_only=read_only),
        poolclass=NullPool,
        json_serializer=to_json,
        json_deserializer=from_json,
        hide_parameters=True,
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def begin_transaction(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(begin)

    def note_damage(context: Any) -> None:
        # A page that cannot be read may be met long after the start; the next start looks it over.
        if trouble_of(context.original_exception) == KEY_OR_DAMAGE:
            damage.note(path)

    event.listen(engine, "begin", begin_transaction)
    event.listen(engine, "handle_error", note_damage)
    return engine


def _leave_the_log(raw: Any, _: Any) -> None:
    """Have no commit copy the log into the file, and let a log that was copied shrink again."""
    raw.execute("PRAGMA wal_autocheckpoint=0")
    raw.execute(f"PRAGMA journal_size_limit={WORTH_IT}")


class Store:
    """The local file while the desk is open. Every method may be called from any thread."""

    def __init__(self, path: Path, key: bytes, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self.made: dict[str, float] = {}
        """Monotonic seconds at which ops of this run were made: ages that no clock can spoil."""
        self._listeners: list[Callable[[Changes], None]] = []
        self._write_engine = make_engine(path, key)
        self._read_engine = make_engine(path, key, read_only=True)
        event.listen(self._write_engine, "connect", _leave_the_log)
        self.checkpoints = Checkpoints(path, key)
        self.writer = Writer(self._write_engine, self.checkpoints.written)
        self.readers = Readers(self._read_engine)

    @classmethod
    def open(cls, path: Path, key: bytes, *, clock: Clock, migrate: bool = True) -> "Store":
        """Open the file, make it where it is absent, bring it up to date where it is old.

        Ops that were under way when the desk ended are pending again (sync.md §10). Raises
        StorageTrouble: wrong key or damaged, newer than this program, disk full, not writable.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise StorageTrouble(NOT_WRITABLE) from None
        schema.prepare(path, key, make_engine, migrate=migrate)
        store = cls(path, key, clock)
        try:
            store.write(outbox.back_to_pending).result()
        except BaseException:
            store.close()
            raise
        return store

    def write(self, work: Callable[[Connection], T], *, again: bool = False) -> Future[T]:
        """Do one unit of work; the future resolves when it is safely on disk.

        All of the unit happens or nothing. An exception of ``work`` comes out of the future.
        ``again``: central can give it again, so the future does not wait for the disk: after a
        power cut it may be as if this unit, and all such after it, had not been done.
        """
        return self.writer.submit(work, again=again)

    def read(self, work: Callable[[Connection], T], lane: str = "") -> Future[T]:
        """Read on another thread; a newer read on the same lane cancels an older one."""
        return self.readers.submit(work, lane)

    def subscribe(self, listener: Callable[[Changes], None]) -> None:
        """Have a listener called with every published change, on the publisher's thread."""
        self._listeners.append(listener)

    def publish(self, changes: Changes) -> None:
        """Tell every listener; one that fails does not keep the others from hearing."""
        if not changes:
            return
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception:
                log.exception("a listener of changes failed")

    def wipe(self) -> bool:
        """Empty the log after records were erased.

        False: somebody was reading, so the log still stands; try again later.
        """
        return self.checkpoints.empty()

    def close(self) -> None:
        """Write what is queued, cancel reads, and leave one file without a journal beside it."""
        self.writer.close()
        self.checkpoints.close()
        self.readers.close()
        self._write_engine.dispose()
        self._read_engine.dispose()

    def __repr__(self) -> str:
        return f"Store({self.path.name!r})"

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
