"""Sign in, refresh, sign out (sync.md §4)."""

from fastapi import APIRouter, Request, Response

from central.audit.telling import with_audit
from central.auth import service
from central.auth import sign_in as by_password
from central.auth.gate import host_of
from central.auth.oidc import sign_in as by_provider
from central.http import bearer, body_of, read_message, reply
from central.office import office_of
from central.problems import Refusal
from contract import routes
from contract.access import PasswordSignIn, ProviderSignIn, SignIn, SignInWays
from contract.messages import RefreshRequest, Session
from contract.problems import ProblemCode

router = APIRouter(tags=["sessions"])


@router.post(routes.SESSIONS, status_code=201, openapi_extra=body_of(SignIn))
async def sign_in(request: Request) -> Response:
    """Open a session: with an account, through a provider, or from the desk that carries central."""
    office = office_of(request)
    asked = (await read_message(request, SignIn)).root
    if isinstance(asked, PasswordSignIn):
        entered = await by_password.sign_in(office, asked, host_of(request))
        return reply(await with_audit(office, request, entered), 201)
    if isinstance(asked, ProviderSignIn):
        entered = await by_provider.sign_in(office, asked, host_of(request))
        return reply(await with_audit(office, request, entered), 201)
    moment = office.moment()
    session: Session = await office.database.write(
        lambda conn: service.sign_in(conn, office.settings, asked, moment)
    )
    return reply(await with_audit(office, request, session), 201)


@router.get(routes.SIGN_IN_WAYS, response_model=SignInWays)
async def sign_in_ways(request: Request) -> Response:
    """Say how people may sign in here."""
    return reply(SignInWays(provider=await office_of(request).provider.way()))


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
    return reply(await with_audit(office, request, session))


@router.delete(routes.SESSION, status_code=204)
async def sign_out(request: Request) -> Response:
    """End the session."""
    office = office_of(request)
    token, moment = bearer(request), office.moment()
    await office.database.write(lambda conn: service.sign_out(conn, token, moment))
    return Response(status_code=204)
