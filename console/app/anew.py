"""Beginning anew where the local file is damaged or empty: the pages and their order (§2)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.app.damage import both_damaged, page_words, put_aside
from console.app.remaking import central_at
from console.bridge import settled
from console.domain.account import Account
from console.domain.clock import stamp
from console.domain.failures import Refused, StorageTrouble

if TYPE_CHECKING:
    from console.app.gates import Gates
    from console.app.opening import Opened, Opener
    from console.app.program import Program


async def begin_anew(opener: Opener) -> Opened:
    """Put the damaged file aside under another name and open a new, empty one."""
    found = opener.damaged
    assert found is not None
    at = stamp(opener.clock.now())[:10]
    await asyncio.to_thread(put_aside, opener.profile, at)
    return await opener.open_file(found.key)


async def lacks_account(opener: Opener, opened: Opened) -> bool:
    """Say whether the file knows nobody and central is elsewhere: only an account leads in."""
    from console.storage.persons import list_persons

    if not opener.elsewhere:
        return False
    none: frozenset[str] = frozenset()
    return not await settled(opened.store.read(lambda conn: list_persons(conn, none)))


class Anew(QObject):
    """Leads from a damaged file to a desk that has everything again that central has."""

    def __init__(self, program: Program, gates: Gates) -> None:
        super().__init__(gates)
        self._program = program
        self._gates = gates

    async def offered(self) -> bool:
        """Show what became of a damaged file, if that is what keeps the desk closed."""
        from console.views.gates.damaged import DamagedPage

        program = self._program
        found = program.opener.damaged
        if found is None or program.opened is not None:
            return False
        opener, elsewhere = program.opener, program.opener.elsewhere
        central = central_at(opener, opener.profile.central_database, found.key)
        both = not elsewhere and await asyncio.to_thread(both_damaged, opener.profile, central)
        page = DamagedPage(page_words(found.left, elsewhere=elsewhere, both=both))
        page.again_requested.connect(self._on_anew)
        page.close_requested.connect(program.end)
        self._gates.show(page)
        return True

    async def asked_account(self, opened: Opened) -> bool:
        """Ask the account where the file of this desk is new and its team is elsewhere."""
        from console.views.gates.join_team import JoinTeamPage

        program = self._program
        if not await lacks_account(program.opener, opened):
            return False
        address = program.opener.settings.central_url
        page = JoinTeamPage(has_keyring=True, address=address, again=True)
        page.join_requested.connect(self._on_account)
        page.back_requested.connect(program.end)
        self._gates.show(page)
        self._gates.ways_at(address)
        return True

    def _on_anew(self) -> None:
        self._program.tasks.start(self._anew(), "anew")

    async def _anew(self) -> None:
        program = self._program
        self._gates.busy("Het bestand wordt apart gezet")
        try:
            opened = await begin_anew(program.opener)
            program.opened = opened
            if not await self.asked_account(opened):
                await self._gates.ask_who(opened)
        except (Refused, StorageTrouble) as trouble:
            if not await self._gates.central.offered(program.opened, trouble):
                self._gates.say(trouble.problem)

    def _on_account(self, _address: str, account: Account, _passphrase: str) -> None:
        self._program.tasks.start(self._account(account), "account")

    async def _account(self, account: Account) -> None:
        program = self._program
        assert program.opened is not None
        self._gates.busy("De centrale wordt gevraagd")
        try:
            person = await program.opener.sign_in_with(program.opened, account)
        except (Refused, StorageTrouble) as trouble:
            self._gates.say(trouble.problem)
            return
        await program.enter(program.opened, person)
