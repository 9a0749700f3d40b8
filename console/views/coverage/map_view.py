"""A simple map of outlines: a shade and a number per area, one area chosen (F17).

Painted from the outlines that the team keeps; no map of elsewhere is asked for. A shade never says
it alone: the number stands in the area where it fits, and always in the table and the line below.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.coverage import AreaCoverage, shade
from console.views.coverage.words import coverage_words, facts_words, shade_color
from console.views.widgets.painted import Painted, rounded

if TYPE_CHECKING:
    from console.domain.coverage_map import MapArea

MARGIN = 18
NO_OUTLINES = "Van deze gebieden is geen grens bekend. De tabel klopt ook zonder kaart."
_STEPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_ARROWS = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class CoverageMap(Painted):
    """The map. Arrows go to the area that lies there, Enter opens it, a click chooses it."""

    spoken_role = "Chart"

    chosen = Signal(str)
    activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_areas`."""
        super().__init__(parent)
        self._areas: tuple[MapArea, ...] = ()
        self._rows: Mapping[str, AreaCoverage] = {}
        self._raw: dict[str, QPainterPath] = {}
        self._paths: dict[str, QPainterPath] = {}
        self._labels: dict[str, QPointF] = {}
        self._current = ""
        self._ground: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Kaart van de dekking")
        self._say()

    def set_areas(self, areas: Sequence[MapArea], rows: Sequence[AreaCoverage]) -> None:
        """Show these outlines with the numbers of these lines."""
        self._rows = {row.id: row for row in rows}
        known = tuple(one for one in areas if one.id in self._rows)
        if known != self._areas:
            self._areas = known
            self._raw = {one.id: _path(one) for one in known}
            self._fit()
        self._redraw()
        self._say()

    def set_current(self, area_id: str) -> None:
        """Choose an area; one without an outline is chosen nowhere on the map."""
        if area_id != self._current:
            self._current = area_id
            self._say()
            self.update()

    def current_id(self) -> str:
        """The area that is chosen, on the map or not."""
        return self._current

    def step(self, way: str) -> bool:
        """Choose the nearest area to the left, right, up or down; False where none lies there."""
        here = self._labels.get(self._current)
        if here is None:
            first = next(iter(self._labels), "")
            if first:
                self._choose(first)
            return bool(first)
        across, along = _STEPS[way]
        best, nearest = "", math.inf
        for key, there in self._labels.items():
            gone = there - here
            ahead = gone.x() * across + gone.y() * along
            aside = abs(gone.x() * along) + abs(gone.y() * across)
            if key == self._current or ahead <= 0 or aside > 2 * ahead:
                continue
            far = math.hypot(ahead, 2 * aside)
            if far < nearest:
                best, nearest = key, far
        if best:
            self._choose(best)
        return bool(best)

    def area_at(self, point: QPointF) -> str:
        """Return the area under a point of the widget; the smallest where several lie there."""
        found = [key for key, path in self._paths.items() if path.contains(point)]
        return found[-1] if found else ""

    def point_of(self, area_id: str) -> QPointF | None:
        """Return a point of the widget inside an area; None where it is not on the map."""
        return self._labels.get(area_id)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self.theme.px(340))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.theme.px(140))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self.step(_ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self.activated.emit(self._current)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.area_at(event.position())
        if found:
            self._choose(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.area_at(event.position())
        if found:
            self.activated.emit(found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._ground is None:
            self._ground = self._painted()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._ground)
        path = self._paths.get(self._current)
        if path is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.color("surface"), 5))
            painter.drawPath(path)
            painter.setPen(QPen(self.theme.color("accent"), 3))
            painter.drawPath(path)
            self._name_tag(painter)
        if self.hasFocus():
            ring = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            rounded(painter, ring, 6, None, self.theme.color("accent"), 2)
        painter.end()

    def _choose(self, area_id: str) -> None:
        self.set_current(area_id)
        self.chosen.emit(area_id)

    def _say(self) -> None:
        row = self._rows.get(self._current)
        if not self._areas:
            said = NO_OUTLINES
        elif row is None:
            said = f"{len(self._areas)} gebieden. Met de pijlen kiest u er een."
        else:
            there = "" if self._current in self._raw else " Dit gebied heeft geen grens."
            said = f"{row.name}: {facts_words(row)}.{there}"
        self.setAccessibleDescription(said)

    def _fit(self) -> None:
        """Scale the outlines into the widget, north up."""
        self._paths, self._labels = {}, {}
        bounds = QRectF()
        for path in self._raw.values():
            bounds = bounds.united(path.boundingRect())
        edge = 2 * self.theme.px(MARGIN)
        wide, high = self.width() - edge, self.height() - edge
        if bounds.isEmpty() or wide <= 0 or high <= 0:
            return
        scale = min(wide / bounds.width(), high / bounds.height())
        turn = QTransform()
        turn.translate(self.width() / 2, self.height() / 2)
        turn.scale(scale, -scale)
        turn.translate(-bounds.center().x(), -bounds.center().y())
        for one in self._areas:
            self._paths[one.id] = turn.map(self._raw[one.id])
            self._labels[one.id] = turn.map(QPointF(*one.label))

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        made.setDevicePixelRatio(ratio)
        color = self.theme.color
        made.fill(color("sunken"))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._paths:
            self._paint_none(painter)
        border = QPen(color("edge"), 1)
        for key, path in self._paths.items():
            dark = shade(self._rows[key].per_thousand)
            painter.setPen(border)
            if dark is None:
                painter.setBrush(color("surface"))
                painter.drawPath(path)
                painter.setBrush(QBrush(color("edge"), Qt.BrushStyle.BDiagPattern))
            else:
                painter.setBrush(QColor(shade_color(self.theme.tokens, dark)))
            painter.drawPath(path)
        self._paint_numbers(painter)
        painter.end()
        return made

    def _paint_none(self, painter: QPainter) -> None:
        painter.setFont(self.theme.font("body"))
        painter.setPen(self.theme.color("text2"))
        room = QRectF(self.rect()).adjusted(*([self.theme.px(24)] * 2), *([-self.theme.px(24)] * 2))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), NO_OUTLINES)

    def _paint_numbers(self, painter: QPainter) -> None:
        """Write numbers where they fit in their area, the larger areas first, none over another."""
        metrics = self.theme.metrics("small_strong")
        painter.setFont(self.theme.font("small_strong"))
        taken: list[QRectF] = []
        for key, path in self._paths.items():
            row = self._rows[key]
            words = coverage_words(row) if row.per_thousand is not None else "?"
            wide, high = metrics.horizontalAdvance(words), metrics.height()
            middle = self._labels[key]
            box = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
            if not path.boundingRect().contains(box):
                # The cheap question first: on a map of thousands hardly any has room.
                continue
            if not path.contains(box) or any(box.intersects(other) for other in taken):
                continue
            taken.append(box)
            if row.per_thousand is None:
                rounded(painter, box.adjusted(-3, 0, 3, 0), 3, self.theme.color("surface"))
            painter.setPen(self.theme.color("text"))
            painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), words)

    def _name_tag(self, painter: QPainter) -> None:
        """Write name and number of the chosen area in a box over it, within the widget."""
        row, px = self._rows[self._current], self.theme.px
        metrics = self.theme.metrics("small_strong")
        words = metrics.elidedText(
            f"{row.name}  {coverage_words(row)}",
            Qt.TextElideMode.ElideMiddle,
            max(px(40), self.width() - px(40)),
        )
        wide, high = metrics.horizontalAdvance(words) + px(16), metrics.height() + px(8)
        middle = self._labels[self._current]
        x = min(max(middle.x() - wide / 2, px(6)), self.width() - wide - px(6))
        y = min(max(middle.y() - high / 2, px(6)), self.height() - high - px(6))
        box = QRectF(x, y, wide, high)
        rounded(painter, box, 5, self.theme.color("raised"), self.theme.color("accent"))
        painter.setFont(self.theme.font("small_strong"))
        painter.setPen(self.theme.color("text"))
        painter.drawText(QPointF(x + px(8), y + px(4) + metrics.ascent()), words)

    def _redraw(self) -> None:
        self._ground = None
        self.update()

    def _on_theme_changed(self) -> None:
        self._fit()
        self._redraw()
        super()._on_theme_changed()


def _path(area: MapArea) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in area.rings:
        path.moveTo(*ring[0])
        for point in ring[1:]:
            path.lineTo(*point)
        path.closeSubpath()
    return path
