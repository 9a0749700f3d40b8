"""The first window: shown and painted before anything else is imported or opened (qt.md)."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from console import paths, settings
from console.app.look import Look
from console.app.options import Options
from console.views.main_window import MainWindow
from console.views.theme.theme import Theme

AT_MOST_MS = 2_000


class _FirstPaint(QObject):
    """Ends the first turn of the event loop once the window has been painted."""

    def __init__(self, turn: QEventLoop, window: MainWindow) -> None:
        super().__init__(turn)
        self._turn = turn
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the paint happen, then go on."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._turn.quit)
        return False


def first_window(
    options: Options, said: Callable[[], None] | None = None
) -> tuple[QApplication, Theme, MainWindow, Look]:
    """Show the window as it was left, and return once it stands on the screen.

    ``said`` is called at that moment, before its parts are made.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Buurtdesk")
    app.setQuitOnLastWindowClosed(False)
    # The system's own palette says what the names in Qt would: dark or light.
    dark = app.palette().color(QPalette.ColorRole.Window).lightness() < 128
    theme = Theme(app, letters=False)
    profile = paths.profile(options.profile)
    look = Look(theme, profile, settings.load(profile.settings)[0].theme, dark)
    window = MainWindow(training=options.training, build=False)
    look.restore(window)
    # A turn of its own: ending the application's would first ask every window to close.
    turn = QEventLoop()
    _FirstPaint(turn, window)
    window.show()
    # A window that is never painted (covered, other desktop) must not hold the desk back.
    late = QTimer(turn)
    late.setSingleShot(True)
    late.timeout.connect(turn.quit)
    late.start(AT_MOST_MS)
    turn.exec()
    late.stop()
    if said is not None:
        said()
    theme.load_letters()
    window.build()
    return app, theme, window, look
