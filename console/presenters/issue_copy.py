"""Which row's text is on the clipboard, and why it is not there any more (screens.md §5.3)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from console.presenters.clipboard import clipboard_of
from console.presenters.kit import Presenter


class CopyWatch(QObject):
    """One row at a time. ``gone`` is "time" after sixty seconds, "taken" when replaced."""

    changed = Signal()

    def __init__(self, owner: Presenter) -> None:
        super().__init__(owner)
        self._owner = owner
        self._board = clipboard_of(owner.kit)
        self._row_id = ""
        self._gone = ""
        self._board.seconds_changed.connect(self._on_seconds)
        self._board.emptied.connect(self._on_emptied)
        self._board.taken.connect(self._on_taken)

    def put(self, row_id: str, text: str) -> None:
        """Put the text of a row on the clipboard for sixty seconds."""
        self._row_id, self._gone = row_id, ""
        self._board.copy(text)

    def forget(self) -> None:
        """A person said what happened: empty the clipboard."""
        self._row_id = self._gone = ""
        self._board.clear()

    def of(self, row_id: str) -> tuple[int, str]:
        """Return the seconds left for this row's text, and why it is gone."""
        if not row_id or row_id != self._row_id:
            return 0, ""
        return self._board.seconds_left(), self._gone

    def is_picture(self) -> bool:
        """Say whether a photo of ours is on the clipboard now."""
        return self._board.holds_picture()

    def _on_seconds(self, _seconds: int) -> None:
        if self._row_id:
            self.changed.emit()

    def _on_emptied(self, why: str) -> None:
        if why == "time" and self._row_id:
            self._gone = "time"
            self._owner.then(self._owner.kit.services.ledger.clipboard_emptied(self._row_id))
            self.changed.emit()

    def _on_taken(self) -> None:
        if self._row_id:
            self._gone = "taken"
            self.changed.emit()
