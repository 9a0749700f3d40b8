"""Push, changes, snapshot and digest of a team (sync.md §4)."""

import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection

from central.auth import service as auth
from central.auth.gate import caller_of
from central.http import bearer, body_of, read_message
from central.office import office_of
from central.sync import service
from central.sync.contact import is_narrow
from contract import routes
from contract.messages import PushRequest

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}", tags=["sync"])

_JSON = "application/json"


def _witness(request: Request) -> str:
    return request.headers.get(routes.WITNESS_HEADER, "")


@router.post("/ops", openapi_extra=body_of(PushRequest))
async def push(request: Request, team: str) -> Response:
    """Take in a batch of ops and answer each of them."""
    office = office_of(request)
    token, witness = bearer(request), _witness(request)
    caller = await caller_of(request, team)
    asked = await read_message(request, PushRequest)
    turn = office.turns.open(caller.device, asked.turn, asked.follows)
    done = None
    try:
        await turn.come()
        moment, now = office.moment(), office.now()
        begun = time.monotonic()
        done = await office.database.write(
            # Who calls and what they may is read inside the transaction that writes.
            lambda conn: service.take_in(
                conn, auth.of_team(conn, token, team, moment), asked, witness, now
            )
        )
    finally:
        turn.end(done=done is not None)
    office.tally.commits.add(time.monotonic() - begun)
    office.tally.ops(done.statuses)
    return Response(done.reply, media_type=_JSON)


@router.get("/ops/{op_id}")
async def result(request: Request, team: str, op_id: str) -> Response:
    """Say what became of one op."""
    office = office_of(request)
    narrow = is_narrow(await caller_of(request, team))
    found = await office.database.read(
        lambda conn: service.result_of(conn, team, op_id, narrow=narrow)
    )
    return Response(found, media_type=_JSON)


@router.get("/changes")
async def changes(
    request: Request,
    team: str,
    after: str = Query("", max_length=400),
    limit: int = Query(routes.PAGE_DEFAULT, ge=1, le=routes.PAGE_MAX),
    wait: int = Query(0, ge=0, le=routes.WAIT_MAX_S),
) -> Response:
    """Return one page of changes; with ``wait`` hold the line until there is one."""
    office = office_of(request)
    caller = await caller_of(request, team)
    token, witness = bearer(request), _witness(request)

    def look(conn: Connection, asks: auth.Caller = caller) -> tuple[bytes, bool]:
        return service.changes(conn, team, after, limit, witness, narrow=is_narrow(asks))

    def look_again(conn: Connection) -> tuple[bytes, bool]:
        # While the line was held, the session may have ended or the right to read be gone.
        return look(conn, auth.of_team(conn, token, team, office.moment()))

    if not wait:
        page, _ = await office.database.read(look)
        return Response(page, media_type=routes.NDJSON)
    with office.bells.hear(team) as ear:
        page, any_rows = await office.database.read(look)
        if not any_rows and await ear.rang(wait):
            page, _ = await office.database.read(look_again)
    return Response(page, media_type=routes.NDJSON)


@router.get("/snapshot")
async def snapshot(request: Request, team: str) -> Response:
    """Stream every live record of the team."""
    office = office_of(request)
    narrow = is_narrow(await caller_of(request, team))
    pieces = office.database.stream(lambda conn: service.snapshot(conn, team, narrow=narrow))
    first = await anext(pieces)
    return StreamingResponse(_all(first, pieces), media_type=routes.NDJSON)


@router.get("/digest")
async def digest(request: Request, team: str) -> Response:
    """Return count and sum per kind, to check that a desk holds the same."""
    office = office_of(request)
    await caller_of(request, team)
    found = await office.database.read(lambda conn: service.digest(conn, team))
    return Response(found, media_type=_JSON)


async def _all(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncIterator[bytes]:
    # A desk that hangs up half-way gives its place among the streams back at once.
    async with aclosing(rest):
        yield first
        async for piece in rest:
            yield piece
