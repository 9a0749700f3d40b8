"""The floor of start-up: a bare window of PySide6, painted once."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget


class _Window(QWidget):
    def paintEvent(self, event: object) -> None:
        print("window", flush=True)
        QTimer.singleShot(0, QApplication.quit)


def main() -> int:
    """Show the window and end."""
    app = QApplication(sys.argv[:1])
    window = _Window()
    window.resize(1440, 900)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
