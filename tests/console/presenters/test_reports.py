"""Meldingen in a real window: one key per act, and nothing moves under the hand (F01, D02)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console.domain.settled import LostClaim
from console.domain.status import Lamp
from console.presenters.reports import ReportsPresenter
from console.services.desk import Desk
from console.services.memory import Memory
from console.views.dialogs.close_report import CloseReportDialog
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.loop import DeskLoop
from tests.helpers.profile import PERSON
from tests.helpers.reports import SAMIRA, add, signed_in
from tests.helpers.reports_bench import Bench

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bench(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[Bench]:
    made = Bench(desk, clock, loop)
    yield made
    made.window.close()


def test_one_key_claims_the_report_in_hand(bench: Bench) -> None:
    add(bench.desk, "Fiets weg")
    bench.start()
    bench.press(Key.Key_C)
    bench.window.until(lambda: bench.row().claim == "mine")
    assert bench.screen.list.row(bench.screen.list.current_number())
    bench.window.key(Key.Key_C, SHIFT)
    bench.window.until(lambda: bench.row().claim == "none")


def test_a_new_report_never_moves_the_chosen_row_or_the_text_cursor(bench: Bench) -> None:
    for number in range(200):
        add(bench.desk, f"Melding {number}", number + 5)
    bench.start()
    bench.window.key(Key.Key_J, times=60)
    bench.window.until(bench.presenter.card)
    row, place = bench.screen.list.current_number(), bench.place_on_screen()
    search = bench.screen.header.search.editor
    search.setFocus()
    search.setText("")
    with signed_in(bench.desk, SAMIRA):
        add(bench.desk, "Nieuw", 0)
        add(bench.desk, "Ook nieuw", 0)
    bench.window.until(lambda: "2 nieuwe meldingen" in bench.waiting_words())
    assert (bench.screen.list.current_number(), bench.place_on_screen()) == (row, place)
    assert QApplication.focusWidget() is search
    assert bench.screen.list.model.rowCount() == 200
    bench.screen.take_focus()
    bench.press(Key.Key_Home)
    bench.window.until(lambda: bench.presenter.card() and bench.row().title == "Ook nieuw")
    assert bench.screen.list.model.rowCount() == 202
    assert bench.waiting_words() == ""


def test_an_acute_report_comes_at_once_and_leaves_the_chosen_row_where_it_stands(
    bench: Bench,
) -> None:
    for number in range(200):
        add(bench.desk, f"Melding {number}", number + 5)
    bench.start()
    bench.window.key(Key.Key_J, times=60)
    bench.window.until(bench.presenter.card)
    place = bench.place_on_screen()
    with signed_in(bench.desk, SAMIRA):
        add(bench.desk, "Inbraak", 0, acute=True)
    bench.window.until(bench.screen.list.acute.rows)
    bench.window.loop.turn(10)
    assert bench.place_on_screen() == place
    bench.press(Key.Key_A)
    bench.window.until(lambda: bench.presenter.card() and bench.row().title == "Inbraak")


def test_a_claimed_row_keeps_its_place_until_the_choice_leaves_it(bench: Bench) -> None:
    for number in range(3):
        add(bench.desk, f"Melding {number}", number + 5)
    bench.start()
    first = bench.screen.list.current_number()
    bench.press(Key.Key_C)
    bench.window.until(lambda: bench.row().claim == "mine")
    assert bench.screen.list.model.place_of(str(first)) == 0
    bench.go_to("Melding 1")
    bench.window.until(lambda: bench.screen.list.model.place_of(str(first)) == 3)


def test_keys_answer_112_and_closing_waits_for_it(bench: Bench) -> None:
    add(bench.desk, "Inbraak", acute=True)
    bench.start()
    bench.press(Key.Key_S)
    dialog = bench.window.popup_open()
    assert isinstance(dialog, CloseReportDialog)
    bench.press(Key.Key_1, Key.Key_3)
    assert dialog.primary is not None
    assert dialog.primary.reason() == "Sluiten kan pas als dit is beantwoord."
    bench.window.key(Key.Key_Return, CTRL)
    assert dialog.is_open()
    bench.press(Key.Key_Escape)
    assert bench.row().called_112 == ""
    bench.press(Key.Key_1)
    bench.window.until(lambda: bench.row().called_112 == "yes")
    assert bench.screen.detail.band.isHidden()
    bench.press(Key.Key_S, Key.Key_1, Key.Key_3)
    bench.window.key(Key.Key_Return, CTRL)
    bench.window.until(lambda: bench.row().status == "closed")
    assert bench.row().close_reason == "handled"


def test_closing_takes_four_keys_the_last_one_is_never_enter_alone(bench: Bench) -> None:
    add(bench.desk, "Fiets weg")
    bench.start()
    bench.press(Key.Key_S, Key.Key_7, Key.Key_4, Key.Key_Return)
    bench.window.loop.turn(10)
    assert bench.row().status == "open"
    bench.window.key(Key.Key_Return, CTRL)
    bench.window.until(lambda: bench.row().status == "closed")
    assert bench.row().close_reason == "nothing_found"


def test_a_report_is_passed_on_with_a_word_and_opened_again_with_a_reason(bench: Bench) -> None:
    add(bench.desk, "Lamp kapot")
    bench.start()
    bench.press(Key.Key_D)
    bench.window.type("gemeente")
    bench.window.key(Key.Key_Return, CTRL)
    bench.window.until(lambda: bench.row().status == "waiting")
    assert bench.row().waiting_on == "gemeente"
    assert [command for command, _ in bench.screen.detail.choices()][-1] == "amend"


def test_the_answer_for_the_administrator_is_copied_with_one_chord(bench: Bench) -> None:
    add(bench.desk, "Inbraak", acute=True)
    bench.start()
    bench.window.key(Key.Key_C, CTRL | SHIFT)
    bench.window.until(lambda: "112" in QGuiApplication.clipboard().text())
    assert any("60 seconden" in sentence for _, sentence, _ in bench.window.said)


def test_a_lost_claim_says_who_was_first_and_has_the_next_one_ready(bench: Bench) -> None:
    for number in range(3):
        add(bench.desk, f"Melding {number}", number + 5)
    bench.start()
    lost = bench.presenter.chosen
    with signed_in(bench.desk, SAMIRA):
        bench.reports.claim(lost).result()
    bench.window.feed.claims_lost.emit((LostClaim("op", lost, PERSON.id, SAMIRA.id),))
    words = "Samira Voorbeeld was eerst. De volgende staat klaar."
    bench.window.until(lambda: words in [sentence for _, sentence, _ in bench.window.said])
    bench.window.until(lambda: bench.presenter.card() and bench.row().title == "Melding 1")
    assert bench.presenter.chosen != lost


def test_without_contact_my_claim_is_provisional_and_others_are_last_known(bench: Bench) -> None:
    bench.reports.claim(add(bench.desk, "Van mij")).result()
    bench.start()
    bench.window.until(lambda: bench.row().claim == "mine")
    at = bench.desk.now()
    bench.window.status = replace(bench.window.status, central=Lamp("central", "off", at))
    bench.window.feed.status_changed.emit(bench.window.status)
    bench.window.until(lambda: bench.row().claim == "provisional")
    assert bench.screen.list.delegate.known_at == "15:00"


def test_a_lease_that_ends_is_told_once_and_a_lapsed_one_is_nobodys(
    bench: Bench, clock: HandClock
) -> None:
    bench.reports.claim(add(bench.desk, "Van mij")).result()
    bench.start()
    clock.move(minutes=9, seconds=30)
    for _ in range(2):
        bench.window.feed.ticked.emit()
        bench.window.loop.turn(20)
    told = [sentence for _, sentence, _ in bench.window.said]
    assert told == ["Nog 1 minuut van u. Druk C om te houden."]
    clock.move(minutes=1)
    bench.window.feed.ticked.emit()
    bench.window.until(lambda: bench.row().claim == "none")


def test_a_note_survives_a_crash_and_becomes_history_with_ctrl_enter(bench: Bench) -> None:
    report_id = add(bench.desk, "Fiets weg")
    bench.start()
    bench.press(Key.Key_T)
    bench.window.type("Gebeld met de melder, komt terug")
    memory = Memory(bench.desk)
    kept = f"note:{report_id}"
    bench.window.until(lambda: memory.typed(kept).result().get("note", "").endswith("terug"))
    assert bench.row().status == "open"
    bench.window.key(Key.Key_Return, CTRL)
    bench.window.until(lambda: memory.typed(kept).result() == {})
    card = bench.reports.card(report_id).result()
    assert card is not None
    assert card.history[-1].text == "Gebeld met de melder, komt terug"


def test_another_screen_can_ask_for_one_report_wherever_it_stands(bench: Bench) -> None:
    wanted = add(bench.desk, "Van gisteren", 90)
    add(bench.desk, "Van nu", 1)
    bench.start()
    bench.window.shell.open("reports", report_id=wanted)
    bench.window.until(lambda: bench.presenter.chosen == wanted and bench.presenter.card())
    assert bench.screen.list.current_number() == bench.row().n
    from contract.vocabulary import CloseReason

    gone = add(bench.desk, "Al gesloten", 100)
    bench.reports.close(gone, CloseReason.HANDLED, "no").result()
    bench.window.shell.open("reports", report_id=gone)
    bench.window.until(lambda: bench.presenter.chosen == gone and bench.presenter.card())
    assert bench.row().status == "closed"


def test_the_short_list_is_remembered_with_its_strip(bench: Bench) -> None:
    for number in range(3):
        add(bench.desk, f"Melding {number}", number + 5)
    bench.start()
    bench.window.key(Key.Key_D, SHIFT)
    bench.window.until(lambda: "3 meldingen" in bench.screen.strip.accessibleName())
    view = bench.screen.list.view
    assert view.rowHeight(0) == 32
    memory = Memory(bench.desk)
    bench.window.until(lambda: (memory.recall("reports-screen").result() or {}).get("compact"))
    bench.window.key(Key.Key_D, SHIFT)
    assert bench.screen.strip.isHidden()
    assert view.rowHeight(0) == 58


def test_a_link_is_laid_and_undone_with_one_key_each(bench: Bench) -> None:
    add(bench.desk, "Eerste", 20)
    add(bench.desk, "Tweede", 10)
    bench.start()
    bench.press(Key.Key_L)
    bench.window.until(lambda: _first_link(bench.presenter))
    bench.press(Key.Key_L)
    bench.window.until(lambda: _first_link(bench.presenter) == "")
    card = bench.presenter.card()
    assert card is not None
    assert [line.what for line in card.history][-2:] == ["linked", "unlinked"]


def _first_link(presenter: ReportsPresenter) -> Any:
    card = presenter.card()
    return card.look_alikes[0].link_id if card is not None and card.look_alikes else None
