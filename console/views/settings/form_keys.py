"""Samenwerken, at a team: the keys with which outside report forms send reports (F10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from console.domain.access import FormKey
from console.views.settings.lines import LineDelegate, describe, key_line
from console.views.settings.part import Part, ShownOnce
from console.views.tables.list_view import ListView
from console.views.tables.row_model import RowModel
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.frame import Frame

_ROWS = 5
_ONCE = (
    "De sleutel blijft geldig tot u hem intrekt. U ziet hem alleen nu. Geef hem aan wie het "
    "formulier beheert."
)


class FormKeysPart(Part):
    """``make_requested`` carries the name of the form, ``end_requested`` the id of its key."""

    make_requested = Signal(str)
    end_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "Meldformulieren",
            "Een formulier van een buurt of gemeente stuurt meldingen met een eigen sleutel. Ze "
            "komen bij u in de lijst met de naam van het formulier.",
        )
        self._keys: dict[str, FormKey] = {}
        self._model = RowModel(describe)
        self.list = ListView(self._model, LineDelegate(), "Sleutels van meldformulieren")
        self.frame = Frame(self.list)
        self.name = Field("Naam van het formulier", "zo heet de herkomst", max_length=60)
        self.once = ShownOnce()
        for part in (self.frame, self.name, self.once):
            self.column.addWidget(part)
        self.once.hide()
        self._make = Button("Maak een sleutel", icon="plus")
        self._end = Button("Trek de sleutel in", icon="close", kind="danger")
        self.end_with(self._make, self._end)
        self._make.clicked.connect(self._on_make)
        self._end.clicked.connect(self._on_end)
        self.list.current_changed.connect(self._on_chosen)
        self.name.text_changed.connect(self._on_typed)
        self.set_keys((), None)

    def set_keys(self, keys: Sequence[FormKey], now: datetime | None) -> None:
        """Show the keys, the newest first."""
        self._keys = {key.id: key for key in keys}
        if now is not None:
            self._model.set_rows([key_line(key, now) for key in keys])
        self.list.setFixedHeight(current().px(52) * max(1, min(len(keys), _ROWS)))
        self.frame.setVisible(bool(keys))
        if keys and not self.list.current_id():
            self.list.choose_first()
        self._on_chosen(self.list.current_id())

    def show_key(self, name: str, key: str) -> None:
        """Show a new key, once."""
        self.name.set_text("")
        self.once.show_code(f"Sleutel voor {name}", key, _ONCE)

    def name_of(self, key_id: str) -> str:
        """Return the name of a form in the list."""
        found = self._keys.get(key_id)
        return found.name if found is not None else ""

    def _on_chosen(self, key_id: str) -> None:
        key = self._keys.get(key_id)
        self._end.setVisible(key is not None and not key.revoked_at)

    def _on_typed(self, _text: str) -> None:
        self.name.set_finding("")

    def _on_make(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self.name.set_finding("stop", "Typ de naam van het formulier.")
            self.name.setFocus()
            return
        self.make_requested.emit(name)

    def _on_end(self) -> None:
        self.end_requested.emit(self.list.current_id())
