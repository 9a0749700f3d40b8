"""A field for an area: three letters offer places, Tab takes the first (F18)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.directory import Place
from console.views.widgets.completion import CompletionList, Offer
from console.views.widgets.field import Field

LETTERS = 2
_ICONS = {"street": "pin", "area": "map", "group": "people"}


class PlaceField(QWidget):
    """`chosen` carries the area's id; typing on forgets what was chosen."""

    typed = Signal(str)
    chosen = Signal(str)

    def __init__(
        self, label: str, hint: str, window: QWidget, parent: QWidget | None = None
    ) -> None:
        """`window` (or a popup) is what the offers hang over."""
        super().__init__(parent)
        self.field = Field(label, hint, icon="pin", max_length=120)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self.setFocusProxy(self.field)
        self._list = CompletionList(self.field, window)
        self._places: tuple[Place, ...] = ()
        self._area_id = ""
        self._quiet = False
        self.field.text_changed.connect(self._on_typed)
        self._list.chosen.connect(self._on_taken)

    def area_id(self) -> str:
        """The chosen area, or an empty text."""
        return self._area_id

    def set_area(self, area_id: str, name: str) -> None:
        """Fill in an area."""
        self._area_id = area_id
        self._quiet = True
        self.field.set_text(name)
        self._quiet = False

    def set_places(self, places: Sequence[Place]) -> None:
        """Offer these places."""
        self._places = tuple(places)
        self._list.set_offers(
            [
                Offer(str(number), one.text, one.area_name, _ICONS.get(one.kind, "pin"))
                for number, one in enumerate(self._places)
            ]
        )

    def _on_typed(self, text: str) -> None:
        if self._quiet:
            return
        self._area_id = ""
        self.chosen.emit("")
        if len(text.strip()) >= LETTERS:
            self.typed.emit(text)
        else:
            self.set_places(())

    def _on_taken(self, number: str) -> None:
        place = self._places[int(number)]
        name = place.text
        if place.kind != "area" and place.area_name:
            name = f"{place.text}, {place.area_name}"
        self.set_area(place.area_id, name)
        self.chosen.emit(place.area_id)
