"""The base of every list's painter: ground, chosen row, ring, sections, hairline."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.views.tables.rows import ROW_ROLE, Section
from console.views.text import count_text
from console.views.theme.icons import draw_icon
from console.views.theme.theme import current
from console.views.widgets.painted import hairline, rounded

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands: chosen, with the keyboard in its list, under the pointer."""

    chosen: bool
    focused: bool
    hovered: bool


class RowDelegate(QStyledItemDelegate):
    """Paints one row. Subclasses override `paint_row` and may set the class attributes.

    `height` and `text_edge` are design pixels: the row's height and where text (and the
    hairline) starts.
    """

    height = 58
    section_height = 32
    text_edge = 48
    section_edge = 20
    ground = "surface"

    def __init__(self, parent: QObject | None = None) -> None:
        """Make it a child of its view."""
        super().__init__(parent)
        self.theme = current()

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        """Paint the contents of `row` inside `rect`; the ground is there already."""
        raise NotImplementedError

    def row_ground(self, row: Any, state: RowState) -> str | None:
        """Token of a ground of its own (a red or amber row), or None."""
        return None

    def row_bar(self, row: Any) -> str | None:
        """Token of a 3 px bar at the left when the row is not chosen, or None."""
        return None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        rect: QRect = option.rect
        if isinstance(row, Section):
            self.paint_section(painter, rect, row)
            return
        flags = option.state
        view: QWidget | None = option.widget
        chosen = bool(flags & QStyle.StateFlag.State_Selected)
        state = RowState(
            chosen=chosen,
            focused=chosen and view is not None and view.hasFocus(),
            hovered=bool(flags & QStyle.StateFlag.State_MouseOver),
        )
        self.paint_ground(painter, rect, row, state)
        if row is not None:
            self.paint_row(painter, rect, row, state)
        self.paint_edges(painter, rect, row, state)

    def paint_ground(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        """Fill the row: chosen, its own tint, under the pointer, or the ground of the list."""
        color = self.theme.color
        own = self.row_ground(row, state) if row is not None else None
        if state.chosen:
            token = "sel"
        elif own is not None:
            token = own
        else:
            token = "hover" if state.hovered else self.ground
        painter.fillRect(rect, color(token))

    def paint_edges(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        """Hairline from the text edge, bar of the chosen row, ring when it has the keyboard."""
        color = self.theme.color
        edge = rect.left() + self.theme.px(self.text_edge)
        hairline(painter, edge, rect.bottom(), rect.right() + 1, color("line"))
        bar = "accent" if state.chosen else (self.row_bar(row) if row is not None else None)
        if bar is not None:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), color(bar))
        if state.focused:
            ring = QRectF(rect).adjusted(2, 1, -2, -1)
            rounded(painter, ring, 6, None, color("accent"), 2)

    def paint_section(self, painter: QPainter, rect: QRect, section: Section) -> None:
        """Paint a header row: sunken ground, name and count, a line above and below."""
        color = self.theme.color
        painter.fillRect(rect, color("sunken"))
        hairline(painter, rect.left(), rect.bottom(), rect.right() + 1, color("line"))
        x = rect.left() + self.theme.px(self.section_edge)
        width = self.text(
            painter, x, rect.top(), rect.height(), section.title, "small_strong", section.tone
        )
        if section.count is not None:
            self.text(
                painter,
                x + width + self.theme.px(8),
                rect.top(),
                rect.height(),
                count_text(section.count),
                "small",
                "text2" if section.tone == "text2" else section.tone,
            )

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        section = isinstance(index.data(ROW_ROLE), Section)
        return QSize(100, self.theme.px(self.section_height if section else self.height))

    def text(
        self,
        painter: QPainter,
        x: float,
        y: float,
        h: float,
        text: str,
        role: str,
        token: str | QColor,
        room: float | None = None,
        *,
        code: bool = False,
    ) -> int:
        """Paint one line centred in the band y … y+h; elide to `room`; returns its width."""
        if room is not None and room <= 0:
            return 0
        metrics = self.theme.metrics(role, code=code)
        width = metrics.horizontalAdvance(text)
        if room is not None and width > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(text)
        painter.setFont(self.theme.font(role, code=code))
        painter.setPen(self.theme.color(token) if isinstance(token, str) else token)
        base = y + (h - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(round(x), round(base), text)
        return math.ceil(width)

    def text_right(
        self,
        painter: QPainter,
        right: float,
        y: float,
        h: float,
        text: str,
        role: str,
        token: str | QColor,
    ) -> int:
        """Paint one line that ends at `right`; returns its width."""
        width = math.ceil(self.theme.metrics(role).horizontalAdvance(text))
        self.text(painter, right - width, y, h, text, role, token)
        return width

    def icon(
        self, painter: QPainter, x: float, center_y: float, name: str, size: int, token: str
    ) -> None:
        """Paint an icon of `size` design pixels, centred on `center_y`."""
        side = self.theme.px(size)
        draw_icon(painter, x, center_y - side / 2, name, side, self.theme.color(token))
