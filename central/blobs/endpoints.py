"""Photos by the hash of their content (sync.md §8)."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection

from central.auth import service as auth
from central.auth.gate import caller_of
from central.blobs import ranges, repository, service
from central.blobs.service import Outcome, Part, Taken
from central.http import bearer, problem, problems, read_body
from central.office import office_of
from central.problems import Refusal
from contract import blobs, rights, routes
from contract.problems import ProblemCode

router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}", tags=["blobs"])

Hash = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]

_REFUSED = {
    Outcome.ELSEWHERE: ProblemCode.OFFSET_MISMATCH,
    Outcome.WRONG_HASH: ProblemCode.CHECKSUM,
    Outcome.WRONG_TYPE: ProblemCode.BLOB_TYPE,
    Outcome.NOT_BARE: ProblemCode.BLOB_NOT_BARE,
}


@router.head("/blobs/{sha256}", responses=problems(ProblemCode.NOT_FOUND))
async def look_at_blob(request: Request, team: str, sha256: Hash) -> Response:
    """Say whether a photo is here; where it is not, ``Upload-Offset`` tells how much of it is."""
    office = office_of(request)
    await caller_of(request, team)
    now = office.now()

    def look(conn: Connection) -> repository.Content | None:
        past = service.is_past(conn, team, sha256, now)
        return None if past else repository.find(conn, team, sha256)

    found = await office.database.read(look)
    if found is None or not found.complete:
        held = found.held if found else 0
        return Response(status_code=404, headers={routes.OFFSET_HEADER: str(held)})
    return Response(headers=_headers(sha256, found.size), media_type=found.type)


@router.patch(
    "/blobs/{sha256}",
    status_code=204,
    responses=problems(
        ProblemCode.OFFSET_MISMATCH, ProblemCode.CHECKSUM, ProblemCode.BLOB_TYPE,
        ProblemCode.BLOB_NOT_BARE, ProblemCode.TOO_LARGE,
    ),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)  # fmt: skip
async def send_blob_part(
    request: Request,
    team: str,
    sha256: Hash,
    upload_offset: Annotated[int, Header(ge=0, le=blobs.MAX_BYTES)],
    upload_length: Annotated[int, Header(ge=1)],
) -> Response:
    """Take the next part of a photo; the last one is answered when the hash was checked."""
    office = office_of(request)
    token = bearer(request)
    _must_write(await caller_of(request, team))
    if upload_length > blobs.MAX_BYTES:
        raise Refusal(ProblemCode.TOO_LARGE)
    part = Part(sha256, upload_offset, upload_length, await read_body(request, blobs.CHUNK))
    part.check()
    moment, now = office.moment(), office.now()

    def take(conn: Connection) -> Taken:
        caller = auth.of_team(conn, token, team, moment)
        _must_write(caller)
        return service.take(conn, team, caller.person, part, now)

    taken = await office.database.write(take)
    code = _REFUSED.get(taken.outcome)
    answer = problem(Refusal(code)) if code else Response(status_code=204)
    answer.headers[routes.OFFSET_HEADER] = str(taken.held)
    return answer


@router.get(
    "/blobs/{sha256}",
    response_class=Response,
    responses={
        200: {"content": {one: {} for one in sorted(blobs.TYPES)}},
        206: {"description": "The bytes asked for", "content": {}},
        **problems(ProblemCode.NOT_FOUND, ProblemCode.RANGE_NOT_SATISFIABLE),
    },
)
async def get_blob(request: Request, team: str, sha256: Hash) -> Response:
    """Give the content of a photo, or the bytes asked for; only when it is whole."""
    office = office_of(request)
    await caller_of(request, team)
    now = office.now()

    def look(conn: Connection) -> tuple[int, str] | None:
        past = service.is_past(conn, team, sha256, now)
        return None if past else repository.complete(conn, team, sha256)

    found = await office.database.read(look)
    if found is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    size, media_type = found
    headers = _headers(sha256, size)
    unchanged = request.headers.get("if-range", headers["ETag"]) == headers["ETag"]
    try:
        span = ranges.asked(request.headers.get("range", "") if unchanged else "", size)
    except ranges.Unsatisfiable:
        answer = problem(Refusal(ProblemCode.RANGE_NOT_SATISFIABLE))
        answer.headers["Content-Range"] = f"bytes */{size}"
        return answer
    first, end = span or (0, size)
    if span:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
        headers["Content-Length"] = str(end - first)
    pieces = office.database.stream(lambda conn: repository.pieces(conn, team, sha256, first, end))
    start = await anext(pieces)
    return StreamingResponse(
        _all(start, pieces), 206 if span else 200, headers=headers, media_type=media_type
    )


def _must_write(caller: auth.Caller) -> None:
    """Refuse who may not add photos: before a body is read, and again where it is written."""
    if not caller.roles & rights.WRITERS["photo"]:
        raise Refusal(ProblemCode.FORBIDDEN)


def _headers(sha256: str, size: int) -> dict[str, str]:
    return {
        "ETag": f'"{sha256}"',
        "Content-Length": str(size),
        "Accept-Ranges": "bytes",
        "Content-Disposition": "attachment",
    }


async def _all(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncIterator[bytes]:
    # Who hangs up half-way gives their place among the streams back at once.
    async with aclosing(rest):
        yield first
        async for piece in rest:
            yield piece
