"""The shades of the map with their words."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.coverage.words import legend, shade_color
from console.views.widgets.painted import Painted, draw_text, rounded

_LINE = 22


class Legend(Painted):
    """Swatches that flow over as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """The shades are fixed, so there is nothing to set."""
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Legenda")
        words = "; ".join(f"tint {at + 1} {said}" for at, (_, said) in enumerate(legend()))
        self.setAccessibleDescription(f"Groepen per 1.000 inwoners: {words}")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = max((line for line, _, _, _ in self._places(width)), default=0) + 1
        return lines * self.theme.px(_LINE)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(300), self.heightForWidth(self.width() or self.theme.px(300)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(_LINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A layout asks for the height before it knows the width; here both are known.
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color, px = self.theme.color, self.theme.px
        high, side = px(_LINE), px(12)
        painter.setFont(self.theme.font("small"))
        for line, x, dark, words in self._places(self.width()):
            box = QRectF(x, line * high + (high - side) / 2, side, side)
            fill = color("surface") if dark is None else QColor(
                shade_color(self.theme.tokens, dark)
            )  # fmt: skip
            rounded(painter, box, 3, fill, color("edge"))
            if dark is None:
                inside = box.adjusted(1, 1, -1, -1)
                painter.fillRect(inside, QBrush(color("edge"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(color("text2"))
            draw_text(painter, x + side + px(6), line * high, high, words)
        painter.end()

    def _places(self, width: int) -> list[tuple[int, int, int | None, str]]:
        px, metrics = self.theme.px, self.theme.metrics("small")
        found: list[tuple[int, int, int | None, str]] = []
        line = x = 0
        for dark, words in legend():
            wide = px(18) + math.ceil(metrics.horizontalAdvance(words))
            if x and x + wide > width:
                line, x = line + 1, 0
            found.append((line, x, dark, words))
            x += wide + px(16)
        return found
