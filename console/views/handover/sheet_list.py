"""The lines of a sheet: what, detail, time and three answers, of which one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from console.domain.handover import SheetLine
from console.domain.sheet import line_key
from console.views.handover.words import ANSWERS, spoken
from console.views.tables.row_delegate import Index, RowDelegate, RowState
from console.views.tables.rows import ROW_ROLE, Section
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import hairline, rounded

ROW = 53
WIDTHS = (98, 80, 96)
BUTTON, GAP, EDGE = 28, 6, 16
LOOKS = {
    "understood": ("check", "greentint", "greenline", "green"),
    "question": ("ring-question", "ambertint", "amberline", "amber"),
    "mine": ("arrow-right", "sel", "accent", "accent"),
}
"""Answer: icon, ground, border, words."""

MARKS = {
    "red": ("octagon-alert", "redmark", "red"),
    "amber": ("ring-question", "amberfill", "amber"),
}


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One line with its place in ``Sheet.lines``."""

    line: SheetLine
    place: int

    @property
    def id(self) -> str:
        """What the line is about; the same before and after it is kept."""
        return "|".join(line_key(self.line))


def describe(item: SheetItem) -> str:
    """Return the line as one sentence."""
    return spoken(item.line)


class SheetDelegate(RowDelegate):
    """Paints a line. ``mode``: answer (three answers), read (the one given) or plain (none)."""

    height = ROW
    section_height = 33
    text_edge = EDGE

    answered = Signal(str, str)
    """Id of the line and the answer that was clicked."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begins as a sheet to answer."""
        super().__init__(parent)
        self.mode = "answer"

    def paint_ground(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        """Fill the row with the ground that belongs to its state."""
        painter.fillRect(rect, self.theme.color("surface"))
        if state.chosen:
            rounded(painter, _ring(rect), 8, self.theme.color("sel"))
        elif state.hovered:
            rounded(painter, _ring(rect), 8, self.theme.color("hover"))

    def paint_edges(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        """Draw the hairline and the bar of a chosen row."""
        color, edge = self.theme.color, self.theme.px(EDGE)
        if not state.chosen:
            left, right = rect.left() + edge, rect.right() + 1 - edge
            hairline(painter, left, rect.bottom(), right, color("line"))
        elif state.focused:
            rounded(painter, _ring(rect), 8, None, color("accent"), 2)
        else:
            rounded(painter, _ring(rect), 8, None, color("line2"), 1)

    def paint_section(self, painter: QPainter, rect: QRect, section: Section) -> None:
        """Paint the header of a section."""
        color, px = self.theme.color, self.theme.px
        left, right = rect.left() + px(EDGE), rect.right() + 1 - px(EDGE)
        painter.fillRect(rect, color("surface"))
        top, room = rect.top(), rect.height()
        if section.dashed:
            pen = QPen(color("edge"), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([6, 4])
            painter.setPen(pen)
            painter.drawLine(left, top + px(6), right - 1, top + px(6))
            top, room = top + px(6), room - px(6)
        self.text(painter, left, top + px(2), room - px(2), section.title, "small_strong", "text2")
        hairline(painter, left, rect.bottom(), right, color("line2"))

    def paint_row(self, painter: QPainter, rect: QRect, row: SheetItem, state: RowState) -> None:
        """Paint a line of the sheet with its answers."""
        px, line = self.theme.px, row.line
        left, right = rect.left() + px(EDGE), self._text_right(rect)
        first, second = rect.top() + px(8), rect.top() + px(27)
        ink = "text"
        if line.severity in MARKS:
            icon, icon_ink, ink = MARKS[line.severity]
            self.icon(painter, left, first + px(9), icon, 16, icon_ink)
            left += px(24)
        strong = state.chosen or line.severity in MARKS
        role = "body_strong" if strong else "body_medium"
        room, detail = right - left, line.detail
        wide = self.theme.metrics(role).horizontalAdvance(line.title)
        when = self.theme.metrics("second").horizontalAdvance(line.time_text)
        if line.time_text and wide + px(12) + when > room:
            # Titles stay whole as long as they can: the time then leads the second line.
            detail = f"{line.time_text} · {detail}"
        else:
            self.text_right(painter, right, first, px(18), line.time_text, "second", "text2")
        self.text(painter, left, first, px(18), line.title, role, ink, room)
        self.text(painter, left, second, px(17), detail, "second", "text2", room)
        if self.mode == "answer":
            for number, box in enumerate(self._boxes(rect)):
                self._answer(painter, box, number, line.answer, state.chosen)
        elif self.mode == "read":
            self._given(painter, rect, line.answer)

    def editorEvent(
        self,
        event: QEvent,
        _model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Take a click on one of the answers."""
        row = index.data(ROW_ROLE)
        if (
            self.mode != "answer"
            or event.type() != QEvent.Type.MouseButtonRelease
            or not isinstance(event, QMouseEvent)
            or not isinstance(row, SheetItem)
        ):
            return False
        for number, box in enumerate(self._boxes(option.rect)):
            if box.contains(event.position()):
                self.answered.emit(row.id, ANSWERS[number][0])
                return True
        return False

    def _text_right(self, rect: QRect) -> int:
        px = self.theme.px
        right = rect.right() + 1 - px(EDGE)
        if self.mode == "answer":
            return right - sum(px(w) for w in WIDTHS) - 2 * px(GAP) - px(18)
        return right - (px(WIDTHS[0]) + px(18) if self.mode == "read" else 0)

    def _boxes(self, rect: QRect) -> list[QRectF]:
        px = self.theme.px
        top = rect.top() + (rect.height() - px(BUTTON)) / 2
        x = rect.right() + 1 - px(EDGE) - sum(px(w) for w in WIDTHS) - 2 * px(GAP)
        boxes = []
        for width in WIDTHS:
            boxes.append(QRectF(x, round(top), px(width), px(BUTTON)))
            x += px(width) + px(GAP)
        return boxes

    def _answer(
        self, painter: QPainter, box: QRectF, number: int, given: str, chosen: bool
    ) -> None:
        color, px = self.theme.color, self.theme.px
        answer, words, key = ANSWERS[number]
        on = given == answer
        icon, ground, border, ink = LOOKS[answer]
        if on:
            width = 1.5 if answer == "mine" else 1
            rounded(painter, box, 6, color(ground), color(border), width)
        else:
            rounded(painter, box, 6, color("raised"), color("line2"))
            ink = "text" if chosen else "text2"
        role = "body_strong" if on else "body_medium" if chosen else "body"
        wide = self.theme.metrics(role).horizontalAdvance(words)
        if chosen:
            x = box.left() + px(9)
            self.text(painter, x, box.top(), box.height(), words, role, ink)
            cap = box.right() - px(7) - caps_width(self.theme, key)
            paint_caps(painter, cap, box.center().y(), key)
            return
        mark = px(16 + 5) if on else 0
        x = box.left() + (box.width() - wide - mark) / 2
        if on:
            self.icon(painter, x, box.center().y(), icon, 16, ink)
        self.text(painter, x + mark, box.top(), box.height(), words, role, ink)

    def _given(self, painter: QPainter, rect: QRect, given: str) -> None:
        px, color = self.theme.px, self.theme.color
        right = rect.right() + 1 - px(EDGE)
        box = QRectF(right - px(WIDTHS[0]), 0, px(WIDTHS[0]), px(BUTTON))
        box.moveTop(round(rect.top() + (rect.height() - px(BUTTON)) / 2))
        if given not in LOOKS:
            words = "nog open"
            self.text_right(painter, right, box.top(), box.height(), words, "small", "text3")
            return
        icon, ground, border, ink = LOOKS[given]
        words = next(label for answer, label, _ in ANSWERS if answer == given)
        rounded(painter, box, 6, color(ground), color(border))
        wide = self.theme.metrics("body_strong").horizontalAdvance(words) + px(21)
        x = box.left() + (box.width() - wide) / 2
        self.icon(painter, x, box.center().y(), icon, 16, ink)
        self.text(painter, x + px(21), box.top(), box.height(), words, "body_strong", ink)


def _ring(rect: QRect) -> QRectF:
    return QRectF(rect).adjusted(0, 1, 0, -1)
