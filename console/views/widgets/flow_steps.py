"""The steps of a flow in the header: done, now, later."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.widgets.painted import Painted, draw_text, rounded

_DISC = 20
_GAP = 6
_REACH = 40


class FlowSteps(Painted):
    """One, two, three; not a control. Narrow windows drop the words of the other steps."""

    def __init__(
        self, steps: Sequence[str], current_step: int = 1, parent: QWidget | None = None
    ) -> None:
        """`current_step` counts from 1."""
        super().__init__(parent)
        self._steps = list(steps)
        self._current = current_step
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_step(current_step)

    def set_step(self, current_step: int) -> None:
        """Go to another step, counted from 1."""
        self._current = current_step
        name = self._steps[current_step - 1]
        self.setAccessibleName(f"Stap {current_step} van {len(self._steps)}: {name}")
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show words of the current step only."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self.theme.px
        width = 0
        for number, name in enumerate(self._steps, 1):
            width += px(_DISC) + self._word(number, name) + (px(_REACH) if number > 1 else 0)
        return QSize(width, px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        side, middle = px(_DISC), self.height() / 2
        x = 0
        for number, name in enumerate(self._steps, 1):
            if number > 1:
                line = QRectF(x + px(11), middle - 1, px(_REACH - 20), 2)
                painter.fillRect(line, color("line"))
                x += px(_REACH)
            disc = QRectF(x, middle - side / 2, side, side)
            now, done = number == self._current, number < self._current
            if now:
                rounded(painter, disc, side / 2, color("accentfill"))
            elif done:
                rounded(painter, disc, side / 2, None, color("accent"), 1.5)
                inner = px(14)
                place = (side - inner) / 2
                draw_icon(painter, x + place, middle - inner / 2, "check", inner, color("accent"))
            else:
                rounded(painter, disc, side / 2, None, color("edge"), 1.5)
            if not done:
                painter.setFont(self.theme.font("small_strong"))
                painter.setPen(color("white" if now else "text2"))
                painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number))
            word = self._word(number, name)
            if word:
                painter.setFont(self.theme.font("body_strong" if now else "body_medium"))
                painter.setPen(color("text" if now else "text2"))
                draw_text(painter, x + side + px(_GAP), 0, self.height(), name)
            x += side + word
        painter.end()

    def _word(self, number: int, name: str) -> int:
        if self._narrow and number != self._current:
            return 0
        role = "body_strong" if number == self._current else "body_medium"
        return self.theme.px(_GAP) + math.ceil(self.theme.metrics(role).horizontalAdvance(name))
