"""Moving what was committed from the log into the file itself, on a thread of its own.

A commit is safe once its pages are in the write-ahead log. Copying them into the file waits for
the disk twice more; done inside a commit, as the database does unasked, one act in fifty waits
for all of it. Here it happens in a moment of rest, or when the log has grown long.
"""

import logging
import threading
import time
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from console.domain.failures import StorageTrouble
from console.storage.connection import open_connection

log = logging.getLogger(__name__)

WORTH_IT = 4 * 2**20
"""From how many bytes of log on a moment of rest is used; about a thousand pages."""

LONG = 256 * 2**20
"""From how many bytes of log on nothing is waited for: disks are not endless."""

REST_SECONDS = 0.5
"""No commit for this long is rest."""

AFTER_TROUBLE_SECONDS = 30.0


class Checkpoints:
    """Keeps the log of one file short. The thread begins when there is something to do."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._log = path.with_name(path.name + "-wal")
        self._asked = threading.Event()
        self._ended = threading.Event()
        self._last = 0.0
        self.moved = 0
        """How many times the log was moved."""
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def written(self) -> None:
        """Take note of a commit; costs next to nothing."""
        self._last = time.monotonic()
        if self._asked.is_set() or self.size() < WORTH_IT:
            return
        with self._starting:
            if self._thread is None and not self._ended.is_set():
                self._thread = threading.Thread(
                    target=self._run, name="storage-checkpoint", daemon=True
                )
                self._thread.start()
        self._asked.set()

    def size(self) -> int:
        """Return how many bytes of log there are."""
        try:
            return self._log.stat().st_size
        except OSError:
            return 0

    def close(self) -> None:
        """End the thread; what is still in the log is moved by who closes the file last."""
        with self._starting:
            self._ended.set()
        self._asked.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._asked.wait()
            if not self._rests():
                return
            self._asked.clear()
            pause = REST_SECONDS if self._move() else AFTER_TROUBLE_SECONDS
            if self._ended.wait(pause):
                return

    def _rests(self) -> bool:
        """Wait for a moment of rest, unless the log is long; False: the store closes."""
        while not self._ended.is_set():
            rest = self._last + REST_SECONDS - time.monotonic()
            if rest <= 0 or self.size() >= LONG:
                return True
            self._ended.wait(rest)
        return False

    def empty(self) -> bool:
        """Move all of the log into the file and leave it empty; False while somebody reads."""
        try:
            connection = open_connection(self._path, self._key)
            try:
                connection.execute("PRAGMA busy_timeout=200")
                busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                connection.close()
        except (StorageTrouble, driver.Error) as error:
            log.warning("the log of the file was not emptied: %s", type(error).__name__)
            return False
        return not busy

    def _move(self) -> bool:
        """Copy what nobody needs in the log any more; nobody waits for it (``PASSIVE``)."""
        try:
            connection = open_connection(self._path, self._key)
            try:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            finally:
                connection.close()
        except (StorageTrouble, driver.Error) as error:
            # Everything is in the log and stays there.
            log.warning("the log of the file was not moved: %s", type(error).__name__)
            return False
        self.moved += 1
        return True
