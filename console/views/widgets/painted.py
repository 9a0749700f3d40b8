"""What all painted parts share: the theme, and drawing that stays sharp on every screen."""

from __future__ import annotations

# The names in Qt cost 12 ms at their first use: not before the first window is painted (D01).
from PySide6 import QtCore
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from console.views.theme.theme import Theme, current


class Painted(QWidget):
    """A widget that paints itself with the theme in force and follows its changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Follow the theme; subclasses override `_on_theme_changed` when they cache anything."""
        super().__init__(parent)
        self.theme: Theme = current()
        self.theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


def rounded(
    painter: QPainter,
    rect: QRect | QRectF,
    radius: float,
    fill: QColor | None,
    border: QColor | None = None,
    width: float = 1.0,
) -> None:
    """Paint a rounded rectangle whose border lies fully inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2 if border is not None else 0.0
    box = QRectF(rect).adjusted(half, half, -half, -half)
    painter.setPen(QPen(border, width) if border is not None else QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else QtCore.Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius - half / 2, radius - half / 2)
    painter.restore()


def hairline(painter: QPainter, x1: int, y: int, x2: int, color: QColor) -> None:
    """Paint a horizontal line of one pixel, aligned to the pixel grid, x2 not included."""
    painter.fillRect(QRect(x1, y, x2 - x1, 1), color)


def draw_text(painter: QPainter, x: float, y: float, h: float, text: str) -> None:
    """Paint one line of plain text, centred vertically in the band from y to y + h."""
    metrics = painter.fontMetrics()
    base = y + (h - metrics.height()) / 2 + metrics.ascent()
    painter.drawText(round(x), round(base), text)


def plain_tooltip(text: str) -> str:
    """Tooltip text that Qt never reads as HTML, whatever a stranger typed."""
    if "<" in text or "&" in text:
        import html

        return f"<span>{html.escape(text)}</span>"
    return text
