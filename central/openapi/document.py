"""Puts the document together: what the routes say, records per kind, and the rules for all."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from central.openapi import parts
from central.openapi.examples import example_of
from central.rest import document as records
from central.rest.search import SearchRequest
from contract import routes
from contract.messages import Session
from contract.problems import PROBLEMS
from contract.problems import ProblemCode as P

Schema = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "patch", "head")

PUBLIC = frozenset(
    {
        routes.SERVICE,
        routes.HEALTH,
        routes.READINESS,
        routes.OPENAPI,
        routes.SETUP,
        routes.SESSIONS,
        routes.SIGN_IN_WAYS,
        routes.SESSION,
        routes.REFRESH,
        routes.FIRST_ACCOUNT,
        routes.ACTIVATE,
    }
)
"""Addresses that need no session. Signing out with an unknown token is no error."""

_MORE: dict[str, tuple[P, ...]] = {
    "push": (P.BAD_CURSOR, P.TIMELINE_CHANGED, P.OP_ID_REUSED, P.TOO_EARLY, P.CLIENT_TOO_OLD),
    "changes": (P.BAD_CURSOR, P.TIMELINE_CHANGED, P.RESYNC_REQUIRED),
    "snapshot": (P.BAD_CURSOR, P.TIMELINE_CHANGED),
    "digest": (P.BAD_CURSOR, P.TIMELINE_CHANGED, P.RESYNC_REQUIRED),
    "events": (P.BAD_CURSOR, P.TIMELINE_CHANGED),
    "setUp": (P.FORBIDDEN, P.ALREADY_SET_UP),
    "signIn": (
        P.UNAUTHENTICATED,
        P.SECOND_FACTOR_REQUIRED,
        P.PROVIDER_REFUSED,
        P.PROVIDER_AWAY,
        P.NO_ACCOUNT,
        P.FORBIDDEN,
        P.DEVICE_REVOKED,
        P.RATE_LIMITED,
    ),
    "refresh": (P.UNAUTHENTICATED, P.FORBIDDEN, P.DEVICE_REVOKED, P.RATE_LIMITED),
    "firstAccount": (
        P.CODE_REFUSED,
        P.PASSWORD_REFUSED,
        P.ACCOUNT_TAKEN,
        P.ALREADY_SET_UP,
        P.RATE_LIMITED,
    ),
    "activate": (P.CODE_REFUSED, P.PASSWORD_REFUSED, P.ACCOUNT_TAKEN, P.RATE_LIMITED),
    "changePassword": (P.PASSWORD_REFUSED, P.NOT_FOUND, P.SECOND_FACTOR, P.RATE_LIMITED),
    "offer": (P.NOT_FOUND, P.ACCOUNT_TAKEN, P.CODE_REFUSED, P.RATE_LIMITED),
    "confirm": (P.NOT_FOUND, P.SECOND_FACTOR, P.CODE_REFUSED, P.RATE_LIMITED),
    "give": (P.SECOND_FACTOR, P.ACCOUNT_TAKEN),
    "takeIn": (P.OP_ID_REUSED, P.RECORD_CONFLICT, P.TIMELINE_CHANGED),
    "sendIntakeReport": (P.RECORD_INVALID,),
}
"""What an operation may be refused with beside what holds for all of its sort."""


def build(app: FastAPI) -> Schema:
    """Return the document of this central."""
    made = get_openapi(routes=app.routes, tags=parts.TAGS, **_info())
    made["info"], made["servers"] = parts.INFO, parts.SERVERS
    components: dict[str, Schema] = made.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    components |= parts.SCHEMAS | records.schemas()
    components["CommandArguments"] = records.ARGUMENTS
    for model in (SearchRequest, Session):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        components |= schema.pop("$defs", {}) | {model.__name__: schema}
    made["paths"] |= records.operations()
    made["components"]["securitySchemes"] = parts.SECURITY
    made["components"]["headers"] = {"ApiVersion": parts.VERSION_HEADER}
    made["components"]["parameters"] = records.parameters()
    refusals: dict[str, Schema] = {}
    for path, method, operation in operations(made):
        _complete(path, method, operation, components, refusals)
    used = {tag for *_, one in operations(made) for tag in one["tags"]}
    made["tags"] = [tag for tag in parts.TAGS if tag["name"] in used]
    made["components"]["responses"] = dict(sorted(refusals.items()))
    made["paths"] = dict(sorted(made["paths"].items()))
    made["components"]["schemas"] = dict(sorted(components.items()))
    return made


def operations(document: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Walk path, method and operation of a document."""
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                yield path, method, methods[method]


def operation_id(route: Any) -> str:
    """Name an operation after its endpoint, in camelCase."""
    first, *rest = route.name.split("_")
    return str(first + "".join(word.capitalize() for word in rest))


