"""Ticks and single radio buttons, painted; Space presses them."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.theme.theme import current
from console.views.widgets.painted import rounded

_BOX = 16
_EDGE = 2
_GAP = 7


def paint_tick(
    painter: QPainter,
    x: float,
    center_y: float,
    *,
    on: bool,
    focus: bool = False,
    off: bool = False,
) -> None:
    """Paint a tick box of 16 px with its left edge at x, centred on `center_y`; for delegates."""
    theme = current()
    color, side = theme.color, theme.px(_BOX)
    box = QRectF(round(x), round(center_y - side / 2), side, side)
    if on:
        rounded(painter, box, 4, color("off" if off else "accentfill"))
        inner = side - 4
        white = color("white")
        draw_icon(painter, box.x() + 2, box.y() + 2, "check-small", inner, white)
    else:
        ground = color("press") if off else color("surface")
        rounded(painter, box, 4, ground, color("edge"), 1.5)
    if focus:
        rounded(painter, box.adjusted(-2, -2, 2, 2), 6, None, color("accent"), 1.5)


def paint_radio(
    painter: QPainter, x: float, center_y: float, *, on: bool, focus: bool = False
) -> None:
    """Paint a radio button of 16 px with its left edge at x, centred on `center_y`."""
    theme = current()
    color, side = theme.color, theme.px(_BOX)
    box = QRectF(round(x), round(center_y - side / 2), side, side)
    if on:
        rounded(painter, box, side / 2, color("accentfill"))
        dot = side * 0.31
        rounded(painter, box.adjusted(dot, dot, -dot, -dot), side, color("white"))
    else:
        rounded(painter, box, side / 2, color("surface"), color("edge"), 1.5)
    if focus:
        rounded(painter, box.adjusted(-2, -2, 2, 2), side, None, color("accent"), 1.5)


def _hint(button: QAbstractButton) -> QSize:
    theme = current()
    width = theme.px(_BOX) + 2 * _EDGE
    if button.text():
        metrics = theme.metrics("body")
        width += theme.px(_GAP) + math.ceil(metrics.horizontalAdvance(button.text()))
    return QSize(width, max(24, theme.px(24)))


def _paint_label(button: QAbstractButton, painter: QPainter) -> None:
    theme = current()
    metrics = theme.metrics("body")
    painter.setFont(theme.font("body"))
    painter.setPen(theme.color("text" if button.isEnabled() else "off"))
    x = _EDGE + theme.px(_BOX) + theme.px(_GAP)
    text = metrics.elidedText(button.text(), Qt.TextElideMode.ElideRight, button.width() - x)
    base = (button.height() - metrics.height()) / 2 + metrics.ascent()
    painter.drawText(x, round(base), text)


class Tick(QCheckBox):
    """A tick with its words; without words give a `name`."""

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        """The state is read aloud by Qt itself."""
        super().__init__(text.replace("&", "&&"), parent)
        self.theme = current()
        self.theme.changed.connect(self._on_theme_changed)
        self.setAccessibleName(name or text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return _hint(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self.theme.px(60)), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_tick(
            painter,
            _EDGE,
            self.height() / 2,
            on=self.isChecked(),
            focus=self.hasFocus(),
            off=not self.isEnabled(),
        )
        _paint_label(self, painter)
        painter.end()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class Radio(QRadioButton):
    """One of several answers; those with the same parent exclude each other."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Arrow keys move between the answers of one parent."""
        super().__init__(text.replace("&", "&&"), parent)
        self.theme = current()
        self.theme.changed.connect(self._on_theme_changed)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return _hint(self)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_radio(painter, _EDGE, self.height() / 2, on=self.isChecked(), focus=self.hasFocus())
        _paint_label(self, painter)
        painter.end()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
