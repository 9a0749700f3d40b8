"""Quick entry: a report heard in a group, by phone or at the door, in eight fields (09g, F02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.clock import stamp
from console.domain.report import NewReport, RelayChoice
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.report_place import ReportPlace
from console.views.keys.table import keys_of
from console.views.reports.words import CATEGORY_ICONS
from console.views.widgets.button import Button
from console.views.widgets.completion import CompletionList, Offer
from console.views.widgets.field import Field, TimeField
from console.views.widgets.finding_line import IconMark
from console.views.widgets.radio_grid import RadioGrid
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick
from contract.vocabulary import Called112, Relay

RELAY_LETTERS = 2
_CATEGORIES = (
    ("person", "Persoon"),
    ("persons", "Groep"),
    ("vehicle", "Voertuig"),
    ("surroundings", "Omgeving"),
)
_CALLED = (
    ("yes", "Ja", "check"),
    ("no", "Nee", "close"),
    ("unknown", "Weet ik niet", "ring-question"),
)
_FIXED_RELAYS = (
    RelayChoice(Relay.ANONYMOUS, "", "Anoniem"),
    RelayChoice(Relay.VERBAL, "", "Mondeling"),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as text per field: kept while typing and offered again."""

    texts: dict[str, str] = field(default_factory=dict)

    def is_empty(self) -> bool:
        """Say whether nothing was written that is worth keeping."""
        return not any(self.texts.get(name) for name in ("text", "place", "description"))


