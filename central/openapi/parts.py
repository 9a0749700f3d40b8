"""Pure: what the document says beside the addresses: problems, headers, answers of sync."""

from typing import Any

from central.problems import Refusal
from contract import problems, routes
from contract.problems import ProblemCode
from contract.vocabulary import OpStatus

Schema = dict[str, Any]

INFO: Schema = {
    "title": "Buurtdesk central",
    "version": routes.API_VERSION,
    "description": (
        "Records and changes of the teams of a Buurtdesk. Desks push and pull; other programs use "
        "plain REST per kind of record; outside report forms send reports. Words are English; "
        "docs/glossary.md is their official list. Times are in UTC; any offset is taken in."
    ),
    "contact": {
        "name": "Buurtdesk maintainers",
        "url": "https://example.org/buurtdesk",
        "email": "buurtdesk@example.org",
    },
    "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
}

SERVERS = [{"url": "/", "description": "The central that this document was read from."}]

TAGS = [
    {"name": "service", "description": "Central itself: what holds here, and whether it is well."},
    {"name": "sessions", "description": "Signing in, staying signed in, signing out."},
    {"name": "accounts", "description": "Accounts of people, their passwords and second factors."},
    {"name": "devices", "description": "The desks that signed in."},
    {"name": "looking-keys", "description": "What people sign with when they look along."},
    {"name": "sync", "description": "Push and pull of desks (docs/sync.md)."},
    {"name": "live", "description": "News as it happens (docs/sync.md)."},
    {"name": "joining", "description": "A desk that worked alone brings its records."},
    {"name": "blobs", "description": "Photos and other attachments by their content hash."},
    {"name": "intake", "description": "Reports from outside forms, and the keys of those forms."},
    {"name": "neighbour-messages", "description": "What teams with adjoining areas share."},
    {"name": "lookups", "description": "A plate or an address looked up outside, by POST."},
    {"name": "feeds", "description": "Looking at a source of alerts at once."},
    {"name": "retention", "description": "What goes by its term, and old records on a question."},
    {"name": "audit", "description": "Who saw, copied, placed and changed what, with its chain."},
    {"name": "records", "description": "Plain REST per kind of record (docs/api.md)."},
]

SECURITY: Schema = {
    "session": {
        "type": "http",
        "scheme": "bearer",
        "description": "The access token of a session; opaque, good for a quarter of an hour.",
    },
    "intakeKey": {
        "type": "apiKey",
        "in": "header",
        "name": routes.INTAKE_HEADER,
        "description": "The key of an outside report form.",
    },
}

VERSION_HEADER: Schema = {
    "description": "The version of the API that answered.",
    "schema": {"type": "string"},
    "example": routes.API_VERSION,
}

PROBLEM: Schema = {
    "type": "object",
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457). It repeats nothing of the request.",
    "properties": {
        "type": {"type": "string", "description": "Which problem; docs/sync.md §9 has the list."},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "The rule that refused (docs/glossary.md)."},
        "pointers": {
            "type": "array",
            "maxItems": 100,
            "items": {"type": "string"},
            "description": "Every wrong place: JSON pointers into the body, or /query, /header.",
        },
        "retry_after_s": {"type": "integer", "minimum": 0},
        "request_id": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}

_RECORD: Schema = {
    "type": "object",
    "description": "A record of any kind at one version (docs/sync.md §1).",
    "properties": {
        "kind": {"type": "string"},
        "id": {"type": "string"},
        "ver": {"type": "integer", "minimum": 0},
        "seq": {"type": "integer", "minimum": 0},
        "del": {"type": "boolean"},
        "body": {"type": "object"},
        "by": {"type": "string"},
        "at": {"type": "string"},
    },
    "required": ["kind", "id", "ver", "seq", "del", "body", "by", "at"],
}

_OWN: Schema = {
    "type": "object",
    "description": (
        "A record that the op made, for a client that completes it: the body is what the op set, "
        "with `over` laid over it and the names in `without` left out (docs/sync.md §5)."
    ),
    "properties": {
        **{name: part for name, part in _RECORD["properties"].items() if name != "body"},
        "over": {"type": "object"},
        "without": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["kind", "id", "ver", "seq", "del", "over", "by", "at"],
}

_RESULT: Schema = {
    "type": "object",
    "description": "What became of one op (docs/sync.md §5).",
    "properties": {
        "op_id": {"type": "string"},
        "status": {"enum": [status.value for status in OpStatus]},
        "ver": {"type": "integer", "minimum": 0},
        "record": {
            "anyOf": [
                {"$ref": "#/components/schemas/Record"},
                {"$ref": "#/components/schemas/RecordOfOwn"},
            ]
        },
        "fields": {"type": "array", "items": {"type": "string"}},
        "code": {"type": "string"},
    },
    "required": ["op_id", "status"],
}

SCHEMAS: dict[str, Schema] = {
    "Problem": PROBLEM,
    "Record": _RECORD,
    "RecordOfOwn": _OWN,
    "OpResult": _RESULT,
    "PushReply": {
        "type": "object",
        "description": "One result per op, in order, the newest anchor of the team, and the turn of "
        "the request, which central keeps to.",
        "properties": {
            "results": {"type": "array", "items": {"$ref": "#/components/schemas/OpResult"}},
            "anchor": {"type": "string"},
            "turn": {"type": "string"},
        },
        "required": ["results", "anchor", "turn"],
    },
    "Digest": {
        "type": "object",
        "description": "Count and sum per kind at a cursor.",
        "properties": {
            "cursor": {"type": "string"},
            "kinds": {"type": "object", "additionalProperties": {"type": "object"}},
        },
        "required": ["cursor", "kinds"],
    },
    "Status": {
        "type": "object",
        "description": "Central is well.",
        "properties": {"status": {"type": "string"}},
        "required": ["status"],
    },
}

_LINES: Schema = {
    "type": "string",
    "description": "Lines of JSON; the last one closes them (docs/sync.md §4).",
}

ANSWERS: dict[str, tuple[str, Schema]] = {
    "push": ("application/json", {"$ref": "#/components/schemas/PushReply"}),
    "result": ("application/json", {"$ref": "#/components/schemas/OpResult"}),
    "digest": ("application/json", {"$ref": "#/components/schemas/Digest"}),
    "changes": (routes.NDJSON, _LINES),
    "snapshot": (routes.NDJSON, _LINES),
    "health": ("application/json", {"$ref": "#/components/schemas/Status"}),
    "readiness": ("application/json", {"$ref": "#/components/schemas/Status"}),
    "signIn": ("application/json", {"$ref": "#/components/schemas/Session"}),
    "refresh": ("application/json", {"$ref": "#/components/schemas/Session"}),
    "openapiDocument": ("application/json", {"type": "object"}),
}
"""What operations give whose endpoint writes its own bytes."""


def problem_response(codes: list[ProblemCode]) -> Schema:
    """Return one response of the document for every problem of one status."""
    titles = "; ".join(problems.PROBLEMS[code].title for code in codes)
    examples = {
        code.value: {"summary": problems.PROBLEMS[code].title, "value": Refusal(code).document()}
        for code in codes
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": f"{titles}.",
        "content": {routes.PROBLEM_JSON: {"schema": schema, "examples": examples}},
    }
