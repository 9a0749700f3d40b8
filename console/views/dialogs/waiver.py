"""Asks why there will be no feedback: a reason on 1-4, and a note (day.md §2, 15:20)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.views.dialogs.dialog import Dialog
from console.views.feedback.words import WAIVERS
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.radio_grid import RadioGrid
from console.views.widgets.text import Text
from contract.vocabulary import WaiverReason

MOST = 400


class WaiverDialog(Dialog):
    """Its result is (reason, note). W, a digit, Ctrl+Enter: three keys."""

    scopes = ("closing",)

    def __init__(self, window: QWidget, title: str) -> None:
        """`title` is the broadcast's."""
        super().__init__(window, "Geen terugkoppeling", width=560)
        self.body.addWidget(Text(title, "body_strong", wrap=True))
        self.body.addWidget(
            Text(
                "De klok stopt. In de cijfers telt dit als “geen”, niet als terugkoppeling.",
                "body",
                "text2",
                wrap=True,
            )
        )
        self.reasons = RadioGrid(WAIVERS, "Waarom geen terugkoppeling?")
        self.body.addWidget(Text("Waarom geen terugkoppeling?", "body_medium"))
        self.body.addWidget(self.reasons)
        self.note = Field("Toelichting", "niet verplicht", multi_line=True, max_length=MOST)
        self.body.addWidget(self.note)
        self._act = Button("Stop de klok", "Ctrl+Enter", kind="filled")
        self.set_buttons(self._act)
        self.first_focus = self.reasons.focusProxy()
        self.reasons.chosen.connect(self._on_changed)
        self.note.text_changed.connect(self._on_changed)
        self._act.clicked.connect(self._on_act)
        self._on_changed()

    def do(self, command: str) -> bool:
        """A digit chooses the reason; the rest is every dialog's."""
        if command.startswith("answer_"):
            number = int(command.removeprefix("answer_"))
            if self.reasons.select_number(number) and self._needs_note():
                self.note.editor.setFocus()
            return True
        return super().do(command)

    def _needs_note(self) -> bool:
        return self.reasons.selected() == WaiverReason.OTHER

    def _on_changed(self, _value: str = "") -> None:
        why = ""
        if not self.reasons.selected():
            why = "Kies eerst waarom: 1, 2, 3 of 4."
        elif self._needs_note() and not self.note.text().strip():
            why = "Schrijf in een paar woorden waarom."
        self._act.set_reason(why)
        self.note.set_hint(why if self._needs_note() and why else "niet verplicht")

    def _on_act(self) -> None:
        self.close_with((self.reasons.selected(), self.note.text().strip()))
