"""A shift is handed over by keys, in a real window on a real encrypted file (D10, D11, F42, F43)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.person import Person
from console.presenters import handover as handover_presenter
from console.presenters.kit import Presenter
from console.services.desk import Desk
from console.services.handovers import Handovers
from console.storage.projection import shown
from console.views.dialogs.relief import ReliefDialog
from console.views.screen import Screen
from console.views.theme.theme import Theme
from tests.helpers import shift
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Elsewhere(Presenter):
    """Stands where another screen does: remembers what it was opened for."""

    opened: dict[str, Any]

    def open(self, **params: Any) -> None:
        self.opened = params


class ElsewhereScreen(Screen):
    """An empty screen."""


@pytest.fixture
def clock() -> HandClock:
    """The evening of the fixture shift."""
    return HandClock(shift.EVENING)


@pytest.fixture
def night(
    theme: Theme,
    desk: Desk,
    clock: HandClock,
    loop: DeskLoop,
) -> Iterator[DeskWindow]:
    """A window at the end of Lotte's evening; she is signed in."""
    shift.evening(desk, clock)
    made = DeskWindow(desk, clock, loop, (1440, 900))
    made.popup("relief", handover_presenter.open_relief)
    yield made
    made.close()


def elsewhere(night: DeskWindow, *names: str) -> None:
    """Put an empty screen behind these names."""

    def build() -> tuple[Screen, Presenter]:
        screen = ElsewhereScreen(night.window)
        return screen, Elsewhere(night.kit, screen)

    for name in names:
        night.shell.register(name, build)


def signed_in(night: DeskWindow, desk: Desk, person: Person) -> tuple[Any, Any]:
    """Sign somebody in; the list of reports stands before them, as after unlocking."""
    desk.person = person
    night.shell.reset()
    elsewhere(night, "reports", "feedback", "issue", "compose", "burgernet", "groups")

    def build() -> tuple[Screen, Presenter]:
        return handover_presenter.make(night.kit, night.window)

    night.shell.register("handover", build)
    night.popup("relief", handover_presenter.open_relief)
    night.shell.open("reports")
    night.key(KEY.Key_H)
    presenter: Any = night.shell.presenter("handover")
    night.until(presenter.screen.card.items, "the sheet")
    return presenter.screen, presenter


def at(night: DeskWindow, screen: str) -> bool:
    """Say whether a screen is in front."""
    return night.shell.here == screen


def made_by_lotte(night: DeskWindow, desk: Desk) -> None:
    view, _ = signed_in(night, desk, shift.LOTTE)
    night.key(KEY.Key_Return, CTRL)
    night.until(lambda: view.card.sheet.id, "the sheet is made")


def test_taking_over_costs_two_keys_and_one_per_line(night: DeskWindow, desk: Desk) -> None:
    made_by_lotte(night, desk)
    view, presenter = signed_in(night, desk, shift.YARA)
    keys = 1  # H, pressed by signed_in
    lines = len(view.card.sheet.lines)
    for _ in range(lines):
        night.key(KEY.Key_1)
        keys += 1
    night.key(KEY.Key_Return, CTRL)
    keys += 1
    night.until(lambda: view.card.sheet.status == "accepted", "the sheet is taken over")
    assert lines >= 8
    assert keys == 2 + lines
    sheet = presenter._sheet
    assert (sheet.from_name, sheet.to_name) == (shift.LOTTE.name, shift.YARA.name)
    assert len(sheet.seal) == 64


def test_after_acceptance_nothing_of_the_giver_is_left_without_the_new_holder(
    night: DeskWindow,
    desk: Desk,
) -> None:
    made_by_lotte(night, desk)
    view, _ = signed_in(night, desk, shift.YARA)
    held = [line for line in view.card.sheet.lines if line.subject_kind in ("report", "post")]
    for _ in view.card.sheet.lines:
        night.key(KEY.Key_1)
    night.key(KEY.Key_Return, CTRL)
    night.until(lambda: view.card.sheet.status == "accepted", "the sheet is taken over")
    records = [
        desk.look(partial(shown, kind=line.subject_kind, record_id=line.subject_id)).result()
        for line in held
    ]
    assert len(held) >= 4
    assert {record.body.get("holder") for record in records if record} == {shift.YARA.id}


