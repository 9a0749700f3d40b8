"""Where an account holder asks what the team holds of one person (F52, docs/api.md §7)."""

from fastapi import APIRouter, Request, Response

from central.auth import service as auth
from central.auth.gate import caller_of
from central.http import bearer, body_of, problems, read_message, reply
from central.office import office_of
from central.subject import service
from contract import routes
from contract.problems import ProblemCode as P
from contract.subject import SubjectAsked, SubjectGiven, SubjectNext, SubjectNoted, SubjectPage

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}/subject-requests", tags=["retention"])


@router.post(
    "",
    status_code=201,
    response_model=SubjectNoted,
    openapi_extra=body_of(SubjectAsked),
    responses=problems(P.SECOND_FACTOR),
)
async def ask_subject(request: Request, team: str) -> Response:
    """Write down who asks about a person and why; nothing is found before this is kept."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    asked, moment = await read_message(request, SubjectAsked), office.moment()
    noted = await office.database.write(
        lambda conn: service.note(
            conn, auth.administrator(conn, token, team, moment), asked, moment
        )
    )
    return reply(noted, 201)


@router.post(
    "/{look}/_search",
    response_model=SubjectPage,
    openapi_extra=body_of(SubjectNext),
    responses=problems(P.SECOND_FACTOR, P.NOT_FOUND),
)
async def search_subject(request: Request, team: str, look: str) -> Response:
    """Return the next page of what the team holds; the terms stand in the body."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    asked, moment = await read_message(request, SubjectNext), office.moment()
    return reply(
        await office.database.write(
            lambda conn: service.find(
                conn, auth.administrator(conn, token, team, moment), look, asked, moment
            )
        )
    )


@router.post(
    "/{look}/deliveries",
    status_code=204,
    openapi_extra=body_of(SubjectGiven),
    responses=problems(P.SECOND_FACTOR, P.NOT_FOUND),
)
async def give_subject(request: Request, team: str, look: str) -> Response:
    """Write down that a bundle is made, before it is."""
    office, token = office_of(request), bearer(request)
    await caller_of(request, team)
    counts, moment = await read_message(request, SubjectGiven), office.moment()
    await office.database.write(
        lambda conn: service.given(
            conn, auth.administrator(conn, token, team, moment), look, counts, moment
        )
    )
    return Response(status_code=204)
