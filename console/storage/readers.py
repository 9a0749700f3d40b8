"""Threads that read, each with its own connection; on a lane only the newest question counts.

A read sees one moment of the file from its first statement to its last. Readers never wait for
the writer (WAL) and cannot write (``query_only``).
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event

from console.domain.failures import StorageTrouble
from console.storage.connection import CLOSED, trouble_of

T = TypeVar("T")

THREADS = 2


class Superseded(Exception):
    """A newer read on the same lane took the place of this one."""


@dataclass(slots=True, eq=False)
class _Job:
    """One read. The future stays pending while it runs, so it can still be cancelled."""

    work: Callable[[Connection], Any]
    future: Future[Any]
    lane: str
    superseded: bool = False
    connection: Any = None


class Readers:
    """Answers reads on a few threads."""

    def __init__(self, engine: Engine, threads: int = THREADS) -> None:
        self._engine = engine
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._lanes: dict[str, _Job] = {}
        self._running: set[_Job] = set()
        self._here = threading.local()
        self._closed = False
        event.listen(engine, "before_cursor_execute", self._before_statement)
        self._threads = [
            threading.Thread(target=self._run, name=f"storage-reader-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[Connection], T], lane: str = "") -> Future[T]:
        """Queue a read; an older one on the same lane is cancelled, while it runs too."""
        future: Future[T] = Future()
        job = _Job(work, future, lane)
        with self._lock:
            if self._closed:
                future.set_exception(StorageTrouble(CLOSED))
                return future
            older = self._lanes.get(lane) if lane else None
            if lane:
                self._lanes[lane] = job
            if older is not None:
                self._stop(older)
        if older is not None:
            older.future.cancel()
        self._jobs.put(job)
        return future

    def close(self) -> None:
        """Cancel every read and end the threads."""
        with self._lock:
            self._closed = True
            for job in self._running:
                self._stop(job)
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()
        while not self._jobs.empty():
            left = self._jobs.get_nowait()
            if left is not None:
                left.future.cancel()

    @staticmethod
    def _stop(job: _Job) -> None:
        """Under the lock: the connection belongs to this job or to nobody's yet."""
        job.superseded = True
        if job.connection is not None:
            job.connection.interrupt()

    def _before_statement(self, *_: Any) -> None:
        # An interrupt between two statements is lost; the mark is not.
        job = getattr(self._here, "job", None)
        if job is not None and (job.superseded or job.future.cancelled()):
            raise Superseded

    def _run(self) -> None:
        connection = self._engine.connect()
        raw = connection.connection.dbapi_connection
        try:
            while True:
                job = self._jobs.get()
                if job is None:
                    return
                with self._lock:
                    if self._closed or job.superseded or job.future.cancelled():
                        job.future.cancel()
                        continue
                    job.connection = raw
                    self._running.add(job)
                self._answer(connection, job)
        finally:
            connection.close()

    def _answer(self, connection: Connection, job: _Job) -> None:
        result, error = None, None
        self._here.job = job
        try:
            with connection.begin():
                result = job.work(connection)
        except Exception as failure:
            error = failure
        finally:
            self._here.job = None
            with self._lock:
                job.connection = None
                self._running.discard(job)
                if self._lanes.get(job.lane) is job:
                    del self._lanes[job.lane]
        try:
            if job.superseded:
                job.future.cancel()
            elif error is None:
                job.future.set_result(result)
            else:
                problem = trouble_of(error)
                job.future.set_exception(StorageTrouble(problem) if problem else error)
        except InvalidStateError:
            return
