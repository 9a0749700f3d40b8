"""Pure: what the OpenAPI document says of every kind of record, made from its fields."""

from typing import Any

from central.rest import paths
from central.rest.cursor import LENGTH
from central.rest.service import FIELDS_MAX
from contract import routes
from contract.contact import FIELDS
from contract.kinds import KINDS, Field
from contract.problems import ProblemCode as P

Schema = dict[str, Any]

IDENTIFIER = "^[A-Za-z0-9_-]{1,64}$"
EXAMPLE_ID = "0198c0de-0000-7000-8000-000000000001"


def schemas() -> dict[str, Schema]:
    """Return the components: per kind its fields, its changes, the record and a piece of a list."""
    made: dict[str, Schema] = {}
    for kind in routes.COLLECTIONS:
        name, fields = _name(kind), KINDS[kind].fields
        asked = {key: _asked(one) for key, one in fields.items() if not one.central}
        needed = [key for key, one in fields.items() if one.required]
        made[f"{name}Fields"] = _object(
            f"The fields of a new record of kind {kind}.", asked, needed
        ) | {"maxProperties": FIELDS_MAX}
        if kind in paths.CHANGEABLE:
            made[f"{name}Change"] = _object(
                f"New values for fields of a record of kind {kind}.", asked
            ) | {"maxProperties": FIELDS_MAX}
        body = _object("The fields.", {key: _told(one) for key, one in fields.items()})
        made[f"{name}Record"] = _record(kind, body)
        made[f"{name}Page"] = _object(
            "A piece of a list.",
            {
                "items": {
                    "type": "array",
                    "maxItems": routes.LIST_MAX,
                    "items": _ref(f"{name}Record"),
                },
                "next": {
                    "type": ["string", "null"],
                    "maxLength": LENGTH,
                    "description": "The cursor of the following piece; null at the end.",
                },
            },
            ["items", "next"],
        )
    return made


def operations() -> dict[str, dict[str, Any]]:
    """Return the addresses of every kind; ``x-problems`` is taken out where the document is made."""
    found: dict[str, dict[str, Any]] = {}
    for kind in routes.COLLECTIONS:
        base = routes.collection("{team}", kind)
        found[base] = {"get": _list(kind), "post": _create(kind)}
        found[f"{base}/{paths.SEARCH}"] = {"post": _search(kind)}
        one = {"get": _read(kind)}
        if kind in paths.CHANGEABLE:
            one |= {"patch": _change(kind), "delete": _delete(kind)}
        found[f"{base}/{{id}}"] = one
        if kind in paths.COMMANDED:
            found[f"{base}/{{id}}/commands/{{command}}"] = {"post": _command(kind)}
    return found


def _list(kind: str) -> Schema:
    return _operation(
        kind,
        "list",
        f"List the records of kind {kind}, the youngest first",
        parameters=[
            _query(
                "limit",
                {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": routes.LIST_MAX,
                    "default": routes.LIST_DEFAULT,
                },
                "Most records in the answer.",
            ),
            _query("after", {"type": "string", "maxLength": LENGTH}, "Where the list goes on."),
        ],
        responses={"200": _json("A piece of the list.", f"{_name(kind)}Page")},
        problems=(P.BATCH_INVALID, P.BAD_CURSOR),
    )


def _search(kind: str) -> Schema:
    return _operation(
        kind,
        "search",
        f"Search the records of kind {kind}",
        body="SearchRequest",
        responses={"200": _json("What fits.", f"{_name(kind)}Page")},
        problems=(P.BATCH_INVALID, P.BAD_CURSOR, P.TOO_LARGE),
    )


def _create(kind: str) -> Schema:
    return _operation(
        kind,
        "create",
        f"Make a record of kind {kind}",
        parameters=[_shared(routes.IDEMPOTENCY_HEADER)],
        body=f"{_name(kind)}Fields",
        responses={
            "201": _json(
                "The record as it stands now.",
                f"{_name(kind)}Record",
                Location={
                    "description": "The address of the record.",
                    "schema": {"type": "string"},
                },
            )
        },
        problems=(*_WRITES, P.BATCH_INVALID, P.RECORD_GONE, P.OP_ID_REUSED),
    )


