"""What the team holds of one person, asked of its central for the running desk (F52)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from console.app.central_words import words_of
from console.bridge import settled
from console.domain.failures import Problem, Refused
from console.domain.subject import Progress, SubjectRecord
from contract.problems import ProblemCode

if TYPE_CHECKING:
    from console.app.program import Program

WAIT_S = 60.0
NO_LINE = Problem(
    "subject-offline",
    "Er is geen contact met de centrale. Er is niets gevraagd of bewaard.",
    "Probeer het opnieuw als er weer contact is.",
)
NOT_YOU = Problem(
    "subject-role", "Dit mag alleen de accounthouder.", "Vraag de accounthouder van uw team."
)
NOTHING_TO_SEEK = Problem(
    "subject-shape",
    "Dit is geen telefoonnummer of naam om op te zoeken, of de reden is te kort.",
    "Kijk na wat u typte. Er is niets gevraagd.",
)
TOO_LATE = Problem(
    "subject-late", "Deze vraag is langer dan een uur geleden.", "Zoek opnieuw, met een reden."
)
_MEANT = {
    ProblemCode.FORBIDDEN: NOT_YOU,
    ProblemCode.BATCH_INVALID: NOTHING_TO_SEEK,
    ProblemCode.NOT_FOUND: TOO_LATE,
}


class SubjectAtCentral:
    """Implements ``console.domain.subject.SubjectAccess`` on the running program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def collect(
        self, phone: str, name: str, reason: str, progress: Progress
    ) -> tuple[str, list[SubjectRecord]]:
        """Have the question written down, then fetch every record, page by page."""
        from contract.subject import SubjectNoted, SubjectPage, path

        terms = {"phone": phone, "name": name}
        gateway, team = self._line()
        noted = await self._heard(
            gateway.ask(SubjectNoted, "POST", path(team), {**terms, "reason": reason})
        )
        found, seen, after = [], 0, ""
        while True:
            where = path(team, noted.id, "_search")
            page = await self._heard(
                gateway.ask(SubjectPage, "POST", where, {**terms, "after": after})
            )
            found += [
                SubjectRecord(one.kind, one.id, one.at, one.old, one.sure, one.where, one.body)
                for one in page.hits
            ]
            seen, after = seen + page.seen, page.after
            progress(seen, noted.total)
            if not after:
                return noted.id, found

    async def note_given(self, look: str, given: int, left_out: int) -> None:
        """Have central write down that a bundle is made, before it is."""
        from contract.subject import path

        gateway, team = self._line()
        where = path(team, look, "deliveries")
        await self._heard(gateway.tell("POST", where, {"given": given, "left_out": left_out}))

    def _line(self) -> tuple[Any, str]:
        opened = self._program.opened
        session = opened.engine.gateway.session if opened and opened.engine else None
        if opened is None or opened.thread is None or session is None:
            raise Refused(NO_LINE)
        return opened.engine.gateway, session.team.id

    async def _heard(self, asked: Coroutine[Any, Any, Any]) -> Any:
        from console.sync.failures import Answered, LineDown

        opened = self._program.opened
        if opened is None or opened.thread is None:
            asked.close()
            raise Refused(NO_LINE)
        try:
            async with asyncio.timeout(WAIT_S):
                return await settled(opened.thread.submit(asked))
        except (TimeoutError, LineDown) as trouble:
            raise Refused(NO_LINE) from trouble
        except Answered as trouble:
            meant = _MEANT.get(trouble.code) if isinstance(trouble.code, ProblemCode) else None
            raise Refused(meant or words_of(trouble)) from trouble
