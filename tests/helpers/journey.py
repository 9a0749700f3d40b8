"""A person at the desk: presses keys, counts them, looks at the window."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.clock import LOCAL
from console.paths import DESK
from tests.helpers.clock import HandClock
from tests.helpers.program import NAME, PASSPHRASE, TEAM, Running, Start

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
KEY = Qt.Key
WITHIN = 20.0
SECOND = "Ruben Verzonnen"
SECOND_WORDS = "drie groene bomen binnen"

MISSING = (
    "Burgernet Vermist persoon\n\n"
    "Sinds vanmiddag 14:10 uur wordt de heer Voorbeeld (78) vermist. Hij is verward en te voet. "
    "Laatst gezien bij de Stationsstraat in Lagebrug, richting het water.\n\n"
    "Signalement: lengte 1.75 meter, mager postuur, grijs haar, bril. Hij draagt een donkerblauwe "
    "jas, een beige broek en bruine schoenen.\n\n"
    "Ziet u deze man? Bel direct 112."
)

CHAT = """\
[14:31, 10-3-2026] Truus Verzonnen: Er staat een bus stil bij het station
[14:33, 10-3-2026] Wim Onbekend: Twee jongens lopen langs de fietsen
[14:36, 10-3-2026] +31 6 87654321: Bel mij op 06-12345678
"""
EXPORT = """\
10-03-2026 14:30 - Berichten en oproepen zijn end-to-end versleuteld.
10-03-2026 14:41 - Truus Verzonnen: De bus rijdt nu weg naar de Havenkade
10-03-2026 14:44 - Wim Onbekend: <Media weggelaten>
"""


class StrayWindows(QObject):
    """Notices every window that shows beside the one of the desk: a flash, and the keyboard gone."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seen: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write down what shows as a window and is not the desk; a tooltip or a list may."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            free = watched.windowType() == Qt.WindowType.Window
            if free and watched.isWindow() and watched.objectName() != "desk":
                self.seen.append(f"{type(watched).__name__} {watched.accessibleName()!r}")
        return False


class Person:
    """Somebody with only a keyboard. ``keys`` counts every press since ``count``."""

    def __init__(self, run: Running) -> None:
        self.run = run
        self.keys = 0

    @property
    def services(self) -> Any:
        """The services of who is signed in, to look with and to make many records at once."""
        return self.run.services

    @property
    def here(self) -> str:
        """The screen in front."""
        return str(self.run.program.shell.here)

    @property
    def screen(self) -> Any:
        """The widget of the screen in front."""
        return self.run.program.shell.screen()

    def count(self) -> None:
        """Begin to count anew."""
        self.keys = 0

    def press(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key and count it."""
        self.keys += 1
        self.run.key(key, modifiers)

    def type(self, text: str) -> None:
        """Type text; free text is not counted (day.md)."""
        self.run.type(text)
        self.run.loop.turn()

    def tab(self, times: int = 1) -> None:
        """Press Tab."""
        for _ in range(times):
            self.press(KEY.Key_Tab)

    def confirm(self) -> None:
        """Press Ctrl+Enter."""
        self.press(KEY.Key_Return, CTRL)

    def copy(self) -> None:
        """Press Ctrl+Shift+C."""
        self.press(KEY.Key_C, CTRL | SHIFT)

    def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait; nothing may have failed by then. The condition itself may ask the services."""
        end = time.monotonic() + WITHIN
        while not condition():
            assert not self.run.failures, self.run.failures
            if time.monotonic() > end:
                self.look("failed")
                raise AssertionError(f"This never came about: {what or condition}")
            self.run.loop.turn(2)
        assert not self.run.failures, self.run.failures

    def until_here(self, name: str) -> Any:
        """Wait for a screen and return it."""
        self.until(lambda: self.here == name and self.run.popup() is None, f"the screen {name}")
        return self.screen

    def until_dialog(self, kind: Any) -> Any:
        """Wait for a dialog of this kind and return it."""
        self.until(lambda: isinstance(self.run.popup(), kind), kind.__name__)
        return self.run.popup()

    def ask(self, look: Callable[[], Any]) -> Any:
        """Look something up through the services."""
        return self.run.ask(look)

    def settled(self, future: Any) -> Any:
        """Wait for an act of a service."""
        return self.run.settled(future)

    def board(self) -> str:
        """Return what is on the clipboard."""
        return QGuiApplication.clipboard().text()

    def on_board(self, text: str) -> None:
        """Put something on the clipboard, as another program would."""
        QGuiApplication.clipboard().setText(text)

    def look(self, name: str) -> None:
        """Keep a picture of the window where BUURTDESK_SHOTS asks for one."""
        folder = os.environ.get("BUURTDESK_SHOTS")
        if folder:
            self.run.loop.turn(4)
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.run.window.grab().save(str(Path(folder) / f"{name}.png"))

    def bulk(self, work: Callable[[Any], Any]) -> Any:
        """Make many records in one act of the signed-in person."""
        return self.settled(self.services.desk.act(work))


Seat = Callable[..., Person]


@pytest.fixture
def hand_clock() -> HandClock:
    """A clock a test moves; it begins on a Tuesday afternoon."""
    return HandClock()


@pytest.fixture
def seat(qapp: QApplication, start_program: Start, hand_clock: HandClock) -> Iterator[Seat]:
    """Sit down at the desk: ``seat()`` starts it; with ``begin`` the first run is done."""
    QGuiApplication.clipboard().clear()
    stray = StrayWindows(qapp)

    def sit(profile: str = DESK, *, begin: bool = False, clock: Any = hand_clock) -> Person:
        person = Person(start_program(profile, clock))
        if begin:
            person.run.begin()
        return person

    yield sit
    QGuiApplication.clipboard().clear()
    qapp.removeEventFilter(stray)
    assert not stray.seen, f"windows beside the desk: {stray.seen}"


def first_run(person: Person, name: str = NAME, team: str = TEAM, words: str = PASSPHRASE) -> None:
    """Go through the first run by keys only."""
    from console.views.gates.first_run import FirstRunPage

    page = person.run.gate(FirstRunPage)
    person.until(page.name.editor.hasFocus, "keyboard at the name")
    person.type(name)
    person.tab()
    person.type(team)
    person.tab()
    person.type(words)
    person.confirm()
    person.run.until_open()


def local_now(person: Person) -> datetime:
    """Return what the clock on the wall says."""
    return person.run.program.clock.now().astimezone(LOCAL)


def shown_in(part: QWidget) -> list[str]:
    """Return what the visible parts of a widget are called."""
    found = [child for child in part.findChildren(QWidget) if child.isVisible()]
    return [child.accessibleName() for child in found]
