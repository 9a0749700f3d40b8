"""Hairlines between blocks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.widgets.painted import Painted


class Divider(Painted):
    """One pixel of line, horizontal or vertical; `dashed` marks what came later."""

    def __init__(
        self,
        *,
        vertical: bool = False,
        token: str = "line",
        dashed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`token` is the colour: "line" or "line2"."""
        super().__init__(parent)
        self._vertical = vertical
        self._token = token
        self._dashed = dashed
        fixed, grow = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if vertical else grow, grow if vertical else fixed)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color(self._token)
        if self._dashed:
            pen = painter.pen()
            pen.setColor(color)
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([5, 3])
            painter.setPen(pen)
            painter.drawLine(0, 0, self.width(), 0)
        else:
            painter.fillRect(self.rect(), color)
        painter.end()
