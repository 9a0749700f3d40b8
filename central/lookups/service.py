"""Looking something up outside for one person, now: asked, read, answered, forgotten (F60)."""

from typing import TYPE_CHECKING

from central.lookups import pdok, rdw, repository
from central.lookups.sources import Choice
from central.problems import Refusal
from contract.lookups import (
    AddressAnswer,
    AddressAsked,
    LookupState,
    PlateAnswer,
    PlateAsked,
)
from contract.problems import ProblemCode
from contract.reading.feed import OddAnswer
from contract.reading.plates import with_hyphens
from contract.rights import WORKERS
from contract.vocabulary import OutsideTrouble

if TYPE_CHECKING:
    from central.auth.service import Caller
    from central.office import Office
    from central.outside import Answer, Asked


async def admitted(office: "Office", caller: "Caller", name: str) -> Choice:
    """Return what the team chose, for who may look something up now.

    Raises ``forbidden`` for readers and auditors, ``lookup-off`` where this is not switched on, and
    ``rate-limited`` for more than a person can type.
    """
    if not caller.roles & WORKERS:
        raise Refusal(ProblemCode.FORBIDDEN)
    choice = await office.database.read(lambda conn: repository.choice(conn, caller.team))
    if name not in choice.on:
        raise Refusal(ProblemCode.LOOKUP_OFF)
    if wait := office.lookups.take(f"{caller.team}/{caller.device}", office.moment()):
        raise Refusal(ProblemCode.RATE_LIMITED, retry_after_s=wait)
    return choice


async def plate(office: "Office", choice: Choice, asked: PlateAsked) -> PlateAnswer:
    """Return what the register says of a plate; what cannot be one is refused and goes nowhere."""
    found = with_hyphens(asked.plate)
    if found is None:
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/plate"])
    bare = found.replace("-", "")
    answer = await _fetch(office, choice, rdw.asked(choice.url("plates"), bare, choice.token))
    if answer.why is not None:
        return PlateAnswer(state=LookupState.UNKNOWN, why=answer.why.value, at=office.now())
    try:
        vehicle = rdw.read(answer.text, bare)
    except OddAnswer:
        why = OutsideTrouble.ODD_ANSWER.value
        return PlateAnswer(state=LookupState.UNKNOWN, why=why, at=office.now())
    state = LookupState.FOUND if vehicle else LookupState.NOT_FOUND
    return PlateAnswer(state=state, at=office.now(), vehicle=vehicle)


async def address(office: "Office", choice: Choice, asked: AddressAsked) -> AddressAnswer:
    """Return the places an address may mean."""
    answer = await _fetch(office, choice, pdok.asked(choice.url("addresses"), asked))
    if answer.why is not None:
        return AddressAnswer(state=LookupState.UNKNOWN, why=answer.why.value, at=office.now())
    try:
        places = pdok.read(answer.text, asked)
    except OddAnswer:
        why = OutsideTrouble.ODD_ANSWER.value
        return AddressAnswer(state=LookupState.UNKNOWN, why=why, at=office.now())
    state = LookupState.FOUND if places else LookupState.NOT_FOUND
    return AddressAnswer(state=state, at=office.now(), places=tuple(places))


async def _fetch(office: "Office", choice: Choice, asked: "Asked") -> "Answer":
    from central.outside import Answer

    if not office.settings.outside:
        return Answer(OutsideTrouble.OFF)
    return await office.client(choice.hosts).fetch(asked)
