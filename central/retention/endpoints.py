"""Where old records are asked for, and where it stands what goes away (F52, docs/api.md §7)."""

from fastapi import APIRouter, Request, Response

from central.auth import service as auth
from central.auth.gate import caller_of, within_rate
from central.http import bearer, body_of, problems, read_message, reply
from central.office import office_of
from central.retention import service
from contract import routes
from contract.archive import (
    ArchiveAsked,
    ArchiveFound,
    Forecast,
    ForecastAsked,
    RetentionSeen,
)
from contract.problems import ProblemCode as P

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}", tags=["retention"])


@router.post(
    "/archive/_search",
    response_model=ArchiveFound,
    openapi_extra=body_of(ArchiveAsked),
    responses=problems(P.SECOND_FACTOR),
)
async def ask_archive(request: Request, team: str) -> Response:
    """Return old records on an exact question; who asked and why is written down first."""
    office = office_of(request)
    await caller_of(request, team)
    asked = await read_message(request, ArchiveAsked)
    token, moment = bearer(request), office.moment()
    noted = await office.database.write(
        lambda conn: service.note(conn, auth.of_team(conn, token, team, moment), asked, moment)
    )
    return reply(await office.database.read(lambda conn: service.show(conn, team, noted)))


@router.get("/retention", response_model=RetentionSeen)
async def retention(request: Request, team: str) -> Response:
    """Return when the rounds ran and run, whether they wait, and what went lately, in counts."""
    office = office_of(request)
    await caller_of(request, team)
    return reply(await office.database.read(lambda conn: service.seen(conn, team)))


@router.post("/retention/forecasts", response_model=Forecast, openapi_extra=body_of(ForecastAsked))
async def forecast(request: Request, team: str) -> Response:
    """Return how many records would go until a moment, with the team's terms or with others."""
    office = office_of(request)
    await caller_of(request, team)
    asked, moment = await read_message(request, ForecastAsked), office.moment()
    return reply(
        await office.database.read(lambda conn: service.forecast(conn, team, asked, moment))
    )


@router.post(
    "/retention/resumptions", response_model=RetentionSeen, responses=problems(P.SECOND_FACTOR)
)
async def resume(request: Request, team: str) -> Response:
    """Say that the clock is right after it jumped, so that the rounds go on."""
    office = office_of(request)
    token, moment = bearer(request), office.moment()
    caller = await office.database.read(lambda conn: auth.administrator(conn, token, team, moment))
    within_rate(office, caller)
    return reply(
        await office.database.write(
            lambda conn: service.resume(conn, auth.administrator(conn, token, team, moment), moment)
        )
    )
