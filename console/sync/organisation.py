"""Signing in through the browser: the one attempt, and the door it comes back to (RFC 8252).

The desk never speaks with the provider: it opens an address in the browser of the system and hears
the answer on this computer only. Central trades what came back (docs/security.md §3).
"""

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from urllib.parse import parse_qs, urlencode, urlsplit

from console.sync.gateway import Gateway
from contract import routes
from contract.access import ProviderWay, SignInWays

HOST = "127.0.0.1"
"""Never a name: what ``localhost`` means can be changed."""

REQUEST_MOST = 8_192
READ_S = 5.0
MOST_AT_ONCE = 16

_PAGE = (
    "<!doctype html><html lang=nl><meta charset=utf-8><title>Buurtdesk</title>"
    "<p style='font:18px sans-serif;margin:3em'>{words}</p></html>"
)
DONE = "U kunt dit venster sluiten. Ga terug naar Buurtdesk."
STOPPED = "U bent niet aangemeld. Sluit dit venster en ga terug naar Buurtdesk."
NOT_OURS = "Dit hoort niet bij een aanmelding van nu. Sluit dit venster."


class NotOffered(Exception):
    """Central names no provider."""


class ProviderSilent(Exception):
    """Central knows a provider, and that one does not answer."""


class TurnedAway(Exception):
    """The provider let nobody in, or the person stopped there."""


def _random() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Attempt:
    """The secrets of one attempt; none of them is used twice."""

    way: ProviderWay
    path: str
    state: str = field(default_factory=_random, repr=False)
    nonce: str = field(default_factory=_random, repr=False)
    verifier: str = field(default_factory=_random, repr=False)

    def address(self, redirect: str) -> str:
        """Return where the browser goes."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.way.client_id,
            "redirect_uri": redirect,
            "scope": self.way.scope,
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        if self.way.acr:
            asked["acr_values"] = self.way.acr
        if self.way.max_age_s:
            asked["max_age"] = str(self.way.max_age_s)
        joint = "&" if urlsplit(self.way.address).query else "?"
        return f"{self.way.address}{joint}{urlencode(asked)}"


class Visit:
    """One visit of the browser to the provider. ``begin``, ``proof``, and always ``close``."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._attempt: Attempt | None = None
        self._server: asyncio.Server | None = None
        self._answer: asyncio.Future[str] | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._redirect = ""

    async def begin(self) -> str:
        """Open the door and return the address for the browser.

        Raises ``NotOffered`` or ``ProviderSilent``, and what the line raises.
        """
        ways = await self._gateway.ask(SignInWays, "GET", routes.SIGN_IN_WAYS, signed=False)
        way = ways.provider
        if way is None:
            raise NotOffered
        if not way.address:
            raise ProviderSilent
        self._attempt = Attempt(way, way.path or secrets.token_urlsafe(24))
        self._answer = asyncio.get_running_loop().create_future()
        self._server = await asyncio.start_server(self._hear, HOST, 0, limit=REQUEST_MOST)
        port = self._server.sockets[0].getsockname()[1]
        self._redirect = f"http://{HOST}:{port}/{self._attempt.path}"
        return self._attempt.address(self._redirect)

    async def proof(self, within_s: float) -> Mapping[str, str]:
        """Wait for the browser; return what central trades.

        Raises ``TurnedAway``, or ``TimeoutError`` after ``within_s`` seconds.
        """
        assert self._answer is not None
        assert self._attempt is not None
        async with asyncio.timeout(within_s):
            code = await asyncio.shield(self._answer)
        if not code:
            raise TurnedAway
        return {
            "code": code,
            "verifier": self._attempt.verifier,
            "nonce": self._attempt.nonce,
            "redirect_uri": self._redirect,
        }

    async def close(self) -> None:
        """Shut the door; an answer that comes later finds nobody."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            await server.wait_closed()
        for line in list(self._lines):
            line.close()
        if self._answer is not None and not self._answer.done():
            self._answer.cancel()

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            if len(self._lines) > MOST_AT_ONCE:
                return
            async with asyncio.timeout(READ_S):
                head = await reader.readuntil(b"\r\n\r\n")
                status, words = self._said(head.decode("latin-1"))
                writer.write(_page(status, words))
                await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        finally:
            self._lines.discard(writer)
            writer.close()

    def _said(self, head: str) -> tuple[str, str]:
        """Return status and words for a request; the right one settles the visit.

        Anything else is told nothing and changes nothing: the wait goes on.
        """
        answer, attempt = self._answer, self._attempt
        assert answer is not None
        assert attempt is not None
        first, *rows = head.split("\r\n")
        method, _, target = first.partition(" ")
        parts = urlsplit(target.partition(" ")[0])
        names = [row.partition(":")[2].strip() for row in rows if row.lower().startswith("host:")]
        if method != "GET" or names != [urlsplit(self._redirect).netloc]:
            return "400 Bad Request", NOT_OURS
        if parts.path != f"/{attempt.path}" or answer.done():
            return "404 Not Found", NOT_OURS
        given = parse_qs(parts.query)
        if any(len(values) != 1 for values in given.values()):
            return "400 Bad Request", NOT_OURS
        said = {name: values[0] for name, values in given.items()}
        if not compare_digest(said.get("state", "").encode(), attempt.state.encode()):
            return "400 Bad Request", NOT_OURS
        # RFC 9207: the answer of another provider is not taken for this one's.
        if said.get("iss", attempt.way.issuer) != attempt.way.issuer:
            return "400 Bad Request", NOT_OURS
        code = "" if "error" in said else said.get("code", "")
        answer.set_result(code)
        return "200 OK", DONE if code else STOPPED


def ways_at(address: str) -> ProviderWay | None:
    """Ask a central which provider it offers, on a thread that may wait; nothing is signed in.

    Raises what the line raises, and ``Refused`` for an odd address.
    """

    async def ask() -> ProviderWay | None:
        async with Gateway(address, device="desk") as gateway:
            found = await gateway.ask(SignInWays, "GET", routes.SIGN_IN_WAYS, signed=False)
            return found.provider

    with asyncio.Runner() as runner:
        return runner.run(ask())


def _page(status: str, words: str) -> bytes:
    body = _PAGE.format(words=words).encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
        "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
