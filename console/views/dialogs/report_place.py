"""Where a report is: three letters offer places, one key finds the area of an address (F02, F60)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.directory import Place
from console.views.keys.table import keys_of
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.completion import CompletionList, Offer
from console.views.widgets.field import Field

LETTERS = 3


class ReportPlace(QWidget):
    """``typed``: places are wanted for this text. ``find_requested``: the area of this address."""

    typed = Signal(str)
    changed = Signal()
    resized = Signal()
    find_requested = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """``window`` is what the offers hang over."""
        super().__init__()
        self.field = Field("Waar", icon="pin", max_length=200)
        self.seek = Button("Zoek gebied", keys_of("find_area"))
        # Tab goes from field to field; the key is for hands on the keyboard.
        self.seek.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        beside = QVBoxLayout()
        # Level with the frame: the label above it takes a line and the space below.
        beside.addSpacing(round(current().metrics("body_medium").height()) + current().px(5))
        beside.addWidget(self.seek)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().px(10))
        row.addWidget(self.field, 1)
        row.addLayout(beside)
        self.setFocusProxy(self.field)
        self._list = CompletionList(self.field, window)
        self._places: dict[str, Place] = {}
        self._place: Place | None = None
        self._area = ""
        self.field.text_changed.connect(self._on_typed)
        self._list.chosen.connect(self._on_chosen)
        self.seek.clicked.connect(self.ask)

    def text(self) -> str:
        """Return what stands in the field."""
        return self.field.text()

    def area_id(self) -> str:
        """Return the area that was found or chosen; empty: none."""
        return self._area

    def is_taken(self) -> bool:
        """Say whether the area of what stands here was found or chosen."""
        return self._place is not None

    def fill(self, text: str, area_id: str) -> None:
        """Put back what stood here; the text alone takes no area."""
        self.field.set_text(text)
        self._area = area_id

    def offer(self, places: Sequence[Place]) -> None:
        """Offer these; a person chooses."""
        self._places = {str(number): place for number, place in enumerate(places)}
        offers = []
        for number, place in self._places.items():
            detail = place.area_name if place.area_name != place.text else ""
            offers.append(Offer(number, place.text, detail))
        self._list.set_offers(offers)

    def let_choose(self, places: Sequence[Place], words: str) -> None:
        """Put a choice before the person, with words beside the label: the list hangs below."""
        self.say("")
        self.field.set_hint(words, "amber")
        self.field.setFocus()
        self.offer(places)

    def offers_shown(self) -> bool:
        """Say whether the list hangs open."""
        return self._list.isVisible()

    def take(self, place: Place, source: str = "") -> None:
        """Take the area of a place; what was typed stays as it is."""
        self._place, self._area = place, place.area_id
        self._list.set_offers(())
        parts = [place.area_name if place.area_name != self.text() else ""]
        parts.append(f"wijkagent {place.officer_name}" if place.officer_name else "")
        parts.append(source)
        self.say("")
        self.field.set_hint(" · ".join(part for part in parts if part))
        self.changed.emit()

    def say(self, words: str) -> None:
        """Say under the field why there is no area; empty: nothing is the matter."""
        self.field.set_finding("warn" if words else "", words)
        self.field.set_hint("")
        self.resized.emit()

    def set_waiting(self) -> None:
        """The question is on its way; typing on takes it back."""
        self.say("")
        self.field.set_hint("De centrale vraagt het bij PDOK, hooguit 10 seconden")

    def ask(self) -> None:
        """Ask for the area of what stands here."""
        self.find_requested.emit(self.text().strip())

    def _on_typed(self, text: str) -> None:
        if self._place is not None and text != self._place.text:
            # Without a place the area may be the one of the report before this one.
            self._place, self._area = None, ""
        if self._place is None:
            self.say("")
        if len(text.strip()) >= LETTERS and self._place is None:
            self.typed.emit(text.strip())
        else:
            self._list.set_offers(())
        self.changed.emit()

    def _on_chosen(self, number: str) -> None:
        place = self._places.get(number)
        if place is None:
            return
        self._place = place
        self.field.set_text(place.text)
        self.take(place)
