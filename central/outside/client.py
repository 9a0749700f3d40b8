"""The guarded client: one request outside, bounded in time and size (security.md §7, 6 and 7).

A name is resolved once; every address it gives is checked, and the connection goes to the address
that was checked, while the certificate is held against the name. Behind an outbound proxy the name
goes to the proxy instead, which resolves it. An answer is a value: no exception and no log line
holds a word of a request or of an answer.
"""

import asyncio
import logging
import ssl
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
import truststore

from central.clock import TELLER, system_time
from central.outside.addresses import Place, host_name, may_connect, may_connect_inside, place_of
from central.outside.answer import Answer, Asked
from central.outside.proxy import proxy_for
from central.outside.reading import Swelling, content_type, decoded, retry_after
from central.outside.resolve import Resolve, system_resolve
from contract import routes
from contract.vocabulary import OutsideTrouble as T

MOST_BYTES = 1024 * 1024
TOTAL_S = 10.0
PIECE = 16_384

# They write whole addresses in their lines, with what was looked for in them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Doubles:
    """For tests only: hosts that stand on this machine, by port, and the context that trusts them.

    No setting leads here: it is made in code, and never by central itself.
    """

    ports: Mapping[str, int]
    context: ssl.SSLContext = field(repr=False)


class OutsideClient:
    """Asks sources outside. ``allowed``: the hosts that may be asked, by name.

    ``resolve``: gives the addresses of a name. ``proxies``: instead of the environment.
    ``doubles``: tests only. No cookies, no redirects, nothing kept between two requests.
    """

    def __init__(
        self,
        allowed: Collection[str],
        *,
        resolve: Resolve = system_resolve,
        tell: TELLER = system_time,
        proxies: Mapping[str, str] | None = None,
        total_s: float = TOTAL_S,
        most_bytes: int = MOST_BYTES,
        doubles: Doubles | None = None,
    ) -> None:
        self._allowed = frozenset(filter(None, map(host_name, allowed)))
        self._resolve = resolve
        self._tell = tell
        self._proxies = proxies
        self._total_s = total_s
        self._most = most_bytes
        self._doubles = doubles
        self._may_connect = may_connect

    def also_inside(self) -> Self:
        """Let addresses of the own network through as well; returns this client.

        For a host that whoever runs central named, never for one that a team chose.
        """
        self._may_connect = may_connect_inside
        return self

    def fetch_now(self, asked: Asked) -> Answer:
        """Ask, on a thread that may wait; at most the total time."""
        with asyncio.Runner() as runner:
            return runner.run(self.fetch(asked))

    async def fetch(self, asked: Asked) -> Answer:
        """Ask, and return what came of it within the total time."""
        place = place_of(asked.url, self._allowed)
        if place is None:
            return Answer(T.NOT_ALLOWED)
        try:
            async with asyncio.timeout(self._total_s):
                return await self._ask(place, asked)
        except TimeoutError:
            return Answer(T.SLOW)

    async def _ask(self, place: Place, asked: Asked) -> Answer:
        proxy = "" if self._doubles else proxy_for(place.host, self._proxies)
        if proxy:
            return await self._over(place, asked, f"https://{place.host}", proxy)
        try:
            found = await self._addresses(place.host)
        except OSError:
            return Answer(T.UNREACHABLE)
        if not found:
            return Answer(T.UNREACHABLE)
        if not self._double(place.host) and not all(map(self._may_connect, found)):
            return Answer(T.BAD_ADDRESS)
        answer = Answer(T.UNREACHABLE)
        for address in found[:4]:
            origin = f"https://[{address}]" if ":" in address else f"https://{address}"
            if port := self._double(place.host):
                origin += f":{port}"
            answer = await self._over(place, asked, origin)
            if answer.why is not T.UNREACHABLE:
                return answer
        return answer

    def _double(self, host: str) -> int:
        return self._doubles.ports.get(host, 0) if self._doubles else 0

    async def _addresses(self, host: str) -> list[str]:
        return ["127.0.0.1"] if self._double(host) else await self._resolve(host)

    async def _over(self, place: Place, asked: Asked, origin: str, proxy: str = "") -> Answer:
        """Ask over one address, or through the proxy."""
        trust = self._doubles.context if self._doubles else _system_trust()
        headers = {
            "Host": place.host,
            "Accept": ", ".join(sorted(asked.accepts)),
            "Accept-Encoding": "identity",
            "User-Agent": f"Buurtdesk/{routes.API_VERSION}",
            **asked.headers,
        }
        if asked.body is not None:
            headers["Content-Type"] = asked.kind
        client = httpx.AsyncClient(
            verify=trust,
            trust_env=False,
            follow_redirects=False,
            timeout=self._total_s,
            proxy=httpx.Proxy(proxy) if proxy else None,
        )
        opened: list[Any] = []

        async def note(event: str, told: Mapping[str, Any]) -> None:
            if event.endswith("connect_tcp.complete"):
                opened.append(told["return_value"])

        try:
            async with client:
                # A client would add words of its own, cookies among them.
                request = httpx.Request(
                    "GET" if asked.body is None else "POST",
                    origin + place.target,
                    headers=headers,
                    content=asked.body,
                    extensions={
                        "sni_hostname": place.host,
                        "timeout": httpx.Timeout(self._total_s).as_dict(),
                        "trace": note,
                    },
                )
                response = await client.send(request, stream=True)
                try:
                    return await self._read(response, asked)
                finally:
                    await response.aclose()
        except httpx.ConnectError as trouble:
            return Answer(T.UNTRUSTED if _certificate(trouble) else T.UNREACHABLE)
        except httpx.TimeoutException:
            return Answer(T.SLOW)
        except (httpx.HTTPError, httpx.InvalidURL, zlib.error, ssl.SSLError, OSError, ValueError):
            return Answer(T.BROKEN)
        finally:
            # Whose time runs out while the line is being secured would leave it open.
            for line in opened:
                await line.aclose()

    async def _read(self, response: httpx.Response, asked: Asked) -> Answer:
        status, headers = response.status_code, response.headers
        wait = retry_after(headers.get("retry-after", ""), self._tell())
        if status == 204 and asked.nothing_fits:
            return Answer(status=status)
        if status != 200:
            return Answer(_why(status), status=status, retry_after_s=wait)
        kind = headers.get("content-type", "")
        if content_type(kind) not in asked.accepts:
            return Answer(T.ODD_TYPE, status=status)
        swelling = Swelling(headers.get("content-encoding", ""), self._most)
        if not swelling.known:
            return Answer(T.ODD_TYPE, status=status)
        async for piece in response.aiter_raw(PIECE):
            if not swelling.add(piece):
                return Answer(T.TOO_LARGE, status=status)
        body = swelling.whole()
        if body is None:
            return Answer(T.BROKEN, status=status)
        if not body.strip():
            return Answer(T.EMPTY, status=status)
        text = decoded(body, kind)
        if text is None:
            return Answer(T.ODD_TEXT, status=status)
        return Answer(None, body, text, status)


def _why(status: int) -> T:
    if 300 <= status < 400:
        return T.REDIRECT
    if status in (429, 503):
        return T.BUSY
    return T.REFUSED if 400 <= status < 500 else T.FAILED


def _system_trust() -> ssl.SSLContext:
    """Return a context that trusts what this machine trusts; police networks add their own."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _certificate(trouble: BaseException) -> bool:
    """Say whether the line was refused for its certificate."""
    seen: BaseException | None = trouble
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
