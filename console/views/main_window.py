"""The window of the desk: the rail, the present screen, the status bar, one notice at a time.

It wires nothing to services; the shell presenter does. Before somebody is signed in it shows a
gate (first run, unlock) instead of the frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QByteArray, QRect, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.views.widgets.painted import Painted

if TYPE_CHECKING:
    from console.views.screen import Screen
    from console.views.shell.rail import Rail
    from console.views.shell.status_bar import StatusBar
    from console.views.shell.training_frame import TrainingFrame
    from console.views.widgets.notice import Notice
    from console.views.widgets.stage import Stage
    from console.views.widgets.strip import Strip

MINIMUM = (1100, 700)
NARROW_UNDER = 1200
BAND = 36
FRAME = 6


class MainWindow(Painted):
    """The one window. ``close_requested`` comes instead of closing: the desk ends in order."""

    close_requested = Signal()
    resized = Signal()

    rail: Rail
    status_bar: StatusBar
    strip: Strip
    notice: Notice
    stage: Stage
    stack: QStackedWidget

    def __init__(self, *, training: bool = False, build: bool = True) -> None:
        """Make the window; with ``build`` its parts as well, else ``build`` is called later."""
        super().__init__()
        self.setObjectName("desk")
        self.setMinimumSize(*MINIMUM)
        self.resize(1440, 900)
        self._for_training = training
        self._gate: QWidget | None = None
        self._under_gate: list[QWidget] = []
        self._training: TrainingFrame | None = None
        self._frame: QWidget | None = None
        self._early: Screen | None = None
        self._may_close = False
        self.set_title("")
        if build:
            self.build()

    def build(self) -> None:
        """Make the rail, the status bar and what goes with them; once."""
        from console.views.shell.rail import Rail
        from console.views.shell.status_bar import StatusBar
        from console.views.shell.training_frame import TrainingFrame
        from console.views.widgets.notice import Notice
        from console.views.widgets.stage import Stage
        from console.views.widgets.strip import Strip

        if self._frame is not None:
            return
        self.rail = Rail(self)
        self.status_bar = StatusBar(self)
        self.strip = Strip("amber", "offline", "", "", self)
        self.notice = Notice(self)
        self.stage = Stage(self)
        self.stack = self.stage.stack
        self._training = TrainingFrame(self) if self._for_training else None
        self._frame = QWidget(self)
        right = self._right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.strip)
        right.addWidget(self.stage, 1)
        right.addWidget(self.notice)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        outer = QVBoxLayout(self._frame)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status_bar)
        self.strip.hide()
        self.notice.hide()
        if self.isVisible():
            for part in (self._training, self._frame):
                if part is not None:
                    part.show()
        self._place()

    def set_title(self, team: str) -> None:
        """Show the team in the title of the window; training says so first."""
        name = f"Buurtdesk, {team}" if team else "Buurtdesk"
        self.setWindowTitle(f"OEFENING {name}" if self._for_training else name)

    def show_gate(self, page: QWidget) -> None:
        """Show a page instead of the frame: first run, unlock, or an error at the start."""
        self.close_gate()
        # Popups and panels over the screen stay open, out of sight and out of reach.
        self._under_gate = [
            child
            for child in self.findChildren(
                QWidget, options=QtCore.Qt.FindChildOption.FindDirectChildrenOnly
            )
            if child is not self._training and child is not self._frame and child.isVisible()
        ]
        for child in self._under_gate:
            child.hide()
        self._gate = page
        page.setParent(self)
        page.setGeometry(self._inside())
        page.show()
        page.raise_()
        if self._frame is not None:
            self._frame.setEnabled(False)
            self._frame.hide()
        page.setFocus()

    def close_gate(self) -> None:
        """Take the gate away; the frame shows again."""
        if self._gate is not None:
            gate, self._gate = self._gate, None
            # Hiding what has the keyboard makes Qt look for the next one among widgets that may
            # be on their way out (a crash in a test of the lock): give the keyboard up first.
            focus = self.focusWidget()
            if focus is not None:
                focus.clearFocus()
            gate.hide()
            gate.deleteLater()
        if self._frame is not None:
            self._frame.setEnabled(True)
            self._frame.show()
        for child in self._under_gate:
            if isValid(child):
                child.show()
        self._under_gate = []

    @property
    def gate(self) -> QWidget | None:
        """The gate that is shown now, if any."""
        return self._gate

    def put_early(self, screen: Screen) -> None:
        """Show a screen that has no presenter yet; whoever makes that one takes it over."""
        self._early = screen
        self.stack.addWidget(screen)
        self.show_screen(screen)

    def take_early(self) -> Screen | None:
        """Return the screen that was put here early, once."""
        screen, self._early = self._early, None
        return screen

    def add_screen(self, screen: Screen) -> None:
        """Take in a screen; it shows when it is asked for."""
        if self.stack.indexOf(screen) < 0:
            self.stack.addWidget(screen)

    def show_screen(self, screen: Screen) -> None:
        """Bring a screen to the front and mark its place in the rail."""
        self._put_strip(screen)
        self.stack.setCurrentWidget(screen)
        self.rail.set_here(screen.rail or screen.name)

    def take_strip(self) -> None:
        """Take the strip out of the screen it stands in, before screens are thrown away."""
        shown = not self.strip.isHidden()
        self._right.insertWidget(0, self.strip)
        self.strip.setVisible(shown)

    def _put_strip(self, screen: Screen) -> None:
        """Put the strip under the header of a screen, which is the first part of its column."""
        column = screen.layout()
        if isinstance(column, QVBoxLayout) and column.count() > 1:
            shown = not self.strip.isHidden()
            column.insertWidget(1, self.strip)
            self.strip.setVisible(shown)
        else:
            self.take_strip()

    def screen_area(self) -> QRect:
        """Return where screens stand, in window coordinates, for panels laid over them."""
        return QRect(self.stage.mapTo(self, self.stage.rect().topLeft()), self.stage.size())

    def keep_place(self) -> str:
        """Return size and place of the window as text."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore_place(self, kept: str) -> None:
        """Put the window where it was."""
        self.restoreGeometry(QByteArray.fromBase64(QByteArray(kept.encode("ascii", "ignore"))))

    def let_close(self) -> None:
        """Close for good; everything is kept by now."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("bg"))
        painter.end()

    def _inside(self) -> QRect:
        if not self._for_training:
            return self.rect()
        px = self.theme.px
        return self.rect().adjusted(px(FRAME), px(BAND), -px(FRAME), -px(FRAME))

    def _place(self) -> None:
        inside = self._inside()
        if self._frame is None:
            return
        self._frame.setGeometry(inside)
        if self._gate is not None:
            self._gate.setGeometry(inside)
        if self._training is not None:
            self._training.setGeometry(self.rect())
            self._training.lower()
        self.rail.set_narrow(self.width() < self.theme.px(NARROW_UNDER))

    def _on_theme_changed(self) -> None:
        self._place()
        self.update()
