"""The thread that the engine, and an embedded central with it, run on (house.md §0.6).

The screen thread never waits for it: it wakes it, hands it work and gets futures back.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from console.sync.engine import SyncEngine

T = TypeVar("T")


class SyncThread:
    """Starts, feeds and ends the engine. ``close_central`` is called last, on this thread."""

    def __init__(self, engine: SyncEngine, close_central: Callable[[], None] | None = None) -> None:
        self.engine = engine
        self._close_central = close_central
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._live, name="sync", daemon=True)

    def start(self) -> None:
        """Start the thread; returns when it takes work."""
        self._thread.start()
        self._ready.wait()

    def wake(self) -> None:
        """Have the engine look for ops to send."""
        self.engine.wake()

    def urge(self) -> None:
        """Have the engine try now, whatever pause it is in."""
        self.engine.urge()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine of the engine on its loop; the future gives its result.

        After ``stop`` the future is cancelled.
        """
        loop = self._loop
        if loop is None or loop.is_closed():
            work.close()
            gone: Future[T] = Future()
            gone.cancel()
            return gone
        return asyncio.run_coroutine_threadsafe(work, loop)

    def stop(self, timeout: float = 10.0) -> bool:
        """End the engine and close central; says whether that was done in time.

        What was not sent stays in the outbox and is sent at the next start.
        """
        loop, stopping = self._loop, self._stopping
        if loop is not None and stopping is not None and self._thread.is_alive():
            loop.call_soon_threadsafe(stopping.set)
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _live(self) -> None:
        try:
            with asyncio.Runner() as runner:
                runner.run(self._run())
        finally:
            self._ready.set()
            if self._close_central is not None:
                self._close_central()

    async def _run(self) -> None:
        self._stopping = asyncio.Event()
        async with self.engine.gateway, asyncio.TaskGroup() as group:
            running = group.create_task(self.engine.run(self._stopping))
            self._loop = asyncio.get_running_loop()
            self._ready.set()
            await self._stopping.wait()
            running.cancel()
