"""Mensen: who works here, and at a team the accounts they sign in with (security.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.domain.access import TeamAccount
from console.domain.person import Person
from console.presenters.access import AccessPresenter
from console.presenters.clipboard import clipboard_of
from console.presenters.kit import Kit
from console.presenters.own_account import NOT_SIGNED_IN
from console.presenters.station import TeamCentral
from console.views.settings.people import PeoplePage
from console.views.settings.person_account import short_state
from contract.vocabulary import Role

NEEDS_FACTOR = "Hiervoor is de app met codes nodig. Zet hem aan bij Van uzelf."
COPIED = "Gekopieerd. Na een minuut is het klembord weer leeg."
ANEW = (
    "Het wachtwoord en de app met codes van {name} werken dan niet meer, op geen enkele desk. "
    "{name} kiest met de nieuwe code een ander wachtwoord. Wat {name} deed, blijft staan."
)


class AccountsPresenter(AccessPresenter):
    """Fills Mensen. On a desk that works alone there are no accounts to ask for."""

    def __init__(
        self, kit: Kit, page: PeoplePage, central: TeamCentral, window: QWidget, parent: QObject
    ) -> None:
        super().__init__(kit, central.access, parent)
        self._page = page
        self._central = central
        self._window = window
        self._people: Sequence[Person] = ()
        self._accounts: dict[str, TeamAccount] = {}
        self._known = False
        part = page.account
        part.give_requested.connect(self._on_give)
        part.anew_requested.connect(self._on_anew)
        part.once.copy_wanted.connect(self._on_copy)

    def why_not(self, ask_holder: str) -> str:
        """Say why the person at work may not change people and settings; empty: they may.

        ``ask_holder``: why not by their roles. At a team central also asks a second factor.
        """
        if ask_holder or not self._central.address:
            return ask_holder
        here = self.access.signed_in()
        if not here.person:
            return NOT_SIGNED_IN
        return "" if here.proved else NEEDS_FACTOR

    def show(self, people: Sequence[Person], ask_holder: str) -> None:
        """Show who works here, and ask for their accounts where the person at work may see them."""
        self._people = people
        why_not = self.why_not(ask_holder)
        self._show(why_not, ask_holder)
        if self._central.address and not why_not:
            self.run(self._load(), self._not_loaded)

    def forget(self) -> None:
        """Take a code that was shown once from the page."""
        self._page.account.once.forget()
        self._page.account.say("")

    def _show(self, why_not: str, ask_holder: str = "") -> None:
        team = bool(self._central.address)
        holder = team and not ask_holder
        notes = {}
        if holder and self._known:
            notes = {one.id: short_state(self._accounts.get(one.id)) for one in self._people}
        unknown = "" if self._known else "De centrale wordt gevraagd."
        self._page.account.set_accounts(
            self._accounts,
            self.access.signed_in().person,
            needs_factor=why_not == NEEDS_FACTOR,
            why_not="" if why_not == NEEDS_FACTOR else why_not or unknown,
        )
        self._page.set_people(self._people, why_not=why_not, team=team, notes=notes)

    async def _load(self) -> None:
        found = await self.access.accounts()
        self._accounts = {one.person: one for one in found}
        self._known = True
        self._show("")

    def _not_loaded(self, words: str, _level: str) -> None:
        self._page.account.set_accounts(
            self._accounts, self.access.signed_in().person, why_not=words
        )

    def _on_give(self, person: str, account: str) -> None:
        self.run(self._give(person, account), self._page.account.say)

    async def _give(self, person: str, account: str) -> None:
        self._page.account.say("")
        given = await self.access.give(person, account)
        self._page.account.show_code(given, self.kit.clock.now())
        await self._load()

    def _on_anew(self, person: str, account: str) -> None:
        name = next((one.name for one in self._people if one.id == person), account)
        self.make_sure(
            self._window,
            f"Opnieuw beginnen voor {name}",
            ANEW.format(name=name),
            "Maak een nieuwe code",
            partial(self._on_give, person, account),
        )

    def _on_copy(self, code: str) -> None:
        clipboard_of(self.kit).copy(code)
        self._page.account.say(COPIED)


def ask_holder(people: Sequence[Person], me: Person) -> str:
    """Say that only an account holder may do this, and who that is; empty for one."""
    if me.may(Role.ACCOUNT_HOLDER):
        return ""
    names = [one.name for one in people if one.active and one.may(Role.ACCOUNT_HOLDER)]
    asked = f" Vraag {' of '.join(names)}." if names else ""
    return f"Dit mag alleen de accounthouder.{asked}"