def _info() -> dict[str, Any]:
    return {"title": parts.INFO["title"], "version": parts.INFO["version"]}


def _complete(
    path: str,
    method: str,
    operation: Schema,
    components: dict[str, Schema],
    refusals: dict[str, Schema],
) -> None:
    _say_what_it_does(operation)
    _hoist(operation, components)
    responses = operation["responses"]
    answer = parts.ANSWERS.get(operation["operationId"])
    for status, response in responses.items():
        if status.startswith("2") and answer is not None:
            response["content"] = {answer[0]: {"schema": answer[1]}}
    _fill(method, responses)
    codes = [*operation.pop("x-problems", ()), *_MORE.get(operation["operationId"], ())]
    for status in [one for one in responses if not one.startswith(("2", "3"))]:
        # A refusal that only a route names; FastAPI's own for a wrong shape does not hold here.
        codes += [P(code) for code in responses.pop(status).get("x-problems", ())]
    codes += _of_its_sort(path, method, operation)
    for response in responses.values():
        response["headers"] = _VERSION | response.get("headers", {})
    by_status: dict[int, list[P]] = {}
    for code in sorted(set(codes), key=list(P).index):
        by_status.setdefault(PROBLEMS[code].status, []).append(code)
    for number, some in sorted(by_status.items()):
        name = ".".join(some)
        refusals[name] = parts.problem_response(some) | {"headers": _VERSION}
        responses[str(number)] = {"$ref": f"#/components/responses/{name}"}
    for parameter in operation.get("parameters", ()):
        if "name" in parameter:
            parameter.setdefault("description", _WORDS.get(parameter["name"], parameter["name"]))
    body = operation.get("requestBody", {}).get("content", {})
    for media in body.values():
        if "schema" in media and "example" not in media:
            media["example"] = example_of(media["schema"], components)


_VERSION: Schema = {routes.VERSION_HEADER: {"$ref": "#/components/headers/ApiVersion"}}

_WORDS = {
    "team": "The id of the team.",
    "op_id": "The id of the op.",
    "after": "The cursor to go on from.",
    "limit": "Most records in the answer.",
    "wait": "How many seconds to hold the line when there is no news.",
    "at": "The cursor to compare at.",
    "person": "The id of the person.",
    "device": "The id of the desk.",
    "join_id": "The id of this joining, made by the desk.",
    "key_id": "The id of the key.",
    "sha256": "The SHA-256 of the content, in hexadecimal digits.",
}


def _fill(method: str, responses: dict[str, Schema]) -> None:
    """Say what a good answer holds where its endpoint says the type only, or that it is a part."""
    for status, response in responses.items():
        if method == "head":
            response.pop("content", None)
        elif status == "206" and not response.get("content"):
            response["content"] = {media: {} for media in responses["200"]["content"]}
        for media, content in response.get("content", {}).items():
            if not content and status.startswith("2"):
                content["schema"] = {"type": "string", "contentMediaType": media}


def _say_what_it_does(operation: Schema) -> None:
    words = operation.get("description", "").strip()
    first = words.split("\n\n")[0].replace("\n", " ")
    if "x-problems" not in operation:
        operation["summary"] = first.rstrip(".").split(". ")[0]


def _hoist(operation: Schema, components: dict[str, Schema]) -> None:
    """Move the schema of a body, and what it is made of, to the components."""
    for media in operation.get("requestBody", {}).get("content", {}).values():
        schema = media.get("schema", {})
        components |= schema.pop("$defs", {})
        if "title" in schema and "$ref" not in schema:
            components[schema["title"]] = schema
            media["schema"] = {"$ref": f"#/components/schemas/{schema['title']}"}


def _of_its_sort(path: str, method: str, operation: Schema) -> list[P]:
    """Return what every operation like this may be refused with."""
    codes = [P.INTERNAL, P.OVERLOADED, P.STORAGE_UNUSABLE]
    if path == routes.intake("{team}"):
        operation["security"] = [{"intakeKey": []}]
        codes += [P.UNAUTHENTICATED, P.RATE_LIMITED]
    elif path in PUBLIC:
        operation["security"] = []
    else:
        operation["security"] = [{"session": []}]
        codes += [P.UNAUTHENTICATED, P.FORBIDDEN, P.RATE_LIMITED]
        if operation["tags"][0] in _KEPT:
            codes.append(P.SECOND_FACTOR)
    if operation.get("parameters") or "requestBody" in operation:
        codes.append(P.BATCH_INVALID)
    if "requestBody" in operation:
        codes.append(P.TOO_LARGE)
    if "{" in path:
        codes.append(P.NOT_FOUND)
    if method != "get":
        codes.append(P.STORAGE_FULL)
    return codes


_KEPT = frozenset({"accounts", "devices", "intake", "records", "joining"})
"""What needs a session with a second factor, at least in part."""
