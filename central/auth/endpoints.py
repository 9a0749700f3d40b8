"""Sign in, refresh, sign out (sync.md §4)."""

from fastapi import APIRouter, Request, Response

from central.auth import service
from central.auth import sign_in as by_password
from central.auth.gate import host_of
from central.http import bearer, body_of, read_message, reply
from central.office import office_of
from central.problems import Refusal
from contract import routes
from contract.access import PasswordSignIn, SignIn
from contract.messages import RefreshRequest, Session
from contract.problems import ProblemCode

router = APIRouter(tags=["sessions"])


@router.post(routes.SESSIONS, status_code=201, openapi_extra=body_of(SignIn))
async def sign_in(request: Request) -> Response:
    """Open a session, with an account or from the desk that carries this central."""
    office = office_of(request)
    asked = (await read_message(request, SignIn)).root
    if isinstance(asked, PasswordSignIn):
        return reply(await by_password.sign_in(office, asked, host_of(request)), 201)
    moment = office.moment()
    session: Session = await office.database.write(
        lambda conn: service.sign_in(conn, office.settings, asked, moment)
    )
    return reply(session, 201)


@router.post(routes.REFRESH, openapi_extra=body_of(RefreshRequest))
async def refresh(request: Request) -> Response:
    """Trade a refresh token for a new pair of tokens."""
    office = office_of(request)
    asked = await read_message(request, RefreshRequest)
    moment = office.moment()
    session = await office.database.write(
        lambda conn: service.refresh(conn, office.settings, asked, moment)
    )
    if session is None:
        raise Refusal(ProblemCode.UNAUTHENTICATED)
    return reply(session)


@router.delete(routes.SESSION, status_code=204)
async def sign_out(request: Request) -> Response:
    """End the session."""
    office = office_of(request)
    token, moment = bearer(request), office.moment()
    await office.database.write(lambda conn: service.sign_out(conn, token, moment))
    return Response(status_code=204)
