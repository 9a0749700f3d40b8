"""What stands before the desk: first run, unlocking, change of person, and what went wrong."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.app.anew import Anew
from console.app.anew_central import AnewCentral
from console.app.opening import Opened
from console.domain.account import Account
from console.domain.failures import Problem, Refused, StorageTrouble
from console.domain.offline import Standing
from console.domain.person import Person

if TYPE_CHECKING:
    from console.app.program import Program


class Gates(QObject):
    """Shows one gate at a time and leads from it to the desk."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._anew = Anew(program, self)
        self.central = AnewCentral(program, self)
        """What leads on where the file of the central here is damaged."""
        self._has_keyring = False
        self._asked = ""

    async def first(self) -> None:
        """Decide what the person sees first."""
        program = self._program
        try:
            if program.options.demo:
                await self._demo()
                return
            used, has_keyring = await program.opener.look()
            if not used:
                self._first_run(has_keyring)
                return
            await self._open_used(has_keyring)
        except (Refused, StorageTrouble) as trouble:
            if not await self.central.offered(program.opened, trouble):
                self.error(trouble.problem)

    async def lock(self) -> None:
        """Lock the desk: after idle minutes or Ctrl+L; the screens stay behind the gate."""
        program = self._program
        if program.opened is None or program.person is None:
            return
        opened, current = program.opened, program.person.id
        program.shell.set_locked(True)
        await self.ask_who(opened, current)

    def error(self, problem: Problem) -> None:
        """Say what keeps the desk closed, and what was not touched."""
        from console.views.gates.error import ErrorPage

        page = ErrorPage(problem)
        page.close_requested.connect(self._program.end)
        self.show(page)

    def unforeseen(self, code: str) -> None:
        """Say that something unforeseen happened; the desk stays open where it can."""
        self._program.messages.warn(
            "Er ging iets mis dat de desk niet kent. Wat u bewaarde staat er nog. "
            f"Code voor hulp: {code}."
        )

    def show(self, page: object) -> None:
        """Put a page in the place of the desk."""
        from console.views.gates.gate import Gate

        assert isinstance(page, Gate)
        program = self._program
        for layer in program.shell.layers():
            if isinstance(layer, Gate):
                program.shell.drop_layer(layer)
        program.window.show_gate(page)
        program.shell.set_locked(True)
        program.shell.add_layer(page)
        page.take_focus()

    def _gate(self) -> object:
        return self._program.window.gate

    def _first_run(self, has_keyring: bool) -> None:
        from console.views.gates.first_run import FirstRunPage

        page = FirstRunPage(has_keyring=has_keyring, training=self._program.options.training)
        page.begin_requested.connect(self._on_begin)
        page.training_requested.connect(self._program.start_training)
        page.team_requested.connect(self._on_team)
        self._has_keyring = has_keyring
        self.show(page)

    async def ask_who(self, opened: Opened, current: str = "") -> None:
        """Ask who works here; ``current`` is who was at work."""
        persons = await self._program.opener.persons(opened)
        waiting = await self._program.opener.unsent(opened)
        late = self._program.beat.standing() is Standing.ASK
        back = late and self._program.beat.set_back
        hours = self._program.settings.passphrase_hours if late and not back else 0
        self._show_sign_in(persons, current, waiting, hours, set_back=back)

    def _show_sign_in(
        self,
        persons: list[Person],
        current: str = "",
        waiting: int = 0,
        hours: int = 0,
        *,
        set_back: bool = False,
    ) -> None:
        from console.views.gates.sign_in import SignInPage

        page = SignInPage(
            persons, current=current, waiting=waiting, without_hours=hours, set_back=set_back
        )
        page.sign_in_requested.connect(self._on_sign_in)
        self.show(page)

    async def _open_used(self, has_keyring: bool) -> None:
        program = self._program
        if has_keyring:
            try:
                opened = await program.opener.unlock_with_keyring()
            except StorageTrouble as trouble:
                if await self._anew.offered():
                    return
                # The way back: a passphrase always works (security.md §2).
                self._show_sign_in([])
                self.say(trouble.problem)
                return
            program.opened = opened
            if await self._anew.asked_account(opened):
                return
            persons = await program.opener.persons(opened)
            if len(persons) == 1 and not persons[0].slot:
                await self._enter(opened, persons[0].id)
                return
            await self.ask_who(opened)
            return
        self._show_sign_in([])

    async def _demo(self) -> None:
        from console.views.gates.wait import WaitPage

        program = self._program
        self.show(WaitPage("Een verzonnen stad", "De stad en haar dag worden klaargezet."))
        # Imported off the screen thread's first moments: the page stands before it.
        await asyncio.sleep(0)
        from console.app.demo import DEMO_PERSON, DEMO_TEAM, fill

        opened = await program.opener.demo()
        program.opened = opened
        await asyncio.wrap_future(
            opened.thread.submit(opened.engine.set_up(DEMO_TEAM, DEMO_PERSON[0], DEMO_PERSON[1]))
        )
        person = await program.opener.sign_in(opened, DEMO_PERSON[0])
        station = program.settings.station_name
        await fill(opened, person, program.clock, station, story=program.story)
        await program.enter(opened, person)

    async def _enter(self, opened: Opened, person_id: str) -> None:
        program = self._program
        known = await program.opener.known_here(opened, person_id)
        if known is None:
            known = await program.opener.sign_in(opened, person_id)
        await program.enter(opened, known)

    def _on_begin(self, name: str, team: str, passphrase: str) -> None:
        self._program.tasks.start(self._begin(name, team, passphrase), "begin")

    async def _begin(self, name: str, team: str, passphrase: str) -> None:
        program = self._program
        self.busy("De desk wordt klaargezet")
        try:
            opened, person = await program.opener.begin(name, team, passphrase)
        except (Refused, StorageTrouble) as trouble:
            self.say(trouble.problem)
            return
        program.opened = opened
        await program.enter(opened, person)

    def _on_team(self) -> None:
        """A new desk may come in at its team's central at once."""
        from console.views.gates.join_team import JoinTeamPage

        page = JoinTeamPage(
            has_keyring=self._has_keyring, address=self._program.settings.central_url
        )
        page.join_requested.connect(self._on_join)
        page.back_requested.connect(self._on_alone)
        page.address_typed.connect(self.ways_at)
        self._asked = ""
        self.show(page)
        self.ways_at(self._program.settings.central_url)

    def ways_at(self, address: str) -> None:
        """Find out whether the organisation's own sign-in is offered at this address."""
        if address != self._asked:
            self._asked = address
            self._program.tasks.start(self._ways(address), "ways")

    async def _ways(self, address: str) -> None:
        from console.views.gates.join_team import JoinTeamPage

        offered = bool(address) and await self._program.organisation.offered(address)
        page = self._gate()
        if address == self._asked and isinstance(page, JoinTeamPage):
            page.fields.offer_organisation(offered)

    def _on_alone(self) -> None:
        self._first_run(self._has_keyring)

    def _on_join(self, address: str, account: Account, passphrase: str) -> None:
        self._program.tasks.start(self._join(address, account, passphrase), "join")

    async def _join(self, address: str, account: Account, passphrase: str) -> None:
        program = self._program
        self.busy("De centrale wordt gevraagd")
        try:
            opened, person = await program.opener.join(address, account, passphrase)
        except (Refused, StorageTrouble) as trouble:
            self.say(trouble.problem)
            return
        program.opened = opened
        await program.enter(opened, person)

    def _on_sign_in(self, person_id: str, passphrase: str) -> None:
        self._program.tasks.start(self._sign_in(person_id, passphrase), "sign-in")

    async def _sign_in(self, person_id: str, passphrase: str) -> None:
        program = self._program
        self.busy("Even kijken")
        try:
            if program.opened is None:
                program.opened, found = await program.opener.unlock(passphrase)
                program.beat.confirm()
                if await self._anew.asked_account(program.opened):
                    return
                await self._enter(program.opened, found)
                return
            if not await program.opener.fits(program.opened, person_id, passphrase):
                self.say(Problem("wrong-passphrase", "Deze wachtwoordzin klopt niet."))
                return
            program.beat.confirm()
            if program.person is not None and program.person.id == person_id:
                program.unlock()
                return
            if program.person is not None:
                await program.leave()
            await self._enter(program.opened, person_id)
        except (Refused, StorageTrouble) as trouble:
            if await self.central.offered(program.opened, trouble):
                return
            if not await self._anew.offered():
                self.say(trouble.problem)

    def busy(self, words: str) -> None:
        """Say on the page in front that the desk is at work."""
        from console.views.gates.gate import Gate

        page = self._gate()
        if isinstance(page, Gate):
            page.set_busy(words)

    def say(self, problem: Problem) -> None:
        """Say on the page in front what went wrong."""
        from console.views.gates.gate import Gate

        page = self._gate()
        if isinstance(page, Gate):
            page.set_problem(problem)
        else:
            self.error(problem)
