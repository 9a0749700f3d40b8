"""Oude melding opzoeken: one exact question with a reason, and what central has of it (F52)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.retention import USE_WORDS, Answer, OldRecord
from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.settings.retention import read_date
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.field import Field
from console.views.widgets.radio_grid import RadioGrid
from console.views.widgets.text import Text

LEAD = (
    "Meldingen ouder dan een jaar staan niet meer op de desks. Typ het nummer, of de plaats en de "
    "dag. Wie wat vraagt en waarom, wordt opgeschreven voordat u iets ziet."
)
CLOSED = (
    "Er is een melding die ouder is dan vijf jaar. Die is er alleen nog voor klachten en "
    "verantwoording. De accounthouder of de controleur kan hem zo opvragen."
)
SHOWN = (
    ("Nummer", "number"),
    ("Titel", "title"),
    ("Plaats", "place"),
    ("Tekst", "text"),
    ("Bericht", "body"),
    ("Omschrijving", "description"),
    ("Gezien", "heard_at"),
    ("Afloop", "close_note"),
)


class OldReportDialog(Dialog):
    """``asked``: number, place, day (or None), use, reason."""

    asked = Signal(str, str, object, str, str)

    scopes = ("closing",)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Oude melding opzoeken", width=620)
        self.body.addWidget(Text(LEAD, "body", "text2", wrap=True))
        self.number = Field("Nummer", "zoals 20260314-0007", max_length=64)
        self.place = Field("Of de plaats", "precies zoals hij in de melding stond", max_length=200)
        self.day = Field("en de dag", "dd-mm-jjjj", max_length=10)
        self.use = RadioGrid(
            [(name, words, str(at), None) for at, (name, words) in enumerate(USE_WORDS.items(), 1)],
            "Waarvoor?",
            columns=3,
        )
        self.use.select("work")
        self.reason = Field("Reden", "minstens tien letters", max_length=400)
        what = Text("Waarvoor zoekt u dit op?", "body_medium")
        for part in (self.number, self.place, self.day, what, self.use, self.reason):
            self.body.addWidget(part)
        self._found = QWidget()
        self._rows = QVBoxLayout(self._found)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._found)
        self._ask = Button("Zoek op", keys_of("confirm"), kind="filled")
        self.set_buttons(self._ask)
        self._ask.clicked.connect(self._on_ask)
        self.first_focus = self.number.editor
        self._said = ""

    def do(self, command: str) -> bool:
        """A digit says what it is for; the rest is every dialog's."""
        if command.startswith("answer_"):
            return self.use.select_number(int(command.removeprefix("answer_")))
        return super().do(command)

    def set_waiting(self) -> None:
        """The question is on its way."""
        self._clear()
        self._say("plain", "De centrale zoekt het op", "", "clock")

    def set_answer(self, answer: Answer) -> None:
        """Show what was found."""
        self._clear()
        for one in answer.records:
            self._rows.addWidget(_record(one))
        if answer.closed:
            self._say("amber", "Alleen voor klachten en verantwoording", CLOSED, "lock")
        elif not answer.records:
            words = "Kijk nummer, plaats en dag na. Wat ouder is dan tien jaar, is vernietigd."
            self._say("plain", "Niets gevonden", words, "search")
        self.refit()

    def set_problem(self, title: str, words: str) -> None:
        """Say why nothing was asked or found."""
        self._clear()
        self._say("amber", title, words, "triangle-alert")

    def said(self) -> str:
        """Return title and text of the band, for tests and screen readers."""
        return self._said

    def _say(self, tone: str, title: str, words: str, icon: str) -> None:
        band = Band(tone, title, words, icon)
        self._said = f"{title}. {words}".strip()
        band.setAccessibleName(self._said)
        self._rows.addWidget(band)
        band.show()
        self.refit()

    def _clear(self) -> None:
        self._said = ""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _on_ask(self) -> None:
        number, place, reason = (
            one.text().strip() for one in (self.number, self.place, self.reason)
        )
        day: date | None = read_date(self.day.text())
        for field, wrong, words in (
            (self.number, not number and not place, "Typ een nummer, of een plaats en een dag."),
            (
                self.day,
                not number and bool(place) and day is None,
                "Typ een dag, zoals 14-03-2026.",
            ),
            (self.reason, len(reason) < 10, "Schrijf op waarom u dit opzoekt."),
        ):
            field.set_finding("stop" if wrong else "", words if wrong else "")
            if wrong:
                field.setFocus()
                return
        self.asked.emit(number, place, day, self.use.selected(), reason)


def _record(one: OldRecord) -> QWidget:
    facts = Facts(label_width=110)
    rows = [Fact(label, str(one.body[name])) for label, name in SHOWN if one.body.get(name)]
    rows += [Fact("Erbij", line) for line in one.lines]
    facts.set_rows(rows)
    return facts
