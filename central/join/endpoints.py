"""Where a desk that worked alone brings its records (sync.md §8a)."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from central.auth import service as auth
from central.auth.gate import caller_of
from central.http import bearer, body_of, read_message, reply
from central.join import service
from central.office import office_of
from contract import routes
from contract.joining import JoinReply, JoinRequest

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}/joinings", tags=["joining"])

JoinId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


@router.post("/{join_id}/records", response_model=JoinReply, openapi_extra=body_of(JoinRequest))
async def take_in(request: Request, team: str, join_id: JoinId) -> Response:
    """Take in a piece of the records of a desk that worked alone."""
    office = office_of(request)
    token, moment, now = bearer(request), office.moment(), office.now()
    await caller_of(request, team)
    asked = await read_message(request, JoinRequest)
    answer = await office.database.write(
        lambda conn: service.join(
            conn, auth.administrator(conn, token, team, moment), join_id, asked, now
        )
    )
    office.bells.ring(team)
    return reply(answer)
