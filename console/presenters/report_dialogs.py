"""Opens the popups of Meldingen: quick entry, paste, closing, correcting, one question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.failures import Problem
from console.domain.lookup import plates_in
from console.domain.report import NewReport, RelayChoice, ReportCard
from console.presenters.find_area import AreaFinder
from console.presenters.kit import Kit, Presenter
from console.presenters.typing_buffer import TypingBuffer
from console.services.memory import Memory
from console.views.dialogs.amend_report import AmendReportDialog
from console.views.dialogs.ask_words import AskWordsDialog
from console.views.dialogs.close_report import CloseReportDialog, Closing
from console.views.dialogs.new_report import NewReportDialog, Typed
from console.views.dialogs.paste_chat import PasteDialog
from contract.vocabulary import CloseReason

NEW = "new-report"


class NewReportPresenter(Presenter):
    """Quick entry: completes relays, keeps what is typed, keeps the report (F02)."""

    def __init__(self, kit: Kit, dialog: NewReportDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._memory = Memory(kit.services.desk)
        self._buffer = TypingBuffer(self)
        self._kept = False
        AreaFinder(kit, dialog, dialog.where, self)
        dialog.plate_requested.connect(self._on_plate)
        dialog.relay_typed.connect(self._on_relay)
        dialog.typed.connect(self._on_typed)
        dialog.keep_requested.connect(self._on_keep)
        dialog.finished.connect(self._on_finished)
        self.then(self._memory.typed(NEW), self._on_restored)

    def refused(self, problem: Problem) -> None:
        """Say it in the form; the text stays."""
        self._dialog.refuse(f"{problem.sentence} {problem.next_step}".strip())

    def _on_restored(self, kept: dict[str, str]) -> None:
        """Offer again what a crash or a closed window left behind."""
        if kept and not Typed(kept).is_empty() and self._dialog.typed_now().is_empty():
            self._dialog.fill(kept)
            self.kit.messages.info("Wat u eerder typte, staat er weer.")

    def _on_plate(self, text: str) -> None:
        self.kit.navigator.open("plate", text=text)

    def _on_typed(self, typed: Typed) -> None:
        words = f"{typed.texts.get('text', '')}\n{typed.texts.get('description', '')}"
        self._dialog.show_plate_key(bool(plates_in(words, self.kit.services.desk.region)))
        self._buffer.keep(NEW, {} if typed.is_empty() else typed.texts)

    def _on_relay(self, text: str) -> None:
        self.then(self.kit.services.directory.relays(text), partial(self._on_relays, text))

    def _on_relays(self, text: str, hits: list[Any]) -> None:
        if self._dialog.is_open() and self._dialog.relay.text().strip() == text:
            self._dialog.offer_relays(
                [RelayChoice(hit.kind, hit.id, hit.title, hit.detail) for hit in hits]
            )

    def _on_keep(self, report: NewReport, again: bool) -> None:
        self.run(self._keep(report, again))

    async def _keep(self, report: NewReport, again: bool) -> None:
        await settled(self.kit.services.reports.add(report))
        self._buffer.forget(NEW)
        self.kit.messages.good("Melding bewaard.")
        if again:
            self._dialog.next_one(self.kit.clock.now().astimezone(LOCAL))
        else:
            self._kept = True
            self._dialog.close_with(True)

    def _on_finished(self, _result: object) -> None:
        if not self._kept:
            # Left with Esc: what was typed is offered again at the next opening.
            self._buffer.flush()


class ClosePresenter(Presenter):
    """Closes one report; a refusal is said in the words of the rule."""

    def __init__(self, kit: Kit, dialog: CloseReportDialog, report_id: str) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._report_id = report_id
        dialog.close_requested.connect(self._on_close)

    def _on_close(self, closing: Closing) -> None:
        self.run(self._close(closing))

    async def _close(self, closing: Closing) -> None:
        await settled(
            self.kit.services.reports.close(
                self._report_id,
                CloseReason(closing.reason),
                closing.contribution,
                note=closing.note,
                no_call_reason=closing.no_call_reason,
            )
        )
        self.kit.messages.good("Melding gesloten.")
        self._dialog.close_with(True)


class AmendPresenter(Presenter):
    """Corrects one report."""

    def __init__(self, kit: Kit, dialog: AmendReportDialog, report_id: str) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._report_id = report_id
        AreaFinder(kit, dialog, dialog.where, self)
        dialog.amend_requested.connect(self._on_amend)

    def refused(self, problem: Problem) -> None:
        """Say it in the form; the text stays."""
        self._dialog.refuse(f"{problem.sentence} {problem.next_step}".strip())

    def _on_amend(self, changed: dict[str, str]) -> None:
        self.run(self._amend(changed))

    async def _amend(self, changed: dict[str, str]) -> None:
        if changed:
            await settled(self.kit.services.reports.amend(self._report_id, **changed))
            self.kit.messages.good("Verbetering bewaard.")
        self._dialog.close_with(True)


def open_new_report(kit: Kit, window: QWidget, place: str = "", **_: Any) -> NewReportDialog:
    """Open quick entry (N); with a ``place`` where the palette named one."""
    now: datetime = kit.clock.now().astimezone(LOCAL)
    dialog = NewReportDialog(window, now)
    NewReportPresenter(kit, dialog)
    if place:
        dialog.place.set_text(place)
    dialog.open()
    return dialog


def open_ask_words(
    window: QWidget,
    *,
    title: str,
    label: str,
    done: Callable[[str], None],
    hint: str = "",
    button: str = "Bewaar",
    most: int = 400,
) -> AskWordsDialog:
    """Ask one question; ``done`` gets the words, and is not called when it is closed."""
    dialog = AskWordsDialog(window, title, label, hint=hint, button=button, most=most)

    def finished(result: object) -> None:
        if isinstance(result, str) and result:
            done(result)

    dialog.finished.connect(finished)
    dialog.open()
    return dialog


def open_close(kit: Kit, window: QWidget, card: ReportCard) -> CloseReportDialog:
    """Open closing with a reason (S) for the report in hand."""
    row = card.row
    dialog = CloseReportDialog(window, title=row.title, acute=row.acute, called_112=row.called_112)
    ClosePresenter(kit, dialog, row.id)
    dialog.open()
    return dialog


def open_amend(kit: Kit, window: QWidget, card: ReportCard) -> AmendReportDialog:
    """Open correcting the report in hand."""
    dialog = AmendReportDialog(window, card)
    AmendPresenter(kit, dialog, card.row.id)
    dialog.open()
    return dialog


def open_paste(kit: Kit, window: QWidget, path: str = "", **_: Any) -> PasteDialog:
    """Open paste from WhatsApp (P), or read a chat file that was dropped."""
    from console.presenters import paste

    return paste.open_paste(kit, window, path)
