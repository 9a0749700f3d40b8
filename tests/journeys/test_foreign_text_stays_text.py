"""Markup and direction marks in every field are shown as they stand; nothing is loaded (threat 3)."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from console.domain.report import NewReport
from tests.helpers.journey import CTRL, KEY, MISSING, Person, Seat
from tests.journeys.test_every_screen_on_the_keys import SCREENS, leave, visit

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]


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
    read = person.settled(services.alerts.read(f"{MISSING}\\n{hostile}"))
    person.settled(services.posts.from_alert(read, group_ids=("group-1",)))
    values = {"onderwerp": hostile, "bericht": hostile}
    return str(
        person.settled(services.posts.new_draft("general", values=values, group_ids=("group-1",)))
    )


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
    ["", "\\u202e", "<b>", "<script>alert(1)</script>"],
    ids=["img", "bidi", "b", "script"],
)
def test_hostile_words_are_words_on_every_screen(
    seat: Seat, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QTextDocument, "loadResource", lambda *args: asked.append(args))
    hostile = f'{before}<img src="file:///voorbeeld.png"> & woorden'
    person = seat(begin=True)
    post_id = fill(person, hostile)
    rich = []
    for name in SCREENS:
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
    assert rich == []
    assert asked == []
