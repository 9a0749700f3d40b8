"""Where the screens stand: one at a time, and rolled where the window is too small for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.slim_scroll_bar import SlimScrollBar


class ScreenStack(QStackedWidget):
    """Asks for no more than the screen in front does."""

    def minimumSizeHint(self) -> QSize:
        screen = self.currentWidget()
        if screen is None:
            return QSize(0, 0)
        least = screen.minimumSizeHint().expandedTo(screen.minimumSize())
        if screen.hasHeightForWidth():
            width = max(self.width(), least.width())
            layout = screen.layout()
            if layout is not None:
                least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(width)))
        return least

    def sizeHint(self) -> QSize:
        screen = self.currentWidget()
        return screen.sizeHint() if screen is not None else QSize(0, 0)


class Stage(ScrollArea):
    """Holds the stack of screens. With large letters a screen is higher than the window.

    It is rolled then, and it rolls by itself to what has the keyboard, so nobody who works with
    keys has to look for where they are.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until screens are added to ``stack``."""
        self.stack = ScreenStack()
        super().__init__(self.stack, "bg", parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        across = SlimScrollBar(Qt.Orientation.Horizontal, self)
        across.ground = "bg"
        self.setHorizontalScrollBar(across)
        self.stack.currentChanged.connect(self._on_screen)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _on_screen(self, _place: int) -> None:
        self.stack.updateGeometry()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        rolled = self.verticalScrollBar().maximum() or self.horizontalScrollBar().maximum()
        if now is not None and rolled and self.stack.isAncestorOf(now):
            edge = self.theme.px(12)
            self.ensureWidgetVisible(now, edge, edge)
