"""Signing in, unlocking and change of person: who, and the passphrase (security.md §2-§3)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from console.domain.failures import Problem
from console.domain.person import Person
from console.views.gates.gate import Gate, Mark
from console.views.gates.names import NameDelegate, NameRow, describe, name_row
from console.views.tables.list_view import ListView
from console.views.tables.row_model import RowModel
from console.views.text import plural
from console.views.widgets.button import Button
from console.views.widgets.divider import Divider
from console.views.widgets.field import Field
from console.views.widgets.frame import Frame
from console.views.widgets.text import Text

_WIDTH = 520
_MOST_ROWS = 6


class SignInPage(Gate):
    """`sign_in_requested` carries the person's id and the passphrase.

    Without persons (a locked file: no names stand on the disk) only the passphrase is asked and
    the id is empty.
    """

    sign_in_requested = Signal(str, str)

    def __init__(
        self,
        persons: Sequence[Person],
        *,
        current: str = "",
        waiting: int = 0,
        without_hours: int = 0,
        set_back: bool = False,
    ) -> None:
        """`current` is who was at work; `waiting` counts what waits unsent, of everybody.

        `without_hours`: the passphrase is asked because the desk was without central that long.
        `set_back`: because the clock of this computer was put back.
        """
        title = "De desk is op slot" if current else "Meld u aan"
        super().__init__(title, width=_WIDTH, footer="Buurtdesk stuurt zelf niets naar WhatsApp.")
        self._persons = {person.id: person for person in persons}
        self._current = current
        self._without_hours = without_hours
        self._set_back = set_back
        self._tries = 0
        # Where nobody has a passphrase there is nothing to ask.
        self._open_to_all = bool(persons) and not any(person.slot for person in persons)
        px = self.theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(40), px(36), px(40), px(36))
        column.setSpacing(0)
        self.card.column.addLayout(column)
        column.addWidget(Mark())
        column.addSpacing(px(18))
        self._title = Text(title, "next_step", wrap=True)
        column.addWidget(self._title)
        column.addSpacing(px(2))
        self._lead = Text(self._words(), "reading", "text2", wrap=True)
        column.addWidget(self._lead)
        column.addSpacing(px(18))
        self._model = RowModel(describe)
        self.names = ListView(self._model, NameDelegate(), "Wie bent u")
        self._frame = Frame(self.names)
        column.addWidget(self._frame)
        self._gap = px(16)
        self.passphrase = Field("Wachtwoordzin", secret=True, max_length=400, height=38)
        if persons:
            column.addSpacing(self._gap)
        column.addWidget(self.passphrase)
        column.addSpacing(px(18))
        self._enter = Button("Meld aan", "Ctrl+Enter", kind="filled", size="l")
        self.primary = self._enter
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self._enter)
        self._busy_words = Text("", "small", "text2", wrap=True)
        row.addWidget(self._busy_words, 1)
        column.addLayout(row)
        self._waiting(column, waiting)
        self._frame.setVisible(bool(persons))
        rows = [name_row(person, current) for person in persons]
        rows.sort(key=lambda one: (one.id != current, one.name.lower()))
        self._fill(rows)
        self._enter.clicked.connect(self._on_sign_in)
        self.names.current_changed.connect(self._on_chosen)
        self.names.activated.connect(self._on_activated)
        self.passphrase.text_changed.connect(self._on_typed)
        self._on_chosen(self.names.current_id())

    def take_focus(self) -> None:
        """Start at the passphrase where the name is known, else at the names."""
        known = not self._persons or len(self._persons) == 1 or bool(self._current)
        if known and self.passphrase.isVisibleTo(self) and self.passphrase.isEnabled():
            self.passphrase.setFocus()
        elif self._persons:
            self.names.setFocus()

    def set_problem(self, problem: Problem) -> None:
        """Say it under the field. A wrong passphrase is emptied; its try is counted."""
        self.set_busy("")
        if problem.code == "wrong-passphrase":
            self._tries += 1
            self.passphrase.set_text("")
            self.passphrase.set_hint(f"poging {self._tries + 1}")
            words = "Deze zin opent het bestand niet. Let op hoofdletters."
            if self._persons:
                words = "Deze zin is niet van deze persoon. Let op hoofdletters."
            self.passphrase.set_finding("stop", words)
            if not self._persons and self._tries > 1:
                self._title.set_text("Uw gegevens gaan niet open")
                self._lead.set_text(
                    "De wachtwoordzin klopt niet, of het bestand is beschadigd. "
                    "De desk heeft niets veranderd."
                )
        else:
            self.passphrase.set_finding("stop", f"{problem.sentence} {problem.next_step}".strip())
        self.take_focus()

    def set_busy(self, words: str) -> None:
        """Hold the button while the key is being worked out."""
        super().set_busy(words)
        self._busy_words.set_text(words)
        self.passphrase.set_read_only(bool(words))
        self.names.setEnabled(not words)

    def _words(self) -> str:
        if not self._persons:
            return "Typ uw wachtwoordzin. Namen staan niet leesbaar op deze computer."
        if self._without_hours:
            hours = plural(self._without_hours, "uur", "uur")
            return (
                f"Deze desk had meer dan {hours} geen contact met de centrale. Typ uw "
                "wachtwoordzin, dan kunt u verder. Uw werk staat er nog."
            )
        if self._set_back:
            return (
                "De klok van deze computer is teruggezet. Typ uw wachtwoordzin, dan kunt u verder. "
                "Uw werk staat er nog."
            )
        if self._current:
            return "Uw werk staat er nog. Bent u iemand anders? Kies dan uw eigen naam."
        return "Kies uw naam."

    def _fill(self, rows: Sequence[NameRow]) -> None:
        self._model.set_rows(rows)
        shown = min(len(rows), _MOST_ROWS)
        self.names.setFixedHeight(self.theme.px(48) * shown + 1)
        if rows:
            self.names.set_current(rows[0].id)

    def _waiting(self, column: QVBoxLayout, count: int) -> None:
        if not count:
            return
        px = self.theme.px
        column.addSpacing(px(22))
        column.addWidget(Divider())
        column.addSpacing(px(14))
        things = plural(count, "ding wacht", "dingen wachten")
        words = (
            f"{things} nog op verzending. De desk verstuurt dit als de maker zich aanmeldt, "
            "en nooit namens een ander."
        )
        column.addWidget(Text(words, "second", "text2", wrap=True))

    def _on_chosen(self, person_id: str) -> None:
        person = self._persons.get(person_id)
        self.passphrase.setVisible(not self._open_to_all)
        self.passphrase.set_finding("")
        self._enter.set_reason("")
        if person is not None and not person.slot and not self._open_to_all:
            words = "Deze persoon heeft hier nog geen wachtwoordzin."
            self.passphrase.setEnabled(False)
            self.passphrase.set_finding("warn", f"{words} De accounthouder kan die geven.")
            self._enter.set_reason(words)
        else:
            self.passphrase.setEnabled(True)

    def _on_activated(self, _person_id: str) -> None:
        if self.passphrase.isVisibleTo(self) and self.passphrase.isEnabled():
            self.passphrase.setFocus()

    def _on_typed(self, _text: str) -> None:
        self.passphrase.set_finding("")

    def _on_sign_in(self) -> None:
        if not self._open_to_all and not self.passphrase.text():
            self.passphrase.set_finding("stop", "Typ uw wachtwoordzin.")
            self.passphrase.setFocus()
            return
        self.sign_in_requested.emit(self.names.current_id(), self.passphrase.text())
