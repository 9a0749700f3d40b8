"""Bewaren: how long what stays, on what ground, what goes within a month and what went (F52)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from console.domain.clock import LOCAL, local
from console.domain.retention import TERM_WORDS, Gone, Hold, Standing, TermsSeen, gone_words
from console.views.settings.form import Form
from console.views.settings.lines import Line, LineDelegate, describe
from console.views.settings.part import Part
from console.views.tables.list_view import ListView
from console.views.tables.row_model import RowModel
from console.views.text import clock_text, long_date_text
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.field import Field
from console.views.widgets.frame import Frame
from console.views.widgets.text import Text

LEAD = (
    "Wat het team bewaart, gaat vanzelf weg. Na de eerste termijn verdwijnt het van alle desks; "
    "daarna is het alleen op een gerichte vraag te zien, en ten slotte wordt het vernietigd. "
    "Wat vernietigd is, komt niet terug. Termijnen staan in dagen."
)
PAUSED = (
    "De klok van de centrale sprong meer dan een week vooruit. Er wordt niets vernietigd tot "
    "iemand zegt dat de datum klopt. Volgens de centrale was het {at}."
)
BACK = "De termijnen van voor de wijziging van {at} gelden nog tot de volgende ronde."
NOTHING = "Er gaat de komende maand niets weg."
WENT_NOTHING = "Er ging nog niets weg."
ROWS = 5
RUNS_SHOWN = 12


class HoldsPart(Part):
    """``hold_requested``: number, reason, until (a date); ``lift_requested``: id of the record."""

    hold_requested = Signal(str, str, object)
    lift_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "Niet vernietigen",
            "Loopt er een klacht of een onderzoek? Dan blijft een melding bewaard tot de dag die "
            "u kiest. Ook een melding die al van de desks is.",
        )
        self._model = RowModel(describe)
        self.list = ListView(self._model, LineDelegate(), "Meldingen die niet vernietigd worden")
        self.frame = Frame(self.list)
        self.number = Field("Nummer van de melding", "zoals 20260314-0007", max_length=64)
        self.reason = Field("Reden", "zoals het nummer van de klacht", max_length=400)
        self.until = Field("Bewaren tot en met", "dd-mm-jjjj", max_length=10)
        for part in (self.frame, self.number, self.reason, self.until):
            self.column.addWidget(part)
        self._hold = Button("Bewaar deze melding", icon="lock")
        self._lift = Button("Hef de stop op", icon="close", kind="danger")
        self.end_with(self._hold, self._lift)
        self._hold.clicked.connect(self._on_hold)
        self._lift.clicked.connect(self._on_lift)
        self.set_holds((), "")

    def set_holds(self, holds: Sequence[Hold], why_not: str) -> None:
        """Show the stops; ``why_not``: why this person may not change them."""
        self._model.set_rows([_hold_line(one) for one in holds])
        self.list.setFixedHeight(current().px(52) * max(1, min(len(holds), ROWS)))
        self.frame.setVisible(bool(holds))
        if holds and not self.list.current_id():
            self.list.choose_first()
        self._hold.set_reason(why_not)
        self._lift.set_reason(why_not)
        self._lift.setVisible(bool(holds))

    def kept(self, words: str) -> None:
        """It is kept: nothing that was typed stays."""
        for field in (self.number, self.reason, self.until):
            field.set_text("")
        self.say(words)

    def _on_hold(self) -> None:
        until = read_date(self.until.text())
        if until is None:
            self.until.set_finding("stop", "Typ een dag, zoals 31-12-2027.")
            self.until.setFocus()
            return
        self.until.set_finding("")
        self.hold_requested.emit(self.number.text().strip(), self.reason.text().strip(), until)

    def _on_lift(self) -> None:
        if self.list.current_id():
            self.lift_requested.emit(self.list.current_id())


class RetentionPage(Form):
    """``terms_requested``: days by name and the ground; ``preview_requested``: days by name."""

    terms_requested = Signal(object, str)
    preview_requested = Signal(object)
    back_requested = Signal()
    go_on_requested = Signal()

    def __init__(self) -> None:
        super().__init__("Bewaren", LEAD)
        self.paused = Band("red", "De ronde wacht", "", "octagon-alert")
        self.go_on = Button("De datum klopt, ga door", size="s")
        self.paused.add_button(self.go_on)
        self.changed = Band("amber", "De termijnen zijn gewijzigd", "", "clock")
        self.put_back = Button("Draai terug", size="s")
        self.changed.add_button(self.put_back)
        for band in (self.paused, self.changed):
            self.column.addWidget(band)
            band.hide()
        self.fields: dict[str, Field] = {}
        self.grounds: dict[str, Text] = {}
        self._shown: dict[str, str] = {}
        for name, words in TERM_WORDS.items():
            field = Field(words, "dagen", max_length=6)
            field.setFixedWidth(current().px(290))
            ground = Text("", "small", "text2", wrap=True)
            self.fields[name], self.grounds[name] = field, ground
            row = QHBoxLayout()
            row.setSpacing(current().px(16))
            row.addWidget(field)
            row.addWidget(ground, 1, Qt.AlignmentFlag.AlignBottom)
            self.column.addLayout(row)
        self.ground = Field(
            "Op welke grond wijkt u af?", "nodig bij een eigen termijn", max_length=400
        )
        self.column.addWidget(self.ground)
        self.column.addWidget(Text("Dit gaat de komende maand weg", "body_medium"))
        self.coming = Text(NOTHING, "body", wrap=True)
        self.column.addWidget(self.coming)
        self._preview = Button("Bekijk wat er weggaat", icon="eye")
        self._save = self.end_with("Bewaar de termijnen", self._preview)
        self.holds = HoldsPart()
        self.went = Part("Wat er wegging", "Alleen aantallen. Namen en teksten staan er niet in.")
        self.totals = Facts(label_width=220)
        self.runs = Facts(label_width=220)
        self.went.column.addWidget(self.totals)
        self.went.column.addWidget(self.runs)
        self.went.end_with()
        for part in (self.holds, self.went):
            self.add_part(part)
        self._save.clicked.connect(self._on_save)
        self._preview.clicked.connect(self._on_preview)
        self.put_back.clicked.connect(self.back_requested)
        self.go_on.clicked.connect(self.go_on_requested)

    def set_terms(self, seen: TermsSeen, *, why_not: str = "") -> None:
        """Show the terms with their grounds; ``why_not``: why this person may not change them."""
        for name, field in self.fields.items():
            if field.text() == self._shown.get(name, ""):
                # What somebody is typing stays.
                field.set_text(str(seen.days[name]))
                field.set_finding("")
            self._shown[name] = str(seen.days[name])
            field.editor.setReadOnly(bool(why_not))
            self.grounds[name].set_text(seen.grounds[name])
        self.ground.setVisible(not why_not)
        self._save.set_reason(why_not)
        self.put_back.set_reason(why_not)
        self.go_on.set_reason(why_not)

    def forget_typed(self) -> None:
        """It is kept, or given up: the fields show what holds."""
        for name, field in self.fields.items():
            field.set_text(self._shown.get(name, ""))
        self.ground.set_text("")

    def set_standing(self, standing: Standing, *, may_put_back: str = "") -> None:
        """Show how the rounds stand; ``may_put_back``: when the terms were changed, a stamp."""
        self.paused.setVisible(bool(standing.paused_at))
        at = _when(standing.seen_at)
        self.paused.set_content("red", "De ronde wacht", PAUSED.format(at=at), "octagon-alert")
        waits = bool(may_put_back) and may_put_back >= standing.ran_at
        self.changed.setVisible(waits)
        words = BACK.format(at=_when(may_put_back))
        self.changed.set_content("amber", "De termijnen zijn gewijzigd", words, "clock")
        self.totals.set_rows(
            [
                Fact("Laatste ronde", _when(standing.ran_at) or "nog niet geweest"),
                Fact("Volgende ronde", _when(standing.next_at) or "binnen een uur"),
                Fact("Alleen op een gerichte vraag", str(standing.archived)),
                Fact("Vernietigd", str(standing.destroyed)),
            ]
        )
        rows = [Fact(_when(one.at), gone_words(one)) for one in standing.runs[:RUNS_SHOWN]]
        self.runs.set_rows(rows or [Fact("Logboek", WENT_NOTHING)])

    def set_coming(self, gone: Sequence[Gone]) -> None:
        """Show what would go within a month."""
        self.coming.set_text("\n".join(map(gone_words, gone)) or NOTHING)

    def wanted(self) -> Mapping[str, int] | None:
        """Return the terms as they stand in the fields; None where one is no number."""
        days: dict[str, int] = {}
        for name, field in self.fields.items():
            text = field.text().strip()
            if not text.isascii() or not text.isdigit():
                field.set_finding("stop", "Typ een getal in dagen.")
                field.setFocus()
                return None
            field.set_finding("")
            days[name] = int(text)
        return days

    def _on_save(self) -> None:
        days = self.wanted()
        if days is not None:
            self.terms_requested.emit(days, self.ground.text().strip())

    def _on_preview(self) -> None:
        days = self.wanted()
        if days is not None:
            self.preview_requested.emit(days)


def read_date(text: str) -> date | None:
    """Read a day as people write it, dd-mm-jjjj; None for anything else."""
    try:
        return datetime.strptime(text.strip(), "%d-%m-%Y").replace(tzinfo=LOCAL).date()
    except ValueError:
        return None


def _when(stamp: str) -> str:
    at = local(stamp)
    return f"{long_date_text(at)}, {clock_text(at)}" if at is not None else ""


def _hold_line(hold: Hold) -> Line:
    until = local(hold.until)
    tail = f"tot en met {long_date_text(until)}" if until is not None else ""
    who = f"{hold.reason} · {hold.person}" if hold.person else hold.reason
    return Line(hold.record, hold.number or hold.record[:8], who, tail, "lock", False)
