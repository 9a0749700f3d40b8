"""Markup and direction marks in every field are shown as they stand; nothing is loaded (threat 4)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from console.domain.failures import Refused
from console.domain.report import NewReport
from contract.kinds import KINDS, Field
from tests.helpers.journey import CTRL, KEY, MISSING, Person, Seat
from tests.helpers.opened import Opened
from tests.helpers.photos import png
from tests.journeys.test_every_screen_on_the_keys import SCREENS, leave, visit

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]


FILLED_POPUPS = ("new_post", "palette", "tray")


@pytest.fixture
def bait() -> Iterator[Path]:
    """Return a picture that whoever reads the markup would open; its path is short."""
    with tempfile.TemporaryDirectory(prefix="i") as folder:
        path = Path(folder) / "p.png"
        path.write_bytes(png())
        yield path


def fill(person: Person, hostile: str) -> str:
    """Put the same hostile words in every kind of record; return the post."""

    def work(unit: Any) -> None:
        area = unit.create("area", {"name": hostile, "level": "village", "note": hostile})
        body = {"name": hostile, "kind": "administrators", "area_id": area, "note": hostile}
        group = unit.create("group", {**body, "streets": [hostile]}, "group-1")
        who = unit.create("administrator", {"name": hostile})
        link = {"group_id": group, "administrator_id": who, "role": "administrator"}
        unit.create("group_administrator", link)

    person.bulk(work)
    services = person.services
    new = NewReport("persons", hostile, hostile, services.desk.now())
    report = person.settled(services.reports.add(new))
    person.settled(services.reports.note(report, hostile))
    read = person.settled(services.alerts.read(f"{MISSING}\n{hostile}"))
    person.settled(services.posts.from_alert(read, group_ids=("group-1",)))
    values = {"onderwerp": hostile, "bericht": hostile}
    return str(
        person.settled(services.posts.new_draft("general", values=values, group_ids=("group-1",)))
    )


SHORT = "<img src=x>"
"""For fields that hold no more."""

LISTS = ("streets", "spots", "postcodes")


def everywhere(person: Person, hostile: str) -> None:
    """Make a record of every kind with the hostile words in each of its fields of text."""
    made = []
    for kind in KINDS.values():
        body = {
            name: _value(name, field, hostile)
            for name, field in kind.fields.items()
            if not field.central and name != "expires_at"
        }
        record = f"hostile-{kind.name.replace('_', '-')}"
        try:
            person.bulk(methodcaller("create", kind.name, body, record))
        except Refused:
            continue
        made.append(kind.name)
    # A photo needs its bytes; all others are there.
    assert set(KINDS) - set(made) <= {"photo"}, made


def _value(name: str, field: Field, hostile: str) -> Any:
    if field.type == "text":
        return hostile if len(hostile) <= field.limit else SHORT[: field.limit]
    plain: dict[str, Any] = {
        "id": "group-1" if "group" in name else "hostile-report",
        "time": "2026-03-10T13:00:00.000Z",
        "flag": True,
        "number": 1,
        "items": [hostile] if name in LISTS else [],
        "object": {},
    }
    return sorted(field.choices)[0] if field.type == "choice" else plain[field.type]


def rich_parts(window: QWidget) -> list[str]:
    """Return every part that would read its text as markup."""
    found = []
    for part in (window, *window.findChildren(QWidget)):
        if GuiQt.mightBeRichText(part.toolTip()) and "<img" in part.toolTip():
            found.append(f"tooltip of {type(part).__name__}")
        if isinstance(part, QLabel) and part.textFormat() != Qt.TextFormat.PlainText:
            found.append(f"label {part.text()[:20]}")
        if isinstance(part, QTextEdit) and part.acceptRichText():
            found.append(f"editor {part.accessibleName()}")
    return found


@pytest.mark.parametrize(
    "before",
    ["", "\u202e", "<b>", "<script>alert(1)</script>"],
    ids=["img", "bidi", "b", "script"],
)
def test_hostile_words_are_words_on_every_screen(seat: Seat, before: str, bait: Path) -> None:
    hostile = f'{before}<img src="{bait}"> & woorden'
    person = seat(begin=True)
    post_id = fill(person, hostile)
    everywhere(person, hostile)
    with Opened(bait.parent) as opened:
        rich = walk(person, post_id, hostile)
        assert opened.names() == []
        bait.read_bytes()
        assert opened.names() or not Opened.watches
    assert rich == []


def walk(person: Person, post_id: str, hostile: str) -> list[str]:
    """Look at every screen; return what would read its text as markup."""
    rich = []
    for name in (*SCREENS, *FILLED_POPUPS):
        visit(person, name)
        rich += [f"{name}: {one}" for one in rich_parts(person.run.window)]
        person.look(f"hostile-{name}")
        leave(person)
    visit(person, "compose", post_id=post_id)
    person.until(person.screen.form.current, "the fields")
    person.look("hostile-compose")
    rich += rich_parts(person.run.window)
    person.press(KEY.Key_1, CTRL)
    screen = person.until_here("reports")
    person.until(lambda: screen.detail.card() is not None, "the report")
    assert screen.detail.card().text == hostile
    return rich
