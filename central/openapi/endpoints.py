"""Where the document is read: by anybody, from any place, and that alone (security.md §8)."""

import orjson
from fastapi import APIRouter, Request, Response

from contract import routes

router = APIRouter(tags=["service"])


@router.get(routes.OPENAPI)
async def openapi_document(request: Request) -> Response:
    """Return this document."""
    return Response(
        orjson.dumps(request.app.openapi()),
        media_type="application/json",
        headers={"Access-Control-Allow-Origin": "*"},
    )
