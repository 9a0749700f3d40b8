"""Ctrl+K finds what can be done and what the desk knows; Enter opens it (09h)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from console.domain.report import NewReport
from console.presenters.palette import doings, open_palette
from console.services.desk import Desk
from console.services.reports import Reports
from console.views.dialogs.palette import PaletteDialog, PaletteRow, matches_in
from console.views.screen import Screen
from console.views.tables.rows import Section
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop
from tests.helpers.town import build
from tests.helpers.walk import nameless, wider_than

KEY = Qt.Key


class Opened:
    """Notes what was asked for instead of a screen."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def note(self, name: str) -> Any:
        """Return an opener that only notes."""

        def opener(**params: Any) -> None:
            self.asked.append((name, params))

        return opener


@pytest.fixture
def opened() -> Opened:
    """What was opened."""
    return Opened()


@pytest.fixture
def desk_window(
    theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop, opened: Opened
) -> Iterator[DeskWindow]:
    """A window whose screens are only noted, over a village with one report."""
    build(desk)
    Reports(desk).add(
        NewReport("person", "Man kijkt in auto's bij Lagebrug.", "Lagebrug", desk.now())
    ).result(10)
    made = DeskWindow(desk, clock, loop, (1100, 700))
    for name in ("groups", "reports", "posts", "new_report", "new_post", "settings", "import"):
        made.shell.register_popup(name, opened.note(name))
    made.popup("palette", open_palette)
    yield made
    made.close()


def _open(window: DeskWindow) -> PaletteDialog:
    window.shell.open("palette")
    dialog = window.popup_open()
    assert isinstance(dialog, PaletteDialog)
    return dialog


def _titles(dialog: PaletteDialog) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    section = ""
    for place in range(dialog._model.rowCount()):
        row = dialog._model.row_at(place)
        if isinstance(row, Section):
            section = row.title
            found[section] = []
        else:
            assert isinstance(row, PaletteRow)
            found[section].append(row.title)
    return found


def test_before_a_letter_is_typed_it_offers_what_is_done_most(desk_window: DeskWindow) -> None:
    dialog = _open(desk_window)
    assert _titles(dialog)["Doen"][0] == "Nieuwe melding"
    assert len(_titles(dialog)["Doen"]) == 5
    assert nameless(dialog) == []
    assert wider_than(dialog) == []
    dialog.close_with(None)


def test_letters_find_groups_reports_and_what_can_be_done(desk_window: DeskWindow) -> None:
    dialog = _open(desk_window)
    desk_window.type("lage")
    desk_window.until(lambda: "Groepen" in _titles(dialog), "the groups")
    found = _titles(dialog)
    assert found["Doen"][:2] == ["Maak bericht voor Lagebrug", "Nieuwe melding in Lagebrug"]
    assert "Beheerders Lagebrug" in found["Groepen"]
    assert found["Meldingen en berichten"] == ["Man kijkt in auto's bij Lagebrug"]
    assert all(len(rows) <= 5 for rows in found.values())
    dialog.close_with(None)


def test_enter_opens_what_is_chosen_and_closes_first(
    desk_window: DeskWindow, opened: Opened
) -> None:
    dialog = _open(desk_window)
    desk_window.type("elzen")
    desk_window.until(lambda: "Groepen" in _titles(dialog), "the group")
    desk_window.key(KEY.Key_Down)
    desk_window.key(KEY.Key_Return)
    assert opened.asked == [("groups", {"group_id": "group-elzenkade"})]
    assert desk_window.popup_open() is None


def test_an_administrator_opens_with_the_group_they_sit_in(
    desk_window: DeskWindow, opened: Opened
) -> None:
    dialog = _open(desk_window)
    desk_window.type("truus")
    desk_window.until(lambda: "Groepen" in _titles(dialog), "the administrator")
    assert "0612345678" not in str(_titles(dialog))
    desk_window.key(KEY.Key_Return)
    desk_window.until(lambda: opened.asked, "the card")
    assert opened.asked == [("groups", {"group_id": "group-lagebrug"})]


def test_tab_fills_in_and_escape_closes(desk_window: DeskWindow) -> None:
    dialog = _open(desk_window)
    desk_window.type("nieuwe")
    desk_window.key(KEY.Key_Tab)
    assert dialog.text() == "Nieuwe melding"
    desk_window.key(KEY.Key_Escape)
    assert desk_window.popup_open() is None


def test_nothing_found_says_so(desk_window: DeskWindow) -> None:
    dialog = _open(desk_window)
    desk_window.type("zzzz")
    desk_window.until(lambda: not _titles(dialog), "no rows")
    assert "zzzz" in dialog._nothing.text()
    desk_window.key(KEY.Key_Return)
    assert desk_window.popup_open() is dialog
    dialog.close_with(None)


def test_the_list_is_a_sound_model(desk_window: DeskWindow) -> None:
    dialog = _open(desk_window)
    QAbstractItemModelTester(
        dialog._model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog
    )
    desk_window.type("lage")
    desk_window.until(lambda: "Groepen" in _titles(dialog), "the groups")
    dialog.close_with(None)


def test_everything_to_do_opens_something_and_nothing_ends_anything() -> None:
    made = doings()
    assert all(doing.target for doing in made)
    assert "lock" not in {doing.command for doing in made}
    assert {"Instellingen", "Sjablonen"} <= {doing.words for doing in made}
    (again,) = [doing for doing in made if "opnieuw aanmelden" in doing.words]
    assert (again.target, again.params) == ("settings", {"page": "central"})
    assert Screen.name == ""


@given(st.text(max_size=40), st.text(max_size=12))
def test_matches_lie_inside_the_title_and_do_not_overlap(title: str, typed: str) -> None:
    end = 0
    for start, stop in matches_in(title, typed):
        assert end <= start < stop <= len(title)
        end = stop


def test_a_match_at_the_beginning_of_a_word_goes_first() -> None:
    assert matches_in("Onlage Lagebrug", "lage") == ((7, 11),)
    assert matches_in("Beheerders Lagebrug", "lage beh") == ((0, 3), (11, 15))


@pytest.mark.parametrize("command", ["search", "search_here"])
def test_where_a_screen_has_no_search_of_its_own_one_searches_everything(
    desk_window: DeskWindow, command: str
) -> None:
    desk_window.shell.do(command)
    dialog = desk_window.popup_open()
    assert isinstance(dialog, PaletteDialog)
    dialog.close_with(None)
