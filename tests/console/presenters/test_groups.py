"""Groepen by keyboard, in a real window on a real encrypted file (screens.md §5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.presenters import groups
from console.presenters.kit import Presenter
from console.services.desk import Desk
from console.services.directory import Directory
from console.views.groups.editor import Editor
from console.views.screen import Screen
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.directory import Builder, veldermeer
from tests.helpers.loop import DeskLoop

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Elsewhere(Presenter):
    """Stands where another screen does: remembers what it was opened for."""

    opened: dict[str, Any]

    def open(self, **params: Any) -> None:
        self.opened = params


class ElsewhereScreen(Screen):
    """An empty screen."""

    name = "elsewhere"


@pytest.fixture
def build(desk: Desk) -> Builder:
    """An invented municipality with gaps."""
    made = Builder(Directory(desk))
    veldermeer(made)
    return made


@pytest.fixture
def window(
    theme: Theme,
    desk: Desk,
    clock: HandClock,
    build: Builder,
    loop: DeskLoop,
) -> Iterator[DeskWindow]:
    """A window with Groepen in front."""
    made = DeskWindow(desk, clock, loop, (1440, 900))
    made.screen("groups", groups.make)

    def elsewhere() -> tuple[Screen, Presenter]:
        screen = ElsewhereScreen(made.window)
        return screen, Elsewhere(made.kit, screen)

    made.shell.register("new_post", elsewhere)
    yield made
    made.close()


def at_lagebrug(window: DeskWindow, build: Builder) -> Any:
    """Open the card of an administrators' group; returns the screen."""
    screen = window.shell.screen()
    assert screen is not None
    window.shell.open("groups", group_id=build.ids["Beheerders Lagebrug"])
    chosen = screen.tree.current  # type: ignore[attr-defined]
    window.until(lambda: chosen() is not None and chosen().name == "Beheerders Lagebrug")
    window.until(lambda: screen.detail.group.card() is not None)  # type: ignore[attr-defined]
    return screen


def names(screen: Any) -> list[str]:
    """Return the names of the lines on show."""
    return [node.name for node in screen.tree.nodes()]


def test_arrows_open_and_close_a_line_and_enter_goes_to_the_administrators(
    window: DeskWindow, build: Builder
) -> None:
    screen = at_lagebrug(window, build)
    assert "Vlierpad" not in names(screen)
    window.key(KEY.Key_Right)
    window.until(lambda: "Vlierpad" in names(screen))
    window.key(KEY.Key_Right)
    assert screen.tree.current().name == "Lagebrug-Oost"
    window.key(KEY.Key_Left)
    window.key(KEY.Key_Left)
    window.until(lambda: "Vlierpad" not in names(screen))
    window.key(KEY.Key_Return)
    assert screen.detail.group.people.view.hasFocus()
    window.key(KEY.Key_Escape)
    assert screen.tree.view.hasFocus()


def test_a_group_below_a_closed_one_is_opened_when_another_screen_asks_for_it(
    window: DeskWindow, build: Builder
) -> None:
    screen = at_lagebrug(window, build)
    window.shell.open("groups", group_id=build.ids["Elzenkade Noord"])
    window.until(lambda: screen.tree.current().name == "Elzenkade Noord")
    assert screen.detail.shown() == ("group", build.ids["Elzenkade Noord"])


def test_search_narrows_and_enter_goes_to_what_was_found(
    window: DeskWindow, build: Builder
) -> None:
    screen = at_lagebrug(window, build)
    window.key(KEY.Key_Slash)
    window.type("vli")
    window.until(lambda: names(screen)[-1] == "Vlierpad" and len(names(screen)) == 4)
    window.key(KEY.Key_Return)
    assert screen.tree.current().name == "Vlierpad"
    window.until(lambda: screen.detail.shown() == ("group", build.ids["Vlierpad"]))
    window.key(KEY.Key_Escape)
    window.until(lambda: len(names(screen)) > 4)