class NewReportDialog(Dialog):
    """The form. ``keep_requested`` carries the report and whether the next one follows."""

    keep_requested = Signal(object, bool)
    relay_typed = Signal(str)
    typed = Signal(object)
    plate_requested = Signal(str)

    scopes = ("entering",)

    def __init__(self, window: QWidget, now: datetime) -> None:
        """``now`` is local time, filled in as the moment it was heard."""
        super().__init__(window, "Nieuwe melding", width=680, hint="met Tab naar het volgende veld")
        self._now = now
        self._relays: dict[str, RelayChoice] = {}
        self._relay: RelayChoice = _FIXED_RELAYS[0]
        self._filling = False
        self._build()
        self._connect()
        self.first_focus = self.category.focusProxy()
        self._show_urgency()

    def do(self, command: str) -> bool:
        """Find the area of the place, or check a plate; the rest is every dialog's."""
        if command == "find_area":
            self.where.ask()
        elif command == "check_plate":
            self.plate_requested.emit(f"{self.text.text()}\n{self.description.text()}")
        else:
            return super().do(command)
        return True

    def show_plate_key(self, plate: bool) -> None:
        """Say beside the text which key checks a plate that stands in it."""
        key = keys_of("check_plate")
        self.text.set_hint(f"{key}: kenteken nazien" if plate else "")

    def fill(self, texts: dict[str, str]) -> None:
        """Put back what was typed before."""
        self._filling = True
        self.category.select(texts.get("category", ""), silent=True)
        self.text.set_text(texts.get("text", ""))
        self.where.fill(texts.get("place", ""), texts.get("area_id", ""))
        self.description.set_text(texts.get("description", ""))
        self.relay.set_text(texts.get("relay_name", ""))
        self._relay = RelayChoice(
            texts.get("relay", "") or Relay.ANONYMOUS,
            texts.get("relay_id", ""),
            texts.get("relay_name", ""),
        )
        if texts.get("when"):
            self.when.set_text(texts["when"])
        self.happens.setChecked(texts.get("acute") == "1")
        self.called.select(texts.get("called_112", ""), silent=True)
        self.photo.setChecked(texts.get("photo") == "1")
        self._filling = False
        self._show_urgency()

    def typed_now(self) -> Typed:
        """Return what stands in the form."""
        relay = self._relay
        return Typed(
            {
                "category": self.category.selected(),
                "text": self.text.text(),
                "when": self.when.text(),
                "acute": "1" if self.happens.isChecked() else "",
                "called_112": self.called.selected(),
                "place": self.place.text(),
                "area_id": self.where.area_id(),
                "relay": relay.relay,
                "relay_id": relay.id,
                "relay_name": relay.name if relay.id else "",
                "description": self.description.text(),
                "photo": "1" if self.photo.isChecked() else "",
            }
        )

    def next_one(self, now: datetime) -> None:
        """Empty the form for the next report of the same area and kind."""
        kept = {"category": self.category.selected(), "area_id": self.where.area_id()}
        self._now = now
        self.when.set_time(now.time())
        self.fill(kept)
        self.when.set_time(now.time())
        self.text.setFocus()

    def offer_relays(self, relays: Sequence[RelayChoice]) -> None:
        """Offer these under "Doorgegeven door", after the two that need no name."""
        typed = self.relay.text().strip().casefold()
        fixed = [one for one in _FIXED_RELAYS if one.name.casefold().startswith(typed)]
        self._relays = {str(number): one for number, one in enumerate([*fixed, *relays])}
        icons = {"administrator": "person", "group": "people"}
        self._relay_offers.set_offers(
            [
                Offer(number, one.name, one.detail, icons.get(one.relay, "shield"))
                for number, one in self._relays.items()
            ]
        )

    def offers_shown(self) -> bool:
        """Say whether a list of completions hangs open."""
        return self.where.offers_shown() or self._relay_offers.isVisible()

    def asks_112(self) -> str:
        """Return what stands beside "112 gebeld?"."""
        return self._ask.text()

    def wrong(self) -> str:
        """Return what the footer says is missing."""
        return self._wrong.text()

    def refuse(self, sentence: str) -> None:
        """Say in the footer why it could not be kept; the text stays."""
        self._wrong.set_text(sentence)

    def _build(self) -> None:
        px = self.theme.px
        self.category = RadioGrid(
            [(id_, words, None, CATEGORY_ICONS[id_]) for id_, words in _CATEGORIES],
            "Soort",
            columns=4,
            kind="card",
        )
        self.text = Field("Wat gebeurt er", multi_line=True, lines=2, max_length=4000)
        self.when = TimeField("", name="Wanneer")
        self.when.setFixedWidth(px(90))
        self.when.set_time(self._now.time())
        self.happens = Tick("Gebeurt nu")
        self.called = RadioGrid(
            [(id_, words, None, icon) for id_, words, icon in _CALLED],
            "112 gebeld?",
            columns=3,
            kind="card",
        )
        self.where = ReportPlace(self)
        self.place = self.where.field
        self.relay = Field("Doorgegeven door", max_length=120, placeholder="Anoniem")
        self.description = Field(
            "Hoe zien zij eruit", placeholder="Gedrag, richting, kleding, bouw", max_length=2000
        )
        self.photo = Tick("Foto gezien in de groep")
        self._ask = Text("", "small", "red")
        self._ask_mark = IconMark("octagon-alert", "redmark", 14)
        self._called_label = Text("112 gebeld?", "body_medium")
        head = QHBoxLayout()
        head.setSpacing(px(5))
        head.addWidget(self._called_label)
        head.addStretch(1)
        head.addWidget(self._ask_mark)
        head.addWidget(self._ask)
        moment = QHBoxLayout()
        moment.setSpacing(px(10))
        moment.addWidget(self.when)
        moment.addWidget(self.happens)
        line = QHBoxLayout()
        line.setSpacing(px(22))
        line.addLayout(_block(Text("Wanneer", "body_medium"), moment))
        line.addLayout(_block(head, self.called), 1)
        self.body.addLayout(_block(Text("Soort", "body_medium"), self.category))
        self.body.addWidget(self.text)
        self.body.addLayout(line)
        self.body.addWidget(self.where)
        self.body.addWidget(self.relay)
        self.body.addWidget(self.description)
        self._wrong = Text("", "small", "red", elide=True)
        self.add_footer_left(self.photo)
        self.add_footer_left(self._wrong)
        keep = Button("Bewaar", keys_of("confirm"), kind="filled")
        more = Button("Bewaar en nog een", keys_of("second"))
        self.set_buttons(keep, more)
        keep.clicked.connect(self._on_keep)
        more.clicked.connect(self._on_keep_more)
        self._relay_offers = CompletionList(self.relay, self)

    def _connect(self) -> None:
        self.where.changed.connect(self._tell)
        self.where.resized.connect(self.refit)
        self.relay.text_changed.connect(self._on_relay)
        self._relay_offers.chosen.connect(self._on_relay_chosen)
        self.happens.toggled.connect(self._show_urgency)
        self.called.chosen.connect(self._show_urgency)
        for changed in (
            self.text.text_changed,
            self.when.text_changed,
            self.description.text_changed,
            self.category.chosen,
            self.photo.toggled,
        ):
            changed.connect(self._tell)

    def _on_relay(self, text: str) -> None:
        if text.strip() != self._relay.name:
            self._relay = _FIXED_RELAYS[0]
            if len(text.strip()) >= RELAY_LETTERS:
                self.relay_typed.emit(text.strip())
            else:
                self._relay_offers.set_offers(())
        self._tell()

    def _on_relay_chosen(self, number: str) -> None:
        relay = self._relays.get(number)
        if relay is not None:
            self._relay = relay
            self.relay.set_text(relay.name)
            self.relay.set_hint(relay.detail)
            self._tell()

    def _show_urgency(self, _changed: Any = None) -> None:
        asks = self.happens.isChecked() and self.called.selected() in ("", Called112.UNKNOWN)
        warns = self.happens.isChecked() and self.called.selected() == Called112.NO
        self._called_label.set_color("red" if self.happens.isChecked() else "text")
        self._ask.set_text("vraag dit eerst" if asks else "eerst de meldkamer" if warns else "")
        self._ask_mark.setVisible(asks or warns)
        self._tell()

    def _tell(self, _changed: Any = None) -> None:
        self._wrong.set_text("")
        if not self._filling:
            self.typed.emit(self.typed_now())

    def _on_keep(self) -> None:
        self._keep(again=False)

    def _on_keep_more(self) -> None:
        self._keep(again=True)

    def _keep(self, *, again: bool) -> None:
        report = self._report()
        if report is not None:
            self.keep_requested.emit(report, again)

    def _missing(self) -> tuple[str, QWidget] | None:
        """Return what still has to be written, and where."""
        if not self.category.selected():
            return "Kies nog een soort.", self.category
        if not self.text.text().strip():
            return "Schrijf nog wat er gebeurt.", self.text
        if self.when.time() is None:
            return "Schrijf de tijd als 16:40.", self.when
        if not self.place.text().strip():
            return "Schrijf nog waar het is.", self.place
        typed = self.relay.text().strip()
        if typed and typed.casefold() != "anoniem" and typed != self._relay.name:
            return "Kies een naam uit de lijst, of laat dit leeg.", self.relay
        return None

    def _report(self) -> NewReport | None:
        missing = self._missing()
        clock = self.when.time()
        if missing is not None or clock is None:
            if missing is not None:
                self._wrong.set_text(missing[0])
                (missing[1].focusProxy() or missing[1]).setFocus()
            return None
        relay = self._relay
        moment = _latest(self._now, clock)
        acute = self.happens.isChecked()
        return NewReport(
            category=self.category.selected(),
            text=self.text.text(),
            place=self.place.text(),
            heard_at=stamp(self._now),
            happened_at=stamp(moment),
            description=self.description.text(),
            area_id=self.where.area_id(),
            acute=acute,
            called_112=self.called.selected(),
            relay=relay.relay,
            relay_id=relay.id,
            relay_name=relay.name if relay.id else "",
            photo_seen=self.photo.isChecked(),
            claim=True,
        )


def _latest(now: datetime, clock: time) -> datetime:
    """Return the last time it was this late: a time ahead of now is yesterday's."""
    moment = now.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    if (moment.hour, moment.minute) == (now.hour, now.minute):
        return now
    return moment - timedelta(days=1) if moment > now else moment


def _block(head: Any, body: Any) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(5)
    for part in (head, body):
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return column