def test_nothing_on_the_sheet_is_typed(night: DeskWindow, desk: Desk) -> None:
    view, _ = signed_in(night, desk, shift.LOTTE)
    titles = [item.line.title for item in view.card.items()]
    assert "WhatsApp Web is uitgelogd" in titles
    assert "Bestelbus met vreemd kenteken" in titles
    assert view.card.note.text() == ""


def test_the_answer_moves_on_to_the_next_open_line_and_the_keys_go_along(
    night: DeskWindow,
    desk: Desk,
) -> None:
    made_by_lotte(night, desk)
    view, presenter = signed_in(night, desk, shift.YARA)
    first, second, third = (item.id for item in view.card.items()[:3])
    assert view.card.list.current_id() == first
    night.key(KEY.Key_2)
    assert view.card.list.current_id() == second
    night.key(KEY.Key_3)
    assert view.card.list.current_id() == third
    night.until(lambda: presenter._sheet.answered == 2 and not presenter._keeping, "both are kept")
    kept = Handovers(desk).current().result()
    assert {line.answer for line in kept.lines} == {"question", "mine", ""}


def test_the_button_says_how_many_lines_are_open(night: DeskWindow, desk: Desk) -> None:
    made_by_lotte(night, desk)
    view, _ = signed_in(night, desk, shift.YARA)
    many = len(view.card.sheet.lines)
    assert view.side.primary.reason() == f"Beantwoord eerst nog {many} regels."
    night.key(KEY.Key_Return, CTRL)
    night.loop.turn()
    assert view.card.sheet.status == "open"


def test_who_did_not_talk_writes_why_before_the_button_works(
    night: DeskWindow,
    desk: Desk,
) -> None:
    made_by_lotte(night, desk)
    view, _ = signed_in(night, desk, shift.YARA)
    for _ in view.card.sheet.lines:
        night.key(KEY.Key_1)
    night.key(KEY.Key_F6)
    night.key(KEY.Key_F6)
    view.side.talked.setFocus()
    night.key(KEY.Key_Space)
    assert view.side.primary.reason() == "Schrijf op waarom u elkaar niet sprak."
    view.side.why.editor.setFocus()
    night.type("Lotte was al weg")
    night.key(KEY.Key_Return, CTRL)
    night.until(lambda: view.card.sheet.status == "accepted", "the sheet is taken over")
    assert not view.card.sheet.talked
    assert view.card.sheet.no_talk_note == "Lotte was al weg"


