"""A slim painted scroll bar that never takes the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from console.views.theme.theme import current
from console.views.widgets.painted import rounded

_WIDTH = 12
_THUMB = 6


class SlimScrollBar(QScrollBar):
    """Twelve pixels wide, of which a thumb of six is painted; nothing when all fits."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        """Give it to a view with setVerticalScrollBar."""
        super().__init__(orientation, parent)
        self.theme = current()
        self.ground = "surface"
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def sizeHint(self) -> QSize:
        if self.orientation() == Qt.Orientation.Vertical:
            return QSize(_WIDTH, 40)
        return QSize(40, _WIDTH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color(self.ground))
        if self.maximum() > self.minimum():
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            slider = self.style().subControlRect(
                QStyle.ComplexControl.CC_ScrollBar,
                option,
                QStyle.SubControl.SC_ScrollBarSlider,
                self,
            )
            if self.orientation() == Qt.Orientation.Vertical:
                thumb = QRectF(
                    (self.width() - _THUMB) / 2, slider.top() + 2, _THUMB, slider.height() - 4
                )
            else:
                thumb = QRectF(
                    slider.left() + 2, (self.height() - _THUMB) / 2, slider.width() - 4, _THUMB
                )
            rounded(painter, thumb, _THUMB / 2, self.theme.color("lav"))
        painter.end()
