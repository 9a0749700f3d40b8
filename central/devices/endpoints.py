"""The desks of a team: list, revoke, let in again (sync.md §9)."""

from fastapi import APIRouter, Request, Response

from central.auth.gate import caller_of
from central.devices import service
from central.http import bearer, reply
from central.office import office_of
from contract import routes
from contract.access import DevicesSeen

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}/devices", tags=["devices"])


@router.get("", response_model=DevicesSeen)
async def devices(request: Request, team: str) -> Response:
    """List the desks that ever signed in."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    moment = office.moment()
    return reply(
        await office.database.read(lambda conn: service.devices(conn, token, team, moment))
    )


@router.delete("/{device}", status_code=204)
async def revoke(request: Request, team: str, device: str) -> Response:
    """End the sessions of a desk and let it in no more."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    moment = office.moment()
    await office.database.write(lambda conn: service.revoke(conn, token, team, device, moment))
    return Response(status_code=204)


@router.put("/{device}", status_code=204)
async def restore(request: Request, team: str, device: str) -> Response:
    """Let a revoked desk sign in again."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    moment = office.moment()
    await office.database.write(lambda conn: service.restore(conn, token, team, device, moment))
    return Response(status_code=204)
