"""One text on the clipboard, for sixty seconds at most (F28, day.md §4).

Plain text only, kept out of clipboard histories, emptied after the confirmation, after sixty
seconds and when the desk closes. What somebody else put there is never touched.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from console.domain.clock import Clock

SECONDS = 60

# Asks clipboard managers to leave a text out of their history: KDE, then Windows (three names).
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_HINTS: tuple[tuple[str, bytes], ...] = (
    ("x-kde-passwordManagerHint", b"secret"),
    (_WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"), b"1"),
    (_WINDOWS.format("CanIncludeInClipboardHistory"), bytes(4)),
    (_WINDOWS.format("CanUploadToCloudClipboard"), bytes(4)),
)


class HandoffClipboard(QObject):
    """Holds the text of one group. Make one per screen; the newest text wins."""

    seconds_left = Signal(int)
    """Every second while a text of ours is on it: how many seconds it stays."""

    emptied = Signal()
    """Sixty seconds went by; the clipboard is empty now."""

    replaced = Signal()
    """Something else is on the clipboard; it is left alone."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        """``clock`` counts the seconds."""
        super().__init__(parent)
        self._clock = clock
        self._text = ""
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        self._board.dataChanged.connect(self._on_data_changed)
        app = QGuiApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.clear)

    @property
    def _board(self) -> QClipboard:
        return QGuiApplication.clipboard()

    def put(self, text: str) -> None:
        """Put a text that passed the guard on the clipboard and start counting."""
        data = QMimeData()
        data.setText(text)
        for name, value in _HINTS:
            data.setData(name, QByteArray(value))
        self._text = text
        self._since = self._clock.monotonic()
        self._board.setMimeData(data)
        self._timer.start()
        self.seconds_left.emit(SECONDS)

    def clear(self) -> None:
        """Empty the clipboard, if our text is still on it."""
        self._timer.stop()
        ours, self._text = self._text, ""
        if ours and self._board.text() == ours:
            self._board.clear()

    def holds(self) -> bool:
        """Say whether our text is on the clipboard now."""
        return bool(self._text) and self._board.text() == self._text

    def left(self) -> int:
        """Return how many seconds our text stays; 0 where none is there."""
        if not self._text:
            return 0
        return max(0, SECONDS - int(self._clock.monotonic() - self._since))

    def tick(self) -> None:
        """A second went by: look whether it is still ours, and whether its time is over."""
        if not self._text:
            return
        if not self.holds():
            self._let_go()
        elif self.left() == 0:
            self.clear()
            self.emptied.emit()
        else:
            self.seconds_left.emit(self.left())

    def _on_data_changed(self) -> None:
        # Some systems tell late or not at all; the tick looks too.
        if self._text and not self.holds():
            self._let_go()

    def _let_go(self) -> None:
        self._timer.stop()
        self._text = ""
        self.replaced.emit()
