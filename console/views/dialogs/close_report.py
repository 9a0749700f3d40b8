"""Close a report: one reason, one answer on what the groups did (F07, F44)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.radio_grid import RadioGrid
from console.views.widgets.text import Text
from contract.dutch import word
from contract.vocabulary import CloseReason, Contribution

UNANSWERED = "Sluiten kan pas als dit is beantwoord."


@dataclass(frozen=True, slots=True)
class Closing:
    """What was chosen. ``no_call_reason`` only where 112 was not called for an acute report."""

    reason: str
    contribution: str
    note: str = ""
    no_call_reason: str = ""


class CloseReportDialog(Dialog):
    """Digits choose: first the reason, then what the group did. Ctrl+Enter closes the report."""

    scopes = ("closing",)

    close_requested = Signal(object)

    def __init__(self, window: QWidget, *, title: str, acute: bool, called_112: str) -> None:
        """An acute report without an answer on 112 cannot be closed; the words say so."""
        super().__init__(window, f"Sluiten: {title}", width=640)
        self._refused = acute and called_112 in ("", "unknown")
        self._no_call = acute and called_112 == "no"
        self._second = False
        self.reasons = _grid(CloseReason, "Waarom sluit u deze melding?")
        self.helped = _grid(Contribution, "Hielp de groep?")
        if self._refused:
            band = Band(
                "red",
                "Eerst de meldkamer. Is 112 gebeld?",
                f"{UNANSWERED} Sluit dit venster en druk 1, 2 of 3.",
                "octagon-alert",
            )
            self.body.addWidget(band)
        self.body.addWidget(_block("Waarom sluit u deze melding?", self.reasons))
        self.body.addWidget(_block("Hielp de groep?", self.helped))
        self.why = Field(
            "Waarom is 112 niet gebeld?", "hoort bij een acute melding", max_length=400
        )
        self.body.addWidget(self.why)
        self.why.setVisible(self._no_call)
        self.note = Field("Toelichting", "mag leeg blijven", max_length=1000)
        self.body.addWidget(self.note)
        self._wait = Text("", "small", "text2", elide=True)
        self.add_footer_left(self._wait)
        done = Button("Sluit de melding", keys_of("confirm"), kind="filled")
        done.clicked.connect(self._on_done)
        self.set_buttons(done)
        self.reasons.chosen.connect(self._on_reason)
        self.helped.chosen.connect(self._on_helped)
        self.why.text_changed.connect(self._show_state)
        self.first_focus = self.reasons.focusProxy()
        self._show_state()

    def do(self, command: str) -> bool:
        """Digits answer the question at hand; the rest as in every popup."""
        if command.startswith("answer_"):
            self._answer(int(command.removeprefix("answer_")))
            return True
        return super().do(command)

    def _answer(self, number: int) -> None:
        if not self._second:
            if self.reasons.select_number(number):
                self._on_reason("")
        elif self.helped.select_number(number):
            self._on_helped("")

    def _on_reason(self, _chosen: str) -> None:
        # Arrow keys walk through the reasons; only a digit or a click goes on to the next question.
        self._second = bool(self.reasons.selected())
        self._show_state()

    def _on_helped(self, _chosen: str) -> None:
        if self._no_call and not self.why.text().strip():
            self.why.setFocus()
        self._show_state()

    def _show_state(self, _text: str = "") -> None:
        missing = ""
        if self._refused:
            missing = UNANSWERED
        elif not self.reasons.selected():
            missing = "Kies een reden, 1 tot en met 7."
        elif not self.helped.selected():
            missing = "Kies 1, 2, 3 of 4: hielp de groep?"
        elif self._no_call and not self.why.text().strip():
            missing = "Schrijf op waarom 112 niet is gebeld."
        self._wait.set_text(missing)
        if self.primary is not None:
            self.primary.set_reason(missing)

    def _on_done(self) -> None:
        self.close_requested.emit(
            Closing(
                self.reasons.selected(),
                self.helped.selected(),
                self.note.text().strip(),
                self.why.text().strip(),
            )
        )


def _grid(words: type[CloseReason] | type[Contribution], name: str) -> RadioGrid:
    options = [
        (str(value), word(value, words), str(number), None) for number, value in enumerate(words, 1)
    ]
    return RadioGrid(options, name, columns=2)


def _block(label: str, grid: RadioGrid) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(Text(label, "body_medium"))
    column.addWidget(grid)
    return block
