"""Q: the queue and the tray; refused acts are settled one by one (sync.md §10)."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.clock import LOCAL, local
from console.domain.failures import Problem
from console.domain.tray import TrayItem
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.tray import TrayDialog
from console.views.text import ago_text, moment_text, plural


class TrayPresenter(Presenter):
    """Shows what waits for this person; what somebody else did never comes here."""

    def __init__(self, kit: Kit, dialog: TrayDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        dialog.settle_requested.connect(self._on_settle)
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

    def _on_settle(self, item: TrayItem, choice: str) -> None:
        self.then(self.kit.services.tray.settle(item, choice), self._on_settled)

    def _on_settled(self, _done: None) -> None:
        self.refresh()

    def _when(self, item: TrayItem) -> str:
        made = local(item.made_at)
        return moment_text(made, self.kit.clock.now().astimezone(LOCAL)) if made else ""

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
            parts.append(f"{things} wacht tot de maker zich aanmeldt.")
        return " ".join(parts) or "Alles is verstuurd."


def open_tray(kit: Kit, window: QWidget, **_: Any) -> TrayDialog:
    """Open the tray. It never opens by itself."""
    dialog = TrayDialog(window)
    dialog.open()
    TrayPresenter(kit, dialog)
    return dialog
