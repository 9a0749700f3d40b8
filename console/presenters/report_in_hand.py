"""The report in hand: what the detail pane shows, and the note that is typed beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from console.domain.report import ReportCard, ReportRow, as_online
from console.presenters.kit import Presenter
from console.presenters.typing_buffer import TypingBuffer
from console.services.memory import Memory
from console.views.reports.screen import ReportsScreen


class InHand(QObject):
    """One report at most. ``moved_on`` fires when another one is shown."""

    moved_on = Signal()
    seen = Signal(int)

    def __init__(
        self, presenter: Presenter, screen: ReportsScreen, online: Callable[[], bool]
    ) -> None:
        """``online`` says whether central answers: an own claim is then simply mine."""
        super().__init__(presenter)
        self.id = ""
        self.number = 0
        self._presenter = presenter
        self._screen = screen
        self._online = online
        self._reports = presenter.kit.services.reports
        self._memory = Memory(presenter.kit.services.desk)
        self._filling = False
        self.notes = TypingBuffer(presenter)
        screen.list.row_chosen.connect(self._on_row)
        screen.detail.note_typed.connect(self._on_note_typed)

    def card(self) -> ReportCard | None:
        """Return the report, once it is shown."""
        card = self._screen.detail.card()
        return card if card is not None and card.row.id == self.id else None

    def choose(self, report_id: str, number: int) -> None:
        """Take a report in hand; an empty id shows the handy keys."""
        self.id, self.number = report_id, number
        if report_id:
            self.refresh()
        else:
            self._screen.show_detail(False)

    def refresh(self) -> None:
        """Read it anew."""
        if self.id:
            found = self._reports.card(self.id, latest=True)
            self._presenter.then(found, partial(self._on_card, self.id))

    def forget_note(self, report_id: str) -> None:
        """The note is history now."""
        self.notes.forget(note_of(report_id))
        if self.id == report_id:
            self._screen.detail.note.set_text("")

    def _on_row(self, number: int) -> None:
        row = self._screen.list.row(number)
        if row is not None:
            self.choose(row.id, number)
        else:
            self._presenter.then(self._reports.page([number]), partial(self._on_far, number))

    def _on_far(self, number: int, rows: list[ReportRow]) -> None:
        if rows and self._screen.list.current_number() == number:
            self.choose(rows[0].id, number)

    def _on_card(self, report_id: str, card: ReportCard | None) -> None:
        if report_id != self.id:
            return
        if card is None:
            self.choose("", 0)
            return
        other = self.card() is None
        if other:
            self.notes.flush()
        shown = replace(card, row=as_online(card.row)) if self._online() else card
        self._filling = True
        holder = self._presenter.kit.status().at_desk(card.row.holder_id)
        self._screen.detail.set_card(shown, holder.station if holder else "")
        self._filling = False
        self._screen.show_detail(True)
        if other:
            kept = self._memory.typed(note_of(report_id))
            self._presenter.then(kept, partial(self._on_typed, report_id))
            self.moved_on.emit()
        if not card.row.seen:
            self._presenter.then(self._reports.looked_at([report_id]))
            self.seen.emit(card.row.n)

    def _on_typed(self, report_id: str, kept: dict[str, str]) -> None:
        note = self._screen.detail.note
        if report_id == self.id and kept.get("note") and not note.text():
            self._filling = True
            note.set_text(kept["note"])
            self._filling = False

    def _on_note_typed(self, text: str) -> None:
        if self.id and not self._filling:
            self.notes.keep(note_of(self.id), {"note": text})


def note_of(report_id: str) -> str:
    """Return the name under which a note is kept while it is typed."""
    return f"note:{report_id}"
