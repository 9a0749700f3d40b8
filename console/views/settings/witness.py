"""Samenwerken: how far central's log is signed, as this desk saw it, and what did not connect."""

from __future__ import annotations

from PySide6.QtCore import Signal

from console.domain.clock import local
from console.domain.witness import KEY, OWN_DOING, WORDS, Witness
from console.views.settings.part import Part
from console.views.text import clock_text
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.facts import Fact, Facts

LEAD = (
    "De centrale ondertekent elk uur hoe ver haar logboek is. Deze desk bewaart dat en merkt het als "
    "er later regels weg of anders zijn. De sleutel is die van de eerste keer: vergelijk de cijfers "
    "met die van de beheerder."
)
NOTHING = "nog niets ondertekend"


class WitnessPart(Part):
    """``looked_into``: a person asked and was satisfied."""

    looked_into = Signal()

    def __init__(self) -> None:
        super().__init__("Het logboek van de centrale", LEAD)
        self.band = Band("red", "", "", "octagon-alert")
        self.facts = Facts(label_width=220)
        self.column.addWidget(self.band)
        self.column.addWidget(self.facts)
        self._done = Button("Nagevraagd, het klopt", icon="check")
        self.end_with(self._done)
        # What is not right is never waved away with Ctrl+Enter.
        self.primary = None
        self._done.clicked.connect(self.looked_into)
        self.set_witness(Witness())

    def set_witness(self, known: Witness, *, why_not: str = "") -> None:
        """Show what the desk knows; ``why_not``: why this person may not say that it is right."""
        words = WORDS.get(known.trouble)
        self.band.setVisible(words is not None)
        self._done.setVisible(words is not None)
        self._done.set_reason(why_not)
        if words is not None:
            text = words.text.format(size=known.trouble_size, restored=_when(known.restored_at))
            tone = "amber" if known.trouble in OWN_DOING else "red"
            self.band.set_content(tone, words.title, text, "octagon-alert")
        last = known.seen[-1] if known.seen else None
        rows = [
            Fact("Sleutel", known.mark or NOTHING),
            Fact("Laatst ondertekend", f"regel {last.size}, gezien {_when(last.at)}")
            if last is not None
            else Fact("Laatst ondertekend", NOTHING),
            Fact("Bewaard op deze desk", f"{len(known.seen) + len(known.old)} controlepunten"),
        ]
        if known.trouble == KEY:
            rows.insert(1, Fact("Nieuwe sleutel", known.offered_mark))
        self.facts.set_rows(rows)


def _when(stamp: str) -> str:
    at = local(stamp)
    return f"{at:%d-%m-%Y} {clock_text(at)}" if at is not None else ""
