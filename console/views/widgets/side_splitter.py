"""A list beside a detail: the list keeps a width per width of the window (screens.md §3)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from console.views.theme.theme import current

LEAST = 340
"""A pane narrower than this, in design pixels, cannot be read: the panes stand above each other."""

STANDING = 280
"""How high each of them is then, at the least."""

ROOM = 100
"""What a pane gets then over the least it asks for, so that its list shows rows."""


class _Handle(QSplitterHandle):
    """One line of one pixel; Qt widens the part that can be grabbed."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("line"))
        painter.end()


class SideSplitter(QSplitter):
    """Two panes. Extra width goes to the right one, never to the list beyond its upper bound.

    ``widths`` maps the least width of the window to the width of the list, both design pixels.
    ``width_chosen`` fires when somebody dragged the line: the class of window and the width.
    """

    width_chosen = Signal(int, int)

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        widths: Mapping[int, int],
        low: int = 440,
        high: int = 680,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = current()
        self._widths = dict(sorted(widths.items(), reverse=True))
        self._low, self._high = low, high
        self._class = -1
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._left, self._right = left, right
        self.addWidget(left)
        self.addWidget(right)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._on_moved)
        self.theme.changed.connect(self._on_theme_changed)

    def set_width(self, window: int, width: int) -> None:
        """Use a width that was chosen before for this class of window."""
        if window in self._widths and self._low <= width <= self._high:
            self._widths[window] = width
            self._class = -1
            self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.count() > 1:
            self._stand()
        return super().event(event)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        window = self.window().width()
        if self._stand():
            return
        found = next((least for least in self._widths if window >= self.theme.px(least)), 0)
        if found == self._class or self.width() <= 0:
            return
        self._class = found
        left = min(self.theme.px(self._widths.get(found, self._low)), self.width() // 2)
        self.setSizes([left, self.width() - left - 1])

    def _stand(self) -> bool:
        """Put the panes one under the other where two of them are too narrow to read; say if so."""
        px = self.theme.px
        upright = self.width() < px(2 * LEAST)
        across = Qt.Orientation.Horizontal
        way = Qt.Orientation.Vertical if upright else across
        if self.orientation() != way:
            self._class = -1
            self.setOrientation(way)
        for part in (self._left, self._right):
            own = part.minimumSizeHint().height() + px(ROOM)
            part.setMinimumHeight(max(own, px(STANDING)) if upright else 0)
        return upright

    def _on_moved(self, place: int, _number: int) -> None:
        if self.orientation() == Qt.Orientation.Vertical:
            return
        bound = max(self.theme.px(self._low), min(self.theme.px(self._high), place))
        bound = min(bound, max(1, self.width() - self.theme.px(400)))
        if bound != place:
            self.setSizes([bound, self.width() - bound - 1])
        width = round(bound * 100 / self.theme.scale)
        self._widths[self._class] = width
        self.width_chosen.emit(self._class, width)

    def _on_theme_changed(self) -> None:
        # The parts ask for their new sizes after this; only then is there something to fit.
        self._class = -1
        QTimer.singleShot(0, self._fit)
