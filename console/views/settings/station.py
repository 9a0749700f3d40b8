"""Deze computer: its name, how it looks, when it locks; and the way to training (F57)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from console.views.settings.form import Form
from console.views.theme.theme import SCALES
from console.views.widgets.button import Button
from console.views.widgets.choice import Choice
from console.views.widgets.field import Field
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick

MODES = (("system", "Zoals de computer"), ("light", "Licht"), ("dark", "Donker"))


@dataclass(frozen=True, slots=True)
class StationFacts:
    """What this computer keeps for itself. ``scale`` is per cent, ``lock_minutes`` 1 to 60."""

    name: str
    mode: str
    scale: int
    lock_minutes: int
    sounds: bool
    central: str


class StationPage(Form):
    """``station_requested`` carries a ``StationFacts``; the look changes at once."""

    station_requested = Signal(object)
    mode_requested = Signal(str)
    scale_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__("Deze computer", "Dit geldt alleen hier, voor iedereen die hier werkt.")
        self.name = Field("Naam in de geschiedenis", "bijvoorbeeld: balie 1", max_length=60)
        self.mode = Choice(MODES, "Licht of donker")
        self.scale = Choice([(str(one), f"{one} %") for one in SCALES], "Grootte van de tekst")
        self.lock = Field("Op slot na zoveel minuten", "1 tot en met 60", max_length=2)
        self.sounds = Tick("Een korte toon bij een nieuwe acute melding")
        self._central = Text("", "body", "text2", wrap=True)
        for choice in (self.mode, self.scale):
            choice.setMaximumWidth(choice.theme.px(280))
        self.lock.setMaximumWidth(self.mode.theme.px(280))
        self.column.addWidget(self.name)
        self.column.addWidget(Text("Licht of donker", "body_medium"))
        self.column.addWidget(self.mode)
        self.column.addWidget(Text("Grootte van de tekst", "body_medium"))
        self.column.addWidget(self.scale)
        self.column.addWidget(self.lock)
        self.column.addWidget(self.sounds)
        self.column.addWidget(self._central)
        self._save = self.end_with("Bewaar")
        self._save.clicked.connect(self._on_save)
        self.mode.chosen.connect(self.mode_requested)
        self.scale.chosen.connect(self._on_scale)

    def set_station(self, facts: StationFacts) -> None:
        """Show what holds now."""
        for choice, wanted in ((self.mode, facts.mode), (self.scale, str(facts.scale))):
            blocked = choice.blockSignals(True)
            choice.select(wanted)
            choice.blockSignals(blocked)
        self.name.set_text(facts.name)
        self.lock.set_text(str(facts.lock_minutes))
        self.sounds.setChecked(facts.sounds)
        self._central.set_text(facts.central)

    def _on_scale(self, scale: str) -> None:
        if scale.isdigit():
            self.scale_requested.emit(int(scale))

    def _on_save(self) -> None:
        minutes = self.lock.text().strip()
        fits = minutes.isascii() and minutes.isdigit() and 1 <= int(minutes) <= 60
        self.lock.set_finding("" if fits else "stop", "" if fits else "Kies 1 tot en met 60.")
        if not fits:
            self.lock.setFocus()
            return
        self.station_requested.emit(
            StationFacts(
                self.name.text().strip(),
                self.mode.selected(),
                int(self.scale.selected() or "100"),
                int(minutes),
                self.sounds.isChecked(),
                self._central.text(),
            )
        )


class TrainingPage(Form):
    """``training_requested``: a desk of its own opens beside this one."""

    training_requested = Signal()

    def __init__(self, *, training: bool) -> None:
        super().__init__(
            "Oefenen",
            "De oefening is een eigen desk met eigen gegevens, in een eigen venster. "
            "Elke tekst begint er met OEFENING. Niets gaat over en weer.",
        )
        button: Button = self.end_with("Start de oefening")
        if training:
            button.set_reason("U bent al aan het oefenen.")
            self.say("U bent al aan het oefenen. Sluit dit venster om te stoppen.", "plain")
        button.clicked.connect(self.training_requested)
