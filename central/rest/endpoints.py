"""Records of one kind over plain REST (docs/api.md §1). Described per kind in ``document.py``."""

from typing import Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from central.auth import service as auth
from central.auth.gate import caller_of
from central.auth.service import Caller
from central.http import bearer, read_message, read_object, reply
from central.office import office_of
from central.problems import Refusal
from central.rest import conditions, contact, cursor, paths, search, service
from central.rest.search import Page, SearchRequest
from contract import rights, routes
from contract.kinds import KINDS
from contract.messages import record_to_wire
from contract.op import OpResult, Record
from contract.problems import ProblemCode
from contract.vocabulary import ACCEPTED

paths.register()
router = APIRouter(prefix=f"{routes.PREFIX}/teams/{{team}}", include_in_schema=False)

_JSON = "application/json"
_ONE = "/{record:record}"


@router.get("/{collection:collection}")
async def list_records(
    request: Request,
    team: str,
    collection: str,
    limit: int = Query(routes.LIST_DEFAULT, ge=1, le=routes.LIST_MAX),
    after: str = Query("", max_length=cursor.LENGTH),
) -> Response:
    """Return a piece of the list, the youngest record first."""
    office, kind = office_of(request), paths.KIND_OF[collection]
    _may_read(await caller_of(request, team), kind)
    return _page(
        await office.database.read(lambda conn: search.everything(conn, team, kind, limit, after))
    )


@router.post(f"/{{collection:collection}}/{paths.SEARCH}")
async def search_records(request: Request, team: str, collection: str) -> Response:
    """Return what fits; the words looked for stand in the body, never in the address."""
    office, kind = office_of(request), paths.KIND_OF[collection]
    _may_read(await caller_of(request, team), kind)
    asked = await read_message(request, SearchRequest)
    return _page(await office.database.read(lambda conn: search.find(conn, team, kind, asked)))


@router.post("/{collection:collection}")
async def create_record(request: Request, team: str, collection: str) -> Response:
    """Make a record; ``Idempotency-Key`` becomes its id."""
    office, kind = office_of(request), paths.KIND_OF[collection]
    await caller_of(request, team)
    key, values = await _asked(request, service.FIELDS_MAX)
    told = service.read_fields(kind, values, create=True)
    token, moment, now = bearer(request), office.moment(), office.now()
    result = await office.database.write(
        lambda conn: service.create(
            conn, auth.of_team(conn, token, team, moment), kind, key, told, now
        )
    )
    record = _accepted(result)
    return _one(record, 201, Location=routes.collection(team, kind, record.id))


@router.get("/{collection:collection}" + _ONE)
async def read_record(request: Request, team: str, collection: str, record: str) -> Response:
    """Return one record with its version as ``ETag``.

    Numbers and links of administrators are left out, unless ``Access-Reason`` says why: that is
    written down before they are shown.
    """
    office, kind = office_of(request), paths.KIND_OF[collection]
    _may_read(await caller_of(request, team), kind)
    if reason := contact.reason_of(request.headers.get(routes.REASON_HEADER), kind):
        token, moment, now = bearer(request), office.moment(), office.now()
        whole = await office.database.write(
            lambda conn: contact.shown(
                conn, auth.of_team(conn, token, team, moment), kind, record, reason, now
            )
        )
        return _answer(whole)
    found = await office.database.read(lambda conn: service.live(conn, team, kind, record))
    if conditions.unchanged(request.headers.get("if-none-match"), found.ver):
        return Response(status_code=304, headers={"ETag": conditions.tag(found.ver)})
    return _one(found)


@router.patch("/{collection:changeable}" + _ONE)
async def change_record(request: Request, team: str, collection: str, record: str) -> Response:
    """Give some fields new values, at the version that ``If-Match`` names."""
    office, kind = office_of(request), paths.KIND_OF[collection]
    await caller_of(request, team)
    seen = conditions.needed(request.headers.get("if-match"))
    values = await read_object(request, service.FIELDS_MAX)
    told = service.read_fields(kind, values, create=False)
    token, moment, now = bearer(request), office.moment(), office.now()
    changed = await office.database.write(
        lambda conn: service.change(
            conn, auth.of_team(conn, token, team, moment), kind, record, seen, told, now
        )
    )
    return _one(changed)


@router.delete("/{collection:changeable}" + _ONE)
async def delete_record(request: Request, team: str, collection: str, record: str) -> Response:
    """Delete the record, at the version that ``If-Match`` names."""
    office, kind = office_of(request), paths.KIND_OF[collection]
    await caller_of(request, team)
    seen = conditions.needed(request.headers.get("if-match"))
    token, moment, now = bearer(request), office.moment(), office.now()
    await office.database.write(
        lambda conn: service.delete(
            conn, auth.of_team(conn, token, team, moment), kind, record, seen, now
        )
    )
    return Response(status_code=204)


@router.post("/{collection:commanded}" + _ONE + "/commands/{command:command}")
async def command_record(
    request: Request, team: str, collection: str, record: str, command: str
) -> Response:
    """Carry out one of the commands of this kind."""
    office, kind = office_of(request), paths.KIND_OF[collection]
    await caller_of(request, team)
    if command not in KINDS[kind].commands:
        raise Refusal(ProblemCode.NOT_FOUND)
    seen = conditions.optional(request.headers.get("if-match"))
    key, values = await _asked(request, service.FIELDS_MAX, may_be_empty=True)
    token, moment, now = bearer(request), office.moment(), office.now()
    result = await office.database.write(
        lambda conn: service.command(
            conn,
            auth.of_team(conn, token, team, moment),
            kind,
            record,
            command,
            key=key,
            seen=seen,
            values=values,
            now=now,
        )
    )
    return _one(_accepted(result))


def _may_read(caller: Caller, kind: str) -> None:
    if not rights.may_read_kind(caller.roles, kind):
        raise Refusal(ProblemCode.FORBIDDEN, rule="role")


async def _asked(
    request: Request, most: int, *, may_be_empty: bool = False
) -> tuple[str, dict[str, Any]]:
    """Return key and fields of a request that makes something; all that is wrong is named."""
    key = conditions.idempotency_key(request.headers.get(routes.IDEMPOTENCY_HEADER))
    places = [] if key else [f"/header/{routes.IDEMPOTENCY_HEADER}"]
    values: dict[str, Any] = {}
    try:
        values = await read_object(request, most, may_be_empty=may_be_empty)
    except Refusal as refusal:
        if refusal.code is not ProblemCode.BATCH_INVALID:
            raise
        places += refusal.pointers or [""]
    if places or key is None:
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=places)
    return key, values


def _accepted(result: OpResult) -> Record:
    if result.status not in ACCEPTED or result.record is None:
        raise service.refusal_of(result)
    return result.record


def _one(record: Record, status: int = 200, **headers: str) -> Response:
    return _answer(contact.without(record), status, **headers)


def _answer(record: Record, status: int = 200, **headers: str) -> Response:
    return Response(
        orjson.dumps(record_to_wire(record)),
        status_code=status,
        media_type=_JSON,
        headers={"ETag": conditions.tag(record.ver), **headers},
    )


def _page(page: Page) -> Response:
    return reply(page)
