"""Terugkoppeling in its states: nothing due, a colleague writes, ended, narrow, an officer (F30)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from console.services.desk import Desk, Unit
from console.services.feedback import Feedback
from console.storage import feedback as stored
from console.views.feedback.words import NOTHING
from console.views.theme.theme import Theme
from tests.helpers import broadcasts
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.feedback_shift import CTRL, SHIFT, body, late_one, opened
from tests.helpers.profile import PERSON

KEY = Qt.Key


def test_nothing_due_is_said_and_nothing_fills_the_screen(
    shift: DeskWindow,
) -> None:
    shift.shell.open("feedback")
    view: Any = shift.shell.screen()
    shift.until(view.due._month.text, "the month")
    assert view.due._empty.text() == NOTHING == "Niets te doen. Volgende: geen."
    assert view.answer.isHidden()


def test_an_ended_action_proposes_its_closing_text_and_no_outcome(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    post_id, alert_id = broadcasts.missing(desk)
    clock.move(minutes=20)
    broadcasts.end(desk, alert_id)
    view = opened(shift, post_id=post_id)
    assert view.answer.form.outcomes.selected() == ""
    shift.key(KEY.Key_4)
    shift.until(view.answer.form.sentence.text, "the proposal")
    assert "beëindigd" in view.answer.form.sentence.text()
    bubble = view.answer.side.preview.ground.bubble
    shift.until(lambda: "zoekactie" in bubble.accessibleName(), "the text")
    assert "Beëindigd is niet hetzelfde als gevonden." in view.answer.form._ended.accessibleName()


def test_a_station_without_whatsapp_puts_it_ready_for_the_desk(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    post_id = late_one(desk, clock)
    view = opened(shift)
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_3)
    shift.type("Dank u.")
    shift.until(view.answer.footer.ready.isEnabled, "something to put ready")
    shift.key(KEY.Key_Return, CTRL | SHIFT)

    def ready() -> bool:
        card = desk.look(
            lambda conn: stored.card(conn, post_id, me=PERSON.id, now=desk.now())
        ).result()
        return bool(
            card and card.row.draft_id and body(desk, card.row.draft_id)["status"] == "ready"
        )

    shift.until(ready, "the draft for the desk")
    assert body(desk, post_id)["holder"] == PERSON.id


def test_in_a_narrow_window_list_and_form_take_turns(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    late_one(desk, clock)
    shift.window.resize(1280, 800)
    view = opened(shift)
    assert not view.due.isHidden()
    assert view.answer.isHidden()
    shift.key(KEY.Key_F)
    assert view.due.isHidden()
    assert not view.answer.isHidden()
    assert view.header._which.text() == "1 van 1"
    shift.key(KEY.Key_3)
    shift.key(KEY.Key_Escape)
    assert not view.answer.isHidden(), "first out of the field"
    shift.key(KEY.Key_Escape)
    assert not view.due.isHidden()
    assert view.answer.isHidden()
    assert QApplication.focusWidget() is view.due.list


def test_an_officer_opens_on_three_blocks_of_the_own_district(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    def beside(unit: Unit) -> None:
        unit.create("area", {"name": "Oostwiel", "level": "village"}, "area-oostwiel")
        unit.create(
            "area_neighbour",
            {"area_id": "area-oostwiel", "neighbour_id": "area-lagebrug"},
            "beside-1",
        )
        unit.create(
            "report",
            {
                "category": "person",
                "text": "Man voelt aan deuren.",
                "place": "Dorpsstraat",
                "area_id": "area-lagebrug",
                "heard_at": unit.now,
                "source": "desk",
            },
            "report-1",
        )

    desk.act(beside).result()
    late_one(desk, clock)
    clock.move(hours=-1)
    broadcasts.broadcast(desk, "babbeltruc aan de deur", area_id="area-oostwiel", groups=1)
    clock.move(hours=1)
    officer = replace(PERSON, roles=("officer",), area_id="area-lagebrug")
    desk.person = officer
    view = opened(shift)
    assert view.header.segments.selected() == "mine"
    ids = [view.due._model.row_at(n).id for n in range(view.due._model.rowCount())]
    kinds = [one.partition(":")[0] for one in ids if ":" in one]
    assert kinds == ["beside"], "the report came before the last day"
    assert ids.count("") == 3, "three blocks"


def test_a_message_of_the_neighbours_is_passed_on_to_the_own_groups(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    def beside(unit: Unit) -> None:
        unit.create("area", {"name": "Oostwiel", "level": "village"}, "area-oostwiel")
        unit.create(
            "area_neighbour",
            {"area_id": "area-lagebrug", "neighbour_id": "area-oostwiel"},
            "beside-1",
        )

    desk.act(beside).result()
    there = broadcasts.broadcast(desk, "babbeltruc", area_id="area-oostwiel", groups=1)
    desk.person = replace(PERSON, roles=("officer",), area_id="area-lagebrug")
    shift.shell.open("feedback")
    view: Any = shift.shell.screen()
    shift.until(lambda: view.due.list.set_current(f"beside:{there}"), "the neighbours' message")
    shift.key(KEY.Key_D)
    shift.until(lambda: shift.shell.here == "compose", "the copy")
    new_id = shift.shell.presenter("compose").opened["post_id"]  # type: ignore[attr-defined]
    made = body(desk, new_id)
    assert made["type"] == "forward"
    assert "Oostwiel" in made["fields"]["_origin"]
    assert any("staat al in Beheerders Lagebrug" in said for _, said, _ in shift.said)


def test_an_answer_of_a_colleague_arrives_while_the_list_is_open(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    post_id = late_one(desk, clock)
    view = opened(shift)
    Feedback(desk).waive(post_id, "no_outcome").result()
    shift.until(view.due.is_empty, "the row to leave the list")
    assert view.due._empty.text() == NOTHING


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
@pytest.mark.parametrize("scale", [100, 130])
def test_no_part_asks_for_more_than_the_window(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
    theme: Theme,
    size: tuple[int, int],
    scale: int,
) -> None:
    late_one(desk, clock)
    theme.set_scale(scale)
    shift.window.resize(*size)
    view = opened(shift)
    shift.key(KEY.Key_F)
    shift.key(KEY.Key_3)
    shift.type("J.B. (17) zit vast.")
    shift.until(lambda: view.answer.form.sentence.finding() is not None, "the finding")
    assert (shift.window.width(), shift.window.height()) == size
    for part in view.findChildren(QWidget):
        if part.isVisible():
            corner = part.mapTo(view, part.rect().topRight())
            assert corner.x() <= view.width(), part.accessibleName() or type(part)


def test_everything_that_takes_the_keyboard_has_a_name(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    late_one(desk, clock)
    view = opened(shift)
    for part in view.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
            assert part.accessibleName(), type(part)
