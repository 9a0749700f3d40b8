"""Mensen, at a team: the account with which somebody signs in at central (security.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Signal

from console.domain.access import OneTimeCode, TeamAccount, proposed_account
from console.domain.clock import LOCAL, local
from console.domain.person import Person
from console.views.settings.part import NeedsFactor, Part, ShownOnce
from console.views.text import moment_text
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.text import Text


class PersonAccountPart(Part):
    """``give_requested``: id of the person and name of the account. ``anew_requested``: the same."""

    give_requested = Signal(str, str)
    anew_requested = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(
            "Account bij de centrale",
            "Met een account meldt iemand zich aan op een eigen desk. Daar kiest die persoon zelf "
            "een wachtwoord en een wachtwoordzin.",
        )
        self._person: Person | None = None
        self._accounts: Mapping[str, TeamAccount] = {}
        self._me = ""
        self._why_not = ""
        self._needs_factor = False
        self.state = Text("", "body_medium", wrap=True)
        self.needs = NeedsFactor()
        self.name = Field("Naam van het account", "kleine letters, punten", max_length=60)
        self.once = ShownOnce()
        self._give = Button("Geef een account")
        for part in (self.state, self.needs, self.name, self.once):
            self.column.addWidget(part)
        self.end_with(self._give)
        self.needs.hide()
        self.once.hide()
        self._give.clicked.connect(self._on_give)
        self.name.text_changed.connect(self._on_typed)

    def set_accounts(
        self,
        accounts: Mapping[str, TeamAccount],
        me: str,
        *,
        needs_factor: bool = False,
        why_not: str = "",
    ) -> None:
        """Show who has an account, by person; ``why_not`` says why that is not known here."""
        self._accounts, self._me, self._why_not = accounts, me, why_not
        self._needs_factor = needs_factor
        self.needs.setVisible(needs_factor)
        self._show()

    def set_person(self, person: Person | None) -> None:
        """Show the account of somebody; None while a new person is being made."""
        if person is None or self._person is None or person.id != self._person.id:
            self.once.forget()
            self.say("")
        self._person = person
        self.setVisible(person is not None)
        self._show()

    def show_code(self, given: OneTimeCode, now: datetime) -> None:
        """Show the code for this person, once."""
        who = self._person.name if self._person is not None else ""
        words = (
            f"Geldig tot {until_words(given.until, now)}. De code werkt één keer en u ziet hem alleen "
            "nu. Geef hem zelf door. Daarmee kiest deze persoon een wachtwoord."
        )
        self.once.show_code(f"Code voor {who}", given.code, words)

    def _show(self) -> None:
        person = self._person
        if person is None:
            return
        known = self._accounts.get(person.id)
        reachable = not self._why_not and not self._needs_factor
        self.state.set_text(self._why_not or (state_words(known) if reachable else ""))
        self.state.setVisible(bool(self.state.text()))
        self.name.setVisible(reachable and known is None)
        if known is None and reachable and not self.name.text():
            taken = [one.name for one in self._accounts.values()]
            self.name.set_text(proposed_account(person.name, taken))
        self._give.setVisible(reachable)
        self._give.set_label("Geef een account" if known is None else "Begin opnieuw met een code")
        own = "Dit doet een andere accounthouder voor u."
        self._give.set_reason(own if known is not None and person.id == self._me else "")

    def choose(self, person: Person) -> None:
        """Show somebody else: the proposed name is theirs."""
        if self._person is None or self._person.id != person.id:
            self.name.set_text("")
        self.set_person(person)

    def _on_typed(self, _text: str) -> None:
        self.name.set_finding("")

    def _on_give(self) -> None:
        if self._person is None:
            return
        known = self._accounts.get(self._person.id)
        if known is not None:
            self.anew_requested.emit(self._person.id, known.name)
            return
        name = self.name.text().strip().lower()
        if not name:
            self.name.set_finding("stop", "Typ een naam voor het account.")
            self.name.setFocus()
            return
        self.give_requested.emit(self._person.id, name)


def state_words(account: TeamAccount | None) -> str:
    """Return in words how somebody's account stands."""
    if account is None:
        return "Heeft nog geen account."
    if not account.active:
        return f"Account {account.name}. De code is gegeven, er is nog geen wachtwoord gekozen."
    lock = "De app met codes staat aan." if account.second_factor else "Zonder app met codes."
    return f"Account {account.name}. {lock}"


def short_state(account: TeamAccount | None) -> str:
    """Return the same for a row of the list."""
    if account is None:
        return "geen account"
    if not account.active:
        return f"{account.name}, code gegeven"
    return f"{account.name}, app met codes" if account.second_factor else account.name


def until_words(stamp: str, now: datetime) -> str:
    """Return until when a code holds, in Dutch time: "morgen 16:41"."""
    moment = local(stamp)
    return moment_text(moment, now.astimezone(LOCAL)) if moment is not None else stamp
