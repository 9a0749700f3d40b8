"""How every answer of central looks: headers, problem documents, limits (security.md §8)."""

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeVar

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from central.office import Office
from central.problems import Refusal
from contract import routes
from contract.problems import PROBLEMS, ProblemCode

M = TypeVar("M", bound=BaseModel)
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

log = logging.getLogger(__name__)

_HEADERS = (
    (routes.VERSION_HEADER.lower().encode(), routes.API_VERSION.encode()),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)

_CODES = {404: ProblemCode.NOT_FOUND, 405: ProblemCode.METHOD_NOT_ALLOWED}


class Frame:
    """Puts the fixed headers on every answer and turns a bug into a problem document."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Run one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def framed(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": [*message.get("headers", ()), *_HEADERS]}
            await send(message)

        try:
            await self._app(scope, receive, framed)
        except ClientDisconnect:
            # Whoever asked hung up half-way: nothing was done and nobody listens any more.
            return
        except Exception as bug:
            # The type only: the words of an exception may hold what somebody typed.
            log.error("request failed: %s", type(bug), exc_info=_trace_only(bug))
            if started:
                raise
            answer = problem(Refusal(ProblemCode.INTERNAL))
            await answer(scope, receive, framed)


def _trace_only(bug: Exception) -> tuple[type[BaseException], BaseException, Any]:
    return RuntimeError, RuntimeError(type(bug).__name__), bug.__traceback__


def problem(refusal: Refusal) -> Response:
    """Return the answer that a refusal is."""
    headers = {}
    if refusal.retry_after_s is not None:
        headers["Retry-After"] = str(refusal.retry_after_s)
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(
        orjson.dumps(refusal.document()),
        status_code=refusal.status,
        media_type=routes.PROBLEM_JSON,
        headers=headers,
    )


def register(app: FastAPI) -> None:
    """Make every way to fail end in a problem document."""

    async def on_refusal(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, Refusal)
        return counted(request, exc)

    async def on_http(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, HTTPException)
        return counted(request, Refusal(_CODES.get(exc.status_code, ProblemCode.BATCH_INVALID)))

    async def on_shape(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, RequestValidationError)
        return counted(request, _shape([error["loc"] for error in exc.errors()]))

    def counted(request: Request, refusal: Refusal) -> Response:
        office: Office = request.app.state.office
        office.tally.problem(refusal.code)
        return problem(refusal)

    app.add_exception_handler(Refusal, on_refusal)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_shape)
    app.add_middleware(Frame)


def _shape(places: list[tuple[int | str, ...]]) -> Refusal:
    pointers = ["".join(f"/{part}" for part in place) for place in places]
    return Refusal(ProblemCode.BATCH_INVALID, pointers=pointers[:100])


async def read_body(request: Request, most: int = routes.MAX_BYTES) -> bytes:
    """Read the body, at most ``most`` bytes; more is refused before it is taken in."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise Refusal(ProblemCode.TOO_LARGE)
        parts.append(part)
    return b"".join(parts)


def read_json(body: bytes) -> Any:
    """Read JSON that can be written again; ``batch-invalid`` for anything else."""
    try:
        value = orjson.loads(body)
        # What is read deeper than it can be written would break where the answer is made.
        orjson.dumps([[[[[[[[value]]]]]]]])
    except orjson.JSONDecodeError:
        raise Refusal(ProblemCode.BATCH_INVALID, "The body is not JSON") from None
    except orjson.JSONEncodeError:
        raise Refusal(ProblemCode.BATCH_INVALID, "The body is nested too deeply") from None
    return value


async def read_object(request: Request, most: int, *, may_be_empty: bool = False) -> dict[str, Any]:
    """Read a body that is an object with at most this many members."""
    body = await read_body(request)
    value = {} if may_be_empty and not body.strip() else read_json(body)
    if not isinstance(value, dict) or len(value) > most:
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=[""])
    return value


async def read_message(request: Request, model: type[M]) -> M:
    """Read and check the body; all that is wrong is named at once."""
    try:
        return model.model_validate(read_json(await read_body(request)))
    except ValidationError as wrong:
        raise _shape([error["loc"] for error in wrong.errors(include_input=False)]) from None


def reply(model: BaseModel, status: int = 200) -> Response:
    """Return a message as JSON."""
    return Response(model.model_dump_json(), status_code=status, media_type="application/json")


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return what the OpenAPI document says about a body that is read by hand."""
    # The parts under $defs move to the components when the document is put together.
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def problems(*codes: ProblemCode) -> dict[int | str, dict[str, Any]]:
    """Return what the OpenAPI document says about refusals of one endpoint in particular.

    What every endpoint may be refused with is added in ``central.openapi``.
    """
    found: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        entry = found.setdefault(PROBLEMS[code].status, {"x-problems": []})
        entry["x-problems"].append(code.value)
    return found


def bearer(request: Request) -> str:
    """Return the access token of a request; empty where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
