"""The sheet as it is seen, clicked and heard (screens.md §5.8, §8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.domain.clock import LOCAL
from console.domain.handover import Moves, Sheet, SheetLine, SheetRow
from console.views.handover import words
from console.views.handover.screen import HandoverScreen
from console.views.main_window import MainWindow
from console.views.theme.theme import Theme

NOW = datetime(2026, 11, 12, 22, 44, tzinfo=LOCAL)


def line(title: str, section: str = "reports", **fields: Any) -> SheetLine:
    known = {"detail": "Oostwiel. Van niemand.", "time_text": "14:58", "severity": "plain"}
    kind = {"subject_kind": "report", "subject_id": title}
    return SheetLine(title, section, title, **{**known, **kind, **fields})


LINES = (
    line(
        "WhatsApp Web is uitgelogd",
        "first",
        severity="red",
        subject_kind="lamp",
        answer="understood",
    ),
    line("Plaatsing onbekend: Winkeliers", "first", severity="amber", subject_kind="placement"),
    line("Bestelbus met vreemd kenteken", answer="question", answered_by="Yara Voorbeeld"),
    line("Handel bij het tunneltje"),
    line("Scooter tegen hek gereden", late=True),
)
SHEET = Sheet(
    id="sheet-1",
    title="Late dienst naar nachtdienst",
    made_at="2026-11-12T21:41:00.000Z",
    from_id="lotte",
    from_name="Lotte Voorbeeld",
    to_id="yara",
    to_name="Yara Voorbeeld",
    shift="Late dienst naar nachtdienst",
    note="De telefoon ligt in de kast.",
    status="open",
    accepted_at="",
    seal="",
    confirmed=True,
    lines=LINES,
    moves=Moves(2, 2, 1),
)
SEALED = replace(
    SHEET,
    status="accepted",
    accepted_at="2026-11-12T21:58:00.000Z",
    seal="3fa912bc77d0" + "0" * 52,
    confirmed=False,
    talked=True,
)


def now() -> datetime:
    """The evening stands still."""
    return NOW


@pytest.fixture
def view(theme: Theme, qtbot: Any) -> Iterator[HandoverScreen]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    made = HandoverScreen(now, window)
    window.add_screen(made)
    window.show_screen(made)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    made.set_sheet(SHEET, "taker")
    made.take_focus()
    yield made
    window.hide()


def test_the_model_of_the_sheet_is_sound(view: HandoverScreen, qtmodeltester: Any) -> None:
    qtmodeltester.check(view.card._model)


def test_the_model_of_earlier_sheets_is_sound(view: HandoverScreen, qtmodeltester: Any) -> None:
    view.set_earlier([SheetRow("s", SHEET.made_at, "Lotte", "Yara", "2026-11-12T21:58:00.000Z", 1)])
    qtmodeltester.check(view.earlier._model)


def test_sections_stand_in_order_and_later_lines_below_their_own_line() -> None:
    assert [(title, late) for title, late, _ in words.sections(SHEET)] == [
        ("Eerst dit", False),
        ("Meldingen", False),
        ("Na 22:41 erbij gekomen", True),
    ]


def test_a_line_is_heard_as_one_sentence() -> None:
    assert words.spoken(LINES[1]) == (
        "Nog niet beantwoord. Let op. Plaatsing onbekend: Winkeliers. Oostwiel. Van niemand. 14:58."
    )
    assert words.spoken(LINES[2]).startswith("Vraag door Yara Voorbeeld. Bestelbus")
    assert "Later erbij gekomen." in words.spoken(LINES[4])


def test_the_first_line_without_an_answer_is_chosen(view: HandoverScreen) -> None:
    current = view.card.current()
    assert current is not None
    assert current.line.title == "Plaatsing onbekend: Winkeliers"
    assert view.card.list.hasFocus()


@pytest.mark.parametrize(("number", "answer"), [(0, "understood"), (1, "question"), (2, "mine")])
def test_a_click_on_an_answer_gives_it(
    view: HandoverScreen, qtbot: Any, number: int, answer: str
) -> None:
    index = view.card._model.index(view.card._model.place_of(view.card.items()[3].id), 0)
    rect = view.card.list.visualRect(index)
    box = view.card.delegate._boxes(rect)[number]
    assert box.height() >= 24
    with qtbot.waitSignal(view.answer_requested) as asked:
        QTest.mouseClick(
            view.card.list.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(round(box.center().x()), round(box.center().y())),
        )
    assert asked.args == [3, answer]


@pytest.mark.parametrize("role", ["giver", "reader"])
def test_who_does_not_take_over_cannot_answer(view: HandoverScreen, qtbot: Any, role: str) -> None:
    view.set_sheet(SEALED if role == "reader" else SHEET, role)
    with qtbot.assertNotEmitted(view.answer_requested):
        for command in ("answer_1", "answer_2", "answer_3"):
            assert view.do(command)


def test_a_sealed_sheet_shows_its_code_and_no_button(view: HandoverScreen) -> None:
    view.set_sheet(SEALED, "reader")
    side = view.side
    assert side._code.text() == "3FA9 12BC 77D0"
    assert side._sealed.isVisible()
    assert side._pending.isVisible()
    assert not side.primary.isVisible()
    assert not side.talked.isVisible()


def test_a_question_does_not_block_and_is_named(view: HandoverScreen) -> None:
    done = tuple(replace(one, answer=one.answer or "understood") for one in LINES)
    view.set_sheet(replace(SHEET, lines=done), "taker")
    assert view.side.primary.isEnabled()
    assert view.side._questions.text() == (
        "De vraag over “Bestelbus met vreemd kenteken” blijft op beide namen staan."
    )


def test_an_empty_sheet_says_what_is_true_and_can_be_taken_over(view: HandoverScreen) -> None:
    view.set_sheet(replace(SHEET, lines=(), moves=Moves()), "taker")
    assert view.card._empty_box.isVisible()
    assert view.side.primary.isEnabled()
    view.take_focus()
    assert not view.card.list.hasFocus()


def test_a_later_sheet_keeps_the_chosen_line(view: HandoverScreen) -> None:
    view.card.list.set_current(view.card.items()[3].id)
    view.set_sheet(replace(SHEET, lines=(*LINES, line("Nieuw", late=True))), "taker")
    current = view.card.current()
    assert current is not None
    assert current.line.title == "Handel bij het tunneltje"


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1100, 700)])
@pytest.mark.parametrize("role", ["taker", "giver", "reader"])
def test_no_part_asks_for_more_than_the_window(
    view: HandoverScreen, size: tuple[int, int], role: str
) -> None:
    view.set_sheet(SEALED if role == "reader" else SHEET, role)
    view.window().resize(*size)
    hint = view.minimumSizeHint()
    assert hint.width() <= view.width()
    assert hint.height() <= view.height()


def test_whatever_takes_the_keyboard_has_a_name(view: HandoverScreen) -> None:
    nameless = [
        type(widget).__name__
        for widget in view.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and widget.focusProxy() is None
    ]
    assert nameless == []


def test_in_a_narrow_sheet_a_panel_over_the_side_hides_no_answer(view: HandoverScreen) -> None:
    view.set_covered(420)
    assert view.side.width() == 420
    view.set_covered(0)
    assert view.side.width() == 352
