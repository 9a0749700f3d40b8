"""?: the key sheet, and printing it (09i)."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from console.presenters.kit import Kit, Presenter
from console.views.dialogs.key_sheet import KeySheetDialog
from console.views.dialogs.paper import PrintQuestion
from console.views.keys.sheet import as_paper


class KeySheetPresenter(Presenter):
    """Prints what the sheet shows."""

    def __init__(self, kit: Kit, dialog: KeySheetDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        dialog.print_requested.connect(self._on_print)

    def _on_print(self) -> None:
        window = self._dialog.window()
        question = PrintQuestion(window, "Toetsen van Buurtdesk", as_paper())
        question.failed.connect(self._on_failed)
        question.ask()

    def _on_failed(self) -> None:
        self.kit.messages.warn("Er is niet afgedrukt. Kies een andere printer of map.")


def open_key_sheet(kit: Kit, window: QWidget, **_: Any) -> KeySheetDialog:
    """Open the sheet with the keyboard in its search."""
    dialog = KeySheetDialog(window)
    KeySheetPresenter(kit, dialog)
    dialog.open()
    return dialog
