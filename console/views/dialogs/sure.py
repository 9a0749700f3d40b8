"""One question before something that cannot simply be undone: what it means, and do it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.widgets.button import Button
from console.views.widgets.text import Text


class SureDialog(Dialog):
    """Closes with True, or with None where the person thought better of it."""

    def __init__(self, window: QWidget, title: str, words: str, button: str) -> None:
        """``words`` say what happens and what stays; ``button`` names the act."""
        super().__init__(window, title, width=520)
        self.words = Text(words, "body", wrap=True)
        self.body.addWidget(self.words)
        do = Button(button, keys_of("confirm"), kind="filled")
        do.clicked.connect(self._on_do)
        leave = Button("Laat het zo")
        leave.clicked.connect(self._on_leave)
        self.set_buttons(do, leave)
        # Space presses what has the keyboard: that is never the act itself.
        self.first_focus = leave

    def _on_do(self) -> None:
        self.close_with(True)

    def _on_leave(self) -> None:
        self.close_with(None)
