"""Mensen: who works here, with which roles; the account holder adds and changes (security.md §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.person import Person
from console.views.gates.names import NameDelegate, NameRow, describe, name_row
from console.views.settings.form import Form
from console.views.settings.person_account import PersonAccountPart
from console.views.tables.list_view import ListView
from console.views.tables.row_model import RowModel
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.flow_row import FlowRow
from console.views.widgets.frame import Frame
from console.views.widgets.text import Text
from console.views.widgets.tick import Tick
from contract.dutch import word
from contract.vocabulary import Role

ROLES = (Role.OPERATOR, Role.OFFICER, Role.ACCOUNT_HOLDER, Role.AUDITOR, Role.READER)
_ROWS = 6


class PeoplePage(Form):
    """``add_requested`` carries name, roles and passphrase; ``roles_requested`` id and roles.

    On a desk of a team the passphrase is None: people choose one on their own desk.
    """

    add_requested = Signal(str, object, object)
    roles_requested = Signal(str, object)
    leave_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            "Mensen",
            "Elk bericht en elke melding heeft een naam. Wie weggaat, blijft in de geschiedenis.",
        )
        self._people: dict[str, Person] = {}
        self._why_not = ""
        self._team = False
        self._chosen = ""
        # From "Nieuwe persoon" until they stand in the list: news must not wipe what is typed.
        self._adding = False
        self._model = RowModel(describe)
        self.list = ListView(self._model, NameDelegate(), "Mensen van dit team")
        self.new = Button("Nieuwe persoon", icon="plus")
        self._subject = Text("", "body_strong", wrap=True)
        self.name = Field("Naam", max_length=120)
        self.ticks = {
            role: Tick(word(role, Role).capitalize(), name=f"Rol {word(role, Role)}")
            for role in ROLES
        }
        self.roles = FlowRow(*self.ticks.values(), gap=18)
        self.passphrase = Field(
            "Wachtwoordzin",
            "de nieuwe persoon typt deze zelf",
            placeholder="Minstens vier woorden",
            secret=True,
            max_length=400,
        )
        self._leave = Button("Werkt hier niet meer", icon="logout", kind="danger")
        self._reason = Text("", "small", "text2", wrap=True)
        parts: tuple[QWidget, ...] = (
            Frame(self.list),
            self.new,
            self._subject,
            self.name,
            Text("Rollen", "body_medium"),
            self.roles,
            self.passphrase,
            self._reason,
        )
        for part in parts:
            self.column.addWidget(part)
        self._save = self.end_with("Bewaar", self._leave)
        self.account = PersonAccountPart()
        self.add_part(self.account)
        self.account.hide()
        self.new.clicked.connect(self.begin_new)
        self.list.current_changed.connect(self._choose)
        self._save.clicked.connect(self._on_save)
        self._leave.clicked.connect(self._on_leave)

    def set_people(
        self,
        people: Sequence[Person],
        *,
        why_not: str = "",
        team: bool = False,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Show who works here; ``why_not`` says who may change this when the reader may not.

        ``team``: this desk is of a team; ``notes`` says per person how their account stands.
        """
        self._why_not, self._team = why_not, team
        here = [person for person in people if person.active]
        self._people = {person.id: person for person in here}
        self._model.set_rows([_row(person, (notes or {}).get(person.id, "")) for person in here])
        tall = current().px(48) * max(1, min(len(here), _ROWS))
        self.list.setFixedHeight(tall + 1)
        self.new.set_reason(why_not)
        if self._chosen in self._people:
            self._choose(self._chosen)
        elif here and not self._adding:
            self.list.set_current(here[0].id)
            self._choose(here[0].id)

    def begin_new(self) -> None:
        """Ask for a new person."""
        self._chosen, self._adding = "", True
        self._subject.set_text("Nieuwe persoon")
        self.name.set_text("")
        self.name.set_read_only(False)
        self.passphrase.set_text("")
        self.passphrase.setVisible(not self._team)
        self.account.set_person(None)
        for role, tick in self.ticks.items():
            tick.setChecked(role is Role.OPERATOR)
        self._leave.hide()
        self._save.set_label("Voeg toe")
        self.say("")
        self.name.setFocus()

    def kept(self, words: str, person_id: str = "") -> None:
        """Something was kept: say so and show that person."""
        if person_id:
            self._chosen = person_id
        self.passphrase.set_text("")
        self.say(words)

    def _choose(self, person_id: str) -> None:
        person = self._people.get(person_id)
        if person is None:
            return
        if person_id != self._chosen:
            self.say("")
        self._chosen, self._adding = person_id, False
        self._subject.set_text(person.name)
        self.name.set_text(person.name)
        self.name.set_read_only(True)
        self.passphrase.hide()
        for role, tick in self.ticks.items():
            tick.setChecked(role in person.roles)
            tick.setEnabled(not self._why_not)
        self.account.choose(person)
        self.account.setVisible(self._team)
        self._leave.show()
        self._leave.set_reason(self._why_not)
        self._save.set_label("Bewaar")
        self._save.set_reason(self._why_not)
        self._reason.set_text(self._why_not)
        self._reason.setVisible(bool(self._why_not))

    def _on_save(self) -> None:
        roles = tuple(str(role) for role, tick in self.ticks.items() if tick.isChecked())
        if self._chosen:
            self.roles_requested.emit(self._chosen, roles)
        else:
            passphrase = None if self._team else self.passphrase.text()
            self.add_requested.emit(self.name.text(), roles, passphrase)

    def _on_leave(self) -> None:
        if self._chosen:
            self.leave_requested.emit(self._chosen)


def _row(person: Person, note: str) -> NameRow:
    row = name_row(person, "")
    return replace(row, detail=" · ".join(part for part in (row.detail, note) if part))
