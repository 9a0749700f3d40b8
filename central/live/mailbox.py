"""What waits for one open stream: at most one event of each sort, the newest (sync.md §8, I14)."""

import asyncio
import threading

ORDER = ("head", "presence", "schema-changed", "session-expiring", "maintenance")
"""The sorts of events, in the order in which those that wait together are sent."""


class Mailbox:
    """Filled from any thread, emptied on the event loop that made it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._slots: dict[str, bytes] = {}
        self._closed = False
        self._told = False
        self._news = asyncio.Event()

    def put(self, sort: str, event: bytes) -> None:
        """Leave an event; one of the same sort that was not yet sent is replaced."""
        with self._lock:
            if self._closed:
                return
            self._slots[sort] = event
            self._tell()

    def close(self) -> None:
        """Let the stream end after what is in the slots now."""
        with self._lock:
            self._closed = True
            self._tell()

    @property
    def waiting(self) -> int:
        """How many events wait; never more than there are sorts."""
        return len(self._slots)

    async def take(self, seconds: float) -> tuple[list[bytes], bool]:
        """Return what waits and whether more may come; nothing at all after ``seconds``."""
        try:
            # Not wait_for: before Python 3.12 it loses a cancellation that meets a ring.
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return [], True
        with self._lock:
            self._news.clear()
            self._told = False
            slots, self._slots = self._slots, {}
            return [slots[sort] for sort in ORDER if sort in slots], not self._closed

    def _tell(self) -> None:
        """Wake the stream; once until it has looked, so a burst costs the loop one call."""
        if self._told:
            return
        self._told = True
        try:
            self._loop.call_soon_threadsafe(self._news.set)
        except RuntimeError:
            self._closed = True
