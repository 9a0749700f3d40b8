"""Logboek: who saw, copied, placed and changed what, in one list with four filters (F54)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.clock import LOCAL, local
from console.domain.logbook import GROUP_WORDS, PERIODS, Asked, LogRow
from console.views.settings.form import Form
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.text import clock_text, long_date_text
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.choice import Choice
from console.views.widgets.field import Field
from console.views.widgets.frame import Frame
from console.views.widgets.text import Text

LEAD = (
    "Hier staat wie wat bekeek, kopieerde, plaatste of veranderde. Nummers en teksten staan er niet "
    "in. Dat u hier kijkt, staat er ook in."
)
NOBODY = "Hier staat niets. Kies een andere persoon, een ander soort of een langere periode."
ROWS = 8

_ICONS: Mapping[str, str] = {
    "seen": "eye",
    "copied": "copy",
    "placed": "check",
    "given": "send",
    "changed": "pencil",
    "kept": "gear",
}


class LogDelegate(RowDelegate):
    """Sixty pixels: what was done and to what, who and where under it, the moment at the right."""

    height = 60
    text_edge = 48

    def paint_row(self, painter: QPainter, rect: QRect, row: LogRow, state: RowState) -> None:
        """Paint one row."""
        px = self.theme.px
        icon = _ICONS.get(row.group, "dot")
        self.icon(painter, rect.left() + px(18), rect.center().y() + 0.5, icon, 16, "text2")
        left, top, right = rect.left() + px(self.text_edge), rect.top(), rect.right() - px(16)
        when = when_words(row.at)
        width = self.text_right(painter, right, top + px(9), px(19), when, "second", "text2")
        role = "body_strong" if state.chosen else "body_medium"
        room = right - left
        title = f"{row.what}: {row.about}" if row.about else row.what
        self.text(painter, left, top + px(9), px(19), title, role, "text", room - width - px(12))
        under = " · ".join(part for part in (row.who, row.station, row.why) if part)
        self.text(painter, left, top + px(31), px(18), under, "second", "text2", room)


def describe(row: LogRow) -> str:
    """Read one row aloud."""
    parts = (when_words(row.at), row.who, row.what, row.about, row.why)
    return ". ".join(part for part in parts if part) + "."


def when_words(stamp: str) -> str:
    """Return the day and the time of a row."""
    at = local(stamp)
    return f"{at:%d-%m-%Y} {clock_text(at)}" if at is not None else ""


class LogbookPage(Form):
    """``asked`` carries what is looked for and the words about which record, ``more`` nothing."""

    asked = Signal(object, str)
    more = Signal()
    export_requested = Signal()

    def __init__(self) -> None:
        super().__init__("Logboek", LEAD)
        px = current().px
        self.person = Choice((("", "Iedereen"),), "Wie")
        self.group = Choice(tuple(GROUP_WORDS.items()), "Wat is er gedaan")
        self.period = Choice(tuple(PERIODS.items()), "Hoe lang terug")
        self.period.select("7")
        row = QHBoxLayout()
        row.setSpacing(px(12))
        for words, choice in (
            ("Wie", self.person),
            ("Wat is er gedaan", self.group),
            ("Hoe lang terug", self.period),
        ):
            row.addWidget(_labelled(words, choice), 1)
        self.column.addLayout(row)
        self.about = Field(
            "Waarover", "een groep, beheerder, melding of bericht; leeg: alles", max_length=120
        )
        self.column.addWidget(self.about)
        self._model = RowModel(describe)
        self.list = ListView(self._model, LogDelegate(), "Regels van het logboek")
        self.frame = Frame(self.list)
        self.empty = Text(NOBODY, "body", "text2", wrap=True)
        self._more = Button("Toon oudere regels", icon="chevron-down")
        self._take = Button("Neem het hele logboek mee", icon="download")
        self._find = self.end_with("Zoek in het logboek", self._take)
        # What was found stands under the buttons, so that they do not move away from it.
        for part in (self.frame, self.empty):
            self.column.insertWidget(self.column.count() - 1, part)
        older = QHBoxLayout()
        older.addWidget(self._more)
        older.addStretch(1)
        self.column.insertLayout(self.column.count() - 1, older)
        self._rows: list[LogRow] = []
        self._find.clicked.connect(self._on_find)
        self._more.clicked.connect(self.more)
        self._take.clicked.connect(self.export_requested)
        self.set_rows((), more=False, asked=False)

    def set_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer the people of the team: id and name."""
        self.person.set_items((("", "Iedereen"), *people))

    def set_reason(self, why_not: str) -> None:
        """Say why this person may not look here; empty: they may."""
        for button in (self._find, self._take):
            button.set_reason(why_not)

    def set_rows(self, rows: Sequence[LogRow], *, more: bool, asked: bool = True) -> None:
        """Show these rows; ``more``: there are older ones; ``asked``: central was asked."""
        self._rows = list(rows)
        self._model.set_rows(self._rows)
        self.list.setFixedHeight(current().px(60) * max(1, min(len(rows), ROWS)))
        self.frame.setVisible(bool(rows))
        self.empty.setVisible(asked and not rows)
        self._more.setVisible(more)
        if rows and not self.list.current_id():
            self.list.choose_first()

    def add_rows(self, rows: Sequence[LogRow], *, more: bool) -> None:
        """Show older rows under those that stand there."""
        self.set_rows([*self._rows, *rows], more=more)

    def wanted(self) -> Asked:
        """Return what is chosen; about which record is for the presenter to find out."""
        days = self.period.selected()
        return Asked(self.person.selected(), self.group.selected(), days=int(days) if days else 0)

    def show_record(self, title: str) -> None:
        """Say about which record is looked."""
        self.about.set_text(title)
        self.about.set_finding("")

    def not_found(self) -> None:
        """Nothing here is called that."""
        self.about.set_finding(
            "stop", "Dit kent de desk niet. Typ een naam of nummer, of maak leeg."
        )
        self.about.setFocus()

    def _on_find(self) -> None:
        self.about.set_finding("")
        self.asked.emit(self.wanted(), " ".join(self.about.text().split()))


def taken_words(lines: int, path: str, now: datetime) -> str:
    """Say where the export stands and how it is checked."""
    day = long_date_text(now.astimezone(LOCAL))
    return (
        f"{lines} regels van {day} staan in {path}. Controleer het bestand met "
        f"`python3 run.py central verify`, ook zonder centrale."
    )


def _labelled(words: str, choice: Choice) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current().px(4))
    column.addWidget(Text(words, "body_medium"))
    column.addWidget(choice)
    return holder
