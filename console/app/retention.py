"""What goes away and what is old, asked of the team's central for the running desk (F52)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

from console.app.central_words import words_of
from console.bridge import settled
from console.domain.failures import Problem, Refused
from console.domain.retention import Answer, Gone, OldRecord, Question, Standing
from contract.problems import ProblemCode

if TYPE_CHECKING:
    from pydantic import BaseModel

    from console.app.program import Program
    from contract.archive import Archived, RetentionSeen


M = TypeVar("M", bound="BaseModel")

WAIT_S = 20.0
NO_LINE = Problem(
    "retention-offline",
    "Er is geen contact met de centrale. Wat oud is, staat alleen daar.",
    "Probeer het opnieuw als er weer contact is. Er is niets veranderd.",
)
NOT_YOU = Problem(
    "retention-role",
    "Uw rol mag dit niet zien.",
    "Vraag de accounthouder van uw team.",
)
LINES_SHOWN = 60
LINE_LONGEST = 200


class KeepingAtCentral:
    """Implements ``console.domain.retention.Keeping`` on the running program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def standing(self) -> Standing:
        """Return how the rounds stand and what went lately."""
        from contract.archive import RetentionSeen, path

        return _standing(await self._ask(RetentionSeen, "GET", path))

    async def forecast(self, terms: Mapping[str, int]) -> tuple[Gone, ...]:
        """Return what would go within a month; ``terms``: others than those in force."""
        from contract.archive import Forecast, forecast_path

        found = await self._ask(Forecast, "POST", forecast_path, {"terms": dict(terms)})
        return tuple(Gone(one.kind, one.act, one.count) for one in found.counts)

    async def go_on(self) -> Standing:
        """Say that the clock is right after it jumped."""
        from contract.archive import RetentionSeen, resume_path

        return _standing(await self._ask(RetentionSeen, "POST", resume_path))

    async def ask(self, question: Question) -> Answer:
        """Ask for an old record; central writes down who asks and why before it answers."""
        from contract.archive import ArchiveFound, search_path

        found = await self._ask(ArchiveFound, "POST", search_path, asdict(question))
        return Answer(tuple(_old(one) for one in found.records), found.closed)

    async def _ask(
        self, model: type[M], method: str, path: Callable[[str], str], body: object = None
    ) -> M:
        from console.sync.failures import Answered, LineDown

        opened = self._program.opened
        session = opened.engine.gateway.session if opened and opened.engine else None
        if opened is None or opened.thread is None or session is None:
            raise Refused(NO_LINE)
        asked = opened.engine.gateway.ask(model, method, path(session.team.id), body)
        try:
            async with asyncio.timeout(WAIT_S):
                return await settled(opened.thread.submit(asked))
        except (TimeoutError, LineDown) as trouble:
            raise Refused(NO_LINE) from trouble
        except Answered as trouble:
            forbidden = trouble.code is ProblemCode.FORBIDDEN
            raise Refused(NOT_YOU if forbidden else words_of(trouble)) from trouble


def _standing(seen: RetentionSeen) -> Standing:
    return Standing(
        seen.ran_at,
        seen.next_at,
        seen.paused_at,
        seen.seen_at,
        seen.archived,
        seen.destroyed,
        tuple(Gone(one.kind, one.act, one.count, one.at) for one in seen.runs),
    )


def _old(one: Archived) -> OldRecord:
    lines = []
    for part in one.parts[:LINES_SHOWN]:
        said = part.body.get("text") or part.body.get("what") or part.body.get("title") or ""
        lines.append(f"{part.at[:10]} {str(said)[:LINE_LONGEST]}".strip())
    return OldRecord(
        one.kind, one.id, one.number, one.stage == "accountability", one.body, tuple(lines)
    )
