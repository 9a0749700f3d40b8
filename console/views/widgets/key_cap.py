"""Key caps: the keys of an act, painted beside its words."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.theme.theme import Theme, current
from console.views.widgets.painted import Painted, rounded

_GAP = 3
_PAD = 5
_HEIGHT = 18


def split_keys(key: str) -> list[str]:
    """Caps of a key in writing: "Ctrl+Shift+C" is three, "/" and "1-3" are one, "Ctrl++" two."""
    if key == "+":
        return ["+"]
    if key.endswith("++"):
        return [*key[:-2].split("+"), "+"]
    return [part for part in key.split("+") if part]


def caps_width(theme: Theme, key: str) -> int:
    """Width of the caps of `key`, in logical pixels."""
    metrics = theme.metrics("key")
    caps = split_keys(key)
    width = sum(max(theme.px(_HEIGHT), _cap(theme, metrics.horizontalAdvance(c))) for c in caps)
    return width + theme.px(_GAP) * max(0, len(caps) - 1)


def _cap(theme: Theme, text_width: float) -> int:
    return math.ceil(text_width) + 2 * theme.px(_PAD)


def paint_caps(painter: QPainter, x: float, center_y: float, key: str, tone: str = "plain") -> int:
    """Paint the caps of `key` from x on, centred on `center_y`; returns their width.

    Tone is "plain", "filled" (on a filled button) or "off" (on a disabled one).
    """
    theme = current()
    metrics = theme.metrics("key")
    painter.save()
    painter.setFont(theme.font("key"))
    height = theme.px(_HEIGHT)
    top = round(center_y - height / 2)
    start = left = round(x)
    for cap in split_keys(key):
        advance = metrics.horizontalAdvance(cap)
        width = max(height, _cap(theme, advance))
        fill: QColor | None
        border: QColor | None
        if tone == "filled":
            fill, border, ink = theme.color("fillcap"), None, theme.color("white")
        elif tone == "off":
            fill, border, ink = None, theme.color("kbdline"), theme.color("off")
        else:
            fill, border = theme.color("kbd"), theme.color("kbdline")
            ink = theme.color("text2")
        rounded(painter, QRectF(left, top, width, height), 4, fill, border)
        painter.setPen(ink)
        base = top + (height - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(round(left + (width - advance) / 2), round(base), cap)
        left += width + theme.px(_GAP)
    painter.restore()
    return left - theme.px(_GAP) - start


class KeyCap(Painted):
    """Key caps on their own, such as "Esc" beside a close button. Decoration: no name."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        """`key` in writing, such as "Ctrl+Enter"."""
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        """Show another key."""
        if key != self._key:
            self._key = key
            self._on_theme_changed()

    def sizeHint(self) -> QSize:
        return QSize(caps_width(self.theme, self._key), self.theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_caps(painter, 0, self.height() / 2, self._key)
        painter.end()
