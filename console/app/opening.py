"""Opening and closing a profile: key, local file, central, line, the person (security.md §2-§3).

Order of opening: key, local file, central, line, person. Order of closing: what was typed, line,
central, local file. Everything here runs on workers; the screen only waits for the answer.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from console import settings as stored
from console.app.account import Prove, entering, made_ready, no_browser
from console.app.central_words import words_of
from console.app.damage import Damaged, is_damage, seen
from console.app.line import CENTRAL_FILE, open_line
from console.app.options import MakeCentral
from console.app.remaking import finish as finish_remaking
from console.bridge import settled
from console.domain.account import Account
from console.domain.clock import Clock, stamp
from console.domain.failures import Problem, Refused, StorageTrouble
from console.domain.person import Person
from console.paths import Profile
from console.settings import Settings

CENTRAL_UNUSABLE = Problem(
    "central-unusable",
    "De centrale op deze computer start niet.",
    "Uw gegevens zijn niet aangeraakt. Start de desk opnieuw.",
)
WRONG_WORDS = Problem(
    "wrong-passphrase",
    "Uw gegevens gaan niet open.",
    "De wachtwoordzin klopt niet, of het bestand is beschadigd.",
)


ACCOUNT_NEEDED = Problem(
    "account-needed",
    "De centrale van uw team kent u op deze computer nog niet, of niet meer.",
    "Meld u aan met uw account. Uw werk blijft hier staan en wordt daarna verstuurd.",
)
OTHER_ACCOUNT = Problem(
    "other-account",
    "Dit account is van iemand anders.",
    "Meld u aan met uw eigen account, of wissel eerst van persoon met Ctrl+L.",
)

TEAM = "team.name"
AWAY = "offline.away"
"""Under which name the desk remembers how long it is without central."""


FIRST = "first"
"""Whose slot it is until central says who signed in."""


@dataclass(slots=True)
class Opened:
    """An open profile: everything that must be closed in order."""

    profile: Profile
    key: bytes
    keyring: Any
    store: Any
    thread: Any
    engine: Any
    team: str = ""
    renamed: dict[str, str] = field(default_factory=dict)
    contact: str = ""
    """Stamp of the last whole exchange with a central elsewhere, as of opening."""
    away: Any = None
    """What an earlier start wrote down of the time without central (``AwayClock``)."""

    def __repr__(self) -> str:
        return f"Opened({self.profile.root.name!r})"


class Opener:
    """Opens one profile; nothing heavy is imported before it is needed."""

    def __init__(
        self, profile: Profile, settings: Settings, clock: Clock, make_central: MakeCentral
    ) -> None:
        self.profile = profile
        self.settings = settings
        self.clock = clock
        self.make_central = make_central
        self._keyring: Any = None
        self._has_keyring = False
        self.damaged: Damaged | None = None
        """A file that did not open with the key of its own slots; what it still tells."""
        self.prove: Prove = no_browser
        """Sends the browser to the organisation's provider; the window gives its own."""
        self.early: Callable[[Path, bytes], object] | None = None
        """Called with file and key where nobody has to say who they are (D01)."""

    async def look(self) -> tuple[bool, bool]:
        """Return whether this profile was used before, and whether the machine has a key ring."""
        await asyncio.to_thread(self.profile.drop_half_made)
        self._keyring = await asyncio.to_thread(self._find_keyring)
        return self._keyring.exists, self._has_keyring

    async def begin(self, name: str, team: str, passphrase: str) -> tuple[Opened, Person]:
        """Make a new profile with its first person, account holder and operator."""
        from console.services.desk import new_id
        from console.services.people import NAME_MISSING, check_passphrase

        if not name.strip() or not team.strip():
            raise Refused(NAME_MISSING)
        if passphrase or not self._has_keyring:
            check_passphrase(passphrase)
        person_id = new_id()
        fresh = self.profile.begin_making()
        key = await asyncio.to_thread(self._keyring.create, person_id, passphrase)
        opened: Opened | None = None
        try:
            opened = await self.open_file(key)
            await self.open_line(opened)
            session = await self._ask(
                opened, opened.engine.set_up(team.strip(), person_id, name.strip())
            )
            await self._know_team(opened, session.team.name)
            person = await self._person(opened, person_id)
            self.profile.end_making()
            return opened, person
        except BaseException:
            # A half-made profile would ask for a passphrase to nothing at the next start.
            if opened is not None:
                await self.close(opened)
            if fresh:
                await asyncio.to_thread(self.profile.forget_files)
            raise

    async def join(self, address: str, sign_in: Account, passphrase: str) -> tuple[Opened, Person]:
        """Make a new profile on this computer for somebody of a team elsewhere.

        Nothing is left behind where central does not let them in.
        """
        from console.services.people import check_passphrase

        if passphrase or not self._has_keyring:
            check_passphrase(passphrase)
        fresh, before = self.profile.begin_making(), self.settings
        key = await asyncio.to_thread(self._keyring.create, FIRST, passphrase)
        opened: Opened | None = None
        try:
            self.settings = replace(before, central_url=address.strip())
            opened = await self.open_file(key)
            person = await self.sign_in_with(opened, sign_in)
            # Only now is known whose passphrase it is.
            await asyncio.to_thread(self._keyring.rename, key, {FIRST: person.id})
            await asyncio.to_thread(stored.save, self.profile.settings, self.settings)
            self.profile.end_making()
            return opened, person
        except BaseException:
            self.settings = before
            if opened is not None:
                await self.close(opened)
            if fresh:
                await asyncio.to_thread(self.profile.forget_files)
            raise

    async def unlock_with_keyring(self) -> Opened:
        """Open with the key of the machine's key ring; StorageTrouble asks for a passphrase."""
        key = await asyncio.to_thread(self._keyring.unlock_with_keyring)
        return await self.open_file(key)

    async def unlock(self, passphrase: str) -> tuple[Opened, str]:
        """Open with anybody's passphrase; returns whose it is. No names stand on the disk."""
        person_id, key = await asyncio.to_thread(_try_all, self._keyring, passphrase)
        opened = await self.open_file(key)
        return opened, opened.renamed.get(person_id, person_id)

    async def demo(self) -> Opened:
        """Open the invented town: a fresh folder and a key that is never kept."""
        await asyncio.to_thread(shutil.rmtree, self.profile.root, True)
        self.profile.prepare()
        self._keyring = None
        opened = await self.open_file(secrets.token_bytes(32))
        await self.open_line(opened)
        return opened

    async def known_here(self, opened: Opened, person_id: str) -> Person | None:
        """Return somebody as this desk knows them; the list shows before central is asked (D01)."""
        found = await settled(opened.store.read(_remembered_team))
        opened.team = str(found or "")
        for person in await self.persons(opened):
            if person.id == person_id and opened.team:
                return person
        return None

    async def sign_in(self, opened: Opened, person_id: str) -> Person:
        """Sign somebody in at central and return who it is, with their present roles.

        At a central elsewhere their kept session goes on; Refused with ``ACCOUNT_NEEDED`` where
        there is none.
        """
        await self.open_line(opened)
        if not self.elsewhere:
            session = await self._ask(opened, opened.engine.sign_in(person_id))
        else:
            session = await self._ask(opened, opened.engine.resume(person_id))
            if session is None:
                raise Refused(ACCOUNT_NEEDED)
        await self._know_team(opened, session.team.name)
        return await self._person(opened, person_id)

    async def sign_in_with(self, opened: Opened, sign_in: Account, person_id: str = "") -> Person:
        """Sign in at a central elsewhere; ``person_id``: the account must be of this person."""
        await self.open_line(opened)
        await made_ready(opened.engine.gateway, opened.thread.submit, sign_in)
        engine, submit = opened.engine, opened.thread.submit
        asked = await entering(engine, engine.gateway, submit, sign_in, self.prove)
        session = await self._ask(opened, asked)
        if person_id and session.person.id != person_id:
            await settled(opened.thread.submit(opened.engine.sign_out()))
            raise Refused(OTHER_ACCOUNT)
        await self._know_team(opened, session.team.name)
        return await self._person(opened, session.person.id)

    @property
    def elsewhere(self) -> bool:
        """Whether the central of this desk runs on another computer."""
        return bool(self.settings.central_url)

    async def open_line(self, opened: Opened) -> None:
        """Open central and the line to it, if they are not open yet."""
        if opened.thread is None:
            opened.thread, opened.engine = await asyncio.to_thread(
                open_line, self.profile, self.settings, self.clock, self.make_central, opened
            )

    async def fits(self, opened: Opened, person_id: str, passphrase: str) -> bool:
        """Say whether this is the person's passphrase; none is asked where nobody has one."""
        if opened.keyring is None:
            return True
        slots = opened.keyring.persons()
        if person_id not in slots:
            # Else the one person without a passphrase would be a door for everybody.
            return not slots
        return bool(await asyncio.to_thread(opened.keyring.verify, person_id, passphrase))

    async def persons(self, opened: Opened) -> list[Person]:
        """Return everybody who can sign in here."""
        from console.storage.persons import list_persons

        slots = opened.keyring.persons() if opened.keyring is not None else frozenset()
        everybody = await settled(opened.store.read(lambda conn: list_persons(conn, slots)))
        if not everybody:
            everybody = await self._persons_at_central(opened, slots)
        return [person for person in everybody if person.active]

    async def _persons_at_central(self, opened: Opened, slots: frozenset[str]) -> list[Person]:
        """Ask central who works here: the desk's own file is new, or was lost and made anew."""
        await self.open_line(opened)
        document = await self._ask(opened, opened.engine.service_document())
        return [
            Person(one.id, one.name, tuple(one.roles), slot=one.id in slots)
            for team in document.teams
            for one in team.persons
        ]

    async def _ask(self, opened: Opened, work: Any) -> Any:
        """Ask central something; a refusal or a broken line becomes a sentence."""
        from console.sync.failures import Answered, LineDown

        try:
            return await settled(opened.thread.submit(work))
        except (Answered, LineDown) as trouble:
            if self.elsewhere:
                raise Refused(words_of(trouble)) from trouble
            # Central's own words are meant for the screen only where its file is in trouble.
            code = getattr(trouble, "code", None)
            if code is not None and code.value == "storage-unusable":
                said = Problem(
                    CENTRAL_UNUSABLE.code, str(getattr(trouble, "detail", "")), CENTRAL_FILE
                )
                raise Refused(said) from trouble
            raise Refused(CENTRAL_UNUSABLE) from trouble

    async def unsent(self, opened: Opened) -> int:
        """Return how much waits for central, of everybody; only ever shown as a count."""
        from console.storage.outbox import counts

        return int((await settled(opened.store.read(lambda conn: counts(conn, "")))).others)

    async def close(self, opened: Opened) -> None:
        """Close in order; what was not sent stays in the outbox."""
        if opened.thread is not None:
            await asyncio.to_thread(opened.thread.stop)
        await asyncio.to_thread(opened.store.close)

    async def open_file(self, key: bytes) -> Opened:
        """Open the local file; the line to central comes later, behind the first rows (D01)."""
        self.profile.prepare()
        if self.early is not None and not self._has_slots():
            self.early(self.profile.database, key)
        try:
            store = await asyncio.to_thread(self._open_store, key)
        except StorageTrouble as trouble:
            if is_damage(trouble):
                self.damaged = await asyncio.to_thread(seen, self.profile, key)
            raise
        self.damaged = None
        opened = Opened(self.profile, key, self._keyring, store, None, None)
        opened.contact = await settled(store.read(_last_contact))
        opened.away = await settled(store.read(_time_away))
        await self.finish_joining(opened)
        if not self.elsewhere:
            await asyncio.to_thread(finish_remaking, opened, stamp(self.clock.now()))
        return opened

    async def finish_joining(self, opened: Opened) -> None:
        """Go over to the team's central, if that was decided; without a line (sync.md §8a)."""
        from console.app.joining import finish

        gone = await asyncio.to_thread(finish, opened, self.settings, self.profile.settings)
        self.settings, opened.renamed = gone.settings, dict(gone.people)

    def _has_slots(self) -> bool:
        return self._keyring is not None and bool(self._keyring.persons())

    async def _know_team(self, opened: Opened, name: str) -> None:
        from console.storage.memory import remember

        opened.team = name
        await settled(opened.store.write(lambda conn: remember(conn, TEAM, name)))

    def _open_store(self, key: bytes) -> Any:
        from console.storage import damage
        from console.storage.database import Store

        damage.check(self.profile.database, key)
        return Store.open(self.profile.database, key, clock=self.clock)

    async def _person(self, opened: Opened, person_id: str) -> Person:
        for person in await self.persons(opened):
            if person.id == person_id:
                return person
        raise Refused(Problem("person-unknown", "Deze persoon werkt hier niet meer."))

    def _find_keyring(self) -> Any:
        from console.storage.keys import KeyRing, find_keyring

        self.profile.prepare()
        backend = find_keyring()
        self._has_keyring = backend is not None
        return KeyRing(self.profile.keys, backend)


def _try_all(keyring: Any, passphrase: str) -> tuple[str, bytes]:
    from console.storage.key_troubles import WRONG_PASSPHRASE, KeyTrouble

    for person_id in sorted(keyring.persons()):
        try:
            return person_id, keyring.unlock(person_id, passphrase)
        except KeyTrouble as trouble:
            if trouble.problem != WRONG_PASSPHRASE:
                raise
    raise StorageTrouble(WRONG_WORDS)


def _last_contact(conn: Any) -> str:
    from console.storage.sessions import contact

    return contact(conn)


def _time_away(conn: Any) -> Any:
    from console.storage.memory import recall

    return recall(conn, AWAY)


def _remembered_team(conn: Any) -> Any:
    from console.storage.memory import recall

    return recall(conn, TEAM)
