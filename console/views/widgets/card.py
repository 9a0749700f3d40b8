"""Cards and frames: rounded ground with a hairline, never one inside another."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.views.widgets.painted import Painted, rounded


class Card(Painted):
    """A rounded pane; `column` takes its contents. `bar` is a 3 px bar at the left."""

    def __init__(
        self,
        *,
        ground: str = "surface",
        border: str | None = "line",
        bar: str | None = None,
        radius: int = 8,
        margins: tuple[int, int, int, int] = (16, 12, 16, 12),
        spacing: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Colours are tokens; margins (left, top, right, bottom) are design pixels."""
        super().__init__(parent)
        self._ground = ground
        self._border = border
        self._bar = bar
        self._radius = radius
        self._margins = margins
        self.column = QVBoxLayout(self)
        self.column.setSpacing(spacing)
        self._measure()

    def set_tone(self, ground: str, border: str | None, bar: str | None = None) -> None:
        """Change the colours."""
        self._ground, self._border, self._bar = ground, border, bar
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        rect = QRectF(self.rect())
        border = color(self._border) if self._border else None
        rounded(painter, rect, self._radius, color(self._ground), border)
        if self._bar:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            outline = QPainterPath()
            outline.addRoundedRect(rect, self._radius, self._radius)
            strip = QPainterPath()
            strip.addRect(QRectF(0, 0, 3, rect.height()))
            painter.fillPath(outline.intersected(strip), color(self._bar))
        painter.end()

    def _measure(self) -> None:
        px = self.theme.px
        left, top, right, bottom = self._margins
        self.column.setContentsMargins(px(left), px(top), px(right), px(bottom))

    def _on_theme_changed(self) -> None:
        self._measure()
        super()._on_theme_changed()


class Pane(Painted):
    """A plain ground with optional hairlines at its edges: rails, footers, columns."""

    def __init__(
        self, ground: str = "surface", edges: str = "", parent: QWidget | None = None
    ) -> None:
        """`edges` holds any of the letters l, t, r, b: where a hairline stands."""
        super().__init__(parent)
        self._ground = ground
        self._edges = edges

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        painter.fillRect(self.rect(), color(self._ground))
        line, w, h = color("line"), self.width(), self.height()
        for letter, (x, y, wide, high) in {
            "l": (0, 0, 1, h),
            "t": (0, 0, w, 1),
            "r": (w - 1, 0, 1, h),
            "b": (0, h - 1, w, 1),
        }.items():
            if letter in self._edges:
                painter.fillRect(x, y, wide, high, line)
        painter.end()
