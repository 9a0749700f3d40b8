"""A square code that a telephone reads: dark squares on white, in a dark theme too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.widgets.painted import Painted, rounded

MARGIN = 4
"""Light squares round the code; fewer and some telephones do not find it (ISO 18004)."""


class SquareCode(Painted):
    """Shows one code; `name` says aloud what it is for. Without squares nothing is painted."""

    def __init__(self, name: str, *, side: int = 188, parent: QWidget | None = None) -> None:
        """`side` is about how large it gets, in design pixels."""
        super().__init__(parent)
        self._side = side
        self._rows: Sequence[Sequence[bool]] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_squares(self, rows: Sequence[Sequence[bool]]) -> None:
        """Show another code: rows of dark (True) and light squares."""
        self._rows = rows
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # Whole pixels only: a telephone reads sharp edges better than a little more size.
        side = self._unit() * self._count() if self._rows else self.theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        white = QColor(Qt.GlobalColor.white)
        rounded(painter, QRectF(self.rect()), 6, white, self.theme.color("line2"))
        unit = self._unit()
        start = (self.width() - unit * len(self._rows)) // 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    left, top = start + x * unit, start + y * unit
                    painter.fillRect(left, top, unit, unit, Qt.GlobalColor.black)
        painter.end()

    def _count(self) -> int:
        return len(self._rows) + 2 * MARGIN

    def _unit(self) -> int:
        return max(1, round(self.theme.px(self._side) / self._count()))