def test_what_comes_in_later_stands_under_the_dashed_line_once(
    night: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    made_by_lotte(night, desk)
    view, _ = signed_in(night, desk, shift.YARA)
    before = [item.id for item in view.card.items()]
    clock.move(minutes=3)
    shift.report(desk, "Scooter tegen hek gereden", "Sportweide")
    night.until(lambda: len(view.card.items()) == len(before) + 1, "the later line")
    last = view.card.items()[-1]
    assert (last.line.title, last.line.late) == ("Scooter tegen hek gereden", True)
    assert view.card.list.current_id() == before[0], "the choice does not move"
    for _ in view.card.items():
        night.key(KEY.Key_1)
    night.key(KEY.Key_Return, CTRL)
    night.until(lambda: view.card.sheet.status == "accepted", "the sheet is taken over")
    assert [line.title for line in view.card.sheet.lines].count("Scooter tegen hek gereden") == 1


def test_enter_opens_what_stands_behind_a_line(night: DeskWindow, desk: Desk) -> None:
    view, _ = signed_in(night, desk, shift.LOTTE)
    wanted = {"report": "reports", "placement": "issue", "alert": "burgernet", "group": "groups"}
    for item in list(view.card.items()):
        screen = wanted.pop(item.line.subject_kind, "")
        if item.line.section == "feedback":
            screen = "feedback"
        if not screen:
            continue
        view.card.list.set_current(item.id)
        night.key(KEY.Key_Return)
        night.until(partial(at, night, screen), screen)
        place = night.shell.presenter(screen)
        assert isinstance(place, Elsewhere)
        opened = place.opened
        assert len(opened) == 1
        assert next(iter(opened.values()))
        night.shell.back()
        night.until(lambda: night.shell.here == "handover", "back on the sheet")
        night.loop.turn()
    assert not wanted


def test_the_giver_cannot_take_over_and_the_note_stays(night: DeskWindow, desk: Desk) -> None:
    view, _ = signed_in(night, desk, shift.LOTTE)
    view.card.note.editor.setFocus()
    night.type("De telefoon ligt in de kast")
    night.key(KEY.Key_Return, CTRL)
    night.until(lambda: view.card.sheet.id, "the sheet is made")
    view.take_focus()
    night.key(KEY.Key_1)
    night.key(KEY.Key_Return, CTRL)
    night.loop.turn()
    assert view.card.sheet.answered == 0
    assert view.card.sheet.status == "open"
    view.card.note.editor.setFocus()
    night.type(" rechts")
    view.take_focus()
    night.until(
        lambda: Handovers(desk).current().result().note == "De telefoon ligt in de kast rechts",
        "the note is kept",
    )


def test_who_looks_at_a_preview_of_another_can_give_over_instead(
    night: DeskWindow,
    desk: Desk,
) -> None:
    view, presenter = signed_in(night, desk, shift.YARA)
    assert presenter._role(presenter._sheet) == "taker"
    night.key(KEY.Key_Return, CTRL | SHIFT)
    night.until(lambda: view.card.sheet.from_id == shift.YARA.id, "Yara gives over")
    assert view.side.primary.label() == "Maak overdracht"


def test_even_weg_takes_a_colleague_and_comes_back_with_the_same_key(
    night: DeskWindow,
    desk: Desk,
) -> None:
    view, _ = signed_in(night, desk, shift.LOTTE)
    night.key(KEY.Key_H, SHIFT)
    night.until(lambda: isinstance(night.popup_open(), ReliefDialog), "the question")
    dialog = night.popup_open()
    dialog.colleague.select(shift.YARA.id)
    night.key(KEY.Key_Return, CTRL)
    night.until(lambda: night.popup_open() is None, "given")
    night.until(lambda: Handovers(desk).away().result() == shift.YARA.name, "away")
    night.until(lambda: view.header._relief.label() == "Ik ben terug", "the button")
    night.key(KEY.Key_H, SHIFT)
    night.until(lambda: Handovers(desk).away().result() == "", "back with one key")
    night.until(lambda: view.header._relief.label() == "Even weg", "the button")
    assert night.said[-1][1].startswith("U bent terug.")


def test_an_earlier_sheet_opens_read_only_and_esc_goes_back_to_the_list(
    night: DeskWindow,
    desk: Desk,
) -> None:
    made_by_lotte(night, desk)
    view, _ = signed_in(night, desk, shift.YARA)
    for _ in view.card.sheet.lines:
        night.key(KEY.Key_1)
    night.key(KEY.Key_Return, CTRL)
    night.until(lambda: view.card.sheet.status == "accepted", "the sheet is taken over")
    night.key(KEY.Key_Escape)
    night.until(view.earlier.list.isVisible, "the list")
    night.key(KEY.Key_Return)
    night.until(view.card.isVisible, "the sheet")
    night.key(KEY.Key_2)
    night.loop.turn()
    assert view.card.sheet.questions == 0
    assert not view.side.primary.isVisible()


def test_offline_acceptance_says_that_central_does_not_know_yet(
    night: DeskWindow,
    desk: Desk,
) -> None:
    made_by_lotte(night, desk)
    view, _ = signed_in(night, desk, shift.YARA)
    for _ in view.card.sheet.lines:
        night.key(KEY.Key_1)
    night.key(KEY.Key_Return, CTRL)
    night.until(lambda: view.card.sheet.status == "accepted", "the sheet is taken over")
    assert not view.card.sheet.confirmed
    assert view.side._pending.isVisible()


def test_the_sheet_goes_on_paper_with_every_line(night: DeskWindow, desk: Desk) -> None:
    view, presenter = signed_in(night, desk, shift.LOTTE)
    text = handover_presenter.sheet_on_paper(night.kit, presenter._sheet)
    for line in view.card.sheet.lines:
        assert f"- {line.title}" in text
        assert line.detail in text
    night.key(KEY.Key_P, CTRL)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    QTest.keyClick(dialog, KEY.Key_Escape)
    night.loop.turn()
    assert QApplication.activeModalWidget() is None
    assert night.shell.here == "handover", "Esc was for the dialog of the system"


def test_on_the_lamp_line_f1_opens_at_the_steps_that_link_again(
    night: DeskWindow,
    desk: Desk,
) -> None:
    view, _ = signed_in(night, desk, shift.LOTTE)
    assert view.step == "whatsapp_web"
    night.key(KEY.Key_J)
    assert view.step == "handover"
