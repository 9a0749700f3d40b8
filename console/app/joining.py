"""A desk that worked alone on its way to a team (sync.md §8a): look, bring, go over.

Looking changes nothing. Bringing may break off anywhere and is then done again. Going over is
written down before its first step, so a desk that dies in it finishes at its next start.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console import settings as stored
from console.app.account import Prove, entering, heard, made_ready, no_browser
from console.app.line import gateway_to
from console.bridge import settled
from console.domain import joining as pure
from console.domain.account import Account
from console.domain.failures import Problem, Refused
from console.domain.joining import Key, Preview
from console.settings import Settings
from contract.op import Record
from contract.vocabulary import Role

if TYPE_CHECKING:
    from console.app.opening import Opened
    from console.sync.accounts import Accounts
    from console.sync.joining import Brought

STILL_WAITING = Problem(
    "joining-waits",
    "Er wacht nog iets op verzending of op een beslissing.",
    "Open het bakje en beslis. Wacht tot alles verstuurd is. Sluit daarna aan.",
)
HOLDER_NEEDED = Problem(
    "joining-holder",
    "Dit account mag geen gegevens inbrengen.",
    "Laat een accounthouder van het team zich hier aanmelden, met de zes cijfers.",
)
CHANGED_MEANWHILE = Problem(
    "joining-changed",
    "Er is op deze desk intussen nog iets veranderd. De desk is niet overgegaan.",
    "Sluit nog eens aan: dan gaat ook dat mee. Wat al meeging, blijft bij het team staan.",
)
NO_WAY_IN = Problem(
    "joining-person",
    "U heeft hier een wachtwoordzin onder een andere naam dan bij het team. Er is niets "
    "meegenomen, want na het overgaan kwam u hier niet meer in.",
    "Vink aan wie u bij het team bent. Staat u er niet bij? Geef uzelf op deze desk eerst "
    "dezelfde naam als bij het team.",
)
GOING = "going"


@dataclass(slots=True)
class Look:
    """What was found: whose account it is, of which team, and what joining would do.

    ``same`` and ``copies`` are what was decided before a joining that broke off.
    """

    team_name: str
    person: str
    person_name: str
    preview: Preview
    same: dict[Key, str] = field(default_factory=dict)
    copies: frozenset[Key] = frozenset()


class Joining:
    """One joining. ``close`` ends its line, also when nothing came of it."""

    def __init__(
        self, opened: Opened, settings: Settings, settings_file: Path, prove: Prove = no_browser
    ) -> None:
        self._opened = opened
        self._prove = prove
        self._settings = settings
        self._file = settings_file
        self._address = ""
        self._gateway: Any = None
        self._mine: list[Record] = []
        self._theirs: list[Record] = []
        self._looked_at = ("", "")
        self._kept: dict[str, Any] = {}

    async def sign_in(self, address: str, account: Account) -> bool:
        """Sign in at the team's central; nothing is changed here.

        False: this account has no second factor yet, and must prove one first. Raises Refused.
        """
        await self._all_is_sent()
        await self.close()
        store, submit = self._opened.store, self._opened.thread.submit
        self._gateway = await asyncio.to_thread(gateway_to, address, self._settings, store)
        self._address = address
        await settled(submit(self._gateway.__aenter__()))
        await made_ready(self._gateway, submit, account)
        asked = await entering(self._gateway, self._gateway, submit, account, self._prove)
        session = await heard(submit(asked))
        if Role.ACCOUNT_HOLDER not in session.person.roles:
            raise Refused(HOLDER_NEEDED)
        return bool(session.second_factor)

    def requests(self) -> Accounts:
        """Return what may be asked about the account that signed in."""
        from console.sync.accounts import Accounts

        return Accounts(self._gateway, self._opened.thread.submit)

    async def look(self) -> Look:
        """Compare the team's records with those of this desk; nothing is changed anywhere."""
        session = self._gateway.session
        both = self._both(session.team.id)
        self._mine, self._theirs, self._looked_at = await heard(self._opened.thread.submit(both))
        found = await asyncio.to_thread(pure.preview, self._mine, self._theirs)
        kept = await self._under_way(session.team.id)
        return Look(
            session.team.name,
            session.person.id,
            session.person.name,
            found,
            {(kind, mine): theirs for kind, mine, theirs in kept.get("same", ())},
            frozenset((kind, mine) for kind, mine, _ in kept.get("copies", ())),
        )

    async def bring(
        self,
        same: Mapping[Key, str],
        copies: Collection[Key],
        told: Callable[[int, int], None],
    ) -> Brought:
        """Send what the team lacks. ``told`` is called on another thread, with done and all.

        What was decided is kept first, so that a second try sends the very same records.
        """
        from console.services.desk import new_id
        from console.storage import joining as local
        from console.sync.joining import bring

        await self._may_come_in(self._gateway.session.person.id, same)
        team = self._gateway.session.team.id
        before = {(kind, mine): new for kind, mine, new in self._kept.get("copies", ())}
        ids = {key: before.get(key) or new_id() for key in copies}
        self._kept = {
            "id": self._kept.get("id") or new_id(),
            "address": self._address,
            "team": team,
            "team_name": self._gateway.session.team.name,
            "same": [[*key, theirs] for key, theirs in same.items()],
            "copies": [[*key, new] for key, new in ids.items()],
        }
        kept = self._kept
        await settled(self._opened.store.write(lambda conn: local.keep_under_way(conn, kept)))
        plan = await asyncio.to_thread(pure.plan, self._mine, self._theirs, same, ids)
        sending = bring(self._gateway, team, kept["id"], plan.records, told)
        brought: Brought = await heard(self._opened.thread.submit(sending))
        return brought

    async def decide_to_go(self) -> str:
        """Write down that the desk goes over, with all that needs; returns the person's id there.

        From here on there is no way back but forward: ``finish`` does the rest, now or at the
        next start. Refused where anything changed here since ``look``: that did not go along.
        """
        from console.storage import joining as local
        from console.storage import sessions

        session = self._gateway.session
        kept = {**self._kept, "state": GOING}
        token = sessions.to_keep(session)

        looked_at = self._looked_at

        def work(conn: Any) -> None:
            if any(local.undecided(conn)) or not local.stands_at(conn, *looked_at):
                raise Refused(CHANGED_MEANWHILE)
            local.keep_under_way(conn, kept)
            sessions.keep(conn, session.person.id, token)

        await self._all_is_sent()
        await settled(self._opened.store.write(work))
        return str(session.person.id)

    async def close(self) -> None:
        """End the line to the team's central, if there is one."""
        gateway, self._gateway = self._gateway, None
        thread = self._opened.thread
        if gateway is not None and thread is not None:
            await settled(thread.submit(_close(gateway)))

    async def _all_is_sent(self) -> None:
        from console.storage import joining as local

        await settled(self._opened.thread.submit(self._opened.engine.step()))
        if any(await settled(self._opened.store.read(local.undecided))):
            raise Refused(STILL_WAITING)

    async def _may_come_in(self, person: str, same: Mapping[Key, str]) -> None:
        """Refuse where nobody's passphrase would open the desk for this person afterwards.

        Before anything is sent: once their old person is at the team it is no longer asked about.
        """
        if self._opened.keyring is None:
            return
        slots = await asyncio.to_thread(self._opened.keyring.persons)
        people = {mine: theirs for (kind, mine), theirs in same.items() if kind == "person"}
        if slots and person not in {people.get(one, one) for one in slots}:
            raise Refused(NO_WAY_IN)

    async def _under_way(self, team: str) -> dict[str, Any]:
        from console.storage import joining as local

        kept = await settled(self._opened.store.read(local.under_way))
        self._kept = kept if kept.get("team") == team else {}
        return self._kept

    async def _both(self, team: str) -> tuple[list[Record], list[Record], tuple[str, str]]:
        from console.sync.joining import collect

        inside = self._opened.engine.gateway
        own = inside.session.team.id
        mine, at = await collect(inside, own)
        theirs, _ = await collect(self._gateway, team)
        return mine, theirs, (own, at)


