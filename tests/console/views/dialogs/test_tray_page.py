"""The tray's page: both versions with names and times, a reason where letting go asks one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget

from console.domain.tray import COPY, DROP, MERGE, REDO, RESTORE, TEXT, TrayField, TrayItem
from console.views.dialogs.tray import TrayDialog
from console.views.dialogs.tray_parts import choice_words
from console.views.theme.theme import Theme
from tests.helpers.walk import nameless, wider_than

FIELD = TrayField("text", "Tekst", "Rode fiets", "Blauwe fiets", "Fiets", TEXT)
ITEM = TrayItem(
    ("op-1",),
    "report",
    "r1",
    "Fiets weg",
    "Twee teksten voor dezelfde melding",
    "Een ander heeft dit intussen veranderd.",
    "2026-03-10T14:00:00.000Z",
    "balie 1",
    (FIELD,),
    (REDO, DROP, MERGE),
    has_theirs=True,
    their_name="Ruben Voorbeeld",
)
SAID = replace(
    ITEM,
    fields=(),
    has_theirs=False,
    their_name="",
    choices=(REDO, DROP),
    asks_reason=True,
    heading="Melding gesloten: mocht niet meer",
)


@pytest.fixture
def dialog(qapp: Any, theme: Theme) -> Iterator[TrayDialog]:
    """The tray over a bare window."""
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    made = TrayDialog(window)
    made.open()
    yield made
    made.close_with(None)
    window.close()
    window.deleteLater()


def _names(dialog: TrayDialog) -> list[str]:
    return [part.accessibleName() for part in dialog._page.findChildren(QWidget)]


def _settled(spy: QSignalSpy) -> list[Any]:
    return list(spy.at(0)) if spy.count() else []


def test_both_versions_and_what_they_began_from_are_read_with_their_names(
    dialog: TrayDialog,
) -> None:
    dialog.set_items([ITEM], "", [("16:14, balie 1", "16:12")])
    names = _names(dialog)
    for words in ("Zo begon het: Fiets", "Van u: Rode fiets", "Van Ruben Voorbeeld: Blauwe fiets"):
        assert words in names
    assert "Gemarkeerd: wat u en Ruben veranderden" in names
    assert nameless(dialog) == []
    assert wider_than(dialog) == []


def test_letting_go_of_what_was_said_asks_a_reason_first(dialog: TrayDialog) -> None:
    dialog.set_items([SAID], "", [("16:14", "")])
    spy = QSignalSpy(dialog.settle_requested)
    dialog.do("answer_2")
    assert _settled(spy) == []
    dialog._fields["reason"].set_text("Joris doet dit\nmorgen.")
    dialog.do("confirm")
    assert _settled(spy) == [SAID, DROP, {}, "Joris doet dit morgen."]
    # A second press while the desk is at work does nothing.
    dialog.do("confirm")
    assert spy.count() == 1


def test_j_and_k_look_at_another_one_and_the_choice_is_for_that_one(dialog: TrayDialog) -> None:
    other = replace(ITEM, op_ids=("op-2",), title="Auto weg")
    dialog.set_items([ITEM, other], "", [("", ""), ("", "")])
    assert dialog._count.text() == "1 van 2"
    dialog.do("down")
    assert dialog._count.text() == "2 van 2"
    spy = QSignalSpy(dialog.settle_requested)
    dialog.do("answer_1")
    assert _settled(spy)[:2] == [other, REDO]


def test_news_does_not_take_the_page_from_who_is_writing(dialog: TrayDialog) -> None:
    dialog.set_items([ITEM], "", [("", "")])
    dialog.do("answer_3")
    dialog._fields["text"].set_text("Half geschreven")
    dialog.set_items([ITEM, replace(ITEM, op_ids=("op-2",))], "", [("", ""), ("", "")])
    assert dialog._fields["text"].text() == "Half geschreven"
    dialog.do("back")
    assert dialog._count.text() == "1 van 2"


def test_undo_is_offered_only_after_letting_go(dialog: TrayDialog) -> None:
    dialog.set_items([ITEM], "", [("", "")])
    spy = QSignalSpy(dialog.undo_requested)
    dialog.do("undo")
    assert spy.count() == 0
    dialog.offer_undo("Die van u is weggelegd: Fiets weg")
    dialog.settled()
    dialog.set_items([], "Alles is verstuurd.", [])
    assert "Die van u is weggelegd: Fiets weg" in _names(dialog)
    dialog.do("undo")
    assert spy.count() == 1


def test_every_choice_has_words_that_say_what_happens() -> None:
    placed = replace(ITEM, kind="placement")
    assert choice_words(placed, REDO)[0] == "Mijn antwoord geldt"
    assert choice_words(placed, DROP)[0] == "Dat van Ruben geldt"
    assert choice_words(ITEM, DROP)[0] == "Neem die van Ruben"
    assert choice_words(SAID, DROP)[0] == "Laat vallen…"
    assert choice_words(replace(SAID, asks_reason=False), DROP)[0] == "Laat vallen"
    for choice in (REDO, DROP, MERGE, COPY, RESTORE):
        assert choice_words(SAID, choice)[0] != choice
