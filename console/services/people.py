"""The people of this desk: adding, roles, passphrases, and who looks along (security.md §2-§3)."""

from collections.abc import Sequence
from concurrent.futures import Future

from console.domain.failures import NotAllowed, Problem, Refused
from console.domain.person import Person
from console.domain.second import Eye
from console.services.desk import Desk, Unit, new_id
from console.storage import persons, typing
from console.storage.database import Connection
from console.storage.keys import KeyRing
from contract.vocabulary import Role

WORDS_LEAST = 4
LENGTH_LEAST = 12

TOO_SHORT = Problem(
    "passphrase-short",
    "De wachtwoordzin is te kort.",
    "Neem minstens vier woorden en twaalf tekens.",
)
NAME_MISSING = Problem("name-missing", "Er staat nog geen naam.", "Vul de naam in.")
LAST_HOLDER = Problem(
    "last-account-holder",
    "Dit is de enige accounthouder van het team.",
    "Maak eerst iemand anders accounthouder.",
)
OWN_FIRST = Problem(
    "own-passphrase-first",
    "U heeft zelf nog geen wachtwoordzin.",
    "Kies die eerst. Daarna kunt u iemand toevoegen.",
)
HOLDER_ONLY = Problem(
    "not-allowed", "Dit mag alleen de accounthouder.", "Vraag de accounthouder van uw team."
)


def check_passphrase(words: str) -> None:
    """Refuse a passphrase of fewer than four words or twelve characters."""
    if len(words.split()) < WORDS_LEAST or len(words.strip()) < LENGTH_LEAST:
        raise Refused(TOO_SHORT)


class People:
    """Who works here. The key of the local file is needed to give somebody a slot of their own."""

    def __init__(self, desk: Desk, keyring: KeyRing | None, key: bytes) -> None:
        self._desk = desk
        self._keyring = keyring
        self._key = key

    def __repr__(self) -> str:
        return "People()"

    def all(self) -> Future[list[Person]]:
        """Return everybody, by name; ``slot`` says who has a passphrase on this desk."""
        slots = self._slots()
        return self._desk.look(lambda conn: persons.list_persons(conn, slots))

    def find(self, person_id: str) -> Future[Person | None]:
        """Return one person."""
        slots = self._slots()
        return self._desk.look(lambda conn: persons.find_person(conn, person_id, slots))

    def add(self, name: str, roles: Sequence[str], passphrase: str | None) -> Future[str]:
        """Add somebody with a passphrase of their own; only an account holder does this.

        Without a passphrase (None) on a desk of a team: they choose one on their own desk.
        """
        person_id = new_id()

        def work(unit: Unit) -> str:
            self._holder_only(unit)
            if not name.strip():
                raise Refused(NAME_MISSING)
            if passphrase is not None:
                if self._keyring is not None and unit.person.id not in self._slots():
                    raise Refused(OWN_FIRST)
                check_passphrase(passphrase)
            unit.create(
                "person",
                {"name": name.strip(), "roles": sorted(set(roles)), "active": True},
                person_id,
            )
            unit.log("person", person_id, "person_added")
            if self._keyring is not None and passphrase is not None:
                self._keyring.add_slot(self._key, person_id, passphrase)
            return person_id

        return self._desk.act(work)

    def set_roles(self, person_id: str, roles: Sequence[str]) -> Future[None]:
        """Change what somebody may do; the last account holder stays one."""

        def work(unit: Unit) -> None:
            self._holder_only(unit)
            self._keep_a_holder(unit.conn, person_id, roles)
            with unit.group():
                unit.update("person", person_id, roles=sorted(set(roles)))
                unit.log("person", person_id, "roles_changed", ", ".join(sorted(set(roles))))

        return self._desk.act(work)

    def set_shift(self, until: str) -> Future[None]:
        """Say until when the signed-in person works ("23:00"); empty takes it away."""

        def work(unit: Unit) -> None:
            unit.update("person", unit.person.id, shift_until=until)

        return self._desk.act(work)

    def leave(self, person_id: str) -> Future[None]:
        """Somebody no longer works here: no sign-in, no slot; the name stays in the history."""

        def work(unit: Unit) -> None:
            self._holder_only(unit)
            self._keep_a_holder(unit.conn, person_id, ())
            with unit.group():
                unit.update("person", person_id, active=False)
                unit.log("person", person_id, "person_left")
            if self._keyring is not None:
                self._keyring.remove_slot(person_id)

        return self._desk.act(work)

    def change_passphrase(self, old: str, new: str) -> Future[None]:
        """Change the signed-in person's own passphrase."""

        def work(unit: Unit) -> None:
            check_passphrase(new)
            if self._keyring is not None:
                if unit.person.id in self._slots():
                    self._keyring.change(unit.person.id, old, new)
                else:
                    self._keyring.add_slot(self._key, unit.person.id, new)
            unit.log("person", unit.person.id, "passphrase_changed")

        return self._desk.act(work)

    def look_along(self, person_id: str, passphrase: str, text: str) -> Future[Eye | None]:
        """Let somebody look at a text with their own passphrase; None where it is not theirs."""
        keyring = self._keyring

        def work(_conn: Connection) -> Eye | None:
            seed = keyring.sign_with(person_id, passphrase) if keyring is not None else None
            return Eye(person_id, text, seed) if seed else None

        return self._desk.look(work)

    def confirm(self, person_id: str, passphrase: str) -> Future[bool]:
        """Say whether this is that person's passphrase: unlocking the desk (§5)."""
        keyring = self._keyring

        def work(_conn: Connection) -> bool:
            if keyring is None:
                return True
            if person_id not in keyring.persons():
                return not keyring.persons()
            return keyring.verify(person_id, passphrase)

        return self._desk.look(work)

    def forget_typing(self, person_id: str) -> Future[None]:
        """Clear what somebody typed and did not keep, at a change of person (§3)."""
        return self._desk.store.write(lambda conn: typing.forget_person(conn, person_id))

    def _slots(self) -> frozenset[str]:
        return self._keyring.persons() if self._keyring is not None else frozenset()

    def _holder_only(self, unit: Unit) -> None:
        if not unit.person.may(Role.ACCOUNT_HOLDER):
            raise NotAllowed(HOLDER_ONLY)

    @staticmethod
    def _keep_a_holder(conn: Connection, person_id: str, roles: Sequence[str]) -> None:
        others = [
            one
            for one in persons.list_persons(conn)
            if one.active and one.id != person_id and one.may(Role.ACCOUNT_HOLDER)
        ]
        if not others and Role.ACCOUNT_HOLDER not in roles:
            raise Refused(LAST_HOLDER)
