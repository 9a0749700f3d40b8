"""Woorden: what looks like a name and is none, as the whole team lets it stand (F26)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from console.domain.clock import LOCAL, local
from console.domain.terms import Term, Terms
from console.views.settings.form import Form
from console.views.settings.lines import Line, LineDelegate, describe
from console.views.settings.part import Part
from console.views.tables.list_view import ListView
from console.views.tables.row_model import RowModel
from console.views.text import ago_text
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.frame import Frame
from console.views.widgets.text import Text

_ROWS = 7
_NOTHING = (
    "Er staat nog geen woord. Ziet de controle een naam die er geen is? Geef in het bericht een "
    "reden en zet daar het vinkje om het woord voor te stellen."
)
_PROPOSED, _ALLOWED = "proposed", "allowed"


class WordsPage(Form):
    """``allow_requested``, ``refuse_requested`` and ``take_back_requested`` carry the word."""

    allow_requested = Signal(str)
    refuse_requested = Signal(str)
    take_back_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "Woorden",
            "De controle houdt namen van mensen tegen. Soms is een woord geen mens, zoals een feest "
            "of een gebouw. Wat hier mag, laat de controle op elke desk staan. Nummers, adressen en "
            "kenmerken houdt zij altijd tegen.",
        )
        self._terms = Terms()
        self._why_not = ""
        self._model = RowModel(describe)
        self.list = ListView(self._model, LineDelegate(), "Woorden die geen naam zijn")
        self.frame = Frame(self.list)
        self._empty = Text(_NOTHING, "body", "text2", wrap=True)
        self._reason = Text("", "small", "text2", wrap=True)
        self.column.addWidget(self.frame)
        self.column.addWidget(self._empty)
        self.column.addWidget(self._reason)
        self.refuse = Button("Sta niet toe", icon="close")
        self.take_back = Button("Neem terug", icon="undo")
        self.allow = self.end_with("Sta toe", self.refuse, self.take_back)
        self.add = AddWord()
        self.add_part(self.add)
        self.allow.clicked.connect(self._on_allow)
        self.refuse.clicked.connect(self._on_refuse)
        self.take_back.clicked.connect(self._on_take_back)
        self.list.current_changed.connect(self._on_chosen)
        self.add.add_requested.connect(self.allow_requested)
        self.set_terms(Terms(), None)

    def set_terms(self, terms: Terms, now: datetime | None, *, why_not: str = "") -> None:
        """Show the words, proposals first; ``why_not``: why this person may not decide."""
        self._terms, self._why_not = terms, why_not
        rows = [
            *_lines(terms.proposed, _PROPOSED, "wacht op een besluit", now),
            *_lines(terms.allowed, _ALLOWED, "mag", now),
        ]
        self._model.set_rows(rows)
        self.list.setFixedHeight(current().px(52) * max(1, min(len(rows), _ROWS)))
        self.frame.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._reason.set_text(why_not)
        self._reason.setVisible(bool(why_not))
        self.add.set_reason(why_not)
        if rows and self.list.current_id() not in {row.id for row in rows}:
            self.list.choose_first()
        self._on_chosen(self.list.current_id())

    def _chosen(self, state: str) -> str:
        kind, _, word = self.list.current_id().partition(":")
        return word if kind == state else ""

    def _on_chosen(self, _row: str) -> None:
        waits, stands = bool(self._chosen(_PROPOSED)), bool(self._chosen(_ALLOWED))
        self.allow.setVisible(waits)
        self.refuse.setVisible(waits)
        self.take_back.setVisible(stands)
        for button in (self.allow, self.refuse, self.take_back):
            button.set_reason(self._why_not)

    def _on_allow(self) -> None:
        self.allow_requested.emit(self._chosen(_PROPOSED))

    def _on_refuse(self) -> None:
        self.refuse_requested.emit(self._chosen(_PROPOSED))

    def _on_take_back(self) -> None:
        self.take_back_requested.emit(self._chosen(_ALLOWED))


class AddWord(Part):
    """A word nobody proposed; ``add_requested`` carries it."""

    add_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__("Zelf een woord toevoegen")
        self.word = Field("Woord", "zoals het in een bericht staat", max_length=80)
        self.column.addWidget(self.word)
        self._add = Button("Voeg toe", icon="plus")
        self.end_with(self._add)
        self._add.clicked.connect(self._on_add)

    def set_reason(self, why_not: str) -> None:
        """Say why this person may not add a word; empty: they may."""
        self._add.set_reason(why_not)
        self.word.setEnabled(not why_not)

    def kept(self) -> None:
        """The word is on the list: make room for the next."""
        self.word.set_text("")

    def _on_add(self) -> None:
        self.add_requested.emit(self.word.text())


def _lines(terms: Sequence[Term], state: str, aside: str, now: datetime | None) -> list[Line]:
    return [
        Line(f"{state}:{one.text}", one.text, _who(one, now), aside, "tag", False) for one in terms
    ]


def _who(term: Term, now: datetime | None) -> str:
    moment = local(term.at)
    when = ago_text(moment, now.astimezone(LOCAL)) if moment is not None and now else ""
    parts = (term.by, when, f"“{term.reason}”" if term.reason else "")
    return " · ".join(part for part in parts if part) or "Stond al op de lijst"
