"""Painted parts: keys, names, focus, popups; and the rules that hold for all of them."""

from __future__ import annotations

import ast
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.views.theme.theme import Theme
from console.views.widgets.band import FindingBand
from console.views.widgets.bubble import ChatGround
from console.views.widgets.button import Button, IconButton
from console.views.widgets.choice import Choice
from console.views.widgets.completion import CompletionList, Offer
from console.views.widgets.editors import Mark
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.field import Field, TimeField
from console.views.widgets.key_cap import split_keys
from console.views.widgets.lamp import Lamp
from console.views.widgets.notice import Notice
from console.views.widgets.popup import Popup, open_popup
from console.views.widgets.radio_grid import RadioGrid
from console.views.widgets.segments import Segments
from console.views.widgets.tick import Tick
from console.views.widgets.timeline import Event, Timeline

VIEWS = Path(__file__).resolve().parents[4] / "console" / "views"


def _sources() -> list[Path]:
    return sorted(VIEWS.rglob("*.py"))


def test_no_view_uses_a_style_sheet() -> None:
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr != "setStyleSheet", f"{path}:{node.lineno}: the palette does it"


def test_no_view_shows_text_in_a_bare_label() -> None:
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "QLabel", f"{path}:{node.lineno}: use Text, it is plain"


@pytest.mark.parametrize(
    ("key", "caps"),
    [
        ("Ctrl+Shift+C", ["Ctrl", "Shift", "C"]),
        ("/", ["/"]),
        ("+", ["+"]),
        ("Ctrl++", ["Ctrl", "+"]),
        ("1-3", ["1-3"]),
    ],
)
def test_a_key_is_split_into_its_caps(key: str, caps: list[str]) -> None:
    assert split_keys(key) == caps


def test_enter_alone_never_presses_a_button_but_space_does(theme: Theme, qtbot: QtBot) -> None:
    button = Button("Geplaatst", "Ctrl+Enter", kind="filled")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    button.show()
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Enter)
    assert pressed == []
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [True]
    assert not button.autoDefault()


def test_a_button_that_cannot_be_pressed_says_why(theme: Theme, qtbot: QtBot) -> None:
    button = Button("Uitgeven aan 6 groepen")
    qtbot.addWidget(button)
    button.set_reason("Los eerst de stop op, dan kunt u uitgeven.")
    assert not button.isEnabled()
    assert button.accessibleDescription() == "Los eerst de stop op, dan kunt u uitgeven."
    button.set_reason("")
    assert button.isEnabled()


