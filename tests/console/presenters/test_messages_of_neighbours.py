"""Mijn wijk by keyboard: a neighbours' message is read, ticked off, passed on (F21)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain.district import NeighbourPost, PassedOn
from console.presenters.neighbour_card import card_of_neighbour, chip_of
from console.services.desk import Desk
from console.services.posts import Posts
from tests.helpers import beside
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow

KEY = Qt.Key


def test_one_key_ticks_off_and_one_key_opens_a_copy_for_own_groups(
    shift: DeskWindow,
    desk: Desk,
    clock: HandClock,
) -> None:
    beside.add(desk)
    desk.person = beside.OFFICER
    source = beside.placed(desk)
    shift.shell.open("feedback", segment="mine")
    view: Any = shift.shell.screen()
    shift.until(lambda: view.due.list.current_id() == f"beside:{source}", "the message")
    shift.until(view.beside.isVisible, "its card")
    assert view.beside.acts() == ("pass_on", "already_shared")
    shift.key(KEY.Key_A)
    shift.until(lambda: "al gedeeld" in row(view), "ticked off")
    shift.key(KEY.Key_Space)
    shift.until(lambda: "al gedeeld" not in row(view), "taken back")
    QApplication.clipboard().clear()
    shift.key(KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "", "nothing is copied from here"
    shift.key(KEY.Key_D)
    shift.until(lambda: shift.shell.here == "compose", "a copy")
    opened: Any = shift.shell.presenter("compose")
    draft = Posts(desk).writing(opened.opened["post_id"]).result()
    assert draft is not None
    assert [one.group_id for one in draft.targets] == [beside.OWN_GROUP]
    assert draft.values["bericht"] == beside.WORDS


def row(view: Any) -> str:
    index = view.due.list.currentIndex()
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_card_of_what_is_over_offers_no_copy() -> None:
    now = HandClock().now()
    post = NeighbourPost("p", "general", "Vreemden", "Lagebrug", "2026-03-10T13:00:00.000Z", 1, "A")
    went = PassedOn("c", "Samira", "2026-03-10T13:30:00.000Z", released=True, mine=False)
    seen = {
        "": replace(post),
        "over": replace(post, ended=True, passed=(went,)),
        "passed": replace(post, passed=(went,)),
        "writing": replace(post, passed=(replace(went, released=False),)),
        "shared": replace(post, shared_by="Samira", shared_at=went.at),
        "own": replace(post, own_groups=("Beheerders Oostwiel",)),
    }
    assert {key: chip_of(one)[0] for key, one in seen.items()} == {
        "": "nog niets mee gedaan",
        "over": "afgelopen",
        "passed": "doorgezet",
        "writing": "wordt doorgezet",
        "shared": "al gedeeld",
        "own": "staat al in uw groep",
    }
    for key, one in seen.items():
        acts = [act for act, _, _ in card_of_neighbour(one, (), now).acts]
        assert ("pass_on" in acts) is (key != "over")
