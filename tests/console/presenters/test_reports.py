"""Meldingen in a real window: one key per act, and nothing moves under the hand (F01, D02)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.domain.report import ReportRow
from console.domain.settled import LostClaim
from console.domain.status import Lamp
from console.presenters import reports as presenters
from console.presenters.report_dialogs import open_new_report, open_paste
from console.presenters.reports import ReportsPresenter
from console.services.desk import Desk
from console.services.memory import Memory
from console.services.reports import Reports
from console.views.dialogs.close_report import CloseReportDialog
from console.views.reports.screen import ReportsScreen
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop
from tests.helpers.profile import PERSON
from tests.helpers.reports import SAMIRA, add, people_and_areas, signed_in

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Bench:
    """The screen in its window, ready to be worked on."""

    def __init__(self, desk: Desk, clock: HandClock, loop: DeskLoop) -> None:
        self.desk, self.clock = desk, clock
        self.reports = Reports(desk)
        people_and_areas(desk)
        self.window = DeskWindow(desk, clock, loop, (1280, 800))
        self.window.popup("new_report", open_new_report)
        self.window.popup("paste", open_paste)
        self.screen: ReportsScreen
        self.presenter: ReportsPresenter

    def start(self) -> None:
        """Open the screen and wait until the first report is in hand."""
        self.screen, self.presenter = self.window.screen("reports", presenters.make)
        self.window.until(self.presenter.list.stands)
        self.window.until(lambda: not self.presenter.chosen or self.presenter.card())

    def row(self) -> ReportRow:
        """The report in hand, as the detail shows it."""
        card = self.presenter.card()
        assert card is not None
        return card.row

    def press(self, *keys: Key) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.window.key(key)

    def go_to(self, title: str) -> None:
        """Walk down to a report."""
        for _ in range(30):
            if self.presenter.card() and self.row().title == title:
                return
            before = self.presenter.chosen
            self.press(Key.Key_J)
            self.window.until(partial(self._left, before))
            self.window.until(self.presenter.card)
        raise AssertionError(title)

    def _left(self, report_id: str) -> bool:
        return self.presenter.chosen != report_id

    def waiting_words(self) -> str:
        """What the button for new reports says; empty while none wait."""
        button = self.screen.list.waiting
        return "" if button.isHidden() else button.label()

    def place_on_screen(self) -> int:
        """Where the chosen row stands on the screen, in pixels from the top of the window."""
        view = self.screen.list.view
        at = view.visualRect(view.currentIndex()).topLeft()
        return view.viewport().mapTo(self.window.window, at).y()


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


def test_no_letter_or_digit_acts_while_somebody_types(bench: Bench) -> None:
    add(bench.desk, "Inbraak", acute=True)
    bench.start()
    bench.press(Key.Key_Slash)
    assert QApplication.focusWidget() is bench.screen.header.search.editor
    bench.window.type("abcdefghijklmnopqrstuvwxyz1234567")
    bench.window.loop.turn(10)
    assert bench.window.popup_open() is None
    assert (bench.row().claim, bench.row().called_112) == ("none", "")


def test_search_narrows_says_so_when_empty_and_escape_brings_everything_back(
    bench: Bench,
) -> None:
    add(bench.desk, "Bestelbus rijdt")
    add(bench.desk, "Hond blaft")
    bench.start()
    bench.press(Key.Key_Slash)
    bench.window.type("hond")
    bench.window.until(lambda: bench.screen.list.model.rowCount() == 1)
    bench.window.type("zz")
    bench.window.until(bench.screen.list.empty.isVisible)
    assert bench.screen.list.empty.text() == "Geen melding met “hondzz”"
    bench.press(Key.Key_Escape)
    bench.window.until(lambda: bench.screen.list.model.rowCount() == 2)


def test_an_empty_list_says_when_and_by_whom_the_last_one_was_closed(bench: Bench) -> None:
    report_id = add(bench.desk, "Fiets weg")
    from contract.vocabulary import CloseReason

    bench.reports.close(report_id, CloseReason.HANDLED, "no").result()
    bench.start()
    bench.window.until(bench.screen.list.empty.isVisible)
    words = "Geen open meldingen De laatste is om 15:00 gesloten door Ruben Voorbeeld."
    assert bench.screen.list.empty.text() == words


def test_what_looks_like_markup_is_shown_as_it_was_typed(bench: Bench) -> None:
    evil = "<img src=x onerror=a><b>vet</b> &amp;"
    add(
        bench.desk,
        evil,
        title=evil,
        place=evil,
        description=evil,
        relay_name=evil,
        relay="group",
        acute=True,
    )
    bench.reports.wait_for(add(bench.desk, evil, place=evil), evil).result()
    bench.start()
    bench.window.until(bench.presenter.card)
    assert bench.screen.detail.card() is not None
    assert bench.row().title == evil
    everything: list[QWidget] = bench.screen.findChildren(QWidget)
    assert not [part for part in everything if isinstance(part, QLabel)]
    for part in everything:
        assert "<img" not in part.toolTip()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_no_part_of_the_screen_asks_for_more_than_the_window(
    bench: Bench, size: tuple[int, int]
) -> None:
    add(bench.desk, "Een lange melding " * 40, place="Een heel lange straatnaam " * 6, acute=True)
    bench.start()
    bench.window.window.resize(*size)
    bench.window.loop.turn(10)
    assert bench.window.window.width() == size[0]
    hint = bench.screen.minimumSizeHint()
    assert hint.width() <= bench.screen.width()
    assert hint.height() <= bench.screen.height()


def test_everything_that_takes_the_keyboard_has_a_name(bench: Bench) -> None:
    add(bench.desk, "Inbraak", acute=True)
    bench.start()
    nameless = [
        part
        for part in bench.screen.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.isVisible()
        and not part.accessibleName()
        and not getattr(part, "text", str)()
    ]
    assert nameless == []


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
