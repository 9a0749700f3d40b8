"""Stands round the app of a central on its own: marks, counts and logs every request.

Too many at once get ``overloaded`` with ``Retry-After``; the figures go to this machine only.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from central.http import problem
from central.operations.logs import team_mark
from central.operations.metrics import CONTENT_TYPE, Metrics
from central.problems import Refusal
from central.request_id import REQUEST_ID, new_request_id
from contract import routes
from contract.problems import ProblemCode

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]

LOOPBACK = ("127.0.0.1", "::1")
PASSED_ON = (b"forwarded", b"x-forwarded-for", b"x-real-ip")
MOST_AT_ONCE = 2000
LATER_S = 2
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
UNKNOWN = "unknown"

log = logging.getLogger(__name__)


class Watch:
    """An ASGI app round another one. ``most``: requests under way at once, streams included."""

    def __init__(self, app: Any, metrics: Metrics, *, most: int = MOST_AT_ONCE) -> None:
        self._app = app
        self._metrics = metrics
        self._most = most
        self._under_way = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        mark = REQUEST_ID.set(new_request_id())
        try:
            await self._answer(scope, receive, send)
        finally:
            REQUEST_ID.reset(mark)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        begun = time.monotonic()
        status = 0

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._under_way += 1
        self._metrics.under_way.set(self._under_way)
        try:
            if scope["path"] == routes.METRICS:
                await self._figures(scope, receive, seen)
            elif self._under_way > self._most:
                self._metrics.turned_away.inc()
                refusal = Refusal(ProblemCode.OVERLOADED, retry_after_s=LATER_S)
                await problem(refusal)(scope, receive, seen)
            else:
                await self._app(scope, receive, seen)
        finally:
            self._under_way -= 1
            self._metrics.under_way.set(self._under_way)
            self._note(scope, status, time.monotonic() - begun)

    async def _figures(self, scope: Message, receive: Receive, send: Send) -> None:
        from fastapi.responses import Response

        answer: Response = problem(Refusal(ProblemCode.NOT_FOUND))
        if scope["method"] == "GET" and from_here(scope):
            figures = await asyncio.to_thread(self._metrics.text)
            headers = {"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE}
            answer = Response(figures, headers=headers)
        await answer(scope, receive, send)

    def _note(self, scope: Message, status: int, seconds: float) -> None:
        route = _template(scope)
        method = scope["method"] if scope["method"] in METHODS else UNKNOWN
        self._metrics.requests.labels(method, route, str(status)).inc()
        if b"wait=" not in scope.get("query_string", b"") and not route.endswith("/events"):
            self._metrics.seconds.labels(route).observe(seconds)
        facts: dict[str, Any] = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        team = team_mark(str(scope.get("path_params", {}).get("team", "")))
        if team:
            facts["team"] = team
        level = logging.WARNING if status >= 500 else logging.INFO
        log.log(level, "request", extra=facts)


def from_here(scope: Message) -> bool:
    """Tell whether a request came from this machine itself, not through a server in front."""
    client = scope.get("client")
    names = {name.lower() for name, _ in scope.get("headers", ())}
    return client is not None and client[0] in LOOPBACK and not names.intersection(PASSED_ON)


def _template(scope: Message) -> str:
    if scope["path"] == routes.METRICS:
        return routes.METRICS
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) else UNKNOWN
