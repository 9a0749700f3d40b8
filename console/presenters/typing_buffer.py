"""Keeps what is being typed, so that at most the last half second can be lost (D12)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from console.presenters.kit import Presenter
from console.services.memory import Memory

KEPT_EVERY_MS = 500


class TypingBuffer(QObject):
    """One form. ``subject`` names it ("new-report", "note:" with a report's id)."""

    def __init__(self, presenter: Presenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._memory = Memory(presenter.kit.services.desk)
        self._subject = ""
        self._fields: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_EVERY_MS)
        self._timer.timeout.connect(self.flush)

    def keep(self, subject: str, fields: Mapping[str, str]) -> None:
        """Remember these texts within half a second; another subject is written first."""
        if subject != self._subject:
            self.flush()
        self._subject = subject
        self._fields = dict(fields)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Write what waits, now."""
        self._timer.stop()
        if self._subject and self._fields:
            self._presenter.then(self._memory.keep_typing(self._subject, self._fields))
        self._fields = {}

    def forget(self, subject: str) -> None:
        """What was typed is kept as a record now, or thrown away."""
        if subject == self._subject:
            self._timer.stop()
            self._fields = {}
        self._presenter.then(self._memory.forget_typing(subject))
