"""Dekking: the table, the map beside it, and what is missing (F17, screens.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.coverage import AreaCoverage, Column, Coverage, with_gaps
from console.views.coverage.legend import Legend
from console.views.coverage.map_view import CoverageMap
from console.views.coverage.table import CoverageDelegate, GapDelegate, SortHead
from console.views.coverage.words import (
    SEGMENTS,
    elsewhere_words,
    facts_words,
    many_words,
    total_words,
)
from console.views.keys.table import keys_of
from console.views.screen import Screen
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_model import RowModel
from console.views.tables.section_header import SectionHeader
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button, IconButton
from console.views.widgets.card import Pane
from console.views.widgets.finding_line import IconMark
from console.views.widgets.segments import Segments
from console.views.widgets.text import Text

if TYPE_CHECKING:
    from console.domain.coverage_map import MapArea

_STEPS = {"down": "down", "up": "up", "page_down": "down", "page_up": "up"}
_CENTRE = Qt.AlignmentFlag.AlignHCenter
NO_AREAS = "Er zijn nog geen gebieden."
NO_AREAS_NEXT = (
    "Lees op Groepen gebieden in uit een bestand van PDOK of het CBS, of maak er zelf een."
)
NO_PEOPLE = "Van deze gebieden is niet bekend hoeveel mensen er wonen."
NO_PEOPLE_NEXT = (
    "Lees op Groepen de wijk- en buurtkaart van het CBS in, of vul bij een gebied Inwoners in. "
    "De groepen staan er wel."
)
READING = "De dekking wordt geteld."


class CoverageScreen(Screen):
    """Shows one level at a time. ``sort_requested`` carries a column; turning is the presenter's."""

    level_chosen = Signal(str)
    sort_requested = Signal(str)
    turn_requested = Signal()
    save_requested = Signal()

    name = "coverage"
    rail = "groups"
    step = "groups"
    scopes = ("coverage", "lists", "outside")

    def __init__(self, parent: QWidget | None = None) -> None:
        """Says that it is counting until `set_table`."""
        super().__init__(parent)
        self._rows: dict[str, AreaCoverage] = {}
        self._counted = False
        self._build()
        self._connect()
        self._say(READING, "", "")

    def set_table(
        self,
        table: Coverage,
        rows: Sequence[AreaCoverage],
        areas: Sequence[MapArea],
        column: Column,
        *,
        falling: bool,
    ) -> None:
        """Show the lines in their order, the map and what is missing; the chosen area stays."""
        self._counted = True
        self._rows = {row.id: row for row in rows}
        self.segments.select(table.level)
        self.segments.set_counts(dict(table.levels or {}))
        self._save.set_reason("" if rows else "Er is geen regel om te bewaren.")
        if not rows:
            self._say_none(table)
            return
        self._stack.setCurrentIndex(0)
        self.head.set_order(column, falling=falling)
        self._model.set_rows(rows)
        gaps = with_gaps(rows)
        self._gap_model.set_rows(gaps)
        self._gap_head.set_section("Wat ontbreekt", len(gaps), "amber" if gaps else "text2")
        self.gaps.setVisible(bool(gaps))
        self._no_gaps.setVisible(not gaps)
        self._total.set_text(total_words(table))
        self._elsewhere.set_text(elsewhere_words(table))
        self.band.setVisible(table.unknown == len(rows))
        self.map.set_areas(areas, rows)
        self.legend.setVisible(bool(areas))
        if not self.table.current_id():
            self.table.choose_first()
        self._show_facts(self.table.current_id())

    def empty_words(self) -> str:
        """What is said in place of the table; empty while there are lines."""
        if self._stack.currentIndex() == 0:
            return ""
        return f"{self._title.text()} {self._text.text()}".strip()

    def facts(self) -> str:
        """What is said of the chosen area."""
        return self._facts.text()

    def total(self) -> str:
        """What stands under the table."""
        return self._total.text()

    def do(self, command: str) -> bool:
        """Do a command of this screen; False where it means nothing here."""
        if command in _STEPS and self.map.hasFocus():
            self.map.step(_STEPS[command])
        elif move(self._list(), command):
            return True
        elif command in ("next_segment", "previous_segment"):
            self.segments.select_next(1 if command == "next_segment" else -1)
        elif command == "sort_next":
            self.sort_requested.emit(self.head.next_column().value)
        elif command == "sort_turn":
            self.turn_requested.emit()
        elif command == "save_table":
            self._on_save()
        elif command == "to_detail":
            self._open(self._chosen())
        else:
            return False
        return True

    def panes(self) -> Sequence[QWidget]:
        """Levels, heads, table, map, what is missing."""
        return (self.segments, self.head, self.table, self.map, self.gaps)

    def take_focus(self) -> None:
        """The table, else what to do where there is none."""
        if self._rows:
            self.table.setFocus()
        elif self._button.isVisible():
            self._button.setFocus()
        else:
            self.segments.setFocus()

    def event_subject(self) -> tuple[str, str]:
        """The chosen area."""
        return ("area", self.table.current_id()) if self._rows else ("", "")

    def _build(self) -> None:
        px = current().px
        self.segments = Segments(SEGMENTS, "Welk niveau")
        self._back = IconButton("chevron-left", "Terug naar groepen")
        self._save = Button("Bewaar als CSV", keys_of("save_table"), "download")
        header = Pane("surface", "b")
        row = BreakingRow(header, height=54)
        row.setContentsMargins(px(14), 0, px(16), 1)
        row.setSpacing(px(10))
        row.addWidget(self._back)
        row.addWidget(Text("Dekking", "screen"))
        row.addSpacing(px(6))
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self._save)
        self._stack = QStackedWidget()
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._build_table(), 3)
        across.addWidget(self._build_side(), 2)
        self._stack.addWidget(body)
        self._stack.addWidget(self._build_empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self._stack, 1)

    def _build_table(self) -> QWidget:
        px = current().px
        delegate = CoverageDelegate()
        self._model = RowModel(delegate.describe)
        self.head = SortHead()
        self.table = ListView(self._model, delegate, "Dekking per gebied")
        self.band = Band("amber", NO_PEOPLE, NO_PEOPLE_NEXT, "triangle-alert")
        self._total = Text("", "second", "text2", elide=True)
        self._elsewhere = Text("", "second", "text2", elide=True)
        self.band.hide()
        foot = Pane(edges="t")
        row = BreakingRow(foot, height=38)
        row.setContentsMargins(px(20), 1, px(20), 0)
        row.addWidget(self._total, 1)
        row.addWidget(self._elsewhere)
        pane = Pane("surface")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.band)
        column.addWidget(self.table, 1)
        column.addWidget(foot)
        return pane

    def _build_side(self) -> QWidget:
        px = current().px
        self.map = CoverageMap()
        self.legend = Legend()
        self._facts = Text("", "second", "text", wrap=True)
        self._gap_head = SectionHeader("Wat ontbreekt", 0)
        delegate = GapDelegate()
        self._gap_model = RowModel(delegate.describe)
        self.gaps = ListView(self._gap_model, delegate, "Wat ontbreekt")
        self._no_gaps = Text("Overal een groep, een beheerder en een wijkagent.", "body", "text2",
                             wrap=True)  # fmt: skip
        about = QWidget()
        words = QVBoxLayout(about)
        words.setContentsMargins(px(20), px(8), px(20), px(10))
        words.setSpacing(px(6))
        words.addWidget(self.legend)
        words.addWidget(self._facts)
        none = QWidget()
        box = QVBoxLayout(none)
        box.setContentsMargins(px(20), px(10), px(20), px(10))
        box.addWidget(self._no_gaps)
        pane = Pane("surface", "l")
        column = QVBoxLayout(pane)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.map, 3)
        column.addWidget(about)
        column.addWidget(self._gap_head)
        column.addWidget(self.gaps, 2)
        column.addWidget(none)
        return pane

    def _build_empty(self) -> QWidget:
        px = current().px
        self._title = Text("", "screen", wrap=True, align=_CENTRE)
        self._text = Text("", "body", "text2", wrap=True, align=_CENTRE)
        self._button = Button("Naar Groepen", keys_of("go_groups"))
        empty = Pane("surface")
        column = QVBoxLayout(empty)
        column.setContentsMargins(px(28), px(24), px(28), px(24))
        column.setSpacing(px(8))
        column.addStretch(2)
        column.addWidget(IconMark("map", "text3", 28), 0, _CENTRE)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(px(6))
        column.addWidget(self._button, 0, _CENTRE)
        column.addStretch(5)
        return empty

    def _connect(self) -> None:
        self._back.clicked.connect(self.back_requested)
        self._save.clicked.connect(self._on_save)
        self._button.clicked.connect(self._on_groups)
        self.segments.selected_changed.connect(self.level_chosen)
        self.head.sort_requested.connect(self.sort_requested)
        self.table.current_changed.connect(self._on_row)
        self.gaps.current_changed.connect(self._on_gap)
        self.map.chosen.connect(self._on_map)
        for part in (self.table, self.gaps, self.map):
            part.activated.connect(self._open)

    def _say(self, title: str, text: str, button: str) -> None:
        self._title.set_text(title)
        self._text.set_text(text)
        self._button.setVisible(bool(button))
        self._stack.setCurrentIndex(1)

    def _say_none(self, table: Coverage) -> None:
        if any((table.levels or {}).values()):
            many = many_words(table.level)
            self._say(f"Er zijn geen {many}.", "Kies hierboven een ander niveau.", "")
        else:
            self._say(NO_AREAS, NO_AREAS_NEXT, "groups")

    def _list(self) -> ListView:
        return self.gaps if self.gaps.hasFocus() else self.table

    def _chosen(self) -> str:
        focus = QApplication.focusWidget()
        if focus is self.map:
            return self.map.current_id()
        return self._list().current_id()

    def _open(self, area_id: str) -> None:
        if area_id in self._rows:
            self.open_requested.emit("groups", {"area_id": area_id})

    def _on_row(self, area_id: str) -> None:
        self.map.set_current(area_id)
        self._show_facts(area_id)

    def _on_gap(self, area_id: str) -> None:
        self.table.set_current(area_id)

    def _on_map(self, area_id: str) -> None:
        self.table.set_current(area_id)

    def _show_facts(self, area_id: str) -> None:
        row = self._rows.get(area_id)
        self._facts.set_text(f"{row.name}: {facts_words(row)}" if row else "")
        self.map.set_current(area_id)

    def _on_save(self) -> None:
        if self._rows:
            self.save_requested.emit()

    def _on_groups(self) -> None:
        self.open_requested.emit("groups", {})
