"""Starts the program in a process of its own, waits for the list, closes the window.

``python -m tests.helpers.child --demo`` prints the title of the window and ends with the exit code
of the program.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from console.views.main_window import MainWindow
from main import main

LOOK_EVERY_MS = 50


class Watcher(QTimer):
    """Looks until a screen is in front of the window, then closes it."""

    def __init__(self) -> None:
        super().__init__()
        self.setInterval(LOOK_EVERY_MS)
        self.timeout.connect(self._look)
        self.start()

    def _look(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if not isinstance(widget, MainWindow) or widget.gate is not None:
                continue
            # The frame is built after the first paint: until then there is no stack.
            stack = getattr(widget, "stack", None)
            if stack is not None and stack.count():
                print(widget.windowTitle(), flush=True)
                self.stop()
                widget.close()


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    watcher = Watcher()
    sys.exit(main())
