"""The loud number in the rail: how many feedbacks are late."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.theme.theme import Theme, current
from console.views.widgets.painted import Painted, rounded


def badge_width(theme: Theme, text: str, icon: str | None) -> int:
    """Width of a badge, in logical pixels."""
    width = math.ceil(theme.metrics("small_strong").horizontalAdvance(text)) + 2 * theme.px(6)
    return width + ((theme.px(14) + theme.px(2)) if icon else 0)


def paint_badge(painter: QPainter, x: float, y: float, text: str, icon: str | None) -> None:
    """Paint a badge of 20 px high with its top left corner at (x, y): white on red."""
    theme = current()
    px = theme.px
    height = px(20)
    width = badge_width(theme, text, icon)
    rounded(painter, QRectF(x, y, width, height), 5, theme.color("redfill"))
    left = x + px(6)
    if icon:
        draw_icon(painter, left, y + (height - px(14)) / 2, icon, px(14), theme.color("white"))
        left += px(14) + px(2)
    painter.setFont(theme.font("small_strong"))
    painter.setPen(theme.color("white"))
    metrics = theme.metrics("small_strong")
    base = y + (height - metrics.height()) / 2 + metrics.ascent()
    painter.drawText(round(left), round(base), text)


class Badge(Painted):
    """A badge on its own; `name` is read aloud ("1 te laat")."""

    spoken_role = "StaticText"

    def __init__(
        self, text: str, name: str, icon: str | None = "clock", parent: QWidget | None = None
    ) -> None:
        """`text` is the number, `name` what it means."""
        super().__init__(parent)
        self._text = text
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_count(self, text: str, name: str) -> None:
        """Show another number."""
        self._text = text
        self.setAccessibleName(name)
        self._on_theme_changed()

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self.theme, self._text, self._icon), self.theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, 0, 0, self._text, self._icon)
        painter.end()
