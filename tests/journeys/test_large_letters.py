"""Every screen, strip and popup with something in it: text at 200 %, and what is heard (issue 5.8)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible

from console.paths import DEMO
from console.views.theme.theme import Theme
from tests.helpers.fits import lost
from tests.helpers.heard import unheard
from tests.helpers.journey import CTRL, KEY, Person, Seat
from tests.helpers.reach import shown
from tests.helpers.subjects import SUBJECTS

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

SCREENS = (
    "reports", "posts", "feedback", "groups", "coverage", "signs", "burgernet", "handover",
    "process", "templates", "settings",
)  # fmt: skip
SIZES = ((1440, 900), (1280, 800))


@pytest.fixture
def reader() -> Iterator[None]:
    """Have Qt keep its tree as it does while a screen reader listens."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def test_at_twice_the_size_nothing_is_lost_and_every_part_can_be_heard(
    seat: Seat, theme: Theme, tmp_path: Path, reader: None
) -> None:
    person = seat(DEMO, clock=None)
    person.run.until_open()
    # Screens that were there before the letters grew have to follow; popups are made after it.
    mute = []
    for name in SCREENS:
        mute += [f"{name}: {one}" for one in unheard(shown(person, name).window())]
    while theme.scale < 200:
        person.press(KEY.Key_Plus, CTRL)
    wrong = walked(person, theme, tmp_path)
    person.press(KEY.Key_0, CTRL)
    assert theme.scale == 100
    assert wrong + mute + rolled(person) == []


def rolled(person: Person) -> list[str]:
    """Return the screens that have to be rolled though the letters have their own size again."""
    found = []
    for width, height in (*SIZES, (1100, 700)):
        person.run.window.resize(width, height)
        for name in SCREENS:
            shown(person, name)
            stage = person.run.window.stage
            if stage.verticalScrollBar().maximum() or stage.horizontalScrollBar().maximum():
                found.append(f"{name} at {width} is rolled at 100 %")
    return found


def walked(person: Person, theme: Theme, folder: Path) -> list[str]:
    """Open every subject, at both sizes of window; returns what is lost or not heard where."""
    wrong = []
    for name, bring in SUBJECTS.items():
        person.run.window.resize(*SIZES[0])
        top = bring(person, folder)
        for width, height in SIZES:
            person.run.window.resize(width, height)
            person.run.loop.turn(6)
            wrong += [f"{name} at {width}: {one}" for one in lost(top)]
            wrong += [f"{name}: {one}" for one in unheard(top)]
            if person.run.window.width() > width:
                wrong.append(f"{name}: pushed the window to {person.run.window.width()}")
            pictured(person, theme, f"{name}-{width}")
        for layer in reversed(person.run.program.shell.layers()):
            layer.do("back")
            person.run.loop.turn(3)
    return wrong


def pictured(person: Person, theme: Theme, name: str) -> None:
    """Keep pictures in both themes and at both sizes of letters, where they are asked for."""
    if not os.environ.get("BUURTDESK_SHOTS"):
        return
    scale = theme.scale
    for percent in (scale, 100):
        for mode in ("light", "dark"):
            theme.set_scale(percent)
            theme.set_mode("dark" if mode == "dark" else "light")
            person.run.loop.turn(4)
            person.look(f"{percent}-{mode}-{name}")
    theme.set_mode("light")
    theme.set_scale(scale)
    person.run.loop.turn(4)
