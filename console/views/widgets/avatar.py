"""Two letters of a name in a circle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.text import initials
from console.views.widgets.painted import Painted, rounded


class Avatar(Painted):
    """Decoration beside a name; `mine` is indigo, others grey."""

    def __init__(
        self, name: str, *, mine: bool = True, size: int = 30, parent: QWidget | None = None
    ) -> None:
        """`size` is design pixels."""
        super().__init__(parent)
        self._name = name
        self._mine = mine
        self._side = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str, *, mine: bool | None = None) -> None:
        """Show somebody else."""
        self._name = name
        if mine is not None:
            self._mine = mine
        self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        rect = QRectF(self.rect())
        rounded(painter, rect, rect.height() / 2, color("sel" if self._mine else "press"))
        painter.setFont(self.theme.font("small_strong"))
        painter.setPen(color("accent" if self._mine else "text2"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(self._name))
        painter.end()
