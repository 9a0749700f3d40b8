"""Borden by keyboard: ask, advise, step, take back; a refusal stands at its field (F20)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from PySide6.QtCore import Qt

from console.domain.signs import SignForm, SpotForm
from console.presenters import signs
from console.presenters.signs import KNOWN, MADE, TAKEN_BACK
from console.services.desk import Desk, Unit
from console.services.signs import Signs
from console.views.dialogs.directory import Ask
from console.views.signs.forms import AdviceEditor, RequestEditor
from console.views.signs.screen import SignsScreen
from console.views.theme.theme import Theme
from contract.outline import encoded
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHOTS = os.environ.get("BUURTDESK_SHOTS", "")
FORM = SignForm(
    "Havenkade en omgeving",
    "area-kern",
    spots=(SpotForm("Havenkade bij de brug", "99120 479300"), SpotForm("Plein", "99480 479610")),
    streets="6",
)


@pytest.fixture
def window(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[DeskWindow]:
    """A window on a desk with one area."""

    def work(unit: Unit) -> None:
        unit.create("area", {"name": "Kern", "level": "district"}, "area-kern")

    desk.act(work).result(10)
    made = DeskWindow(desk, clock, loop, (1280, 800))
    yield made
    made.close()


def shot(window: DeskWindow, name: str) -> None:
    """Keep a picture where one is asked for."""
    if SHOTS:
        window.loop.turn(4)
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        window.window.grab().save(f"{SHOTS}/signs-{name}.png")


def opened(window: DeskWindow) -> SignsScreen:
    """Open the screen and wait for its first answer."""
    screen, _ = window.screen("signs", signs.make)
    window.loop.turn(20)
    assert isinstance(screen, SignsScreen)
    return screen


def state(screen: SignsScreen) -> str:
    """The state of the request on show."""
    card = screen.detail.card()
    return card.row.state if card else ""


def test_an_empty_list_says_what_a_request_does(window: DeskWindow) -> None:
    screen = opened(window)
    assert "Er loopt geen aanvraag." in screen.list.empty_words()
    assert "groep in voorbereiding" in screen.list.empty_words()
    window.key(KEY.Key_Tab, CTRL)
    window.until(lambda: "nog geen borden" in screen.list.empty_words(), "the next segment")


def test_a_request_is_asked_with_the_keyboard_and_taken_back(window: DeskWindow) -> None:
    screen = opened(window)
    window.key(KEY.Key_N)
    window.until(lambda: isinstance(screen.detail.editor(), RequestEditor), "the form")
    editor: Any = screen.detail.editor()
    window.type("Havenkade")
    window.key(KEY.Key_Return, CTRL)
    window.until(
        lambda: "vul minstens een plek in" in _finding(editor.fields["spot_0"]), "the place"
    )
    assert editor.title.text() == "Havenkade", "what was typed stays"
    window.type("Brug")
    window.key(KEY.Key_Tab)
    window.type("nergens")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: "geen plek op de kaart" in _finding(editor.fields["point_0"]), "the point")
    editor.fields["point_0"].set_text("")
    editor.more.click()
    assert "spot_2" in editor.fields
    shot(window, "form")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: state(screen) == "asked", "the request")
    assert (window.said[-1][1], window.said[-1][2]) == (MADE, "Ctrl+Z")
    window.key(KEY.Key_Z, CTRL)
    window.until(screen.list.is_empty, "nothing left")
    window.until(lambda: window.said[-1][1] == TAKEN_BACK, "said so")
    assert screen.detail.card() is None


def test_the_same_request_shows_the_one_that_is_there(window: DeskWindow, desk: Desk) -> None:
    known, _ = Signs(desk).ask(FORM).result(10)
    screen = opened(window)
    window.key(KEY.Key_N)
    window.until(lambda: isinstance(screen.detail.editor(), RequestEditor), "the form")
    editor: Any = screen.detail.editor()
    assert editor.area.first_id() == "area-kern", "the area of the card on show"
    editor.title.set_text("Nog eens")
    editor.fields["spot_0"].set_text("plein")
    editor.fields["spot_1"].set_text("HAVENKADE bij de brug")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: window.said and window.said[-1][1] == KNOWN, "said so")
    window.until(lambda: state(screen) == "asked", "the card")
    assert screen.event_subject() == ("sign_request", known)


def test_steps_go_by_number_and_the_card_goes_along(window: DeskWindow, desk: Desk) -> None:
    request_id, _ = Signs(desk).ask(FORM).result(10)
    screen = opened(window)
    window.until(lambda: state(screen) == "asked", "the card")
    assert not screen.detail.plan.is_empty()
    assert len(screen.detail.plan.points()) == 2
    shot(window, "card")
    window.key(KEY.Key_1)
    window.until(lambda: state(screen) == "advice_asked", "advice asked")
    assert not screen.detail.take_back.isVisible()
    window.key(KEY.Key_A)
    window.until(lambda: isinstance(screen.detail.editor(), AdviceEditor), "the form")
    editor: Any = screen.detail.editor()
    assert editor.by.text() == "Ruben Voorbeeld"
    window.type("Zet het bij de brug.")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: state(screen) == "advised", "the advice")
    window.until(lambda: screen.detail.editor() is None, "the card")
    window.key(KEY.Key_1)
    window.until(lambda: state(screen) == "ordered", "ordered")
    window.key(KEY.Key_1)
    window.until(lambda: state(screen) == "placed", "placed")
    assert screen.header.segments.selected() == "placed", "the list follows the request"
    assert screen.event_subject() == ("sign_request", request_id)
    shot(window, "placed")


def test_a_place_far_from_its_area_is_asked_about(window: DeskWindow, desk: Desk) -> None:
    def work(unit: Unit) -> None:
        outline = encoded(shapely.box(99_000, 479_000, 99_900, 479_500))
        unit.create("area_shape", {"area_id": "area-kern", "shape": outline}, "area-kern")

    desk.act(work).result(10)
    spots = (*FORM.spots, SpotForm("Verkeerd om", "136000 455000"))
    Signs(desk).ask(SignForm("Kade", "area-kern", spots=FORM.spots)).result(10)
    screen = opened(window)
    window.until(lambda: state(screen) == "asked", "the card")
    assert screen.detail.plan.far() == []
    Signs(desk).ask(SignForm("Verder", "area-kern", spots=spots)).result(10)
    window.until(lambda: screen.list.view.model().rowCount() == 2, "both")
    window.key(KEY.Key_Home)
    window.until(lambda: screen.detail.plan.far() == [3], "the third place")
    assert screen.detail.plan_words() == "Plek 3 ligt ver buiten Kern. Kijk de getallen na."
    shot(window, "far")


def test_refusing_asks_why_and_says_what_is_missing(window: DeskWindow, desk: Desk) -> None:
    Signs(desk).ask(FORM).result(10)
    screen = opened(window)
    window.until(lambda: state(screen) == "asked", "the card")
    window.key(KEY.Key_2)
    window.until(lambda: isinstance(window.popup_open(), Ask), "the question")
    window.key(KEY.Key_Return, CTRL)
    ask = window.popup_open()
    window.until(lambda: "hier hoort een reden bij" in _finding(ask.field), "the reason")
    window.type("Te dicht bij elkaar")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: state(screen) == "refused", "refused")
    assert window.popup_open() is None


def test_a_form_left_half_way_is_there_again(window: DeskWindow) -> None:
    screen = opened(window)
    window.key(KEY.Key_N)
    window.until(lambda: isinstance(screen.detail.editor(), RequestEditor), "the form")
    editor: Any = screen.detail.editor()
    editor.more.click()
    editor.fields["spot_2"].set_text("Derde plek")
    window.shell.presenter("signs").leave()
    window.loop.turn(20)
    screen.detail.close_editor()
    window.shell.open("signs", new=True)
    window.until(lambda: isinstance(screen.detail.editor(), RequestEditor), "the form again")
    again: Any = screen.detail.editor()
    assert again.fields["spot_2"].text() == "Derde plek"


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_nothing_asks_for_more_room_than_the_window_has(
    window: DeskWindow, desk: Desk, size: tuple[int, int]
) -> None:
    Signs(desk).ask(FORM).result(10)
    screen = opened(window)
    window.window.resize(*size)
    window.until(lambda: state(screen) == "asked", "the card")
    assert window.window.minimumSizeHint().width() <= size[0]
    assert screen.minimumSizeHint().width() <= size[0]
    nameless = [
        type(part).__name__
        for part in screen.findChildren(type(screen.detail.advise))
        if part.isVisible() and not part.accessibleName()
    ]
    assert not nameless


def _finding(field: Any) -> str:
    return str(field.editor.accessibleName()).lower()


def test_a_reason_and_an_advice_go_to_the_request_they_were_asked_for(
    window: DeskWindow, desk: Desk
) -> None:
    service = Signs(desk)
    other, _ = service.ask(SignForm("Anders", "area-kern", spots=(SpotForm("Kerk"),))).result(10)
    mine, _ = service.ask(FORM).result(10)
    screen = opened(window)
    window.until(lambda: screen.event_subject()[1] == mine, "the newest")
    window.key(KEY.Key_A)
    window.until(lambda: isinstance(screen.detail.editor(), AdviceEditor), "the form")
    window.type("Bij de brug.")
    # A colleague closes it meanwhile: the list goes on to the other request.
    service.move(mine, "refused", seen="asked", why="Dubbel").result(10)
    window.until(lambda: screen.event_subject()[1] == other, "the other one")
    window.key(KEY.Key_Return, CTRL)
    editor: Any = screen.detail.editor()
    window.until(lambda: "Deze stap kan nu niet" in editor.problem_words(), "it is closed")
    card = service.card(other).result(10)
    assert card is not None
    assert card.advice == ""
