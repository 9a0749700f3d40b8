"""Notices: one line above the status bar for six seconds; the newest replaces the last."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.views.widgets.access import announce
from console.views.widgets.button import Button
from console.views.widgets.finding_line import LOOKS, IconMark
from console.views.widgets.painted import Painted, hairline
from console.views.widgets.text import Text

SHOWN_MS = 6000


class Notice(Painted):
    """The one door for messages inside the window. It never takes the keyboard."""

    spoken_role = "Notification"

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until there is something to say."""
        super().__init__(parent)
        px = self.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(6), px(16), px(6))
        row.setSpacing(px(8))
        self._mark = IconMark("info", "text2", 16)
        self._text = Text("", "body", "text", wrap=True)
        self._undo = Button("Maak ongedaan", "Ctrl+Z", size="s")
        self._undo.clicked.connect(self._on_undo)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._undo)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(px(40))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_notice(self, text: str, level: str = "plain", *, undo: bool = False) -> None:
        """Say something. `level` is "plain", "good", "warn" or "stop"; `undo` offers Ctrl+Z."""
        icon, color, _ = LOOKS[level]
        self._mark.set_icon(icon, color)
        self._text.set_text(text)
        self._undo.setVisible(undo)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        announce(self, text, urgent=level in ("warn", "stop"))
        self._timer.start()

    def text(self) -> str:
        """What was said last."""
        return self._text.text()

    def can_undo(self) -> bool:
        """Whether Ctrl+Z is on offer now."""
        return not self.isHidden() and not self._undo.isHidden()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("raised"))
        hairline(painter, 0, 0, self.width(), self.theme.color("line2"))
        painter.end()

    def _on_undo(self) -> None:
        self.hide()
        self.undo_requested.emit()
