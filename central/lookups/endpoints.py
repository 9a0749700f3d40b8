"""Where a desk has a plate or an address looked up outside (F60, docs/api.md §5)."""

from fastapi import APIRouter, Request, Response

from central.auth.gate import caller_of
from central.http import body_of, problems, read_message, reply
from central.lookups import service
from central.office import office_of
from contract import routes
from contract.lookups import AddressAnswer, AddressAsked, PlateAnswer, PlateAsked
from contract.problems import ProblemCode as P

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}/lookups", tags=["lookups"])


@router.post(
    "/plates/_search",
    response_model=PlateAnswer,
    openapi_extra=body_of(PlateAsked),
    responses=problems(P.LOOKUP_OFF),
)
async def look_up_plate(request: Request, team: str) -> Response:
    """Ask RDW about a licence plate; nothing of it is kept. Unknown says nothing about the plate."""
    office = office_of(request)
    caller = await caller_of(request, team)
    asked = await read_message(request, PlateAsked)
    choice = await service.admitted(office, caller, "plates")
    return reply(await service.plate(office, choice, asked))


@router.post(
    "/addresses/_search",
    response_model=AddressAnswer,
    openapi_extra=body_of(AddressAsked),
    responses=problems(P.LOOKUP_OFF),
)
async def look_up_address(request: Request, team: str) -> Response:
    """Ask PDOK where an address lies; nothing of it is kept."""
    office = office_of(request)
    caller = await caller_of(request, team)
    asked = await read_message(request, AddressAsked)
    choice = await service.admitted(office, caller, "addresses")
    return reply(await service.address(office, choice, asked))
