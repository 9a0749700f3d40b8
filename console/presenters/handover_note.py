"""The free note of the one who gives over: kept while it is typed, put on the sheet when left."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from console.bridge import settled
from console.domain.handover import Sheet
from console.presenters.kit import Presenter
from console.presenters.typing_buffer import TypingBuffer
from console.services.memory import Memory
from console.views.handover.screen import HandoverScreen

KEPT_AFTER_MS = 5_000
SUBJECT = "handover-note"


class NoteKeeper(QObject):
    """Before the sheet is made the note waits as typed text; afterwards each pause keeps it."""

    def __init__(self, presenter: Presenter, screen: HandoverScreen) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._screen = screen
        self._service = presenter.kit.services.handovers
        self._memory = Memory(presenter.kit.services.desk)
        self._typing = TypingBuffer(presenter)
        self._sheet: Sheet | None = None
        self._shown: tuple[str, str] | None = None
        self._kept = ""
        self._filling = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEPT_AFTER_MS)
        self._pause.timeout.connect(self.keep)
        screen.note_typed.connect(self._on_typed)
        screen.note_left.connect(self.keep)

    async def show(self, sheet: Sheet | None) -> None:
        """Fill in the note of a sheet that one gives over oneself; None: one only reads it."""
        self._sheet = sheet
        if sheet is None:
            self._shown = None
            return
        if self._shown == (sheet.id, sheet.from_id):
            return
        self._shown, self._kept = (sheet.id, sheet.from_id), sheet.note
        before = self._text()
        typed = await settled(self._memory.typed(SUBJECT))
        if self._text() != before:
            # Somebody began to type before the file answered: their words stay.
            return
        self._filling = True
        self._screen.set_note(typed.get("note") or sheet.note)
        self._filling = False

    def keep(self) -> None:
        """Put the note on the sheet that was made, where it changed."""
        waited = self._pause.isActive()
        self._pause.stop()
        if not waited or self._sheet is None or not self._sheet.id:
            return
        text = self._text()
        if text != self._kept:
            self._kept = text
            self._presenter.then(self._service.set_note(self._sheet.id, text))
        self._typing.forget(SUBJECT)

    def flush(self) -> None:
        """The screen goes away: keep what was typed, now."""
        self.keep()
        self._typing.flush()

    def taken(self) -> str:
        """Return the note for a sheet that is made now."""
        self._pause.stop()
        return self._text()

    def forget(self) -> None:
        """It stands on the sheet now."""
        self._typing.forget(SUBJECT)

    def _text(self) -> str:
        return self._screen.card.note.text().strip()

    def _on_typed(self, text: str) -> None:
        if not self._filling:
            self._typing.keep(SUBJECT, {"note": text})
            self._pause.start()
