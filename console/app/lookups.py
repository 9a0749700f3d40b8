"""A plate or an address looked up by the team's central, for the running desk (F60).

The question goes to central by POST and is kept nowhere; a cancelled task takes it back.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from console.app.central_words import words_of
from console.bridge import settled
from console.domain.failures import Problem, Refused
from console.domain.lookup import Address, AddressSeen, Car, PlaceSeen, PlateSeen
from contract.dutch import WORDS
from contract.vocabulary import OutsideTrouble

if TYPE_CHECKING:
    from pydantic import BaseModel

    from console.app.program import Program

    M = TypeVar("M", bound=BaseModel)

NO_LINE = Problem(
    "lookup-offline",
    "Er is geen contact met de centrale, dus er is niets opgezocht.",
    "Er is niets veranderd. U kunt gewoon verder.",
)
SWITCHED_OFF = Problem(
    "lookup-off",
    "Opzoeken staat uit voor uw team. Er is niets gevraagd.",
    "De accounthouder zet het aan bij Instellingen, Bronnen.",
)
NOT_YOU = Problem(
    "lookup-forbidden",
    "U mag hier niets opzoeken.",
    "Vraag het iemand die meldingen behandelt.",
)
OLD_CENTRAL = Problem(
    "lookup-unknown",
    "Deze centrale kan nog niets opzoeken.",
    "Vraag de beheerder om de nieuwe versie van de centrale.",
)
TOO_OFTEN = Problem(
    "lookup-often",
    "Er is net vaak iets opgezocht. Er is niets gevraagd.",
    "Wacht een paar tellen en probeer het opnieuw.",
)
NOT_ASKED = Problem(
    "lookup-shape",
    "Dit kan de centrale niet opzoeken.",
    "Kijk na wat u typte. Het staat er nog.",
)
_MEANT = {
    "lookup-off": SWITCHED_OFF,
    "forbidden": NOT_YOU,
    "not-found": OLD_CENTRAL,
    "rate-limited": TOO_OFTEN,
    "batch-invalid": NOT_ASKED,
}


class LookUps:
    """Implements ``console.domain.lookup.LookUp`` on the running program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def plate(self, plate: str) -> PlateSeen:
        """Ask about a plate."""
        from contract.lookups import PlateAnswer

        found = await self._ask(PlateAnswer, "plates", {"plate": plate})
        if found is None:
            return PlateSeen("unknown", self._now(), "RDW", WORDS[OutsideTrouble]["slow"])
        seen = found.vehicle
        car = None
        if seen is not None:
            car = Car(seen.kind, seen.make, seen.model, seen.colour, seen.second_colour)
        return PlateSeen(found.state.value, found.at, found.source, _why(found.why), car)

    async def address(self, address: Address) -> AddressSeen:
        """Ask where an address lies."""
        from contract.lookups import AddressAnswer

        body = {"street": address.street, "number": address.number, "town": address.town}
        found = await self._ask(AddressAnswer, "addresses", body)
        if found is None:
            return AddressSeen("unknown", self._now(), "PDOK", WORDS[OutsideTrouble]["slow"])
        places = tuple(
            PlaceSeen(one.label, one.x, one.y, one.exact, one.district, one.neighbourhood)
            for one in found.places
        )
        return AddressSeen(found.state.value, found.at, found.source, _why(found.why), places)

    async def _ask(self, model: type[M], name: str, body: dict[str, str]) -> M | None:
        """Return central's answer; None where it did not come in time."""
        from console.sync.failures import Answered, LineDown
        from contract.lookups import WAIT_S, path

        opened = self._program.opened
        session = opened.engine.gateway.session if opened and opened.engine else None
        if opened is None or opened.thread is None or session is None:
            raise Refused(NO_LINE)
        asked = opened.engine.gateway.ask(model, "POST", path(session.team.id, name), body)
        try:
            async with asyncio.timeout(WAIT_S):
                return await settled(opened.thread.submit(asked))
        except TimeoutError:
            return None
        except Answered as trouble:
            code = getattr(trouble.code, "value", "")
            raise Refused(_MEANT.get(code) or words_of(trouble)) from trouble
        except LineDown as trouble:
            raise Refused(NO_LINE) from trouble

    def _now(self) -> str:
        from console.domain.clock import stamp

        return stamp(self._program.clock.now())


def _why(code: str) -> str:
    return WORDS[OutsideTrouble].get(code, code)
