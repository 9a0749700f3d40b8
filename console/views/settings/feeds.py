"""Bronnen: which feeds outside central looks at for the whole team (F63)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal

from console.domain.status import Lamp
from console.views.settings.form import Form
from console.views.settings.source_places import SourcePlacesPart
from console.views.theme.theme import current
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick
from contract.dutch import WORDS
from contract.vocabulary import FEEDS, LOOKUPS, AlertSource

_WORDS = {
    "good": "geeft antwoord",
    "old": "lang niets van gehoord",
    "unknown": "status onbekend",
}
_LOOKUPS = {"plates": "Kentekens bij RDW", "addresses": "Adressen bij PDOK"}
LOOKED_UP = (
    "De centrale vraagt dit alleen als iemand erom vraagt, en bewaart niet wat er gevraagd werd. "
    "RDW ziet dan het kenteken, PDOK straat, nummer en plaats. Wie vraagt, zien zij niet."
)

SHARED = (
    "Teams met een gebied ernaast zien dan drie dagen lang wat u in groepen plaatste: tekst, soort, "
    "gebied, tijd en of het is afgelopen. Geen namen van collega’s, geen groepen, geen nummers. "
    "Dat er gekeken is, staat in het controlespoor van beide teams."
)


class FeedsPage(Form):
    """``feeds_requested`` carries the feeds that must be on, ``lookups_requested`` the look-ups.

    ``sharing_requested`` says whether messages are shared with teams beside.
    """

    feeds_requested = Signal(object)
    lookups_requested = Signal(object)
    sharing_requested = Signal(bool)

    def __init__(self) -> None:
        super().__init__(
            "Bronnen",
            "De centrale kijkt zelf bij deze bronnen, voor het hele team. "
            "Geeft een bron geen goed antwoord, dan staat er “onbekend sinds”. "
            "Wat hier uit staat, kunt u nog wel plakken.",
        )
        self.ticks: dict[AlertSource, Tick] = {}
        self._lamps: dict[AlertSource, Text] = {}
        for feed in FEEDS:
            tick = Tick(WORDS[AlertSource][feed])
            lamp = Text("", "second", "text2", elide=True, least=180)
            row = BreakingRow(gap=2)
            row.setSpacing(current().px(12))
            tick.setMinimumWidth(tick.sizeHint().width())
            row.addWidget(tick, 2)
            row.addWidget(lamp, 3)
            self.ticks[feed], self._lamps[feed] = tick, lamp
            self.column.addLayout(row)
        self.column.addWidget(Text("Opzoeken", "body_medium"))
        self.column.addWidget(Text(LOOKED_UP, "small", "text2", wrap=True))
        self.lookups: dict[str, Tick] = {}
        for name in LOOKUPS:
            tick = Tick(_LOOKUPS[name])
            self.lookups[name] = tick
            self.column.addWidget(tick)
        self.column.addWidget(Text("Buurteams", "body_medium"))
        self.column.addWidget(Text(SHARED, "small", "text2", wrap=True))
        self.sharing = Tick("Deel onze berichten met buurteams")
        self.column.addWidget(self.sharing)
        self._reason = Text("", "small", "text2", wrap=True)
        self.column.addWidget(self._reason)
        self._save = self.end_with("Bewaar de bronnen")
        self._save.clicked.connect(self._on_save)
        self.places = SourcePlacesPart()
        self.add_part(self.places)

    def set_feeds(
        self, on: Collection[AlertSource], lamps: Sequence[Lamp], *, why_not: str = ""
    ) -> None:
        """Show what is on, and how each is; ``why_not``: why this person may not change it."""
        for feed, tick in self.ticks.items():
            tick.setChecked(feed in on)
            tick.setEnabled(not why_not)
        seen = {one.name: one for one in lamps}
        for feed, text in self._lamps.items():
            one = seen.get(WORDS[AlertSource][feed]) if feed in on else None
            text.set_text(one.words.rstrip(",") or _WORDS[one.state] if one else "")
            text.set_color("amber" if one and one.state != "good" else "text2")
        self._save.set_reason(why_not)
        self._reason.set_text(why_not)
        self._reason.setVisible(bool(why_not))

    def set_lookups(self, on: Collection[str], *, why_not: str = "") -> None:
        """Show which look-ups are on."""
        for name, tick in self.lookups.items():
            tick.setChecked(name in on)
            tick.setEnabled(not why_not)

    def set_sharing(self, on: bool, *, why_not: str = "") -> None:
        """Show whether messages are shared with teams beside."""
        self.sharing.setChecked(on)
        self.sharing.setEnabled(not why_not)

    def _on_save(self) -> None:
        # The feeds last: what is read again once they are kept then holds the rest as well.
        self.sharing_requested.emit(self.sharing.isChecked())
        self.lookups_requested.emit(
            tuple(name for name, tick in self.lookups.items() if tick.isChecked())
        )
        self.feeds_requested.emit(
            tuple(feed for feed, tick in self.ticks.items() if tick.isChecked())
        )
