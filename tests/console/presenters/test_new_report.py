"""Quick entry by keyboard alone: eight fields at most, nothing lost by a crash (F02, D03, D12)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain.report import ReportCard, ReportFilter
from console.presenters.report_dialogs import NEW, open_new_report
from console.services.desk import Desk, Unit
from console.services.memory import Memory
from console.services.reports import Reports
from console.views.dialogs.new_report import NewReportDialog
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop
from tests.helpers.reports import people_and_areas

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[DeskWindow]:
    people_and_areas(desk)

    def work(unit: Unit) -> None:
        group = unit.create(
            "group",
            {
                "name": "Beheerders Lagebrug",
                "kind": "administrators",
                "area_id": "area-lagebrug",
                "streets": ["Vlierpad", "Vlierhof"],
            },
        )
        administrator = unit.create("administrator", {"name": "Truus Verzonnen"})
        unit.create(
            "group_administrator",
            {"group_id": group, "administrator_id": administrator, "role": "administrator"},
        )

    desk.act(work).result()
    made = DeskWindow(desk, clock, loop, (1280, 800))
    made.popup("new_report", open_new_report)
    yield made
    made.close()


def opened(window: DeskWindow) -> NewReportDialog:
    window.key(Key.Key_N)
    dialog = window.popup_open()
    assert isinstance(dialog, NewReportDialog)
    window.until(lambda: _keyboard_in(dialog), "the keyboard in the dialog")
    window.loop.turn(10)
    return dialog


def _keyboard_in(dialog: NewReportDialog) -> bool:
    widget = QApplication.focusWidget()
    return widget is not None and dialog.isAncestorOf(widget)


def kept(desk: Desk) -> list[ReportCard]:
    found = Reports(desk).listing(ReportFilter()).result()
    numbers = [n for section in found.sections for n in section.numbers]
    rows = [*found.acute, *Reports(desk).page(numbers).result()]
    cards = [Reports(desk).card(row.id).result() for row in rows]
    return [card for card in cards if card is not None]


def test_a_report_is_kept_by_keys_alone_in_at_most_eight_fields(
    window: DeskWindow, desk: Desk
) -> None:
    dialog = opened(window)
    fields = 1
    window.key(Key.Key_Right)
    for part in ("Twee mensen bij de achterdeur", "", " ", "left", "vli", "tru", "Donkere jas"):
        window.key(Key.Key_Tab)
        fields += 1
        if part == "left":
            window.key(Key.Key_Right)
        elif part == " ":
            window.key(Key.Key_Space)
        elif part:
            window.type(part)
        if part in ("vli", "tru"):
            window.until(dialog.offers_shown)
            window.key(Key.Key_Tab)
    assert fields <= 8
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: not dialog.is_open())
    (card,) = kept(desk)
    assert card.row.category == "persons"
    assert card.text == "Twee mensen bij de achterdeur"
    assert (card.row.place, card.row.area_name) == ("Vlierhof", "Lagebrug")
    assert (card.relay, card.relay_name) == ("administrator", "Truus Verzonnen")
    assert (card.row.acute, card.row.called_112) == (True, "no")
    assert card.description == "Donkere jas"
    assert card.row.claim == "provisional"
    assert card.row.heard_at == desk.now()


def test_happens_now_turns_the_question_red_until_it_is_answered(window: DeskWindow) -> None:
    dialog = opened(window)
    dialog.happens.click()
    assert dialog.asks_112() == "vraag dit eerst"
    dialog.called.select("unknown")
    assert dialog.asks_112() == "vraag dit eerst"
    dialog.called.select("no")
    assert dialog.asks_112() == "eerst de meldkamer"
    dialog.called.select("yes")
    assert dialog.asks_112() == ""


def test_what_is_missing_is_said_and_gets_the_keyboard(window: DeskWindow, desk: Desk) -> None:
    dialog = opened(window)
    window.key(Key.Key_Return, CTRL)
    assert dialog.wrong() == "Kies nog een soort."
    dialog.category.select("person")
    window.key(Key.Key_Return, CTRL)
    assert dialog.wrong() == "Schrijf nog wat er gebeurt."
    assert QApplication.focusWidget() is dialog.text.editor
    dialog.text.set_text("Iets")
    dialog.when.set_text("laat")
    window.key(Key.Key_Return, CTRL)
    assert dialog.wrong() == "Schrijf de tijd als 16:40."
    dialog.when.set_text("1430")
    window.key(Key.Key_Return, CTRL)
    assert dialog.wrong() == "Schrijf nog waar het is."
    dialog.place.set_text("Ergens")
    dialog.relay.set_text("Zomaar iemand")
    window.key(Key.Key_Return, CTRL)
    assert dialog.wrong() == "Kies een naam uit de lijst, of laat dit leeg."
    assert kept(desk) == []
    dialog.relay.set_text("")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: kept(desk))
    (card,) = kept(desk)
    assert card.relay == "anonymous"
    assert card.happened_at == "2026-03-10T13:30:00.000Z"


def test_enter_alone_never_keeps_a_report(window: DeskWindow, desk: Desk) -> None:
    dialog = opened(window)
    dialog.category.select("person")
    dialog.text.set_text("Iets")
    dialog.place.set_text("Ergens")
    dialog.place.setFocus()
    window.key(Key.Key_Return)
    window.loop.turn(10)
    assert dialog.is_open()
    assert kept(desk) == []


def test_the_next_one_opens_with_the_same_area_and_kind(window: DeskWindow, desk: Desk) -> None:
    dialog = opened(window)
    dialog.category.select("vehicle")
    dialog.text.set_text("Bus staat stil")
    dialog.place.setFocus()
    window.type("lage")
    window.until(dialog.offers_shown)
    window.key(Key.Key_Tab)
    window.key(Key.Key_Return, CTRL | SHIFT)
    window.until(lambda: len(kept(desk)) == 1)
    window.until(lambda: dialog.text.text() == "")
    assert dialog.is_open()
    assert dialog.category.selected() == "vehicle"
    dialog.text.set_text("Nog een bus")
    dialog.place.set_text("Zelfde straat")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: len(kept(desk)) == 2)
    assert {card.area_id for card in kept(desk)} == {"area-lagebrug"}


def test_typed_text_is_offered_again_after_a_crash_and_forgotten_once_kept(
    window: DeskWindow, desk: Desk
) -> None:
    dialog = opened(window)
    dialog.category.select("persons")
    dialog.text.setFocus()
    window.type("Half getypt")
    memory = Memory(desk)
    window.until(lambda: memory.typed(NEW).result().get("text") == "Half getypt")
    window.key(Key.Key_Escape)
    again = opened(window)
    window.until(lambda: again.text.text() == "Half getypt")
    assert again.category.selected() == "persons"
    again.place.set_text("Molenweg")
    window.key(Key.Key_Return, CTRL)
    window.until(lambda: not again.is_open())
    window.until(lambda: memory.typed(NEW).result() == {})
    assert opened(window).text.text() == ""
