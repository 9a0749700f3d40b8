"""The line itself: requests, answers, streams, and what counts as a broken line.

Nothing of a request or an answer is ever logged. Over the network the certificate of central must
be good by the trust store of this computer.
"""

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import httpx
import httpx_sse
import orjson

from console.domain.address import central_address, is_loopback
from console.sync.failures import Answered, LineDown, Silent
from console.sync.timing import TimeWatch
from contract.problems import code_of

CONNECT_S = 5.0
READ_S = 20.0
EVENTS_READ_S = 40.0

Transport = httpx.AsyncBaseTransport


@dataclass(frozen=True, slots=True)
class Answer:
    """One whole answer."""

    status: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Event:
    """One event of central's stream; ``retry_s`` where it says when to come back."""

    name: str
    id: str
    data: Any
    retry_s: float | None = None


class Line:
    """An HTTP client to one address. ``trust`` replaces the trust store of the computer.

    Raises Refused (``central_address``) for an address that may not be used.
    """

    def __init__(
        self,
        address: str,
        transport: Transport | None,
        times: TimeWatch,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._times = times
        near = transport is not None
        if not near:
            address = central_address(address)
        self._http = httpx.AsyncClient(
            base_url=address,
            transport=transport,
            verify=trust or (ssl.create_default_context() if address[:6] == "https:" else True),
            timeout=_patience(READ_S),
            follow_redirects=False,
            # No proxy stands between a desk and a central on the same computer.
            trust_env=not near and not is_loopback(httpx.URL(address).host),
        )

    async def __aenter__(self) -> Self:
        """Open the line."""
        await self._http.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the line."""
        await self._http.__aexit__(None, None, None)

    async def ask(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        *,
        headers: Mapping[str, str],
        query: Mapping[str, str | int] | None = None,
        read_s: float = READ_S,
    ) -> Answer:
        """Make one request. Raises ``LineDown`` without a whole answer, ``Answered`` at 4xx, 5xx."""
        started = self._times.start()
        try:
            answer = await self._http.request(
                method,
                path,
                content=content,
                headers=dict(headers),
                params=query,
                timeout=_patience(read_s),
            )
        except httpx.HTTPError as trouble:
            raise LineDown(type(trouble).__name__) from trouble
        self._times.heard(started, answer.headers.get("Date", ""))
        if answer.status_code >= 400:
            raise _problem(answer.status_code, answer.headers, answer.content)
        return Answer(answer.status_code, answer.content)

    @asynccontextmanager
    async def lines(self, path: str, headers: Mapping[str, str]) -> AsyncIterator[Any]:
        """Give the lines of a streamed answer as they come. Raises like ``ask``."""
        async with self._stream(path, headers, READ_S) as answer:
            yield answer.aiter_lines()

    @asynccontextmanager
    async def events(
        self, path: str, headers: Mapping[str, str]
    ) -> AsyncIterator[AsyncIterator[Event]]:
        """Give central's events as they come; ``Silent`` where nothing came for 40 seconds."""
        asked = {"Accept": "text/event-stream", "Accept-Encoding": "identity", **headers}
        async with self._stream(path, asked, EVENTS_READ_S) as answer:
            yield _events(httpx_sse.EventSource(answer))

    @asynccontextmanager
    async def _stream(
        self, path: str, headers: Mapping[str, str], read_s: float
    ) -> AsyncIterator[httpx.Response]:
        try:
            async with self._http.stream(
                "GET", path, headers=dict(headers), timeout=_patience(read_s)
            ) as answer:
                if answer.status_code >= 400:
                    raise _problem(answer.status_code, answer.headers, await answer.aread())
                yield answer
        except httpx.ReadTimeout as trouble:
            raise Silent("ReadTimeout") from trouble
        except (httpx.HTTPError, httpx.StreamError, httpx_sse.SSEError) as trouble:
            raise LineDown(type(trouble).__name__) from trouble


async def _events(source: httpx_sse.EventSource) -> AsyncIterator[Event]:
    async for said in source.aiter_sse():
        try:
            data = orjson.loads(said.data) if said.data else {}
        except orjson.JSONDecodeError:
            data = {}
        retry_s = None if said.retry is None else said.retry / 1000
        yield Event(said.event, said.id, data if isinstance(data, dict) else {}, retry_s)


def _patience(read_s: float) -> httpx.Timeout:
    return httpx.Timeout(read_s, connect=CONNECT_S)


def _problem(status: int, headers: Mapping[str, str], content: bytes) -> Answered:
    code, detail = None, ""
    try:
        document = orjson.loads(content)
        code, detail = code_of(document.get("type")), str(document.get("detail") or "")
    except (orjson.JSONDecodeError, AttributeError):
        pass
    wait = headers.get("Retry-After", "")
    return Answered(status, code, detail, float(wait) if wait.isdigit() else None)
