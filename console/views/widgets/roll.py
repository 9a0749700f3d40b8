"""A part that can be rolled up and down where its window is too low for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.theme.theme import current
from console.views.widgets.slim_scroll_bar import SlimScrollBar


class Roll(QWidget):
    """Gives its content the height there is, and never less than it needs.

    Not a QScrollArea: that one asks lists for their whole height, and a list that can be shorter
    has to scroll by itself before the whole popup does.
    """

    def __init__(self, content: QWidget, ground: str = "raised") -> None:
        """``content`` has a layout; ``ground``: the token of the colour behind it."""
        super().__init__()
        self.theme = current()
        self._content = content
        content.setParent(self)
        self._bar = SlimScrollBar(Qt.Orientation.Vertical, self)
        self._bar.ground = ground
        self._bar.setSingleStep(self.theme.px(24))
        self._bar.valueChanged.connect(self._on_rolled)
        self._bar.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self._content.layout()
        wanted = layout.totalHeightForWidth(width) if layout is not None else -1
        return wanted if wanted >= 0 else self._content.sizeHint().height()

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        least = self._content.minimumSizeHint()
        return QSize(least.width(), min(least.height(), self.theme.px(96)))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self.fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._bar.isVisible():
            event.ignore()
            return
        turned = event.pixelDelta().y() or event.angleDelta().y() / 120 * self.theme.px(48)
        self._bar.setValue(self._bar.value() - round(turned))
        event.accept()

    def fit(self) -> None:
        """Give the content its size again."""
        layout = self._content.layout()
        least = layout.totalMinimumHeightForWidth(self.width()) if layout is not None else 0
        if least < 0:
            least = self._content.minimumSizeHint().height()
        over = max(0, least - self.height())
        self._bar.setRange(0, over)
        self._bar.setPageStep(max(1, self.height()))
        self._bar.setVisible(over > 0)
        wide = self._bar.sizeHint().width()
        self._bar.setGeometry(QRect(self.width() - wide, 0, wide, self.height()))
        self._content.setGeometry(0, -self._bar.value(), self.width(), self.height() + over)
        self._bar.raise_()

    def show_part(self, part: QWidget) -> None:
        """Roll until a part of the content is in sight, its top first."""
        if not self._bar.isVisible() or not self._content.isAncestorOf(part):
            return
        top = part.mapTo(self._content, QPoint(0, 0)).y()
        edge, value = self.theme.px(12), self._bar.value()
        bottom = top + min(part.height(), self.height() - 2 * edge)
        if bottom + edge > value + self.height():
            value = bottom + edge - self.height()
        self._bar.setValue(min(value, max(0, top - edge)))

    def _on_rolled(self, value: int) -> None:
        self._content.move(0, -value)
