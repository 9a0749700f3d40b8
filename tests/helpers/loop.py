"""Runs the coroutines of the desk in a test until something has come about, with a deadline."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop
from sqlalchemy import Connection

from console.services.desk import Desk

T = TypeVar("T")

DEADLINE = 20.0
ACTIVE_MS = 30_000
"""How long a window may wait for the keyboard; Qt itself gives up after five seconds."""


class HeldLoop(QEventLoop):  # type: ignore[misc]  # qasync has no types
    """A loop whose steps find it running, whoever made Qt run the timer of that step.

    Qt runs timers also outside ``run_forever``: while it waits for a window, in the last look that
    qasync takes after a coroutine has ended, and when pytest-qt empties the line of events between
    the parts of a test. A coroutine that sleeps or waits there would find no running loop.
    """

    def _add_callback(self, handle: asyncio.Handle, delay: float = 0) -> asyncio.Handle:
        """Have a step run as the running loop; every callback of qasync comes through here."""
        handle._callback = partial(self._as_running, handle._callback)  # type: ignore[attr-defined]
        added: asyncio.Handle = super()._add_callback(handle, delay)
        return added

    def _as_running(self, step: Callable[..., object], *args: object) -> None:
        before = asyncio._get_running_loop()
        asyncio._set_running_loop(self)
        try:
            step(*args)
        finally:
            asyncio._set_running_loop(before)


def _look_of_its_own(look: Callable[..., Future[T]]) -> Callable[..., Future[T]]:
    """Let what a test itself looks up stay off the lanes of the screen.

    A newer look on a lane takes the place of an older one. A test that looks beside the screen
    would take away what the screen waits for, or lose its own look to that of the screen; which of
    the two depends on how busy the machine is. Code of the desk runs with a running loop.
    """

    def looked(desk: Desk, work: Callable[[Connection], T], lane: str = "") -> Future[T]:
        return look(desk, work, lane if asyncio._get_running_loop() is not None else "")

    return looked


class DeskLoop:
    """Qt's loop with asyncio on it, started only while a test waits."""

    def __init__(self, app: QApplication) -> None:
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr(Desk, "look", _look_of_its_own(Desk.look))
        self._loop = HeldLoop(app)
        asyncio.set_event_loop(self._loop)

    def take(self) -> None:
        """Be the loop of this thread."""
        asyncio.set_event_loop(self._loop)

    @contextmanager
    def pressing(self) -> Iterator[None]:
        """Be the running loop while a test presses keys, as it always is in the desk.

        Qt runs timers while it handles a key, and with them steps of coroutines.
        """
        self.take()
        asyncio._set_running_loop(self._loop)
        try:
            yield
        finally:
            asyncio._set_running_loop(None)

    def until(
        self, condition: Callable[[], object], what: str = "", span: float = DEADLINE
    ) -> None:
        """Run until the condition holds; fail after the deadline."""

        async def wait() -> bool:
            end = time.monotonic() + span
            while not condition():
                if time.monotonic() > end:
                    return False
                await asyncio.sleep(0.004)
            return True

        self.take()
        held = self._loop.run_until_complete(wait())
        assert held, f"This never came about: {what or condition}"

    def turn(self, times: int = 5) -> None:
        """Let everything that is ready happen."""

        async def wait() -> None:
            for _ in range(times):
                await asyncio.sleep(0.002)

        self.take()
        self._loop.run_until_complete(wait())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run one coroutine to its end."""
        self.take()
        return self._loop.run_until_complete(work)

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start a coroutine that goes on whenever the test waits."""
        task: asyncio.Task[Any] = self._loop.create_task(work)
        return task

    def close(self) -> None:
        """End the loop."""
        self._patch.undo()
        self._loop.close()
        asyncio.set_event_loop(None)


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[DeskLoop]:
    """The loop of this test."""
    made = DeskLoop(qapp)
    yield made
    made.close()
