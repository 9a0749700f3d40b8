"""A walk over every screen: letters are dead in fields, Enter alone confirms nothing, all fits (D17).

One invented town, every screen and popup of the desk, two sizes of window and large text.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from console.app import wiring
from console.paths import DEMO
from console.storage.outbox import counts as outbox_counts
from console.views.keys.table import COMMANDS, PARENTS
from console.views.theme.theme import Theme
from tests.helpers.journey import KEY, Person, Seat
from tests.helpers.walk import nameless

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

SCREENS = (
    "reports", "posts", "feedback", "groups", "coverage", "signs", "burgernet", "handover",
    "process", "templates", "settings",
)  # fmt: skip
POPUPS = ("new_report", "paste", "import", "new_post", "record", "palette", "key_sheet", "menu",
          "tray", "whatsapp", "signup", "old_report", "figures", "team_phone", "subject")  # fmt: skip
OF_SOMETHING = {
    "compose", "issue", "feedback_now", "relief", "process_panel", "whereabouts", "plate",
}  # fmt: skip
"""What opens for one post, report or person only; tests of their own walk those."""

SIZES = ((130, 1100, 700), (100, 1440, 900), (200, 1440, 900))
"""Letters in percent, and the window."""

ORDER = Path(__file__).with_name("focus_order.json")
LETTERS = string.ascii_letters + string.digits + "/?"


def visit(person: Person, name: str, **params: str) -> Any:
    """Open a screen or popup the way its key does, and let it fill itself."""
    shell = person.run.program.shell
    before = shell.top_layer()
    shell.open(name, **params)
    if name in POPUPS:
        person.until(lambda: shell.top_layer() is not before, name)
    person.run.loop.turn(12)
    top = shell.top_layer()
    return top if name in POPUPS and isinstance(top, QWidget) else person.screen


def leave(person: Person) -> None:
    """Close what lies over the screen."""
    shell = person.run.program.shell
    for layer in reversed(shell.layers()):
        layer.do("back")
        person.run.loop.turn(3)
    assert shell.top_layer() is None


def fields(top: QWidget) -> Iterator[Any]:
    """Give every text field that can be typed in now."""
    kinds: tuple[Any, ...] = (QLineEdit, QPlainTextEdit)
    for kind in kinds:
        for field in top.findChildren(kind):
            inside = isinstance(field.parentWidget(), QComboBox)
            if field.isVisible() and field.isEnabled() and not field.isReadOnly() and not inside:
                yield field


def _holder(widget: QWidget) -> str:
    return type(widget.parentWidget()).__name__


def too_wide(top: QWidget) -> list[str]:
    """Return the parts that stand outside the window or ask for more than it gives."""
    window = top.window()
    found = []
    widgets: list[Any] = [top, *top.findChildren(QWidget)]
    for widget in widgets:
        if not widget.isVisible():
            continue
        inner = widget.widget() if isinstance(widget, QScrollArea) else None
        if inner is not None and inner.width() > widget.viewport().width() + 1:
            more = inner.width() - widget.viewport().width()
            found.append(f"{type(inner).__name__} in {_holder(widget)} is cut off by {more} px")
        if widget.minimumSizeHint().width() > window.width():
            found.append(f"{type(widget).__name__} asks {widget.minimumSizeHint().width()}")
    if window.minimumSizeHint().width() > window.width():
        found.append(f"the window asks {window.minimumSizeHint().width()}")
    return found


def test_on_any_screen_all_fits_enter_settles_nothing_and_letters_only_write(
    seat: Seat, theme: Theme
) -> None:
    """One start of the invented town for three walks; the last one leaves words behind."""
    person = seat(DEMO, clock=None)
    person.run.until_open()
    wanted = json.loads(ORDER.read_text("utf-8"))
    assert focus_orders(person, wanted) == wanted
    assert misfits(person, theme) == []
    assert settled_by_enter(person) == []
    assert fields_that_only_write(person) > 15


def fields_that_only_write(person: Person) -> int:
    """Type every letter and digit in every field; returns how many fields there were."""
    shell, seen = person.run.program.shell, 0
    for name in (*SCREENS, *POPUPS):
        top = visit(person, name)
        where, over = shell.here, shell.top_layer()
        for field in list(fields(top)):
            field.setFocus()
            if not field.hasFocus():
                continue
            seen += 1
            person.type(LETTERS)
            assert shell.here == where, f"{name}: {field.accessibleName()} left the screen"
            assert shell.top_layer() is over, f"{name}: {field.accessibleName()} opened something"
            text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            limit = field.maxLength() if isinstance(field, QLineEdit) else 99999
            if limit > 100:
                assert LETTERS in text, f"{name}: {field.accessibleName()} lost letters"
            person.run.loop.turn(2)
            field.clear()
        leave(person)
    return seen


def settled_by_enter(person: Person) -> list[str]:
    """Press Enter alone wherever the keyboard can be; returns the screens where it made something."""
    me = person.services.desk.person.id

    def made() -> int:
        look = person.services.desk.look
        queue = person.ask(lambda: look(lambda conn: outbox_counts(conn, me))).queue
        journal = person.ask(
            lambda: look(
                lambda conn: conn.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
            )
        )
        return int(queue + journal)

    person.run.exchanged()
    wrong = []
    for name in (*SCREENS, *POPUPS):
        top = visit(person, name)
        person.run.exchanged()
        before = made()
        focusable = [
            widget
            for widget in top.findChildren(QWidget)
            if widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            # Enter on a button presses it, and in a field of several lines it is a new line.
            and not isinstance(widget, QAbstractButton | QPlainTextEdit)
        ]
        for widget in focusable[:12]:
            if not widget.isVisible():
                continue
            widget.setFocus()
            if widget.hasFocus():
                person.press(KEY.Key_Return)
                person.run.loop.turn(2)
        person.run.loop.turn(10)
        if made() != before:
            wrong.append(name)
        leave(person)
    return wrong


def misfits(person: Person, theme: Theme) -> list[str]:
    """Return what stands outside the window or has no name, at two sizes of window and of text."""
    wrong = []
    for scale, width, height in SIZES:
        theme.set_scale(scale)
        person.run.window.resize(width, height)
        for name in (*SCREENS, *POPUPS):
            where = f"{name} at {width}, {scale} %"
            top = visit(person, name)
            person.look(f"fit-{scale}-{width}-{name}")
            wrong += [f"{where}: {one}" for one in too_wide(top)]
            if person.run.window.width() > width:
                wrong.append(f"{where}: pushed to {person.run.window.width()}")
                person.run.window.resize(width, height)
            wrong += [f"{name}: no name: {one}" for one in nameless(top)]
            leave(person)
    return wrong


def focus_orders(person: Person, wanted: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what Tab goes along on each screen and popup, from where the keyboard starts."""
    found = {}
    for name in (*SCREENS, *POPUPS):
        top = visit(person, name)
        # Some screens are still being filled; they get a moment, and then count as they are.
        for _ in range(8):
            found[name] = tab_order(person, top)
            if found[name] == wanted.get(name):
                break
            person.run.loop.turn(40)
        leave(person)
    return found


