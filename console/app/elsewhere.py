"""The running desk and a central on another computer: signing in there, and going over to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from console.app.access import Access
from console.app.account import admit, heard
from console.app.joining import Joining, Look
from console.domain.access import SecondFactorKey
from console.domain.account import Account
from console.domain.failures import Problem, Refused
from console.domain.joining import Key

if TYPE_CHECKING:
    from console.app.program import Program
    from console.sync.accounts import Accounts
    from console.sync.joining import Brought

GONE_OVER = "Deze desk hoort nu bij {team}. Wat u hier maakte is meegegaan."
NOT_OPEN = Problem("desk-not-open", "De desk is nog niet open.", "Wacht even en probeer het weer.")


class Elsewhere:
    """Implements ``console.presenters.station.TeamCentral`` on the running program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._joining: Joining | None = None
        self._access = Access(program)

    @property
    def access(self) -> Access:
        """Accounts, desks and keys of the team."""
        return self._access

    @property
    def address(self) -> str:
        """Where the team's central is; empty while central runs on this computer."""
        return self._program.settings.central_url

    async def sign_in(self, account: Account) -> None:
        """Sign the person at work in at the team's central; their unsent work follows.

        Raises Refused, with code ``second-factor-required`` where six digits are asked.
        """
        program = self._program
        opened, person = program.opened, program.person
        if opened is None or person is None:
            raise Refused(NOT_OPEN)
        present = await program.opener.sign_in_with(opened, account, person.id)
        program.arrived(present)

    async def admit(self, account: Account, passphrase: str) -> str:
        """Let somebody else of the team in on this computer, with a passphrase of their own."""
        opened = self._program.opened
        if opened is None:
            raise Refused(NOT_OPEN)
        prove = self._program.organisation.prove
        return await admit(opened, self._program.settings, account, passphrase, prove)

    async def join_sign_in(self, address: str, account: Account) -> bool:
        """Sign in at a team's central; nothing is changed. False: a second factor comes first."""
        program = self._program
        if program.opened is None or program.opened.thread is None:
            raise Refused(NOT_OPEN)
        if self._joining is None:
            self._joining = Joining(
                program.opened,
                program.settings,
                program.profile.settings,
                program.organisation.prove,
            )
        return await self._joining.sign_in(address.strip(), account)

    async def look(self) -> Look:
        """Compare the team with this desk; nothing is changed."""
        assert self._joining is not None
        return await self._joining.look()

    async def bring(
        self,
        same: Mapping[Key, str],
        copies: Collection[Key],
        told: Callable[[int, int], None],
    ) -> Brought:
        """Send what the team lacks; ``told`` is called on the screen thread with done and all."""
        assert self._joining is not None
        loop = asyncio.get_running_loop()

        def from_line(done: int, of: int) -> None:
            loop.call_soon_threadsafe(told, done, of)

        return await self._joining.bring(same, copies, from_line)

    async def go_over(self) -> None:
        """Let this desk belong to the team from now on: its central, its people, its records."""
        from console.views.gates.wait import WaitPage

        program, joining = self._program, self._joining
        opened = program.opened
        if joining is None or opened is None:
            raise Refused(NOT_OPEN)
        person_id = await joining.decide_to_go()
        await self.stop()
        await program.leave()
        program.gates.show(WaitPage("Even wachten", "Alles van het team wordt opgehaald."))
        await asyncio.to_thread(opened.thread.stop)
        opened.thread = opened.engine = None
        await program.opener.finish_joining(opened)
        program.settings = program.opener.settings
        try:
            person = await program.opener.sign_in(opened, person_id)
        except Refused as refused:
            program.gates.error(refused.problem)
            return
        await program.enter(opened, person)
        program.messages.info(GONE_OVER.format(team=opened.team))

    async def offers_organisation(self, address: str) -> bool:
        """Say whether the central at this address lets people in through their organisation."""
        return await self._program.organisation.offered(address)

    async def stop(self) -> None:
        """End a joining that was begun; what was decided is remembered for the next time."""
        joining, self._joining = self._joining, None
        if joining is not None:
            await joining.close()

    async def second_factor_key(self) -> SecondFactorKey:
        """Ask for a key for the app with codes; it counts once ``prove_second_factor`` did."""
        offer = await heard(self._requests().offer_second_factor())
        return SecondFactorKey(offer.secret, offer.uri)

    async def prove_second_factor(self, digits: str) -> None:
        """Show that the app holds the key: six digits."""
        await heard(self._requests().confirm_second_factor(digits))

    def _requests(self) -> Accounts:
        from console.sync.accounts import Accounts

        if self._joining is not None:
            return self._joining.requests()
        opened = self._program.opened
        if opened is None or opened.thread is None:
            raise Refused(NOT_OPEN)
        return Accounts(opened.engine.gateway, opened.thread.submit)
