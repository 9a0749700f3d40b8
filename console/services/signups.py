"""A resident's sign-up: routed, handed to the administrator, and forgotten (F19).

The resident is in no argument of an act: an act gets ids only, so that nothing of a resident can
reach the outbox, the history or a record. The text is made and checked in memory.
"""

from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.clock import LOCAL, local
from console.domain.failures import Problem, Refused
from console.domain.signup import (
    Recipient,
    Resident,
    Route,
    SignupCounts,
    SignupGroup,
    handover_text,
    read_address,
    route,
)
from console.services import gate
from console.services.desk import Desk, Unit
from console.storage import directory_tree
from console.storage import signups as stored
from console.storage.database import Connection
from console.storage.projection import shown
from contract.signs import signup_count_id
from contract.vocabulary import Role, SignupCount

WORKERS = (Role.OPERATOR, Role.OFFICER)

WHY = "Aanmelding van een bewoner, op eigen verzoek"
"""The reason in the history; who, why and to whom stand there, never what (security.md §4)."""

NO_ADDRESS = Problem(
    "bad-address",
    "Hier is geen straat of postcode in te lezen.",
    "Typ het adres als: Havenkade 12, 1234 AB Dorp.",
)
NO_RECIPIENT = Problem(
    "bad-recipient",
    "Van deze groep is geen beheerder bekend. Er is niets gekopieerd.",
    "Kies een andere groep, of tel het als gat.",
)


@dataclass(frozen=True, slots=True, repr=False)
class Handed:
    """A checked text for one administrator, in memory only."""

    copyable: gate.Copyable
    group_id: str
    recipient: Recipient = field(default_factory=lambda: Recipient("", "", ""))

    def __repr__(self) -> str:
        return "Handed()"


class Signups:
    """From an address to a text on the clipboard and a number in the file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def route(self, address: str, codes: Collection[str] = ()) -> Future[Route]:
        """Return the groups for an address. Nothing of it is kept; it is read and compared here.

        ``codes``: the codes of areas that a look-up by central gave for it, if there was one.
        Refused where no street or postcode can be read in it.
        """
        read, now, extra = read_address(address), self._desk.now(), tuple(codes)

        def work(conn: Connection) -> Route:
            if not read.known:
                raise Refused(NO_ADDRESS)
            return route(directory_tree.shape(conn), stored.places(conn), read, now, extra)

        return self._desk.look(work)

    def text(self, resident: Resident, group: SignupGroup, recipient: Recipient) -> Handed:
        """Make and check the text for an administrator, in memory.

        Raises:
            Refused: no address, nobody to hand it to, or data that does not belong in a sign-up.
        """
        if not resident.address.strip():
            raise Refused(NO_ADDRESS)
        if not recipient.key:
            raise Refused(NO_RECIPIENT)
        team = self._desk.team
        passed = gate.passes_to_administrator(
            handover_text(resident, group.name, team),
            resident.given,
            region=self._desk.region,
            training=self._desk.training,
            now=self._now(),
        )
        return Handed(passed, group.group_id, recipient)

    def hand_over(self, group_id: str, recipient: Recipient) -> Future[None]:
        """Write who got a sign-up and why, and count it; before the text is on the clipboard."""
        key = recipient.key

        def work(unit: Unit) -> None:
            unit.require(*WORKERS)
            with unit.group():
                unit.log("group", group_id, "signup_passed_on", reason=WHY, recipient=key)
                _count(unit, SignupCount.HANDED_OVER, group_id=group_id)

        return self._desk.act(work)

    def count_gap(self, area_id: str = "") -> Future[None]:
        """Count a sign-up for which there is no group; of the area at most, never of a street."""

        def work(unit: Unit) -> None:
            unit.require(*WORKERS)
            with unit.group():
                _count(unit, SignupCount.NO_GROUP, area_id=area_id)

        return self._desk.act(work)

    def counts(self) -> Future[SignupCounts]:
        """Return the numbers of this month."""
        month = _month(self._desk.now())
        return self._desk.look(lambda conn: stored.counts(conn, month))

    def _now(self) -> datetime:
        return self._desk.clock.now().astimezone(LOCAL)


def _count(unit: Unit, what: str, *, group_id: str = "", area_id: str = "") -> None:
    month = _month(unit.now)
    record_id = signup_count_id(month, what, group_id, area_id)
    known = shown(unit.conn, "signup_count", record_id)
    if known is None or known.deleted:
        body = {"month": month, "what": what, "group_id": group_id, "area_id": area_id}
        unit.create("signup_count", body, record_id)
    unit.command("signup_count", record_id, "add")


def _month(now: str) -> str:
    at = local(now)
    return f"{at:%Y-%m}" if at else now[:7]
