"""Where an account holder or auditor looks in the audit rows (F54, docs/api.md §9)."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator
from contextlib import aclosing

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection

from central.audit import checkpoints, export, service
from central.auth.gate import caller_of
from central.http import bearer, body_of, read_message, reply
from central.office import office_of
from central.sync import repository as records
from contract import routes
from contract.audit import AuditPage, AuditSearch

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}", tags=["audit"])

_AT_ONCE = 500


@router.post("/audit-entries/_search", response_model=AuditPage, openapi_extra=body_of(AuditSearch))
async def search_audit(request: Request, team: str) -> Response:
    """Return audit rows that fit. That somebody looked is written down first."""
    office, token, moment = office_of(request), bearer(request), office_of(request).moment()
    await caller_of(request, team)
    await office.database.read(lambda conn: service.reader(conn, token, team, moment))
    asked = await read_message(request, AuditSearch)
    if asked.before is None:
        now = office.now()
        await office.database.write(
            lambda conn: service.note_search(
                conn, service.reader(conn, token, team, moment), asked.person or asked.record, now
            )
        )
    return reply(await office.database.read(lambda conn: service.find(conn, team, asked)))


@router.get(
    "/audit-export",
    response_class=Response,
    responses={200: {"content": {routes.NDJSON: {"schema": {"type": "string"}}}}},
)
async def export_audit(request: Request, team: str) -> Response:
    """Stream every audit row with chain and checkpoints. That it goes is written down first."""
    office, token, moment = office_of(request), bearer(request), office_of(request).moment()
    await caller_of(request, team)
    now = office.now()
    await office.database.write(
        lambda conn: service.note_export(conn, service.reader(conn, token, team, moment), now)
    )
    # Signed up to this very moment, where the rows allow it.
    await asyncio.to_thread(
        checkpoints.make, office.database, office.settings.audit_seed, moment, team
    )

    def walk(conn: Connection) -> Iterator[bytes]:
        names = dict(records.teams(conn))
        yield from _together(export.lines(conn, team, names.get(team, ""), now))

    pieces = office.database.stream(walk)
    first = await anext(pieces)
    return StreamingResponse(_all(first, pieces), media_type=routes.NDJSON)


def _together(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Hand lines on some hundreds at a time."""
    waiting: list[bytes] = []
    for line in lines:
        waiting.append(line)
        if len(waiting) >= _AT_ONCE:
            yield b"".join(waiting)
            waiting.clear()
    yield b"".join(waiting)


async def _all(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncIterator[bytes]:
    async with aclosing(rest):
        yield first
        async for piece in rest:
            yield piece