def _read(kind: str) -> Schema:
    return _operation(
        kind,
        "read",
        f"Read one record of kind {kind}",
        parameters=[
            _shared("id"),
            _match("If-None-Match", False, "The versions the reader holds."),
            *([_reason()] if kind in FIELDS else []),
        ],
        responses={
            "200": _json("The record.", f"{_name(kind)}Record"),
            "304": {"description": "The reader holds this version already.", "headers": _tag()},
        },
        problems=(P.NOT_FOUND, P.RECORD_GONE, *((P.BATCH_INVALID,) if kind in FIELDS else ())),
    )


def _change(kind: str) -> Schema:
    return _operation(
        kind,
        "change",
        f"Give fields of a record of kind {kind} new values",
        parameters=[_shared("id"), _shared("If-Match")],
        body=f"{_name(kind)}Change",
        responses={"200": _json("The record as it stands now.", f"{_name(kind)}Record")},
        problems=(*_WRITES, *_SEEN, P.BATCH_INVALID),
    )


def _delete(kind: str) -> Schema:
    return _operation(
        kind,
        "delete",
        f"Delete a record of kind {kind}",
        parameters=[_shared("id"), _shared("If-Match")],
        responses={"204": {"description": "The record is gone."}},
        problems=(*_SEEN, P.RECORD_CONFLICT, P.RECORD_INVALID, P.BATCH_INVALID, P.STORAGE_FULL),
    )


def _command(kind: str) -> Schema:
    names = sorted(KINDS[kind].commands)
    return _operation(
        kind,
        "command",
        f"Carry out a command on a record of kind {kind}",
        parameters=[
            _shared("id"),
            {
                "name": "command",
                "in": "path",
                "required": True,
                "description": "Which command; docs/sync.md §6 says what each of them does.",
                "schema": {"type": "string", "enum": names},
            },
            _shared(routes.IDEMPOTENCY_HEADER),
            _match("If-Match", False, "The version its author saw; absent: any version."),
        ],
        body="CommandArguments",
        responses={"200": _json("The record as it stands now.", f"{_name(kind)}Record")},
        problems=(*_WRITES, *_SEEN, P.BATCH_INVALID, P.OP_ID_REUSED),
    )


_WRITES = (P.RECORD_INVALID, P.RECORD_CONFLICT, P.TOO_LARGE, P.STORAGE_FULL)
_SEEN = (P.NOT_FOUND, P.RECORD_GONE, P.PRECONDITION_FAILED, P.PRECONDITION_REQUIRED)

ARGUMENTS: Schema = {
    "type": "object",
    "title": "CommandArguments",
    "description": "What a command needs to know, by name; empty where it needs nothing.",
    "maxProperties": FIELDS_MAX,
    "additionalProperties": True,
}


def _operation(
    kind: str,
    verb: str,
    summary: str,
    *,
    responses: Schema,
    problems: tuple[P, ...],
    parameters: list[Schema] | None = None,
    body: str = "",
) -> Schema:
    plural = "".join(part.capitalize() for part in routes.COLLECTIONS[kind].split("-"))
    many = verb in ("list", "search")
    made: Schema = {
        "operationId": verb + (plural if many else _name(kind)),
        "summary": summary,
        "description": f"{summary}.",
        "tags": ["records"],
        "parameters": [_shared("team"), *(parameters or ())],
        "responses": responses,
        "x-problems": list(problems),
    }
    if body:
        content = {"application/json": {"schema": _ref(body)}}
        made["requestBody"] = {"required": body != "CommandArguments", "content": content}
    return made


