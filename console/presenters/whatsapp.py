"""Ctrl+Shift+W: keeps what a person saw of WhatsApp Web; the lamp follows it (F51)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.clock import LOCAL, local
from console.domain.failures import Problem
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.whatsapp import WhatsAppDialog
from console.views.text import moment_text


class WhatsAppPresenter(Presenter):
    """Keeps the answer; logged out stays open with the steps to link again."""

    def __init__(self, kit: Kit, dialog: WhatsAppDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        dialog.answered.connect(self._on_answered)

    def refused(self, problem: Problem) -> None:
        """Nothing was kept; say so and leave the question standing."""
        self.kit.messages.problem(problem)

    def _on_answered(self, linked: bool) -> None:
        self.then(self.kit.services.lamps.checked(linked), partial(self._on_kept, linked))

    def _on_kept(self, linked: bool, _done: None) -> None:
        if not linked:
            self._dialog.show_steps()
            return
        self._dialog.close_with(True)
        self.kit.messages.good("WhatsApp Web is nagekeken en gekoppeld.")


def open_whatsapp(kit: Kit, window: QWidget, **_: Any) -> WhatsAppDialog:
    """Ask what a person sees now; the last answer stands beside it."""
    lamp = kit.status().whatsapp
    at = local(lamp.at)
    last = "Nog niet eerder nagekeken."
    if at is not None:
        when = moment_text(at, kit.clock.now().astimezone(LOCAL))
        last = f"Voor het laatst nagekeken: {when}."
        if lamp.state == "off":
            last = f"Uitgelogd sinds {when}."
    dialog = WhatsAppDialog(window, last)
    WhatsAppPresenter(kit, dialog)
    dialog.open()
    return dialog
