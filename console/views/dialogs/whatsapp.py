"""Ctrl+Shift+W: a person says whether WhatsApp Web is still linked; the desk cannot see it (F51)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.text import Text

STEPS = (
    "Pak de telefoon van het team en open WhatsApp.",
    "Open de instellingen en kies Gekoppelde apparaten.",
    "Kies Apparaat koppelen en scan de code op het scherm van WhatsApp Web.",
    "Wacht tot alle groepen er weer staan. Druk dan nog eens op Ctrl+Shift+W.",
)
"""How a computer is linked again. WhatsApp logs a computer out when the phone was off too long."""


class WhatsAppDialog(Dialog):
    """``answered``: True for linked, False for logged out."""

    answered = Signal(bool)

    scopes = ("answers",)

    def __init__(self, window: QWidget, last: str) -> None:
        """`last` says who looked when, in words."""
        super().__init__(window, "WhatsApp Web nakijken", width=560)
        px = self.theme.px
        self.body.addWidget(
            Text("Kijk in uw browser. Ziet u de groepen van het team?", "reading", wrap=True)
        )
        self.body.addWidget(Text(last, "small", "text2", wrap=True))
        self._band = Band(
            "amber", "Koppel opnieuw", "Plaatsen kan pas weer als dit klaar is.", "triangle-alert"
        )
        self._band.hide()
        self._steps = QWidget()
        column = QVBoxLayout(self._steps)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for number, words in enumerate(STEPS, start=1):
            row = QHBoxLayout()
            row.setSpacing(px(10))
            row.addWidget(Text(f"{number}.", "body_strong", "text2"))
            row.addWidget(Text(words, "body", wrap=True), 1)
            column.addLayout(row)
        self._steps.hide()
        self.body.addWidget(self._band)
        self.body.addWidget(self._steps)
        self._linked = Button("Ja, gekoppeld", keys_of("confirm"), kind="filled")
        self._out = Button("Nee, uitgelogd", keys_of("second"))
        self._linked.clicked.connect(self._on_linked)
        self._out.clicked.connect(self._on_out)
        self.set_buttons(self._linked, self._out)
        self.first_focus = self._linked

    def do(self, command: str) -> bool:
        """1 is linked, 2 is logged out."""
        if command == "answer_1":
            self._linked.click()
        elif command == "answer_2" and self._out.isEnabled():
            self._out.click()
        elif command == "answer_3":
            return True
        else:
            return super().do(command)
        return True

    def show_steps(self) -> None:
        """It is logged out and kept as such: say how it is linked again."""
        self._band.show()
        self._steps.show()
        self._out.set_reason("Dat staat al vastgelegd.")
        self.refit()

    def _on_linked(self) -> None:
        self.answered.emit(True)

    def _on_out(self) -> None:
        self.answered.emit(False)
