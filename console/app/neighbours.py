"""What the teams beside share, asked of the team's central for the running desk (F21)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from console.app.central_words import words_of
from console.bridge import settled
from console.domain.failures import Problem, Refused
from console.domain.neighbours import SharedMessage

if TYPE_CHECKING:
    from console.app.program import Program

WAIT_S = 10.0
NO_LINE = Problem(
    "neighbours-offline",
    "Er is geen contact met de centrale. Berichten van buurteams zijn niet opgehaald.",
    "U ziet wat er het laatst was.",
)


class NeighboursAtCentral:
    """Implements ``console.domain.neighbours.NeighbourTeams`` on the running program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def fetch(self) -> tuple[SharedMessage, ...]:
        """Ask once, through the line of the sync; nothing goes along but who asks."""
        from console.sync.failures import Answered, LineDown
        from contract.neighbours import NeighbourMessages, NeighbourState, path

        opened = self._program.opened
        session = opened.engine.gateway.session if opened and opened.engine else None
        if opened is None or opened.thread is None or session is None:
            raise Refused(NO_LINE)
        asked = opened.engine.gateway.ask(NeighbourMessages, "GET", path(session.team.id))
        try:
            async with asyncio.timeout(WAIT_S):
                found = await settled(opened.thread.submit(asked))
        except (TimeoutError, LineDown) as trouble:
            raise Refused(NO_LINE) from trouble
        except Answered as trouble:
            raise Refused(words_of(trouble)) from trouble
        return tuple(
            SharedMessage(
                one.id,
                one.team,
                one.area,
                one.kind,
                one.text,
                one.at,
                one.state is NeighbourState.ENDED,
            )
            for one in found.messages
        )
