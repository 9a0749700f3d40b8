"""Keeps what is being typed, so that at most the last half second can be lost (D12)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from console.bridge import settled
from console.domain.failures import StorageTrouble
from console.presenters.kit import Presenter
from console.services.memory import Memory

KEPT_EVERY_MS = 500
AGAIN_MS = 5_000
"""When what the disk refused is tried again."""


class TypingBuffer(QObject):
    """One form. ``subject`` names it ("new-report", "note:" with a report's id).

    What the disk refuses is not forgotten: it is tried again until it stands, or something newer does.
    """

    def __init__(self, presenter: Presenter) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._memory = Memory(presenter.kit.services.desk)
        self._subject = ""
        self._waiting: dict[str, Mapping[str, str]] = {}
        self._turns: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def keep(self, subject: str, fields: Mapping[str, str]) -> None:
        """Remember these texts within half a second; another subject is written first."""
        if subject != self._subject:
            self.flush()
        self._subject = subject
        self._waiting[subject] = dict(fields)
        if not 0 <= self._timer.remainingTime() <= KEPT_EVERY_MS:
            self._timer.start(KEPT_EVERY_MS)

    def flush(self) -> None:
        """Write what waits, now."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        for subject, fields in waiting.items():
            if subject and fields:
                self._turns[subject] = self._turns.get(subject, 0) + 1
                self._presenter.run(self._write(subject, fields, self._turns[subject]))

    def forget(self, subject: str) -> None:
        """What was typed is kept as a record now, or thrown away."""
        if self._waiting.pop(subject, None) is not None and not self._waiting:
            self._timer.stop()
        self._turns[subject] = self._turns.get(subject, 0) + 1
        self._presenter.then(self._memory.forget_typing(subject))

    async def _write(self, subject: str, fields: Mapping[str, str], turn: int) -> None:
        try:
            await settled(self._memory.keep_typing(subject, fields))
        except StorageTrouble:
            # Unless something newer was typed, or it was forgotten meanwhile.
            if self._turns.get(subject) == turn and subject not in self._waiting:
                self._waiting[subject] = fields
                if not self._timer.isActive():
                    self._timer.start(AGAIN_MS)
            raise
