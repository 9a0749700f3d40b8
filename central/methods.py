"""HEAD, OPTIONS and ``Allow`` for every address at once (RFC 9110 §9.3, NLgov API Design Rules).

HEAD answers as GET would, without the body; OPTIONS and a 405 say which methods an address takes.
"""

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.routing import Match, Route

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]


class Methods:
    """Stands before the routes; ``routers`` are those of the app."""

    def __init__(self, app: Any, routers: Sequence[APIRouter] = ()) -> None:
        self._app = app
        self._routes = [one for router in routers for one in router.routes]

    def allowed(self, path: str) -> list[str]:
        """Return the methods an address takes, in alphabetical order; empty: it is nothing here."""
        found = set(self._taken(path))
        if "GET" in found:
            found.add("HEAD")
        return sorted({*found, "OPTIONS"}) if found else []

    def _taken(self, path: str) -> set[str]:
        scope = {"type": "http", "path": path, "method": "", "root_path": "", "headers": []}
        return {
            method
            for route in self._routes
            if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE
            for method in route.methods or ()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, method = scope["path"], scope["method"]
        if method == "OPTIONS" and (allowed := self.allowed(path)):
            headers = [(b"allow", ", ".join(allowed).encode())]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        if method == "HEAD" and "HEAD" not in (taken := self._taken(path)) and "GET" in taken:
            await _head(self._app, scope, receive, send)
            return

        async def with_allow(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                headers = [one for one in message.get("headers", ()) if one[0] != b"allow"]
                headers.append((b"allow", ", ".join(self.allowed(path)).encode()))
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, with_allow)


async def _head(app: Any, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as GET would and leave the body out; a stream ends as if the other side left."""
    told = False

    async def without_body(message: Message) -> None:
        nonlocal told
        if not told and message["type"] == "http.response.start":
            told = True
            await send(message)
            await send({"type": "http.response.body", "body": b""})

    async def gone() -> Message:
        return {"type": "http.disconnect"} if told else await receive()

    await app({**scope, "method": "GET"}, gone, without_body)
