"""Wie krijgt dit: the groups that could get a post, with ticks (screens.md §5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.directory import Candidate
from console.views.posts.words import (
    candidate_spoken,
    confirmed_words,
    overlap_words,
    reach_words,
    size_words,
    totals_words,
    wish_words,
)
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.tables.rows import HasId, Section
from console.views.widgets.card import Pane
from console.views.widgets.text import Text
from console.views.widgets.tick import paint_tick

ADJOINING = "Grenst aan het gebied. Zelf aanvinken."
OTHERS = "Elders. Zelf aanvinken."


@dataclass(frozen=True, slots=True)
class PickRow:
    """A group with its tick."""

    group: Candidate
    ticked: bool
    by_hand: bool

    @property
    def id(self) -> str:
        """The group's id."""
        return self.group.group_id


class PickDelegate(RowDelegate):
    """44 px: tick, name and wish at the left; size and freshness at the right."""

    height = 44
    section_height = 30
    text_edge = 42
    section_edge = 16

    def __init__(self, parent: QObject | None = None) -> None:
        """Make it a child of its view."""
        super().__init__(parent)
        self.locked = False

    def describe(self, row: PickRow) -> str:
        """Return the row as one sentence."""
        return candidate_spoken(row.group, ticked=row.ticked, by_hand=row.by_hand)

    def paint_ground(self, painter: QPainter, rect: QRect, row: object, state: RowState) -> None:
        """Fill the row with the ground that belongs to its state."""
        # A chosen row is only told apart while the list has the keyboard: ticks are the state.
        if state.chosen and not state.focused:
            state = RowState(chosen=False, focused=False, hovered=state.hovered)
        super().paint_ground(painter, rect, row, state)

    def paint_edges(self, painter: QPainter, rect: QRect, row: object, state: RowState) -> None:
        """Draw the hairline and the bar of a chosen row."""
        if state.chosen and not state.focused:
            state = RowState(chosen=False, focused=False, hovered=state.hovered)
        super().paint_edges(painter, rect, row, state)

    def paint_row(self, painter: QPainter, rect: QRect, row: PickRow, state: RowState) -> None:
        """Paint a group with its tick, reach and wish."""
        px, one = self.theme.px, row.group
        left, right = rect.left() + px(42), rect.right() - px(14)
        first, second = rect.top() + px(5), rect.top() + px(24)
        grey = bool(one.why_not) and not row.ticked
        ink = "text2" if grey else "text"
        middle = rect.top() + rect.height() / 2
        paint_tick(painter, rect.left() + px(16), middle, on=row.ticked, off=self.locked)
        size = size_words(one)
        used = self.text_right(painter, right, first, px(18), size, "second", "text2")
        chosen = "zelf gekozen" if row.ticked and row.by_hand else ""
        room = right - used - px(12) - left
        mark = round(self.theme.metrics("small_medium").horizontalAdvance(chosen)) + px(8)
        name_room = room - (mark if chosen else 0)
        x = left + self.text(painter, left, first, px(18), one.name, "body_medium", ink, name_room)
        if chosen:
            self.text(painter, x + px(8), first, px(18), chosen, "small_medium", "accent")
        self._second(painter, one, left, right, second, grey=grey)

    def _second(
        self,
        painter: QPainter,
        one: Candidate,
        left: float,
        right: float,
        top: float,
        *,
        grey: bool,
    ) -> None:
        px = self.theme.px
        fresh, old = confirmed_words(one.days_since)
        role = "small_medium" if old else "small"
        used = self.text_right(
            painter, right, top, px(16), fresh, role, "amber" if old else "text2"
        )
        if old:
            used += px(20)
            self.icon(painter, right - used, top + px(8), "triangle-alert", 14, "amberfill")
        reach, via = reach_words(one.reach, one.reach_via)
        x = left
        if via:
            self.icon(painter, x, top + px(8), "person-via", 14, "text2")
            x += px(19)
        parts = (overlap_words(one), reach, wish_words(one))
        words = " · ".join(part for part in parts if part)
        self.text(painter, x, top, px(16), words, "small", "text2", right - used - px(10) - x)


class GroupPick(QWidget):
    """The header with totals and the list under it."""

    tick_requested = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_groups`."""
        super().__init__(parent)
        head = Pane("surface", "tb")
        px = head.theme.px
        head.setFixedHeight(px(34))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(16), 0, px(14), 1)
        row.addWidget(Text("Wie krijgt dit", "body_strong"))
        row.addStretch(1)
        self._totals = Text("", "small_medium", "text", elide=True)
        row.addWidget(self._totals)
        self._delegate = PickDelegate()
        self._model = RowModel(self._delegate.describe)
        self.list = ListView(self._model, self._delegate, "Wie krijgt dit")
        self._empty = Text(
            "Er is nog geen gebied. Kies een gebied of zoek een groep.",
            "body",
            "text2",
            wrap=True,
        )
        self._empty.setContentsMargins(0, 0, 0, 0)
        self._empty_box = QWidget()
        box = QVBoxLayout(self._empty_box)
        box.setContentsMargins(px(16), px(16), px(16), px(16))
        box.addWidget(self._empty)
        box.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty_box, 1)
        self._empty_box.hide()
        self.setFocusProxy(self.list)
        self.list.ticked.connect(self._on_ticked)
        self.list.clicked.connect(self._on_clicked)
        self._ticks: dict[str, bool] = {}

    def set_groups(
        self, groups: Sequence[Candidate], ticks: Mapping[str, bool], *, empty: str = ""
    ) -> None:
        """Show the groups; `ticks` holds the ticked ones and whether that was by hand."""
        self._ticks = dict(ticks)
        rows: list[HasId | Section] = []
        order = {"here": 0, "adjoining": 1}
        section = "here"
        for one in sorted(groups, key=lambda group: order.get(group.section, 2)):
            if one.section != section:
                section = one.section
                rows.append(Section(ADJOINING if section == "adjoining" else OTHERS))
            ticked = one.group_id in ticks
            rows.append(PickRow(one, ticked, ticks.get(one.group_id, False)))
        self._model.set_rows(rows)
        chosen = [one for one in groups if one.group_id in ticks]
        self._totals.set_text(totals_words(chosen))
        if empty:
            self._empty.set_text(empty)
        self._empty_box.setVisible(not groups)
        self.list.setVisible(bool(groups))
        if not self.list.current_id():
            self.list.choose_first()

    def set_locked(self, locked: bool) -> None:
        """Ticks stand still: a colleague writes, or the action has ended."""
        self._delegate.locked = locked
        self.list.viewport().update()

    def toggle(self) -> bool:
        """Tick or untick the chosen group; False when there is none."""
        group_id = self.list.current_id()
        if not group_id or self._delegate.locked:
            return False
        self.tick_requested.emit(group_id, group_id not in self._ticks)
        return True

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def _on_ticked(self, _group_id: str) -> None:
        self.toggle()

    def _on_clicked(self, _index: object) -> None:
        self.toggle()
