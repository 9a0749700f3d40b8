"""The audit rows of the team's central, asked for the running desk (F54)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.app.central_words import words_of
from console.bridge import settled
from console.domain.failures import Problem, Refused
from console.domain.logbook import Asked, Entry, acts_of
from contract.problems import ProblemCode

if TYPE_CHECKING:
    from console.app.program import Program

WAIT_S = 20.0
EXPORT_S = 600.0
PAGE = 50

NO_LINE = Problem(
    "logbook-offline",
    "Er is geen contact met de centrale. Het logboek staat alleen daar.",
    "Probeer het opnieuw als er weer contact is.",
)
NOT_YOU = Problem(
    "logbook-role",
    "Het logboek is voor de accounthouder en de auditor.",
    "Vraag de accounthouder van uw team.",
)
NOT_KEPT = Problem(
    "logbook-not-kept",
    "Het logboek kon niet worden bewaard. Er staat geen half bestand.",
    "Maak ruimte in de map Documenten en probeer het opnieuw.",
)


class LogbookAtCentral:
    """Implements ``console.domain.logbook.Logbook`` on the running program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    async def find(self, asked: Asked, before: int) -> tuple[Sequence[Entry], int]:
        """Return a page; that somebody looks is written down at central first."""
        from contract.audit import AuditPage, search_path

        body: dict[str, Any] = {"limit": PAGE, "acts": acts_of(asked.group)}
        if asked.person:
            body["person"] = asked.person
        if asked.record:
            body |= {"kind": asked.kind, "record": asked.record}
        if asked.days:
            body["since"] = (self._program.clock.now() - timedelta(days=asked.days)).isoformat()
        if before:
            body["before"] = before
        opened, team = self._line()
        page = await self._heard(
            opened.thread.submit(
                opened.engine.gateway.ask(AuditPage, "POST", search_path(team), body)
            ),
            WAIT_S,
        )
        rows = [
            Entry(one.n, one.at, one.person, one.device, one.act, one.kind, one.record)
            for one in page.items
        ]
        return rows, page.before

    async def take_along(self, path: Path) -> int:
        """Write every row to a file, with what this desk saw itself right after the head."""
        from console.storage.witness import witness
        from console.sync.logbook import export

        opened, team = self._line()
        known = await settled(opened.store.read(witness))
        seen = [one.note for one in (*known.old, *known.seen)] if known.team == team else []
        part = path.with_name(path.name + ".part")
        work = export(opened.engine.gateway, team, part, seen)
        try:
            lines = await self._heard(opened.thread.submit(work), EXPORT_S)
            os.replace(part, path)
        except OSError as trouble:
            raise Refused(NOT_KEPT) from trouble
        finally:
            part.unlink(missing_ok=True)
        return int(lines)

    def _line(self) -> tuple[Any, str]:
        opened = self._program.opened
        session = opened.engine.gateway.session if opened and opened.engine else None
        if opened is None or opened.thread is None or session is None:
            raise Refused(NO_LINE)
        return opened, session.team.id

    async def _heard(self, asked: Any, wait_s: float) -> Any:
        from console.sync.failures import Answered, LineDown

        try:
            async with asyncio.timeout(wait_s):
                return await settled(asked)
        except (TimeoutError, LineDown) as trouble:
            raise Refused(NO_LINE) from trouble
        except Answered as trouble:
            forbidden = trouble.code is ProblemCode.FORBIDDEN
            raise Refused(NOT_YOU if forbidden else words_of(trouble)) from trouble
