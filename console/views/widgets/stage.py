"""Where the screens stand: one at a time, and rolled where the window is too small for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.slim_scroll_bar import SlimScrollBar


class ScreenStack(QStackedWidget):
    """Asks for no more than the screen in front does."""

    def minimumSizeHint(self) -> QSize:
        screen = self.currentWidget()
        if screen is None:
            return QSize(0, 0)
        least = screen.minimumSizeHint().expandedTo(screen.minimumSize())
        # A bar that goes on to a next line takes more than it asks for at its widest.
        width = max(self.width(), least.width())
        return QSize(least.width(), max(least.height(), _least_height(screen, width)))

    def heightForWidth(self, _width: int) -> int:
        # Asked of the layout, this would be the highest of all screens.
        return self.minimumSizeHint().height()

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

    def roll_to(self, part: QWidget) -> None:
        """Roll until a part of the screen in front is in sight, where it is rolled at all."""
        rolled = self.verticalScrollBar().maximum() or self.horizontalScrollBar().maximum()
        if rolled and self.stack.isAncestorOf(part):
            edge = self.theme.px(12)
            self.ensureWidgetVisible(part, edge, edge)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            self.roll_to(now)


def roll_to(part: QWidget) -> None:
    """Have the stage of a part's window show it: what is to be done now may not lie out of sight."""
    stage = getattr(part.window(), "stage", None)
    if isinstance(stage, Stage):
        stage.roll_to(part)


def _least_height(screen: QWidget, width: int) -> int:
    """Return what the parts of a screen need under each other; a body rolls by itself."""
    layout, total = screen.layout(), 0
    for place in range(layout.count()) if layout is not None else ():
        item = layout.itemAt(place) if layout is not None else None
        if item is None or item.isEmpty():
            continue
        high, part = item.minimumSize().height(), item.widget()
        if part is not None and isinstance(part.layout(), BreakingRow):
            high = max(high, part.heightForWidth(width))
        total += high
    return total
