"""Q: the queue and the tray; refused acts are settled one by one (sync.md §10)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.clock import LOCAL, local
from console.domain.failures import Problem
from console.domain.tray import DROP, TrayItem
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.tray import TrayDialog, When
from console.views.text import ago_text, moment_text, plural


class TrayPresenter(Presenter):
    """Shows what waits for this person; what somebody else did never comes here."""

    def __init__(self, kit: Kit, dialog: TrayDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._dropped: TrayItem | None = None
        dialog.settle_requested.connect(self._on_settle)
        dialog.undo_requested.connect(self._on_undo)
        self.refresh()

    def refresh(self) -> None:
        """Read the tray again."""
        self.then(self.kit.services.tray.items(), self._on_items)

    def refused(self, problem: Problem) -> None:
        """Say it in the popup; the item stays."""
        self._dialog.refuse(f"{problem.sentence} {problem.next_step}".strip())

    def _on_items(self, items: list[TrayItem]) -> None:
        if self._dialog.is_open():
            self._dialog.set_items(items, self._waiting(), [self._when(one) for one in items])

    def _on_settle(self, item: TrayItem, choice: str, texts: dict[str, str], reason: str) -> None:
        work = self.kit.services.tray.settle(item, choice, values=texts, reason=reason)
        self.then(work, partial(self._on_settled, item, choice))

    def _on_settled(self, item: TrayItem, choice: str, _done: None) -> None:
        self._dropped = item if choice == DROP else None
        about = item.title or item.heading
        words = f"Die van u is weggelegd: {about}" if item.has_theirs else f"Laten vallen: {about}"
        self._dialog.offer_undo(words if self._dropped else "")
        self._dialog.settled()
        self.refresh()

    def _on_undo(self) -> None:
        if self._dropped is not None:
            self.then(self.kit.services.tray.take_back(self._dropped), self._on_taken_back)

    def _on_taken_back(self, _done: None) -> None:
        self._dropped = None
        self._dialog.offer_undo("")
        self._dialog.settled()
        self.refresh()

    def _when(self, item: TrayItem) -> When:
        mine = ", ".join(part for part in (self._moment(item.made_at), item.station) if part)
        return mine, self._moment(item.their_at)

    def _moment(self, stamp: str) -> str:
        at = local(stamp)
        return moment_text(at, self.kit.clock.now().astimezone(LOCAL)) if at else ""

    def _waiting(self) -> str:
        status = self.kit.status()
        parts = []
        if status.queue:
            oldest = local(status.queue_oldest_at)
            now = self.kit.clock.now().astimezone(LOCAL)
            since = f", de oudste {ago_text(oldest, now)}" if oldest else ""
            things = plural(status.queue, "ding wacht", "dingen wachten")
            parts.append(f"{things} op verzending{since}. De desk verstuurt ze vanzelf.")
        if status.others_waiting:
            things = plural(status.others_waiting, "ding van een ander", "dingen van anderen")
            wait = "wacht" if status.others_waiting == 1 else "wachten"
            parts.append(f"{things} {wait} tot de maker zich aanmeldt.")
        return " ".join(parts) or "Alles is verstuurd."


def open_tray(kit: Kit, window: QWidget, **_: Any) -> TrayDialog:
    """Open the tray. It never opens by itself."""
    dialog = TrayDialog(window)
    dialog.open()
    TrayPresenter(kit, dialog)
    return dialog