def test_a_search_without_a_hit_offers_the_name_that_looks_like_it(
    window: DeskWindow, build: Builder
) -> None:
    screen = at_lagebrug(window, build)
    screen.header.search.set_text("vlierr")
    words = "Geen groep met “vlierr”. Bedoelt u Vlierpad?"
    window.until(lambda: screen.tree.empty_words() == words)
    screen.tree.suggestion_taken.emit("Vlierpad")
    window.until(lambda: not screen.tree.empty_words())
    assert names(screen)[-1] == "Vlierpad"


def test_the_segments_show_gaps_and_my_district(window: DeskWindow, build: Builder) -> None:
    screen = at_lagebrug(window, build)
    window.key(KEY.Key_Tab, CTRL)
    window.until(lambda: "Elzenkade" not in names(screen))
    assert "Vlierpad" in names(screen)
    window.key(KEY.Key_Tab, CTRL)
    window.until(lambda: screen.tree.empty_words().startswith("U hebt nog geen wijk."))


def test_numbers_show_after_v_and_a_reason_and_hide_on_leaving(
    window: DeskWindow, build: Builder
) -> None:
    screen = at_lagebrug(window, build)
    people = screen.detail.group.people
    window.key(KEY.Key_V)
    ask = window.popup_open()
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: "Zeg waarom" in ask.field.editor.accessibleName().replace("zeg", "Zeg"))
    assert not people.shown_numbers()
    window.type("beheerder belt terug")
    window.key(KEY.Key_Return, CTRL)
    window.until(people.shown_numbers)
    window.until(lambda: window.popup_open() is None)
    lines = [people.view.model().index(row, 0).data() for row in range(2)]
    assert "06-12345678" in lines[0]
    window.shell.open("new_post")
    assert not people.shown_numbers()


def test_c_confirms_the_administrator_the_keyboard_is_on(
    window: DeskWindow, build: Builder, clock: HandClock
) -> None:
    clock.move(days=191)
    screen = at_lagebrug(window, build)
    screen.detail.group.people.view.setFocus()
    screen.detail.group.people.view.choose_first()
    window.key(KEY.Key_C)
    window.until(lambda: ("good", "Vandaag bevestigd.", "") in window.said)
    window.until(
        lambda: [one.days_since for one in screen.detail.group.card().administrators].count(0) == 1
    )
    assert screen.detail.group.card().administrators[0].days_since == 0


def test_t_keeps_an_agreement_and_conflicting_wishes_are_both_shown(
    window: DeskWindow, build: Builder
) -> None:
    screen = at_lagebrug(window, build)
    words = screen.detail.side.agreement_words()
    assert words[0].startswith("Anja, Sem, Fatiha en Koen willen alleen acuut, Wim ook rustige")
    assert words[0].endswith("Gekozen: alleen acuut.")
    window.key(KEY.Key_T)
    window.type("Geen overzichten in de vakantie.")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: "Geen overzichten in de vakantie." in screen.detail.side.agreement_words())
    assert window.popup_open() is None


def test_e_edits_in_place_and_a_refusal_stands_at_its_field(
    window: DeskWindow, build: Builder
) -> None:
    screen = at_lagebrug(window, build)
    window.key(KEY.Key_E)
    window.until(lambda: screen.detail.editor() is not None)
    editor = screen.detail.editor()
    editor.members.set_text("veel")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: "geen aantal" in editor.members.editor.accessibleName())
    editor.members.set_text("")
    editor.name.set_text("Beheerders Lagebrug en omgeving")
    editor.parents.add(f"area:{build.ids['Elzenkade']}")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: screen.detail.editor() is None)
    window.until(lambda: screen.detail.group.card().name == "Beheerders Lagebrug en omgeving")
    window.until(lambda: names(screen).count("Beheerders Lagebrug en omgeving") == 2)
    assert not screen.detail.group.card().members


