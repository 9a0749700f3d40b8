"""The one thread that writes: units of work share a transaction, each in its own savepoint.

A unit's future resolves only after the COMMIT that holds it (``synchronous=FULL``; what central
can give again does not wait for the disk). When idle a
unit is committed at once; under load units are gathered for at most 100 ms, because a commit per
row holds up the screen (qt.md, "The list at 1,000,000 reports").
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from console.domain.failures import StorageTrouble
from console.storage.connection import CLOSED, trouble_of

T = TypeVar("T")

GATHER_SECONDS = 0.1
BUSY_COMMITS = 4
MOST_UNITS = 2_000


@dataclass(slots=True)
class _Job:
    """One unit of work and what became of it."""

    work: Callable[[Connection], Any]
    future: Future[Any]
    again: bool = False
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs units of work in order on its own thread and connection."""

    def __init__(self, engine: Engine, written: Callable[[], None] = lambda: None) -> None:
        """``written`` is called after every commit that changed something."""
        self._engine = engine
        self._written = written
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._recent: deque[float] = deque(maxlen=BUSY_COMMITS)
        self.commits = 0
        self._level = "FULL"
        self._pause = GATHER_SECONDS
        self._thread = threading.Thread(target=self._run, name="storage-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T], *, again: bool = False) -> Future[T]:
        """Queue a unit. It may be run a second time when its shared transaction failed.

        ``again``: what it stores can be fetched again, so nobody waits for the disk (sync.md §10).
        The log keeps its order, so a later commit that waits makes this one safe as well.
        """
        future: Future[T] = Future()
        with self._closing:
            if self._closed:
                future.set_exception(StorageTrouble(CLOSED))
                return future
            self._jobs.put(_Job(work, future, again))
        return future

    def hurry(self, hurried: bool) -> None:
        """Gather no units while a file is being filled that nobody looks at yet."""
        self._pause = 0.0 if hurried else GATHER_SECONDS

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        connection = self._engine.connect()
        try:
            going_on = True
            while going_on:
                jobs, going_on = self._gather()
                jobs = [job for job in jobs if job.future.set_running_or_notify_cancel()]
                if jobs:
                    self._commit(connection, jobs)
        finally:
            connection.close()

    def _gather(self) -> tuple[list[_Job], bool]:
        """Wait for a unit and take along what else is queued; False: the store closes."""
        job = self._jobs.get()
        if job is None:
            return [], False
        jobs = [job]
        until = 0.0
        if len(self._recent) == BUSY_COMMITS:
            until = self._recent[0] + self._pause
        while len(jobs) < MOST_UNITS:
            rest = until - time.monotonic()
            try:
                job = self._jobs.get(timeout=rest) if rest > 0 else self._jobs.get_nowait()
            except Empty:
                break
            if job is None:
                return jobs, False
            jobs.append(job)
        return jobs, True

    def _commit(self, connection: Connection, jobs: list[_Job]) -> None:
        before = self.commits
        broken = self._try(connection, jobs)
        if broken is not None and len(jobs) > 1:
            # The shared transaction was lost: one unit may not drag the others down.
            for job in jobs:
                self._finish([job], self._try(connection, [job]))
        else:
            self._finish(jobs, broken)
        if self.commits != before:
            self._written()

    def _try(self, connection: Connection, jobs: list[_Job]) -> BaseException | None:
        """Run units in one transaction; the error when the transaction itself was lost."""
        shared = len(jobs) > 1
        raw: Any = connection.connection.dbapi_connection
        before = raw.total_changes
        level = "NORMAL" if all(job.again for job in jobs) else "FULL"
        try:
            if level != self._level:
                raw.execute(f"PRAGMA synchronous={level}")
                self._level = level
            with connection.begin():
                for job in jobs:
                    job.result = job.error = None
                    if shared:
                        self._run_in_savepoint(connection, job)
                    else:
                        job.result = job.work(connection)
        except BaseException as error:
            return error
        self.commits += 1
        if raw.total_changes != before:
            # A unit that only looked costs the disk nothing, so it makes nobody wait.
            self._recent.append(time.monotonic())
        return None

    @staticmethod
    def _run_in_savepoint(connection: Connection, job: _Job) -> None:
        try:
            with connection.begin_nested():
                job.result = job.work(connection)
        except Exception as error:
            if not connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
                raise
            job.error = error

    @staticmethod
    def _finish(jobs: list[_Job], broken: BaseException | None) -> None:
        for job in jobs:
            error = broken or job.error
            try:
                if error is None:
                    job.future.set_result(job.result)
                else:
                    problem = trouble_of(error)
                    job.future.set_exception(StorageTrouble(problem) if problem else error)
            except InvalidStateError:
                continue
