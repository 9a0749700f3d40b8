"""How long a claim still holds: a ring that empties, clockwise from the top."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.theme.theme import current
from console.views.widgets.painted import Painted


def paint_lease_ring(
    painter: QPainter, x: float, center_y: float, share: float, *, mine: bool
) -> None:
    """Paint a ring of 12 px with `share` (0 to 1) of its time left; indigo when it is mine."""
    theme = current()
    side = theme.px(12)
    box = QRectF(x + 1, center_y - side / 2 + 1, side - 2, side - 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("line2"), 2))
    painter.drawEllipse(box)
    pen = QPen(theme.color("accent" if mine else "text3"), 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawArc(box, 90 * 16, -round(max(0.0, min(1.0, share)) * 360 * 16))
    painter.restore()


class LeaseRing(Painted):
    """The ring on its own; decoration, the minutes stand beside it in words."""

    spoken_role = "Graphic"

    def __init__(
        self, share: float = 1.0, *, mine: bool = True, parent: QWidget | None = None
    ) -> None:
        """`share` of the time left, 0 to 1."""
        super().__init__(parent)
        self._share = share
        self._mine = mine
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_lease(self, share: float, *, mine: bool) -> None:
        """Show another share or holder."""
        self._share, self._mine = share, mine
        self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.px(12)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_lease_ring(painter, 0, self.height() / 2, self._share, mine=self._mine)
        painter.end()
