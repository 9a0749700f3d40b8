"""Reaches an ASGI app in this very process, piece by piece, without a socket (house.md §0.6).

httpx's own transport holds an answer back until it is whole; this one hands every piece on as it
is made, and the app waits when nobody takes them.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from types import TracebackType
from typing import Any, Self

import httpx

Message = MutableMapping[str, Any]
App = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]

PIECES = 8
"""How many pieces may wait before the app does."""


class InProcess(httpx.AsyncBaseTransport):
    """A transport to one app. Every request runs as a task that this transport owns."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._group: asyncio.TaskGroup | None = None
        self._open: set[_Exchange] = set()

    async def __aenter__(self) -> Self:
        """Start owning requests; they live no longer than this block."""
        self._group = asyncio.TaskGroup()
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """End what still runs."""
        group, self._group = self._group, None
        for exchange in tuple(self._open):
            exchange.drop()
        if group is not None:
            await group.__aexit__(None, None, None)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Run the app for one request; returns as soon as the app begins to answer."""
        group = self._group
        if group is None:
            raise httpx.ConnectError("the line is closed")
        waits = request.extensions.get("timeout", {}).get("read")
        exchange = _Exchange(self._app, request, await request.aread(), waits)
        self._open.add(exchange)
        exchange.task = group.create_task(exchange.run())
        exchange.task.add_done_callback(lambda _: self._open.discard(exchange))
        status, headers = await exchange.begun()
        return httpx.Response(status, headers=headers, stream=_Stream(exchange))


class _Exchange:
    """One request and its answer."""

    def __init__(self, app: App, request: httpx.Request, body: bytes, waits: float | None) -> None:
        self._app = app
        self._scope = _scope(request)
        self._body: bytes | None = body
        self._waits = waits
        self._pieces: asyncio.Queue[Message | None] = asyncio.Queue(PIECES)
        self._gone = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Run the app to its end; a failure ends the answer where it is."""
        try:
            await self._app(self._scope, self._receive, self._send)
        except Exception:  # nosec B110 # the other side sees a cut answer, as over a socket
            pass
        finally:
            if not self._gone.is_set():
                await self._pieces.put(None)

    async def begun(self) -> tuple[int, list[tuple[bytes, bytes]]]:
        """Wait for status and headers."""
        message = await self._next()
        if message is None or message["type"] != "http.response.start":
            raise httpx.RemoteProtocolError("the app gave no answer")
        return int(message["status"]), list(message.get("headers", ()))

    async def pieces(self) -> AsyncIterator[bytes]:
        """Walk the pieces of the body; an answer that was cut raises."""
        while True:
            message = await self._next()
            if message is None:
                raise httpx.RemoteProtocolError("the answer was cut")
            if message.get("body"):
                yield bytes(message["body"])
            if not message.get("more_body", False):
                return

    def drop(self) -> None:
        """Stop listening; the app is told that nobody is there any more."""
        self._gone.set()
        if self.task is not None and not self.task.done():
            self.task.cancel()

    async def _next(self) -> Message | None:
        try:
            # Not wait_for: before Python 3.12 it loses a cancellation that meets a piece.
            async with asyncio.timeout(self._waits):
                return await self._pieces.get()
        except TimeoutError:
            self.drop()
            raise httpx.ReadTimeout("no answer in time") from None
        except asyncio.CancelledError:
            self.drop()
            raise

    async def _receive(self) -> Message:
        body, self._body = self._body, None
        if body is not None:
            return {"type": "http.request", "body": body, "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if not self._gone.is_set():
            await self._pieces.put(message)


class _Stream(httpx.AsyncByteStream):
    def __init__(self, exchange: _Exchange) -> None:
        self._exchange = exchange

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._exchange.pieces():
            yield piece

    async def aclose(self) -> None:
        """Let the exchange go."""
        self._exchange.drop()


def _scope(request: httpx.Request) -> Message:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path.partition(b"?")[0],
        "query_string": request.url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "server": (request.url.host, request.url.port),
        "client": ("in-process", 0),
    }
