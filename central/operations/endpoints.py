"""What a watcher over central asks (operations.md)."""

from fastapi import APIRouter, Request, Response

from central.office import office_of
from central.operations import service
from contract import routes

router = APIRouter(tags=["service"])


@router.get(routes.READINESS)
async def readiness(request: Request) -> Response:
    """Answer when the records can be read and every migration was taken."""
    office = office_of(request)
    await office.database.read(service.readiness)
    return Response(b'{"status":"ready"}', media_type="application/json")
