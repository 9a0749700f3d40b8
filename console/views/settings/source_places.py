"""Bronnen: where each source stands, and which hosts central may ask for the team (F60, F63)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from console.domain.sources import SourcePlace, hosts_in
from console.views.settings.lines import Line, LineDelegate, describe
from console.views.settings.part import Part
from console.views.tables.list_view import ListView
from console.views.tables.row_model import RowModel
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.frame import Frame

LEAD = (
    "Verhuist een bron, dan zet u hier het nieuwe adres. De centrale vraagt alleen hosts die op de "
    "lijst staan, met https, en nooit een adres binnen het eigen netwerk."
)
OFF = "Deze bron staat uit. Zet hem hierboven aan en bewaar dat."
NO_LAMP = "Opzoeken heeft geen lamp: zoek iets op, dan ziet u of er antwoord komt."
_HOSTS_OF = {"feeds": "Hosts van de meldingen", "lookups": "Hosts van het opzoeken"}


class SourcePlacesPart(Part):
    """``keep_requested``: id, address and hosts; ``ship_requested`` and ``try_requested``: the id."""

    keep_requested = Signal(str, str, object)
    ship_requested = Signal(str)
    try_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__("Waar een bron staat", LEAD)
        self._places: dict[str, SourcePlace] = {}
        self._why_not = ""
        self._shown = ""
        self._model = RowModel(describe)
        self.list = ListView(self._model, LineDelegate(), "Bronnen met hun adres")
        self.url = Field("Adres", "begint met https://", max_length=2_000)
        self.hosts = Field(_HOSTS_OF["feeds"], "één op een regel", multi_line=True, lines=4)
        for part in (Frame(self.list), self.url, self.hosts):
            self.column.addWidget(part)
        self.keep = Button("Bewaar het adres")
        self.try_now = Button("Probeer nu", icon="antenna")
        self.ship = Button("Terug naar het meegeleverde adres", kind="quiet")
        self.end_with(self.keep, self.try_now, self.ship)
        self.list.current_changed.connect(self._on_chosen)
        self.url.text_changed.connect(self._on_typed)
        self.hosts.text_changed.connect(self._on_typed)
        self.keep.clicked.connect(self._on_keep)
        self.try_now.clicked.connect(self._on_try)
        self.ship.clicked.connect(self._on_ship)

    def set_places(self, places: Sequence[SourcePlace], *, why_not: str = "") -> None:
        """Show every source; what somebody is typing stays where nothing changed under it."""
        before = self._places.get(self._shown)
        self._places = {one.id: one for one in places}
        self._why_not = why_not
        self._model.set_rows([_line(one) for one in places])
        self.list.setFixedHeight(current().px(LineDelegate.height) * max(1, len(places)))
        if places and not self.list.current_id():
            self.list.choose_first()
        place = self._places.get(self.list.current_id())
        if place is not None and (before is None or before != place):
            self._fill(place)
        self._show_buttons()

    def refuse(self, words: str, code: str) -> None:
        """Say what is wrong, at the field that it is about; what was typed stays."""
        at_hosts = code in ("source-host", "source-hosts", "source-lost", "source-not-listed")
        field = self.hosts if at_hosts else self.url
        field.set_finding("stop", words)
        field.setFocus()

    def _on_chosen(self, source_id: str) -> None:
        place = self._places.get(source_id)
        if place is not None and source_id != self._shown:
            self.say("")
            self._fill(place)
        self._show_buttons()

    def _fill(self, place: SourcePlace) -> None:
        self._shown = place.id
        self.url.set_text(place.url)
        self.hosts.set_label(_HOSTS_OF[place.kind])
        self.hosts.set_text("\n".join(place.hosts))
        self._on_typed("")

    def _show_buttons(self) -> None:
        place = self._places.get(self._shown)
        locked = place is None or bool(self._why_not)
        self.url.setEnabled(not locked)
        self.hosts.setEnabled(not locked)
        self.keep.set_reason(self._why_not)
        self.ship.setVisible(place is not None and place.own)
        self.ship.set_reason(self._why_not)
        why = self._why_not
        if place is not None and not why:
            why = NO_LAMP if place.kind == "lookups" else "" if place.on else OFF
        self.try_now.set_reason(why)

    def _on_typed(self, _text: str) -> None:
        self.url.set_finding("")
        self.hosts.set_finding("")

    def _on_keep(self) -> None:
        self.keep_requested.emit(self._shown, self.url.text().strip(), hosts_in(self.hosts.text()))

    def _on_try(self) -> None:
        self.try_requested.emit(self._shown)

    def _on_ship(self) -> None:
        self.ship_requested.emit(self._shown)


def _line(place: SourcePlace) -> Line:
    host = place.host or "geen adres dat gevraagd kan worden"
    aside = "eigen adres" if place.own else ""
    if not place.on:
        aside = f"{aside}, staat uit" if aside else "staat uit"
    icon = "antenna" if place.kind == "feeds" else "search"
    return Line(place.id, place.title, host, aside, icon, False)