def test_focusable_parts_all_have_a_name(theme: Theme, qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    for part in (
        Button("Pak op", "C"),
        IconButton("close", "Sluit"),
        Segments([("open", "Open", 16), ("mine", "Van mij", None)]),
        Field("Wie"),
        Field("Wat gebeurt er", multi_line=True),
        TimeField("Wanneer"),
        Choice([("a", "Alle gebieden")], "Gebied"),
        RadioGrid([("found", "Goed gevonden", "1", None)], "Hoe is het afgelopen?"),
        Tick("Gebeurt nu"),
        FindingBand("stop", "Stop: x", "Doe y.", [("Haal zin weg", "Alt+1")]),
    ):
        column.addWidget(part)
    root.grab()
    for widget in root.findChildren(QWidget):
        inner = widget.parent()
        if isinstance(inner, QWidget) and inner.objectName().startswith("qt_"):
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.objectName():
            assert widget.accessibleName(), widget


def test_segments_tell_their_choice_once(theme: Theme, qtbot: QtBot) -> None:
    segments = Segments(
        [("open", "Open", 16), ("mine", "Van mij", 3), ("closed", "Gesloten", None)]
    )
    qtbot.addWidget(segments)
    told: list[str] = []
    segments.selected_changed.connect(told.append)
    assert segments.selected() == "open"
    segments.select("mine")
    segments.select("mine")
    segments.select_next()
    segments.select_next()
    assert told == ["mine", "closed", "open"]
    segments.set_counts({"open": 1204})
    assert segments.selected() == "open"


def test_a_field_reads_its_finding_aloud_and_cuts_what_is_too_long(
    theme: Theme, qtbot: QtBot
) -> None:
    field = Field("Laatst gezien", multi_line=True, max_length=20)
    qtbot.addWidget(field)
    field.set_finding("warn", "Let op: huisnummer bij een straat")
    assert field.editor.accessibleName() == "Laatst gezien, let op: huisnummer bij een straat"
    field.set_text("x" * 50)
    assert field.text() == "x" * 20
    field.set_marks([Mark(2, 400, "stop"), Mark(30, 40, "warn")])
    field.grab()
    field.set_finding("")
    assert field.editor.accessibleName() == "Laatst gezien"


def test_tab_leaves_a_field_of_several_lines(theme: Theme, qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    first, second = Field("Wat", multi_line=True), Field("Waar")
    column.addWidget(first)
    column.addWidget(second)
    with qtbot.waitActive(root):
        root.show()
    first.editor.setFocus()
    QTest.keyClick(first.editor, Qt.Key.Key_Tab)
    assert second.editor.hasFocus()
    assert first.text() == ""


def test_a_time_field_knows_a_time_from_no_time(theme: Theme, qtbot: QtBot) -> None:
    field = TimeField("Wanneer")
    qtbot.addWidget(field)
    field.set_text("1640")
    assert field.time() == time(16, 40)
    field.set_text("25:00")
    assert field.time() is None
    field.set_time(time(9, 5))
    assert field.text() == "09:05"


def test_numbers_choose_an_outcome_and_nothing_is_chosen_at_first(
    theme: Theme, qtbot: QtBot
) -> None:
    grid = RadioGrid([(f"o{n}", f"Uitkomst {n}", str(n), None) for n in range(1, 8)], "Afloop")
    qtbot.addWidget(grid)
    told: list[str] = []
    grid.chosen.connect(told.append)
    assert grid.selected() == ""
    assert grid.select_number(3)
    assert not grid.select_number(8)
    assert (grid.selected(), told) == ("o3", ["o3"])
    grid.select("")
    assert grid.selected() == ""


def test_a_popup_keeps_tab_inside_and_gives_the_focus_back(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(1100, 700)
    qtbot.addWidget(window)
    outside = QLineEdit(window)
    with qtbot.waitActive(window):
        window.show()
    outside.setFocus()
    popup = Popup(window, "Nieuwe melding", hint="met Tab naar het volgende veld")
    what, where = Field("Wat gebeurt er", multi_line=True), Field("Waar")
    popup.body.addWidget(what)
    popup.body.addWidget(where)
    popup.set_buttons(Button("Bewaar", "Ctrl+Enter", kind="filled"))
    popup.first_focus = what.editor
    results: list[object] = []
    popup.finished.connect(results.append)
    popup.open()
    assert what.editor.hasFocus()
    assert open_popup(window) is popup
    seen = set()
    for _ in range(8):
        focus = window.focusWidget()
        assert focus is not None
        assert popup.isAncestorOf(focus)
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert len(seen) == 4
    assert popup.sheet.width() <= window.width()
    QTest.keyClick(where.editor, Qt.Key.Key_Escape)
    assert results == [None]
    assert outside.hasFocus()
    assert open_popup(window) is None


def test_a_completion_list_takes_tab_and_never_moves_the_form(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    where, after = Field("Waar"), Field("Doorgegeven door")
    column.addWidget(where)
    column.addWidget(after)
    offers = CompletionList(where, window)
    with qtbot.waitActive(window):
        window.show()
    where.editor.setFocus()
    before = after.geometry()
    offers.set_offers([Offer("1", "Vlierpad", "Lagebrug"), Offer("2", "Vlierhof", "Oostwiel")])
    assert offers.isVisible()
    assert after.geometry() == before
    told: list[str] = []
    offers.chosen.connect(told.append)
    QTest.keyClick(where.editor, Qt.Key.Key_Down)
    QTest.keyClick(where.editor, Qt.Key.Key_Tab)
    assert told == ["2"]
    assert where.editor.hasFocus()
    assert not offers.isVisible()


def test_a_lamp_is_not_green_by_itself(theme: Theme, qtbot: QtBot) -> None:
    lamp = Lamp("Burgernet")
    qtbot.addWidget(lamp)
    assert lamp.state() == "unknown"
    lamp.set_state("good", "38 s", "Burgernet: 38 seconden geleden gezien.")
    assert lamp.accessibleName() == "Burgernet: 38 seconden geleden gezien."


def test_the_newest_notice_replaces_the_last(theme: Theme, qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.show_notice("Verband gelegd.", undo=True)
    assert notice.can_undo()
    notice.show_notice("Ruben Oostinga was eerst. De volgende staat klaar.", "warn")
    assert notice.text().startswith("Ruben")
    assert not notice.can_undo()


@pytest.mark.parametrize("scale", [100, 130, 200])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_part_paints_at_every_size_in_both_themes(
    theme: Theme, qtbot: QtBot, mode: str, scale: int
) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    chat = ChatGround()
    chat.bubble.set_message("*POLITIE* houd hem vast", "nu", [Mark(10, 20, "stop")])
    for part in (
        chat,
        Facts([Fact("Waar", "Vlierpad"), Fact("Handhaving", "niet ingevuld", "triangle-alert")]),
        Timeline([Event("plus", "Melding gemaakt", "Lotte Brakel", "16:40")]),
        FindingBand("warn", "Let op: x", "Doe y.", [("Maak er een verdachte van", "Alt+1")]),
    ):
        column.addWidget(part)
    theme.set_mode("dark" if mode == "dark" else "light")
    theme.set_scale(scale)
    root.resize(420, 600)
    assert not root.grab().isNull()
    assert root.minimumSizeHint().width() <= 420 * scale // 100
