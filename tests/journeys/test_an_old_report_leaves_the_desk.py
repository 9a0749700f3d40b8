"""A year later: the report is off the desk, found with a reason, and kept by a stop (F52)."""

from __future__ import annotations

from functools import partial

import pytest

from central.database import Database
from central.retention import rounds
from console.views.dialogs.old_report import OldReportDialog
from console.views.settings.retention import RetentionPage
from console.views.widgets.text import Text
from tests.helpers.clock import HandClock
from tests.helpers.journey import CTRL, KEY, Person, Seat

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

REASON = "Vraag van de officier over deze avond"


@pytest.fixture
def person(seat: Seat) -> Person:
    """The account holder of a lone desk."""
    return seat(begin=True)


def records(person: Person) -> Database:
    """Return the records of the central inside the desk."""
    central = person.run.central.switch.central._app.state.office
    database: Database = central.database
    return database


def body(person: Person) -> dict[str, object]:
    """Return a report of this moment."""
    now = person.run.kit.services.desk.now()
    text = "Bestelbus zonder licht"
    return {"category": "vehicle", "text": text, "place": "Duinweg 8", "heard_at": now}


def words(page: object) -> str:
    """Return every text that a part of a screen shows."""
    parts = page.findChildren(Text)  # type: ignore[attr-defined]
    return " ".join(one.accessibleName() or one.text() for one in parts if one.isVisible())


def set_field(person: Person, field: object, text: str) -> None:
    """Type into a field."""
    field.editor.setFocus()  # type: ignore[attr-defined]
    field.editor.selectAll()  # type: ignore[attr-defined]
    person.type(text)


def bewaren(person: Person) -> RetentionPage:
    """Open the page and wait until central told how it stands."""
    person.run.program.shell.open("settings", page="retention")
    person.until_here("settings")
    page: RetentionPage = person.screen.retention
    person.until(lambda: page.fields["free_days"].text() == "365", "the terms are shown")
    return page


def test_an_old_report_leaves_the_desk_and_is_found_with_a_reason(
    person: Person, hand_clock: HandClock
) -> None:
    made = person.settled(
        person.services.desk.act(lambda unit: unit.create("report", body(person)))
    )
    person.run.exchanged()
    database = records(person)

    # The clock jumps a year: nothing goes until somebody says that the date is right.
    rounds.keep_all(database, hand_clock.now())
    hand_clock.move(days=370)
    assert rounds.keep_all(database, hand_clock.now()) == 0
    page = bewaren(person)
    person.until(page.paused.isVisible, "the page says that the round waits")
    page.go_on.click()
    person.until(lambda: not page.paused.isVisible(), "the round goes on")
    person.until(lambda: "1 × melding" in page.coming.text(), "what goes is shown")

    # A stop, by number, before it goes.
    number = person.settled(
        person.services.desk.look(lambda conn: _number(conn, made)),
    )
    set_field(person, page.holds.number, number)
    set_field(person, page.holds.reason, "Klacht 12")
    set_field(person, page.holds.until, "31-12-2099")
    person.press(KEY.Key_Return, CTRL)
    person.until(lambda: "niet vernietigd" in page.holds.said(), "the stop is kept")

    assert rounds.keep_all(database, hand_clock.now()) >= 1
    person.run.exchanged()
    person.until(
        partial(_gone, person, made),
        "the report is off the desk",
    )

    # An exact question with a reason.
    person.run.program.shell.open("old_report")
    dialog: OldReportDialog = person.until_dialog(OldReportDialog)
    set_field(person, dialog.number, number)
    person.press(KEY.Key_Return, CTRL)
    assert dialog.is_open()
    set_field(person, dialog.reason, REASON)
    person.press(KEY.Key_Return, CTRL)
    person.until(lambda: "Bestelbus zonder licht" in words(dialog), "the report is shown")
    person.press(KEY.Key_Escape)

    # Nobody shortens a term unseen, and the change is taken back.
    page = bewaren(person)
    set_field(person, page.fields["asked_days"], "700")
    set_field(person, page.ground, "Besluit van het team")
    person.press(KEY.Key_Return, CTRL)
    person.until(lambda: "Klopt dat?" in page.said(), "the preview comes first")
    person.press(KEY.Key_Return, CTRL)
    person.until(lambda: "over een dag" in page.said(), "the terms are kept")
    person.until(page.changed.isVisible, "there is a way back")
    page.put_back.click()
    person.until(lambda: page.fields["asked_days"].text() == "1826", "the old terms are back")


def _number(conn: object, record: str) -> str:
    from console.storage.projection import shown

    found = shown(conn, "report", record)  # type: ignore[arg-type]
    return str(found.body["number"]) if found else ""


def _gone(person: Person, record: str) -> bool:
    return not person.settled(person.services.desk.look(lambda conn: _number(conn, record)))
