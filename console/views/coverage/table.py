"""The table of Dekking: columns that line up with a head that sorts them (F17)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.coverage import AreaCoverage, Column, shade
from console.views.coverage.words import (
    SPOKEN,
    TITLES,
    coverage_words,
    kind_words,
    people_words,
    shade_color,
    spoken,
    spoken_gap,
)
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.text import count_text
from console.views.theme.icons import draw_icon
from console.views.widgets.painted import Painted, draw_text, hairline, rounded

EDGE = 20
_WIDTHS = {
    Column.GROUPS: 72,
    Column.ASLEEP: 70,
    Column.GONE: 84,
    Column.INHABITANTS: 82,
    Column.COVERAGE: 92,
    Column.GAPS: 56,
}
_WIDE = 640
"""From this width on the table shows what sleeps and is gone; else the line of the map does."""

Edges = dict[Column, tuple[int, int]]


def edges(width: int, px: Callable[[float], int]) -> Edges:
    """Return left and right of every column that fits in a table of so many pixels."""
    narrow = width < px(_WIDE)
    shown = [
        column for column in _WIDTHS if not (narrow and column in (Column.ASLEEP, Column.GONE))
    ]
    wide = [px(_WIDTHS[column]) for column in shown]
    start = width - px(EDGE) - sum(wide)
    ends = [start, *(start + used for used in accumulate(wide))]
    found = {Column.NAME: (px(EDGE), start)}
    found.update({one: (ends[at], ends[at + 1]) for at, one in enumerate(shown)})
    return found


class CoverageDelegate(RowDelegate):
    """One area on 40 px; a swatch beside the number says its shade on the map."""

    height = 40
    text_edge = EDGE

    def describe(self, row: AreaCoverage) -> str:
        """Return the row as one sentence."""
        return spoken(row)

    def paint_row(self, painter: QPainter, rect: QRect, row: AreaCoverage, state: RowState) -> None:
        """Paint the name and the numbers under their heads."""
        px, top, height = self.theme.px, rect.top(), rect.height()
        at = edges(rect.width(), px)
        left, right = at[Column.NAME]
        used = self.text(painter, left, top, height, row.name, "body_medium", "text", right - left)
        if row.around:
            room = right - left - used - px(10)
            self.text(painter, left + used + px(8), top, height, row.around, "small", "text2", room)
        numbers = {Column.GROUPS: row.groups, Column.ASLEEP: row.asleep, Column.GONE: row.gone}
        for column, number in numbers.items():
            if column in at:
                ink = "text" if column is Column.GROUPS else "text2"
                words = count_text(number) if number or column is Column.GROUPS else "–"
                self.text_right(painter, at[column][1], top, height, words, "body", ink)
        known = row.inhabitants is not None
        people = people_words(row.inhabitants)
        self.text_right(
            painter, at[Column.INHABITANTS][1], top, height, people, "body" if known else "second",
            "text" if known else "text2",
        )  # fmt: skip
        self._coverage(painter, at[Column.COVERAGE], rect, row)
        if row.gaps:
            end = at[Column.GAPS][1]
            words = str(len(row.gaps))
            used = self.text_right(painter, end, top, height, words, "small_strong", "amber")
            self.icon(painter, end - used - px(20), top + height / 2, "triangle-alert", 14,
                      "amberfill")  # fmt: skip

    def _coverage(
        self, painter: QPainter, at: tuple[int, int], rect: QRect, row: AreaCoverage
    ) -> None:
        px, value = self.theme.px, row.per_thousand
        if value is None:
            words = coverage_words(row)
            self.text_right(painter, at[1], rect.top(), rect.height(), words, "second", "text2")
            return
        self.text_right(
            painter, at[1], rect.top(), rect.height(), coverage_words(row), "body_strong", "text"
        )
        side = px(12)
        box = QRectF(at[1] - px(62), rect.top() + (rect.height() - side) / 2, side, side)
        fill = QColor(shade_color(self.theme.tokens, shade(value) or 0))
        rounded(painter, box, 3, fill, self.theme.color("edge"))


class GapDelegate(RowDelegate):
    """What is missing in one area, on two lines."""

    height = 48
    text_edge = 46

    def describe(self, row: AreaCoverage) -> str:
        """Return the row as one sentence."""
        return spoken_gap(row)

    def paint_row(self, painter: QPainter, rect: QRect, row: AreaCoverage, state: RowState) -> None:
        """Paint name and place, and what is missing under it."""
        px = self.theme.px
        left, right = rect.left() + px(46), rect.right() - px(16)
        first, second = rect.top() + px(6), rect.top() + px(25)
        self.icon(painter, rect.left() + px(20), first + px(9), "triangle-alert", 16, "amberfill")
        where = kind_words(row)
        used = self.text(
            painter, left, first, px(18), row.name, "body_medium", "text", right - left
        )
        self.text(painter, left + used + px(8), first, px(18), where, "small", "text2",
                  right - left - used - px(8))  # fmt: skip
        words = ", ".join(row.gaps)
        self.text(painter, left, second, px(17), words, "second", "amber", right - left)


class SortHead(Painted):
    """The heads above the columns. Arrows walk, Enter or Space sorts, a click too."""

    spoken_role = "ColumnHeader"

    sort_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Sorted by name until `set_order`."""
        super().__init__(parent)
        self._column, self._falling = Column.NAME, False
        self._at = Column.NAME
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Kolommen om op te sorteren")
        self.set_order(Column.NAME, falling=False)

    def set_order(self, column: Column, *, falling: bool) -> None:
        """Show by which column the table is sorted."""
        self._column, self._falling, self._at = column, falling, column
        way = "van hoog naar laag" if falling else "van laag naar hoog"
        if column is Column.NAME:
            way = "van Z naar A" if falling else "van A naar Z"
        self.setAccessibleDescription(f"Gesorteerd op {SPOKEN[column]}, {way}")
        self.setToolTip(f"Gesorteerd op {SPOKEN[column]}, {way}")
        self.update()

    def next_column(self) -> Column:
        """Return the column after the one that sorts, of those on show."""
        shown = list(edges(self.width(), self.theme.px))
        at = shown.index(self._column) if self._column in shown else -1
        return shown[(at + 1) % len(shown)]

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shown = list(edges(self.width(), self.theme.px))
        at = shown.index(self._at) if self._at in shown else 0
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._at = shown[max(0, min(len(shown) - 1, at + step))]
            self.setAccessibleDescription(f"Sorteer op {SPOKEN[self._at]}")
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.sort_requested.emit(self._at.value)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        for column, (left, right) in edges(self.width(), self.theme.px).items():
            if left <= x <= right:
                self.sort_requested.emit(column.value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color, px, height = self.theme.color, self.theme.px, self.height()
        painter.fillRect(self.rect(), color("sunken"))
        hairline(painter, 0, height - 1, self.width(), color("line"))
        for column, (left, right) in edges(self.width(), px).items():
            sorts = column is self._column
            role = "small_strong" if sorts else "small_medium"
            painter.setFont(self.theme.font(role))
            painter.setPen(color("text" if sorts else "text2"))
            wide = round(self.theme.metrics(role).horizontalAdvance(TITLES[column]))
            x = left if column is Column.NAME else right - wide
            draw_text(painter, x, 0, height, TITLES[column])
            if sorts:
                # Down the arrow points to what comes last: the least of a falling order.
                name = "arrow-down" if self._falling else "arrow-up"
                beside = x + wide + px(4) if column is Column.NAME else x - px(16)
                side = px(12)
                draw_icon(painter, beside, (height - side) / 2, name, side, color("text"))
            if self.hasFocus() and column is self._at:
                box = QRectF(x - px(18), px(5), wide + px(36), height - px(11))
                rounded(painter, box, 6, None, color("accent"), 2)
        painter.end()