@dataclass(frozen=True, slots=True)
class Gone:
    """The settings that hold, and who became whom; nobody where nothing was left to do."""

    settings: Settings
    people: Mapping[str, str] = field(default_factory=dict)


def finish(opened: Opened, settings: Settings, settings_file: Path) -> Gone:
    """Do what is left of going over, if that was decided.

    Every step may be done twice. The desk's own central is not opened again; its file stays
    beside the desk's under another name, still encrypted. Runs on a worker, without a line.
    """
    from console.storage import joining as local

    store = opened.store
    kept = store.read(local.under_way).result()
    if kept.get("state") != GOING:
        return Gone(settings)
    people = {mine: theirs for kind, mine, theirs in kept["same"] if kind == "person"}
    if opened.keyring is not None:
        opened.keyring.rename(opened.key, people)
    settings = replace(settings, central_url=str(kept["address"]))
    stored.save(settings_file, settings)
    _put_aside(opened.profile.central_database, f"central-before-{str(kept['team'])[:8]}.db")
    store.write(lambda conn: local.go_over(conn, str(kept["team"]))).result()
    return Gone(settings, people)


def _put_aside(own: Path, name: str) -> None:
    """Give central's file another name, with what a desk that died left in its log.

    The log goes first: the file under its old name says that this is not done yet.
    """
    for end in ("-wal", "-shm", ""):
        part = own.with_name(own.name + end)
        if part.exists():
            os.utime(part.rename(own.with_name(name + end)))


async def _close(gateway: Any) -> None:
    await gateway.__aexit__(None, None, None)