def test_what_was_typed_in_a_form_is_still_there_after_leaving_it(
    window: DeskWindow, build: Builder
) -> None:
    screen = at_lagebrug(window, build)
    window.key(KEY.Key_E)
    window.until(lambda: screen.detail.editor() is not None)
    screen.detail.editor().note.set_text("half een zin")
    screen.tree.choose("area", build.ids["Elzenkade"])
    window.until(lambda: screen.detail.shown()[0] == "area" and screen.detail.editor() is None)
    screen.tree.choose("group", build.ids["Beheerders Lagebrug"])
    window.until(lambda: screen.detail.shown()[0] == "group")
    window.key(KEY.Key_E)
    window.until(lambda: screen.detail.editor() is not None)
    assert screen.detail.editor().note.text() == "half een zin"
    window.key(KEY.Key_Escape)
    window.until(lambda: screen.detail.editor() is None)


def test_n_makes_a_group_under_what_is_chosen_and_an_area_and_an_administrator(
    window: DeskWindow, build: Builder
) -> None:
    screen = at_lagebrug(window, build)
    window.key(KEY.Key_N)
    window.until(lambda: screen.detail.editor() is not None)
    window.type("Kerkpad")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: screen.detail.group.card().name == "Kerkpad")
    window.until(lambda: "Kerkpad" in names(screen))
    screen.act_requested.emit("new_person")
    window.until(lambda: screen.detail.editor() is not None)
    editor = screen.detail.editor()
    editor.name.set_text("Kees Verzonnen")
    editor.phone.set_text("06-12345678")
    window.key(KEY.Key_Return, CTRL)
    window.until(
        lambda: (
            [one.name for one in screen.detail.group.card().administrators] == ["Kees Verzonnen"]
        )
    )
    window.key(KEY.Key_N)
    window.until(lambda: screen.detail.editor() is not None)
    screen.detail.editor().kind_chosen.emit("area")
    window.until(lambda: hasattr(screen.detail.editor(), "level"))
    screen.detail.editor().name.set_text("Nieuwland")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: screen.detail.shown()[0] == "area")
    window.until(lambda: "Nieuwland" in names(screen))
    assert screen.detail.area.card().name == "Nieuwland"


def test_b_starts_a_post_for_the_group_on_the_card(window: DeskWindow, build: Builder) -> None:
    at_lagebrug(window, build)
    window.key(KEY.Key_B)
    presenter = window.shell.presenter("new_post")
    assert isinstance(presenter, Elsewhere)
    assert presenter.opened == {"group_ids": [build.ids["Beheerders Lagebrug"]]}


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
def test_nothing_on_the_screen_asks_for_more_than_the_window(
    window: DeskWindow, build: Builder, size: tuple[int, int]
) -> None:
    screen = at_lagebrug(window, build)
    window.window.resize(*size)
    for key in (None, KEY.Key_E):
        if key is not None:
            window.key(key)
            window.until(lambda: screen.detail.editor() is not None)
        window.loop.turn()
        assert window.window.size().toTuple() == size
        room = screen.width()
        for part in screen.findChildren(QWidget):
            if part.isVisible() and part.window() is window.window:
                right = part.mapTo(screen, part.rect().topRight()).x()
                assert right <= room, f"{part} ends at {right} of {room}"
    window.key(KEY.Key_Escape)
    window.until(lambda: screen.detail.editor() is None)


def test_everything_that_takes_the_keyboard_has_a_name(window: DeskWindow, build: Builder) -> None:
    screen = at_lagebrug(window, build)
    for key in (None, KEY.Key_E):
        if key is not None:
            window.key(key)
            window.until(lambda: isinstance(screen.detail.editor(), Editor))
        silent = [
            part
            for part in screen.findChildren(QWidget)
            if part.isVisible()
            and part.focusPolicy().value
            and part.focusProxy() is None
            and not part.accessibleName()
        ]
        assert not silent
    window.key(KEY.Key_Escape)
    window.until(lambda: screen.detail.editor() is None)
