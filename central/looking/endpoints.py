"""The keys people sign with when they look along: one's own is registered, all are listed."""

from fastapi import APIRouter, Request, Response

from central.auth.gate import caller_of
from central.http import bearer, body_of, read_message, reply
from central.looking import service
from central.office import office_of
from contract import routes
from contract.access import LookingKey, LookingKeysSeen

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}", tags=["looking-keys"])


@router.put(
    "/accounts/current/looking-keys/{device}",
    status_code=204,
    openapi_extra=body_of(LookingKey),
)
async def register_looking_key(request: Request, team: str, device: str) -> Response:
    """Register the key one signs with at this desk, in one's own session."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    asked = await read_message(request, LookingKey)
    moment = office.moment()
    await office.database.write(
        lambda conn: service.register(conn, token, team, device, asked.public, moment)
    )
    return Response(status_code=204)


@router.get("/looking-keys", response_model=LookingKeysSeen)
async def looking_keys(request: Request, team: str) -> Response:
    """List the keys people sign with, with those that ended."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    moment = office.moment()
    return reply(await office.database.read(lambda conn: service.keys(conn, token, team, moment)))
