"""The plan of places, painted from a kept outline; a table says the same in words (F20)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.signs import SignPlan, Spot
from console.views.widgets.painted import Painted, rounded

HEIGHT = 260
MARGIN = 22
NORTH = "noord boven"
LEAST_M = 400.0
"""A plan never shows less than this many metres, so that two near places do not fill it."""

FAR_M = 1_000.0
"""A place further than this from the box around its area is asked about."""

_STEPS_M = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)


class PlanView(Painted):
    """Outline of the area with numbered places, north up, and how long a stretch is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = QPainterPath()
        self._spots: tuple[tuple[int, Spot], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_plan(self, plan: SignPlan, spots: Sequence[Spot]) -> None:
        """Show an outline and the places that have a point on the map."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for ring in plan.rings:
            path.moveTo(*ring[0])
            for point in ring[1:]:
                path.lineTo(*point)
            path.closeSubpath()
        self._outline = path
        self._spots = tuple((n, one) for n, one in enumerate(spots, 1) if one.located)
        said = ", ".join(f"{n}: {one.text}" for n, one in self._spots)
        self.setAccessibleName(f"Plattegrond met plekken. {said}")
        self.update()

    def is_empty(self) -> bool:
        """Whether no place has a point on the map."""
        return not self._spots

    def far(self) -> list[int]:
        """The numbers of places so far from the outline that a figure must be wrong."""
        around = self._outline.boundingRect()
        if around.isEmpty():
            return []
        near = around.adjusted(-FAR_M, -FAR_M, FAR_M, FAR_M)
        return [n for n, one in self._spots if not near.contains(QPointF(one.x, one.y))]

    def points(self) -> list[QPointF]:
        """Where the places are painted, in pixels of this widget."""
        turn, _ = self._turn()
        return [turn.map(QPointF(one.x, one.y)) for _, one in self._spots]

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(360), self.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, px = self.theme.color, self.theme.px
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        rounded(painter, box, 8, color("sunken"), color("line"))
        turn, scale = self._turn()
        painter.setClipRect(box.adjusted(1, 1, -1, -1))
        painter.setPen(QPen(color("edge"), 1.5))
        painter.setBrush(color("surface"))
        painter.drawPath(turn.map(self._outline))
        font = self.theme.font("small_strong")
        painter.setFont(font)
        radius = px(11)
        flags = Qt.AlignmentFlag.AlignCenter
        for number, one in self._spots:
            at = turn.map(QPointF(one.x, one.y))
            painter.setPen(QPen(color("surface"), 2))
            painter.setBrush(color("accent"))
            painter.drawEllipse(at, radius, radius)
            painter.setPen(color("surface"))
            spot = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
            painter.drawText(spot, int(flags), str(number))
        self._paint_scale(painter, scale)
        painter.end()

    def _paint_scale(self, painter: QPainter, scale: float) -> None:
        px, color = self.theme.px, self.theme.color
        fitting = [one for one in _STEPS_M if one * scale <= self.width() / 4]
        metres = fitting[-1] if fitting else _STEPS_M[0]
        wide = metres * scale
        left, base = px(14), self.height() - px(14)
        painter.setPen(QPen(color("text2"), 1.5))
        painter.drawLine(QPointF(left, base), QPointF(left + wide, base))
        painter.setFont(self.theme.font("small"))
        words = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
        painter.drawText(QPointF(left, base - px(5)), words)
        wide = self.theme.metrics("small").horizontalAdvance(NORTH)
        painter.drawText(QPointF(self.width() - px(14) - wide, base), NORTH)

    def _turn(self) -> tuple[QTransform, float]:
        """Return how metres become pixels, and pixels per metre."""
        bounds = QRectF()
        for _, one in self._spots:
            bounds = bounds.united(QRectF(one.x - 1, one.y - 1, 2, 2))
        around = self._outline.boundingRect()
        if not around.isEmpty():
            bounds = bounds.united(around)
        grow_x = max(0.0, LEAST_M - bounds.width()) / 2
        grow_y = max(0.0, LEAST_M - bounds.height()) / 2
        bounds = bounds.adjusted(-grow_x, -grow_y, grow_x, grow_y)
        edge = 2 * self.theme.px(MARGIN)
        scale = min(
            max(1, self.width() - edge) / bounds.width(),
            max(1, self.height() - edge) / bounds.height(),
        )
        turn = QTransform()
        turn.translate(self.width() / 2, self.height() / 2)
        turn.scale(scale, -scale)
        turn.translate(-bounds.center().x(), -bounds.center().y())
        return turn, scale
