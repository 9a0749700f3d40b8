"""A real window with the screens of messages, on an invented village."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from console.presenters import compose, import_alert, issue, posts, templates
from console.services.desk import Desk
from console.views.posts.compose import ComposeScreen
from console.views.posts.issue import IssueScreen
from console.views.theme.theme import Theme
from tests.helpers import town
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class PostWindow(DeskWindow):
    """Counts the keys that were pressed."""

    keys = 0

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        times: int = 1,
    ) -> None:
        """Press a key and count it."""
        self.keys += times
        super().key(key, modifiers, times)

    @property
    def compose(self) -> ComposeScreen:
        """The writing screen, in front by now."""
        screen = self.shell.screen()
        assert isinstance(screen, ComposeScreen)
        return screen

    @property
    def issue(self) -> IssueScreen:
        """The hand-off screen, in front by now."""
        screen = self.shell.screen()
        assert isinstance(screen, IssueScreen)
        return screen

    def copy(self) -> None:
        """Press Ctrl+Shift+C."""
        self.key(Qt.Key.Key_C, CTRL | SHIFT)

    def confirm(self) -> None:
        """Press Ctrl+Enter."""
        self.key(Qt.Key.Key_Return, CTRL)

    def wait_for(self, screen: str) -> None:
        """Wait until a screen stands in front and shows its subject."""
        self.until(lambda: self.shell.here == screen, screen)
        if screen == "compose":
            self.until(lambda: self.compose.form.entries and self.compose.preview.ground, "form")
            self.until(self.compose.form.current, "keyboard in a field")
        elif screen == "issue":
            self.until(lambda: self.issue.card.step() is not None, "card")

    def board(self) -> str:
        """Return what is on the clipboard."""
        return QGuiApplication.clipboard().text()


@pytest.fixture
def village(desk: Desk) -> Desk:
    """The desk with people, groups and shipped templates in it."""
    town.build(desk)
    return desk


@pytest.fixture
def posts_at(village: Desk, clock: HandClock, loop: DeskLoop, theme: Theme) -> Iterator[PostWindow]:
    """The window at 1440x900 with every screen of messages."""
    QGuiApplication.clipboard().clear()
    made = PostWindow(village, clock, loop, (1440, 900))
    makers = {
        "compose": compose.make,
        "issue": issue.make,
        "posts": posts.make,
        "templates": templates.make,
    }
    for name, make in makers.items():
        made.shell.register(name, partial(make, made.kit, made.window))
    made.popup("import", import_alert.open_import)
    made.popup("new_post", posts.open_new_post)
    made.popup("record", posts.open_record)
    yield made
    made.close()
    QGuiApplication.clipboard().clear()
