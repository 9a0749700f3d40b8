"""The line itself: requests, answers, streams, and what counts as a broken line.

Nothing of a request or an answer is ever logged. Over the network the certificate of central must
be good by the trust store of this computer.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import httpx
import httpx_sse
import orjson

from console.domain.address import central_address, is_loopback
from console.sync.failures import (
    CERTIFICATE,
    CERTIFICATE_EXPIRED,
    FOREIGN,
    Answered,
    LineDown,
    Silent,
    Slow,
)
from console.sync.timing import TimeWatch
from contract import routes
from contract.problems import code_of

ANSWER_MOST = 32 * 1024 * 1024
"""Bytes of one answer: a page holds 4 MiB, or one record more."""

PROBLEM_MOST = 64 * 1024
"""Bytes of a refusal. The longer pages of what stands in between are not read to their end."""

_EXPIRED = 10
"""OpenSSL's number for a certificate that ran out."""

_WHOLE = ("application/json", routes.NDJSON)

Transport = httpx.AsyncBaseTransport


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait (sync.md §9): to connect, for the next bytes, for the next event, in all.

    ``whole`` bounds an answer of which bytes keep coming; it stays under the watchdog of ``Pace``.
    """

    connect: float = 5.0
    read: float = 20.0
    events: float = 40.0
    whole: float = 80.0

    def timeout(self, read_s: float) -> httpx.Timeout:
        """Return the same as httpx takes it."""
        return httpx.Timeout(read_s, connect=self.connect)


@dataclass(frozen=True, slots=True)
class Answer:
    """One whole answer."""

    status: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer as it came, a refusal or not. Names of ``headers`` are found in any case."""

    status: int
    headers: Mapping[str, str]
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
        patience: Patience | None = None,
    ) -> None:
        self._times = times
        self._patience = patience or Patience()
        near = transport is not None
        if not near:
            address = central_address(address)
        self._http = httpx.AsyncClient(
            base_url=address,
            transport=transport,
            verify=trust or (ssl.create_default_context() if address[:6] == "https:" else True),
            timeout=self._patience.timeout(self._patience.read),
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
        wait_s: float = 0.0,
    ) -> Answer:
        """Make one request. Raises ``LineDown`` without a whole answer, ``Answered`` at 4xx, 5xx.

        ``wait_s``: how long central was asked to hold the line before it answers.
        """
        started = self._times.start()
        whole = await self.whole(method, path, content, headers=headers, query=query, wait_s=wait_s)
        if whole.status >= 400:
            raise problem_of(whole)
        own(whole, *_WHOLE)
        self._times.heard(started, whole.headers.get("Date", ""))
        return Answer(whole.status, whole.content)

    async def whole(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        *,
        headers: Mapping[str, str],
        query: Mapping[str, str | int] | None = None,
        wait_s: float = 0.0,
    ) -> Whole:
        """Make one request and return whatever was answered. Raises ``LineDown``."""
        try:
            async with (
                asyncio.timeout(self._patience.whole + wait_s),
                self._http.stream(
                    method,
                    path,
                    content=content,
                    headers=dict(headers),
                    params=query,
                    timeout=self._patience.timeout(self._patience.read + wait_s),
                ) as answer,
            ):
                said = await _content(answer)
        except TimeoutError:
            raise Slow("slow") from None
        except httpx.HTTPError as trouble:
            raise LineDown(_what(trouble)) from trouble
        return Whole(answer.status_code, answer.headers, said)

    @asynccontextmanager
    async def lines(
        self, path: str, headers: Mapping[str, str]
    ) -> AsyncIterator[AsyncIterator[list[bytes]]]:
        """Give the lines of a streamed answer as they come, many at once. Raises like ``ask``."""
        async with self._stream(path, headers, self._patience.read, routes.NDJSON) as answer:
            yield _lines(answer)

    @asynccontextmanager
    async def events(
        self, path: str, headers: Mapping[str, str]
    ) -> AsyncIterator[AsyncIterator[Event]]:
        """Give central's events as they come; ``Silent`` where nothing came for too long."""
        asked = {"Accept": "text/event-stream", "Accept-Encoding": "identity", **headers}
        async with self._stream(path, asked, self._patience.events, routes.EVENT_STREAM) as answer:
            yield _events(httpx_sse.EventSource(answer))

    @asynccontextmanager
    async def _stream(
        self, path: str, headers: Mapping[str, str], read_s: float, kind: str
    ) -> AsyncIterator[httpx.Response]:
        try:
            async with self._http.stream(
                "GET", path, headers=dict(headers), timeout=self._patience.timeout(read_s)
            ) as answer:
                if answer.status_code >= 400:
                    said = await _content(answer)
                    raise problem_of(Whole(answer.status_code, answer.headers, said))
                own(Whole(answer.status_code, answer.headers, b""), kind)
                yield answer
        except httpx.ReadTimeout as trouble:
            raise Silent("ReadTimeout") from trouble
        except (httpx.HTTPError, httpx.StreamError, httpx_sse.SSEError) as trouble:
            raise LineDown(_what(trouble)) from trouble


async def _content(answer: httpx.Response) -> bytes:
    """Read an answer to its end. A refusal that goes on too long gives nothing."""
    most = PROBLEM_MOST if answer.status_code >= 400 else ANSWER_MOST
    found = bytearray()
    async for piece in answer.aiter_bytes():
        found += piece
        if len(found) > most:
            if most == PROBLEM_MOST:
                return b""
            raise LineDown(FOREIGN)
    return bytes(found)


def own(answer: Whole, *kinds: str) -> None:
    """Raise ``LineDown`` for an answer that central never gives: elsewhere, or of another type."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if answer.status >= 300 or (kind and kind not in kinds):
        raise LineDown(FOREIGN)


def _what(trouble: BaseException) -> str:
    """Name what went wrong; an untrusted certificate has a name of its own."""
    cause: BaseException | None = trouble
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CERTIFICATE_EXPIRED if cause.verify_code == _EXPIRED else CERTIFICATE
        cause = cause.__cause__ or cause.__context__
    return type(trouble).__name__


async def _lines(answer: httpx.Response) -> AsyncIterator[list[bytes]]:
    """Cut the answer into lines; a last one without its end was cut off and is not given."""
    rest = b""
    async for piece in answer.aiter_bytes():
        *lines, rest = (rest + piece).split(b"\n")
        if lines:
            yield lines


async def _events(source: httpx_sse.EventSource) -> AsyncIterator[Event]:
    async for said in source.aiter_sse():
        try:
            data = orjson.loads(said.data) if said.data else {}
        except orjson.JSONDecodeError:
            data = {}
        retry_s = None if said.retry is None else said.retry / 1000
        yield Event(said.event, said.id, data if isinstance(data, dict) else {}, retry_s)


def problem_of(answer: Whole) -> Answered:
    """Read a refusal; one that is no problem document counts as not central's."""
    code, detail, foreign = None, "", True
    pointers: tuple[str, ...] = ()
    try:
        document = orjson.loads(answer.content)
        code, detail = code_of(document.get("type")), str(document.get("detail") or "")
        foreign = "type" not in document
        pointers = tuple(str(one) for one in document.get("pointers") or ())
    except (orjson.JSONDecodeError, AttributeError, TypeError):
        pass
    wait = answer.headers.get("Retry-After", "")[:9]
    after_s = float(wait) if wait.isascii() and wait.isdigit() else None
    return Answered(answer.status, code, detail, after_s, foreign=foreign, pointers=pointers)