def tab_order(person: Person, top: QWidget) -> list[str]:
    """Press Tab until it comes round; of a name only its beginning stays the same."""
    first: QWidget | None = None
    names: list[str] = []
    for _ in range(120):
        person.press(KEY.Key_Tab)
        here = person.run.app.focusWidget()
        if here is None or here is first:
            # It is a round: where it begins depends on what was loaded first.
            return min(names[turn:] + names[:turn] for turn in range(max(len(names), 1)))
        first = first or here
        if top.isAncestorOf(here):
            names.append(re.split(r"[.,\d]", here.accessibleName())[0].strip())
    return [*names, "and it does not come round"]


def test_every_screen_is_walked_or_walks_by_itself() -> None:
    assert {*SCREENS, *POPUPS, *OF_SOMETHING} == {*wiring.SCREENS, *wiring.POPUPS}


def test_an_empty_desk_fits_as_well(seat: Seat, theme: Theme) -> None:
    person = seat(begin=True)
    theme.set_scale(130)
    person.run.window.resize(*SIZES[0][1:])
    wrong = []
    for name in (*SCREENS, *POPUPS):
        top = visit(person, name)
        person.look(f"empty-{name}")
        wrong += [f"{name}: {one}" for one in (*too_wide(top), *nameless(top))]
        leave(person)
    assert wrong == []


def test_every_key_is_answered_where_it_is_said_to_be() -> None:
    by_scope: dict[str, dict[str, str]] = {}
    for command in COMMANDS:
        rows = by_scope.setdefault(command.scope, {})
        for key in command.keys:
            assert rows.get(key, command.id) == command.id, f"{key} twice in {command.scope}"
            rows[key] = command.id
    for command in COMMANDS:
        assert command.words
        assert command.group
        for parent in PARENTS:
            if parent == command.scope or command.scope in ("closing", "blocks"):
                continue
            for key in command.keys:
                other = by_scope[parent].get(key)
                letter = len(key) == 1
                assert other in (None, command.id) or not letter, (
                    f"{key}: {command.id} hides {other}"
                )
