"""Where asyncio meets Qt; the only module that names qasync (house.md §3.5).

Every coroutine is started by ``Tasks.start``: it is owned, its failure goes to one place, and all
are cancelled in order at the end. Nothing here ever runs a nested event loop.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

T = TypeVar("T")


def run(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run one coroutine on Qt's event loop until it returns the exit code."""

    def loop_of_qt() -> asyncio.AbstractEventLoop:
        loop = QEventLoop(app)
        assert isinstance(loop, asyncio.AbstractEventLoop)
        return loop

    with asyncio.Runner(loop_factory=loop_of_qt) as runner:
        return runner.run(main())


async def settled(future: Future[T]) -> T:
    """Wait for work on another thread without holding the screen."""
    return await asyncio.wrap_future(future)


class Tasks(QObject):
    """Owns every coroutine of the desk.

    ``failed`` carries the exception of a task that nobody else waits for; the composition root
    sorts it into a sentence for the person or a crash report.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[asyncio.Task[Any], str] = {}
        self._closing = False

    def start(
        self,
        work: Coroutine[Any, Any, Any],
        name: str,
        inside: Coroutine[Any, Any, Any] | None = None,
    ) -> None:
        """Start a coroutine and keep it; after ``stop`` nothing is started any more.

        ``inside`` is a coroutine that ``work`` awaits: it is closed where ``work`` was cancelled
        before it came to that.
        """
        if self._closing:
            work.close()
            if inside is not None:
                inside.close()
            return
        loop = asyncio.get_event_loop()
        task = loop.create_task(work, name=name)
        self._running[task] = name
        task.add_done_callback(self._on_done)
        if inside is not None:
            task.add_done_callback(partial(_close, inside))

    def names(self) -> list[str]:
        """Return the names of what runs now, oldest first."""
        return list(self._running.values())

    async def stop(self) -> None:
        """Cancel everything, newest first, and wait until it has ended."""
        self._closing = True
        running = list(self._running)
        for task in reversed(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._running.pop(task, None)
        if not task.cancelled() and task.exception() is not None:
            self.failed.emit(task.exception())


def _close(inside: Coroutine[Any, Any, Any], _task: object) -> None:
    inside.close()


class ThreadRelay(QObject):
    """Carries a value from any thread to the screen thread, in order."""

    arrived = Signal(object)
    _sent = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sent.connect(self.arrived)

    def send(self, value: object) -> None:
        """Hand over a value; may be called from any thread."""
        self._sent.emit(value)