def _name(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_"))


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(description: str, fields: dict[str, Schema], needed: list[str] | None = None) -> Schema:
    made: Schema = {
        "type": "object",
        "description": description,
        "properties": fields,
        "additionalProperties": True,
    }
    return made | ({"required": needed} if needed else {})


def _record(kind: str, body: Schema) -> Schema:
    fields: dict[str, Schema] = {
        "kind": {"type": "string", "const": kind},
        "id": {"type": "string", "pattern": IDENTIFIER},
        "ver": {"type": "integer", "minimum": 1, "description": "The version, as in the ETag."},
        "seq": {"type": "integer", "minimum": 0, "description": "Its place in the feed."},
        "del": {"type": "boolean"},
        "body": body,
        "by": {"type": "string", "description": "Who changed it last."},
        "at": {"type": "string", "description": "When central changed it last, in UTC."},
    }
    return _object(f"A record of kind {kind} at one version.", fields, list(fields))


def _asked(field: Field) -> Schema:
    """Return what may be sent for a field; null clears one that is not needed."""
    made: Schema
    if field.type in ("text", "id"):
        made = {"type": "string", "maxLength": field.limit}
        if field.required:
            return made | {"minLength": 1, "pattern": r"\S"}
        return {"anyOf": [made, {"type": "null"}]}
    if field.type == "time":
        made = {
            "type": "string",
            "format": "date-time",
            "maxLength": field.limit,
            "description": "Any offset; kept in UTC.",
        }
        return made if field.required else {"anyOf": [made, {"enum": ["", None]}]}
    if field.type == "choice":
        words = sorted(field.choices)
        return {"enum": words if field.required else [*words, "", None]}
    if field.type == "flag":
        return {"type": ["boolean", "null"]}
    if field.type == "number":
        return {"type": ["integer", "null"], "minimum": 0, "maximum": field.limit}
    if field.type == "items":
        return {"type": ["array", "null"], "maxItems": field.limit}
    return {"type": ["object", "null"], "maxProperties": field.limit}


def _told(field: Field) -> Schema:
    """Return what may come back for a field."""
    kinds = {"flag": "boolean", "number": "integer", "items": "array", "object": "object"}
    made: Schema = {"type": [kinds.get(field.type, "string"), "null"]}
    if field.type == "time":
        made["description"] = "In UTC; empty where there is none."
    return made


def parameters() -> dict[str, Schema]:
    """Return the parameters that many operations share."""
    return {
        "team": _team(),
        "id": _id(),
        routes.IDEMPOTENCY_HEADER: _key(),
        "If-Match": _match("If-Match", True, "The version its author saw."),
    }


def _shared(name: str) -> Schema:
    return {"$ref": f"#/components/parameters/{name}"}


def _json(description: str, schema: str, **headers: Schema) -> Schema:
    one = schema.endswith("Record")
    return {
        "description": description,
        "headers": {**(_tag() if one else {}), **headers},
        "content": {"application/json": {"schema": _ref(schema)}},
    }


def _tag() -> Schema:
    return {"ETag": {"description": "The version between quotes.", "schema": {"type": "string"}}}


def _team() -> Schema:
    return {
        "name": "team",
        "in": "path",
        "required": True,
        "description": "The id of the team.",
        "schema": {"type": "string", "pattern": IDENTIFIER},
        "example": EXAMPLE_ID,
    }


def _id() -> Schema:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "The id of the record.",
        "schema": {"type": "string", "pattern": IDENTIFIER},
        "example": EXAMPLE_ID,
    }


def _key() -> Schema:
    return {
        "name": routes.IDEMPOTENCY_HEADER,
        "in": "header",
        "required": True,
        "description": "The same key with the same body gets the same answer.",
        "schema": {"type": "string", "pattern": IDENTIFIER},
        "example": EXAMPLE_ID,
    }


def _match(name: str, required: bool, description: str) -> Schema:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": description,
        "schema": {"type": "string", "pattern": r'^"[0-9]{1,18}"$'},
        "example": '"1"',
    }


def _reason() -> Schema:
    return {
        "name": routes.REASON_HEADER,
        "in": "header",
        "required": False,
        "description": (
            "Why the number or link is needed, percent-encoded UTF-8. It is written down, and only "
            "then shown; without it the number or link is left out."
        ),
        "schema": {"type": "string", "minLength": 3, "maxLength": 600},
    }


def _query(name: str, schema: Schema, description: str) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}
