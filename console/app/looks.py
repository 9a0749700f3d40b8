"""Has the team's central look at a feed at once, for the running desk (F63)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from console.app.central_words import words_of
from console.bridge import settled
from console.domain.failures import Problem, Refused
from console.domain.sources import Looked
from contract.dutch import WORDS
from contract.vocabulary import OutsideTrouble

if TYPE_CHECKING:
    from console.app.program import Program

NO_LINE = Problem(
    "look-offline",
    "Er is geen contact met de centrale, dus er is niet gekeken.",
    "Er is niets veranderd. Probeer het straks opnieuw.",
)
SWITCHED_OFF = Problem(
    "look-off",
    "Deze bron staat uit, dus de centrale kijkt er niet.",
    "Zet de bron hierboven aan en bewaar dat.",
)
TOO_OFTEN = Problem(
    "look-often",
    "Er is net vaak gekeken. Er is niets gevraagd.",
    "Wacht een paar tellen en probeer het opnieuw.",
)
OLD_CENTRAL = Problem(
    "look-unknown",
    "Deze centrale kan nog niet op verzoek kijken.",
    "De lamp onderaan wordt binnen een minuut bijgewerkt.",
)
SLOW = Problem(
    "look-slow",
    "De centrale gaf op tijd geen antwoord.",
    "De lamp onderaan zegt straks hoe het met de bron is.",
)
_MEANT = {"lookup-off": SWITCHED_OFF, "rate-limited": TOO_OFTEN, "not-found": OLD_CENTRAL}


class LooksAtCentral:
    """Implements ``console.domain.sources.LookNow`` on the running program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def look_at(self, feed: str) -> Looked:
        """Look now."""
        from console.sync.failures import Answered, LineDown
        from contract.feeds import WAIT_S, FeedLooked, path

        opened = self._program.opened
        session = opened.engine.gateway.session if opened and opened.engine else None
        if opened is None or opened.thread is None or session is None:
            raise Refused(NO_LINE)
        asked = opened.engine.gateway.ask(FeedLooked, "POST", path(session.team.id, feed), {})
        try:
            async with asyncio.timeout(WAIT_S):
                found = await settled(opened.thread.submit(asked))
        except TimeoutError as late:
            raise Refused(SLOW) from late
        except Answered as trouble:
            code = getattr(trouble.code, "value", "")
            raise Refused(_MEANT.get(code) or words_of(trouble)) from trouble
        except LineDown as trouble:
            raise Refused(NO_LINE) from trouble
        why = WORDS[OutsideTrouble].get(found.why, found.why)
        return Looked(found.good_at, found.unknown_since, why, found.asked)
