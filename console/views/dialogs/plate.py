"""Kenteken nazien: what RDW has of a plate, beside what the description says (F60)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.lookup import FOUND, NOT_FOUND, PlateSeen, colour_words, titled
from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.field import Field
from console.views.widgets.radio_grid import RadioGrid
from console.views.widgets.text import Text

WAITING = "De centrale vraagt het bij RDW"
NOT_HERE = (
    "Dat zegt niet dat het kenteken vals is. Een heel nieuw of een buitenlands kenteken staat er "
    "ook niet in. Kijk na of u het goed typte."
)
NO_ANSWER = (
    "RDW gaf geen goed antwoord: {why}. Dat zegt niets over het kenteken. Probeer het later."
)
NONE = "staat niet in het register"


class PlateDialog(Dialog):
    """``asked`` carries what stands in the field; ``changed``: the answer on show is of before."""

    asked = Signal(str)
    changed = Signal()
    keep_requested = Signal()

    scopes = ("closing",)

    def __init__(self, window: QWidget, plates: Sequence[str], *, keeps: bool) -> None:
        """``plates``: found in the text; ``keeps``: the answer can be put in a history."""
        super().__init__(window, "Kenteken nazien", width=560)
        self._quiet = False
        self.plates = RadioGrid(
            [(one, one, str(at), None) for at, one in enumerate(plates, start=1)],
            "Welk kenteken?",
            columns=min(3, max(1, len(plates))),
        )
        self._which = Text("Welk kenteken?", "body_medium")
        for part in (self._which, self.plates):
            self.body.addWidget(part)
            if len(plates) < 2:
                part.hide()
        self.field = Field("Kenteken", "met of zonder streepjes", max_length=12)
        self.body.addWidget(self.field)
        self._band: Band | None = None
        self.facts = Facts(label_width=80)
        self.facts.hide()
        self.body.addWidget(self.facts)
        self._when = Text("", "small", "text2", wrap=True)
        self._when.hide()
        self.body.addWidget(self._when)
        self._ask = Button("Kijk bij RDW", keys_of("confirm"), kind="filled")
        self._keep = Button("Zet bij de melding", keys_of("second"))
        self._keep.set_reason("Er is nog geen antwoord.")
        self.set_buttons(self._ask, self._keep if keeps else None)
        if not keeps:
            self._keep.setParent(self)
            self._keep.hide()
        self._ask.clicked.connect(self._on_ask)
        self._keep.clicked.connect(self.keep_requested)
        self.plates.chosen.connect(self._on_plate)
        self.field.text_changed.connect(self._on_typed)
        self.first_focus = self.plates.focusProxy() if len(plates) > 1 else self.field.editor
        if len(plates) == 1:
            self.set_plate(plates[0])

    def do(self, command: str) -> bool:
        """A digit chooses one of several plates; the rest is every dialog's."""
        if command.startswith("answer_"):
            self.plates.select_number(int(command.removeprefix("answer_")))
            return True
        return super().do(command)

    def plate(self) -> str:
        """Return what stands in the field."""
        return self.field.text().strip()

    def set_plate(self, plate: str) -> None:
        """Put a plate in the field."""
        self._quiet = True
        self.field.set_text(plate)
        self._quiet = False

    def set_waiting(self) -> None:
        """The question is on its way."""
        self._show("plain", WAITING, "Dit duurt hooguit 10 seconden. Met Esc stopt u.", "clock")

    def set_answer(self, seen: PlateSeen, wrong: Sequence[str], when: str) -> None:
        """Show the answer; ``wrong``: where it does not fit the description."""
        if seen.state == NOT_FOUND:
            self._show("amber", "Niet gevonden bij RDW", NOT_HERE, "triangle-alert", when)
        elif seen.state != FOUND or seen.car is None:
            why = NO_ANSWER.format(why=seen.why or "onbekend waarom")
            self._show("amber", "Onbekend", why, "triangle-alert", when)
        elif wrong:
            words = "\n".join(wrong)
            self._show("red", "Klopt niet met de omschrijving", words, "octagon-alert", when)
        else:
            self._show("plain", "Gevonden bij RDW", "", "check", when)
        car = seen.car if seen.state == FOUND else None
        if car is not None:
            self.facts.set_rows(
                [
                    Fact("Merk", titled(car.make) or NONE),
                    Fact("Type", titled(car.model) or NONE),
                    Fact("Kleur", colour_words(car) or NONE),
                    Fact("Soort", car.kind or NONE),
                ]
            )
            self._keep.set_reason("")
        self.facts.setVisible(car is not None)
        self.refit()

    def set_problem(self, title: str, words: str) -> None:
        """Say why nothing was asked."""
        self._show("amber", title, words, "triangle-alert")

    def clear_answer(self) -> None:
        """Nothing is known of what stands in the field now."""
        self._drop()
        self.refit()

    def said(self) -> str:
        """Return title and text of the band, for tests and screen readers."""
        return self._band.accessibleName() if self._band is not None else ""

    def _show(self, tone: str, title: str, words: str, icon: str, when: str = "") -> None:
        self._drop()
        self._band = Band(tone, title, words, icon)
        self._band.setAccessibleName(f"{title}. {words}".strip())
        self.body.insertWidget(self.body.indexOf(self.facts), self._band)
        # Laid out at once: what a layout shows by itself comes a moment later, without its height.
        self._band.show()
        self._when.set_text(when)
        self._when.setVisible(bool(when))
        self.refit()

    def _drop(self) -> None:
        self.facts.hide()
        self._when.hide()
        self._keep.set_reason("Er is nog geen antwoord.")
        if self._band is not None:
            self.body.removeWidget(self._band)
            self._band.hide()
            self._band.deleteLater()
            self._band = None

    def _on_plate(self, plate: str) -> None:
        self.set_plate(plate)
        self._on_ask()

    def _on_typed(self, _text: str) -> None:
        if not self._quiet:
            self.clear_answer()
            self.changed.emit()

    def _on_ask(self) -> None:
        self.asked.emit(self.plate())
