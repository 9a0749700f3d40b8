"""Terugkoppeling in a real window on a real encrypted file, with doors to the other screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from console.presenters import feedback as feedback_presenter
from console.presenters.kit import Presenter
from console.services.desk import Desk
from console.storage.projection import shown
from console.views.screen import Screen
from console.views.theme.theme import Theme
from tests.helpers import broadcasts, town
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Elsewhere(Presenter):
    """Stands where another screen does: remembers what it was opened for."""

    opened: dict[str, Any]

    def open(self, **params: Any) -> None:
        self.opened = params


class OtherScreen(Screen):
    """A screen with nothing on it."""

    name = "elsewhere"


@pytest.fixture
def shift(
    theme: Theme,
    desk: Desk,
    clock: HandClock,
    loop: DeskLoop,
) -> Iterator[DeskWindow]:
    """A window with Terugkoppeling, and places where the other screens open."""
    town.build(desk)
    made = DeskWindow(desk, clock, loop, (1440, 900))

    def elsewhere() -> tuple[Screen, Presenter]:
        screen = OtherScreen(made.window)
        return screen, Elsewhere(made.kit, screen)

    def feedback() -> tuple[Screen, Presenter]:
        return feedback_presenter.make(made.kit, made.window)

    for name in ("issue", "reports", "compose", "posts"):
        made.shell.register(name, elsewhere)
    made.shell.register("feedback", feedback)
    made.popup("feedback_now", feedback_presenter.open_most_urgent)
    yield made
    made.close()


def opened(shift: DeskWindow, **params: Any) -> Any:
    """Open Terugkoppeling and wait until a broadcast stands there; returns the view."""
    shift.shell.open("feedback", **params)
    view: Any = shift.shell.screen()
    shift.until(lambda: view.answer.card is not None, "a broadcast")
    return view


def late_one(desk: Desk, clock: HandClock) -> str:
    """A broadcast whose feedback is ten minutes late."""
    post_id = broadcasts.broadcast(desk, "fietsendieven rond het station")
    clock.move(hours=24, minutes=10)
    return post_id


def body(desk: Desk, post_id: str) -> dict[str, Any]:
    """The post as it is kept."""
    record = desk.look(lambda conn: shown(conn, "post", post_id)).result()
    assert record is not None
    return dict(record.body)


def focus_is(kind: type[QWidget]) -> bool:
    return isinstance(QApplication.focusWidget(), kind)
