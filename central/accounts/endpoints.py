"""Accounts: the first one, the next ones, one's own password and second factor (sync.md §9)."""

from fastapi import APIRouter, Request, Response

from central.accounts import choose, service
from central.auth.gate import caller_of, host_of
from central.http import bearer, body_of, read_message, reply
from central.office import office_of
from contract import routes
from contract.access import (
    AccountsSeen,
    ActivateRequest,
    CodeGiven,
    FirstAccountRequest,
    NewAccountRequest,
    PasswordChange,
    SecondFactorOffer,
    SecondFactorProof,
)
from contract.messages import TeamSeen

router = APIRouter(tags=["accounts"])

_TEAM = f"{routes.PREFIX}/teams/{{team}}/accounts"


@router.post(
    routes.FIRST_ACCOUNT,
    status_code=201,
    response_model=TeamSeen,
    openapi_extra=body_of(FirstAccountRequest),
)
async def first_account(request: Request) -> Response:
    """Make a team with its first account, with the code that central printed."""
    asked = await read_message(request, FirstAccountRequest)
    team = await choose.first_account(office_of(request), asked, host_of(request))
    return reply(team, 201)


@router.post(routes.ACTIVATE, status_code=204, openapi_extra=body_of(ActivateRequest))
async def activate(request: Request) -> Response:
    """Choose a password with the code that an account holder gave."""
    asked = await read_message(request, ActivateRequest)
    await choose.activate(office_of(request), asked, host_of(request))
    return Response(status_code=204)


@router.post(routes.PASSWORD, status_code=204, openapi_extra=body_of(PasswordChange))
async def change_password(request: Request) -> Response:
    """Choose another password; ends the other sessions of the account."""
    asked = await read_message(request, PasswordChange)
    await choose.change(office_of(request), bearer(request), asked)
    return Response(status_code=204)


@router.post(routes.SECOND_FACTOR, response_model=SecondFactorOffer)
async def offer(request: Request) -> Response:
    """Make a secret for an authenticator app."""
    office, token = office_of(request), bearer(request)
    moment = office.moment()
    return reply(await office.database.write(lambda conn: service.offer(conn, token, moment)))


@router.put(routes.SECOND_FACTOR, status_code=204, openapi_extra=body_of(SecondFactorProof))
async def confirm(request: Request) -> Response:
    """Turn the second factor on with a code of the app."""
    office, token = office_of(request), bearer(request)
    asked = await read_message(request, SecondFactorProof)
    moment = office.moment()
    await office.database.write(lambda conn: service.confirm(conn, token, asked.code, moment))
    return Response(status_code=204)


@router.get(_TEAM, response_model=AccountsSeen)
async def accounts(request: Request, team: str) -> Response:
    """List who of the team has an account."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    moment = office.moment()
    return reply(
        await office.database.read(lambda conn: service.accounts(conn, token, team, moment))
    )


@router.post(
    _TEAM, status_code=201, response_model=CodeGiven, openapi_extra=body_of(NewAccountRequest)
)
async def give(request: Request, team: str) -> Response:
    """Give a person an account, or start theirs anew."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    asked = await read_message(request, NewAccountRequest)
    moment = office.moment()
    given = await office.database.write(lambda conn: service.give(conn, token, team, asked, moment))
    return reply(given, 201)


@router.delete(f"{_TEAM}/{{person}}", status_code=204)
async def remove(request: Request, team: str, person: str) -> Response:
    """Erase the account of a person who left."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    moment = office.moment()
    await office.database.write(lambda conn: service.remove(conn, token, team, person, moment))
    return Response(status_code=204)
