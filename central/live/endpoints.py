"""The stream of live news of a team (sync.md §8)."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from central.auth import service as auth
from central.auth.gate import within_rate
from central.auth.tokens import token_hash
from central.http import bearer
from central.live.stream import EventStream
from central.office import office_of
from central.sync import service as sync
from contract import routes

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}", tags=["live"])


@router.get(
    "/events",
    response_class=Response,
    responses={200: {"content": {routes.EVENT_STREAM: {"schema": {"type": "string"}}}}},
)
async def events(request: Request, team: str) -> Response:
    """Tell live that there is news and who is there; the news itself comes by ``changes``."""
    office = office_of(request)
    token, moment = bearer(request), office.moment()
    witness = request.headers.get(routes.WITNESS_HEADER, "")

    def admit(conn: Connection) -> auth.Caller:
        caller = auth.of_team(conn, token, team, moment)
        sync.check_witness(conn, team, witness)
        return caller

    caller = await office.database.read(admit)
    within_rate(office, caller)
    return EventStream(
        office.live,
        team=team,
        person=caller.person,
        device=caller.device,
        access_hash=token_hash(token),
        seen=request.headers.get("last-event-id", ""),
    )
