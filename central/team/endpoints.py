"""The service document, the first team, and whether central is well."""

from fastapi import APIRouter, Request, Response

from central.http import body_of, read_message, reply
from central.office import office_of
from central.team import service
from contract import routes
from contract.messages import ServiceDocument, SetUpRequest, TeamSeen

router = APIRouter(tags=["service"])


@router.get(routes.SERVICE, response_model=ServiceDocument)
async def service_document(request: Request) -> Response:
    """Say which versions and limits hold here, and what time it is."""
    office = office_of(request)
    secret, moment = request.headers.get(routes.SECRET_HEADER, ""), office.moment()
    return reply(
        await office.database.read(
            lambda conn: service.service_document(conn, office.settings, secret, moment)
        )
    )


@router.get(routes.HEALTH)
async def health(request: Request) -> Response:
    """Answer when the records can be read."""
    office = office_of(request)
    await office.database.read(lambda conn: conn.exec_driver_sql("SELECT 1").scalar())
    return Response(b'{"status":"ok"}', media_type="application/json")


@router.post(
    routes.SETUP, status_code=201, response_model=TeamSeen, openapi_extra=body_of(SetUpRequest)
)
async def set_up(request: Request) -> Response:
    """Make the first team and its first person."""
    office = office_of(request)
    asked = await read_message(request, SetUpRequest)
    moment = office.moment()
    team = await office.database.write(
        lambda conn: service.set_up(conn, office.settings, asked, moment)
    )
    return reply(team, 201)
