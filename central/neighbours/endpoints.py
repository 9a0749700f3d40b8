"""Where a desk asks what the teams beside its own share (F21, docs/api.md §6)."""

from fastapi import APIRouter, Request, Response

from central.auth.gate import caller_of
from central.http import reply
from central.neighbours import service
from central.office import office_of
from contract import routes
from contract.neighbours import NeighbourMessages

router = APIRouter(
    prefix=f"{routes.PREFIX}/teams/{{team}}/neighbour-messages", tags=["neighbour-messages"]
)


@router.get("", response_model=NeighbourMessages)
async def neighbour_messages(request: Request, team: str) -> Response:
    """Return what teams with adjoining areas share: text, kind, area, time and state, no more."""
    office = office_of(request)
    caller, moment = await caller_of(request, team), office.moment()
    return reply(await office.database.write(lambda conn: service.messages(conn, caller, moment)))
