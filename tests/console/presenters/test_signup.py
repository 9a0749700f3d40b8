"""A sign-up by keyboard: a choice where it is not sure, a gap where there is no group (F19)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from console.domain.failures import Problem, Refused
from console.domain.lookup import Address as AddressAsked
from console.domain.lookup import AddressSeen, PlaceSeen, PlateSeen
from console.presenters.kit import Presenter
from console.presenters.signup import COUNTED, SEVERAL, open_signup
from console.services.desk import Desk, Unit
from console.services.signups import Signups
from console.views.screen import Screen
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Elsewhere(Presenter):
    """Stands where Borden does: remembers what it was opened for."""

    opened: dict[str, Any] | None = None

    def open(self, **params: Any) -> None:
        self.opened = params


@pytest.fixture
def window(theme: Theme, desk: Desk, clock: HandClock, loop: DeskLoop) -> Iterator[DeskWindow]:
    """A window on two groups with a street of one name, one of them without anybody."""

    def work(unit: Unit) -> None:
        unit.create("area", {"name": "Kern", "level": "district", "code": "WK0001"}, "area-kern")
        for key, more in (("g1", {"area_id": "area-kern"}), ("g2", {})):
            body = {"name": f"Groep {key}", "kind": "neighbourhood", "streets": ["Havenkade"]}
            unit.create("group", {**body, **more}, key)
        unit.create("administrator", {"name": "Truus Verzonnen"}, "admin-1")
        link = {"group_id": "g1", "administrator_id": "admin-1", "role": "administrator"}
        unit.create("group_administrator", link)

    desk.act(work).result(10)
    made = DeskWindow(desk, clock, loop, (1280, 800))
    made.popup("signup", open_signup)

    def elsewhere() -> tuple[Screen, Presenter]:
        screen = Screen(made.window)
        return screen, Elsewhere(made.kit, screen)

    made.shell.register("signs", elsewhere)
    made.shell.open("signup")
    yield made
    QGuiApplication.clipboard().clear()
    made.close()


def asked(window: DeskWindow, address: str) -> Any:
    """Type an address and ask for its group."""
    dialog = window.popup_open()
    window.type(address)
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: dialog._route is not None or dialog.problem_words(), "an answer")
    return dialog


def test_two_groups_are_a_choice_and_one_without_anybody_is_said(
    window: DeskWindow, desk: Desk
) -> None:
    dialog = asked(window, "Havenkade 3")
    assert dialog.chosen_group() is None
    window.key(KEY.Key_Return, CTRL)
    window.loop.turn(10)
    assert not dialog.is_copied(), "nothing goes out before somebody chose"
    dialog.group.select("g2")
    assert dialog.chosen_recipient() is None
    window.key(KEY.Key_Return, CTRL)
    window.loop.turn(10)
    assert not dialog.is_copied()
    dialog.group.select("g1")
    window.key(KEY.Key_Return, CTRL)
    window.until(dialog.is_copied, "copied")
    assert "Havenkade 3" in QGuiApplication.clipboard().text()
    assert Signups(desk).counts().result(10).handed_over == 1


def test_another_address_after_a_find_asks_anew(window: DeskWindow) -> None:
    dialog = asked(window, "Havenkade 3")
    dialog.address.set_text("Nergens 4")
    assert dialog._route is None
    assert "Zoek de groep" in dialog.primary.accessibleName()


def test_no_group_is_counted_as_a_gap(window: DeskWindow, desk: Desk) -> None:
    dialog = asked(window, "Nergens 3, Kern")
    assert dialog.says_none()
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: window.popup_open() is None, "the popup gone")
    assert window.said[-1][1] == COUNTED
    assert Signups(desk).counts().result(10).by_place == {"Kern": 1}


class Outside:
    """Answers as central does about an address; remembers what went out."""

    def __init__(self, *places: PlaceSeen, off: bool = False) -> None:
        self.places = places
        self.off = off
        self.asked: list[AddressAsked] = []

    async def plate(self, plate: str) -> PlateSeen:
        """Never asked here."""
        raise AssertionError(plate)

    async def address(self, address: AddressAsked) -> AddressSeen:
        """Give the places, or refuse."""
        self.asked.append(address)
        if self.off:
            raise Refused(Problem("lookup-offline", "Er is geen contact met de centrale."))
        return AddressSeen("found", "2026-11-22T10:00:00.000Z", "PDOK", places=self.places)


@pytest.mark.parametrize(
    ("outside", "groups", "said"),
    [
        (Outside(PlaceSeen("x", 1, 1, exact=True, district="WK0001")), ["g1"], ""),
        (Outside(PlaceSeen("x", 1, 1, exact=False, district="WK0001")), [], ""),
        (
            Outside(
                PlaceSeen("x", 1, 1, exact=True, district="WK0001"),
                PlaceSeen("y", 2, 2, exact=True, district="WK0002"),
            ),
            [],
            SEVERAL,
        ),
        (Outside(off=True), [], "geen contact met de centrale"),
    ],
)
def test_a_street_nobody_noted_is_looked_up_by_its_area(
    window: DeskWindow, outside: Outside, groups: list[str], said: str
) -> None:
    window.kit = replace(window.kit, look_up=outside)
    window.popup("signup", open_signup)
    window.popup_open().close_with(None)
    window.shell.open("signup")
    dialog = window.popup_open()
    dialog.name.set_text("Proef Bewoner")
    window.type("Nergensstraat 7, Kern")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: dialog._route is not None, "an answer")
    assert [one.group_id for one in dialog._route.groups] == groups
    assert outside.asked == [AddressAsked("Nergensstraat", "7", "Kern")], "and not the name"
    assert said in dialog._note.accessibleName()


def test_no_group_may_start_a_request_for_signs_without_the_resident(window: DeskWindow) -> None:
    dialog = asked(window, "Nergens 3, Kern")
    assert dialog.says_none()
    window.key(KEY.Key_Return, CTRL | SHIFT)
    window.until(lambda: window.shell.here == "signs", "Borden")
    presenter = window.shell.presenter("signs")
    assert isinstance(presenter, Elsewhere)
    assert presenter.opened == {"new": True, "area_id": "area-kern"}


def test_what_cannot_be_read_or_does_not_belong_is_said_and_stays_typed(
    window: DeskWindow, desk: Desk
) -> None:
    dialog = asked(window, " , ")
    assert "geen straat of postcode" in dialog.problem_words()
    dialog.address.set_text("Havenkade 3")
    dialog.name.set_text("Bewoner, BSN 111222333")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: dialog._route is not None, "an answer")
    dialog.group.select("g1")
    window.key(KEY.Key_Return, CTRL)
    window.until(lambda: "hoort niet in een aanmelding" in dialog.problem_words(), "the stop")
    assert dialog.name.text() == "Bewoner, BSN 111222333"
    assert QGuiApplication.clipboard().text() == ""
    assert Signups(desk).counts().result(10).handed_over == 0
