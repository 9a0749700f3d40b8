"""At a change of person screens are thrown away, also under what still waits for an answer."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from console.bridge import settled
from console.presenters.kit import Kit, Presenter
from console.services.desk import Desk
from console.views.screen import Screen
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop


class Slow(Presenter):
    """Waits for an answer and then shows it."""

    answer: Future[str] = Future()

    def refresh(self) -> None:
        self.run(self._load())

    async def _load(self) -> None:
        screen: Any = self.parent()
        screen.setAccessibleName(await settled(self.answer))


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    screen = Screen(window)
    return screen, Slow(kit, screen)


def test_an_answer_for_a_screen_that_is_gone_is_no_failure(
    theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop
) -> None:
    Slow.answer = Future()
    window = DeskWindow(desk, clock, loop, (1280, 800))
    screen, _ = window.screen("slow", make)
    loop.turn()
    window.shell.reset()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(screen)
    Slow.answer.set_result("there it is")
    window.until(lambda: not window.tasks.names(), "the end of the question")
    window.close()
    assert window.failures == []
