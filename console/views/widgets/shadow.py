"""The one shadow of the desk, painted once per size under popups and completion lists."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

REACH = 24
DROP = 6


@lru_cache(maxsize=8)
def _picture(width: int, height: int, radius: int, rgba: int, dpr: float) -> QPixmap:
    pixmap = QPixmap(round((width + 2 * REACH) * dpr), round((height + 2 * REACH) * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    whole = QColor.fromRgba(rgba)
    for step in range(REACH):
        # Thin layers from the outside in; together they reach the full strength at the edge.
        share = (step / REACH) ** 1.6
        layer = QColor(whole)
        layer.setAlphaF(min(1.0, whole.alphaF() * 0.11 * share))
        painter.setBrush(layer)
        rect = QRectF(step, step, width + 2 * (REACH - step), height + 2 * (REACH - step))
        corner = radius + REACH - step
        painter.drawRoundedRect(rect, corner, corner)
    painter.end()
    return pixmap


def paint_shadow(painter: QPainter, rect: QRectF, radius: int, color: QColor) -> None:
    """Paint the shadow of `rect`, 24 px wide and 6 px down."""
    device = painter.device()
    dpr = device.devicePixelRatioF() if device is not None else 1.0
    picture = _picture(round(rect.width()), round(rect.height()), radius, color.rgba(), dpr)
    painter.drawPixmap(round(rect.x()) - REACH, round(rect.y()) - REACH + DROP, picture)
