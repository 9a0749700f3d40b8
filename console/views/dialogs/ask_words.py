"""One question, answered in words: on whom it waits, or why (screens.md §4, popups)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.widgets.button import Button
from console.views.widgets.field import Field


class AskWordsDialog(Dialog):
    """Closes with the words, or with None. The button waits until something is written."""

    def __init__(
        self,
        window: QWidget,
        title: str,
        label: str,
        *,
        hint: str = "",
        button: str = "Bewaar",
        most: int = 400,
        text: str = "",
    ) -> None:
        """``most`` is the number of characters that are kept."""
        super().__init__(window, title, width=520)
        self.field = Field(label, multi_line=True, lines=2, placeholder=hint, max_length=most)
        self.field.set_text(text)
        self.body.addWidget(self.field)
        done = Button(button, keys_of("confirm"), kind="filled")
        done.clicked.connect(self._on_done)
        self.set_buttons(done)
        self.field.text_changed.connect(self._on_text)
        self.first_focus = self.field.editor
        self._on_text(self.field.text())

    def _on_text(self, text: str) -> None:
        if self.primary is not None:
            self.primary.set_reason("" if text.strip() else "Er staat nog niets.")

    def _on_done(self) -> None:
        words = " ".join(self.field.text().split())
        if words:
            self.close_with(words)
