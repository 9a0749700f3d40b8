"""Lamps: an outside source, its state in shape and colour, its age in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.widgets.painted import Painted, draw_text

STATES: dict[str, tuple[str, str, str]] = {
    "good": ("ring-check", "greenfill", "text2"),
    "old": ("triangle-alert", "amberfill", "amber"),
    "gone": ("ring-cross", "redmark", "red"),
    "unknown": ("ring-question", "amberfill", "amber"),
    "unset": ("dashed-ring", "text3", "text2"),
}
"""State: icon, its colour, colour of the age."""


class Lamp(Painted):
    """Icon, name, age. Nothing is green by default: it starts as unknown."""

    spoken_role = "StaticText"

    def __init__(
        self, name: str, state: str = "unknown", age: str = "", parent: QWidget | None = None
    ) -> None:
        """`state` is a key of STATES."""
        super().__init__(parent)
        self._name = name
        self._state = state
        self._age = age
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._speak(None)

    def set_state(self, state: str, age: str, spoken: str | None = None) -> None:
        """Show a state and its age; `spoken` is the full sentence when `age` is shortened."""
        changed = (state, age) != (self._state, self._age)
        self._state, self._age = state, age
        self._speak(spoken)
        if changed:
            self.updateGeometry()
            self.update()

    def state(self) -> str:
        """The state on show."""
        return self._state

    def sizeHint(self) -> QSize:
        px = self.theme.px
        width = px(16) + px(6)
        width += math.ceil(self.theme.metrics("small_medium").horizontalAdvance(self._name))
        if self._age:
            width += px(6) + math.ceil(self.theme.metrics("small").horizontalAdvance(self._age))
        return QSize(width + 1, px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        icon, icon_color, ink = STATES[self._state]
        draw_icon(painter, 0, (self.height() - px(16)) / 2, icon, px(16), color(icon_color))
        painter.setFont(self.theme.font("small_medium"))
        painter.setPen(color("text"))
        x = px(16) + px(6)
        draw_text(painter, x, 0, self.height(), self._name)
        if self._age:
            x += math.ceil(self.theme.metrics("small_medium").horizontalAdvance(self._name)) + px(6)
            painter.setFont(self.theme.font("small"))
            painter.setPen(color(ink))
            draw_text(painter, x, 0, self.height(), self._age)
        painter.end()

    def _speak(self, spoken: str | None) -> None:
        sentence = spoken or f"{self._name}: {self._age or 'onbekend'}."
        self.setAccessibleName(sentence)
        self.setToolTip(spoken or "")
