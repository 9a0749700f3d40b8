"""Chips: one state, with an icon of its own shape and a word."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.widgets.painted import Painted, rounded

TONES: dict[str, tuple[str, str | None, str, str]] = {
    "red": ("redtint", "redline", "red", "redmark"),
    "amber": ("ambertint", "amberline", "amber", "amberfill"),
    "green": ("greentint", "greenline", "green", "greenfill"),
    "accent": ("sel", None, "accent", "accent"),
    "outline": ("surface", "line2", "text2", "text2"),
    "grey": ("sel2", None, "text2", "text2"),
    "train": ("traintint", None, "train", "train"),
}
"""Tone: ground, border, text, icon."""


class Chip(Painted):
    """A state in one or two words; not a button."""

    spoken_role = "StaticText"

    def __init__(
        self,
        text: str,
        tone: str = "outline",
        icon: str | None = None,
        *,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`tone` is a key of TONES; `strong` prints the word at weight 600."""
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._icon = icon
        self._strong = strong
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_state(self, text: str, tone: str, icon: str | None = None) -> None:
        """Show another state."""
        if (text, tone, icon) != (self._text, self._tone, self._icon):
            self._text, self._tone, self._icon = text, tone, icon
            self.setAccessibleName(text)
            self._on_theme_changed()

    def text(self) -> str:
        """The words on it."""
        return self._text

    def _role(self) -> str:
        return "small_strong" if self._strong else "small_medium"

    def sizeHint(self) -> QSize:
        px = self.theme.px
        width = math.ceil(self.theme.metrics(self._role()).horizontalAdvance(self._text))
        width += px(8) + px(8) + ((px(14) + px(3)) if self._icon else 0)
        return QSize(width, px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        ground, border, ink, icon_ink = TONES[self._tone]
        rect = QRectF(self.rect())
        rounded(painter, rect, 5, color(ground), color(border) if border else None)
        x = px(8)
        if self._icon:
            draw_icon(
                painter, px(7), (self.height() - px(14)) / 2, self._icon, px(14), color(icon_ink)
            )
            x += px(14) + px(3)
        painter.setFont(self.theme.font(self._role()))
        painter.setPen(color(ink))
        metrics = self.theme.metrics(self._role())
        room = self.width() - x - px(7)
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(x, round(base), text)
        painter.end()
