"""What central asks of the organisation's provider: its document, its keys, what a code is worth.

Everything goes through the guarded client, to the host of the issuer and no other. What was found
is kept for an hour; what failed is not asked again for half a minute, so that nobody who knocks can
make central hammer the provider.
"""

import asyncio
import base64
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

import orjson

from central.auth.oidc.token import PROVED_WITHIN, Expected, Proven, UnknownKey, Untrue
from central.clock import TELLER
from central.problems import Refusal
from central.settings import Provider
from contract.access import ProviderSignIn, ProviderWay
from contract.problems import ProblemCode
from contract.vocabulary import OutsideTrouble

if TYPE_CHECKING:
    from central.outside import OutsideClient

KEPT = timedelta(hours=1)
FAILED = timedelta(seconds=30)
KEYS_AGAIN = timedelta(seconds=60)
"""How soon the keys are asked anew for a name that is not among them."""

AWAY_S = 30

_WELL_KNOWN = "/.well-known/openid-configuration"
_KEY_TYPES = frozenset({"application/json", "application/jwk-set+json"})
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Document:
    """What the provider says about itself, checked."""

    authorize: str
    token: str
    keys: str
    basic: bool


@dataclass(slots=True)
class _Kept:
    """Something that was asked for, and when; ``value`` None: it was not to be had."""

    at: datetime
    value: Any = field(repr=False)


class ProviderLine:
    """The line to one provider. ``client``: makes what may ask a list of hosts."""

    def __init__(
        self,
        settings: Provider,
        client: Callable[[Collection[str]], "OutsideClient"],
        tell: TELLER,
    ) -> None:
        self.settings = settings
        self._client = client
        self._tell = tell
        self._document: _Kept | None = None
        self._keys: _Kept | None = None
        self._one_by_one = asyncio.Lock()

    async def way(self) -> ProviderWay | None:
        """Return what a desk needs to know; None where there is no provider."""
        if not self.settings.issuer:
            return None
        document = await self._known()
        wanted = self.settings
        return ProviderWay(
            name=wanted.name,
            issuer=wanted.issuer,
            client_id=wanted.client_id,
            address=document.authorize if document else "",
            path=wanted.path,
            acr=wanted.acr if wanted.second_factor else "",
            max_age_s=int(PROVED_WITHIN.total_seconds()) if wanted.second_factor else 0,
        )

    async def prove(self, asked: ProviderSignIn) -> Proven:
        """Trade the code for a token and check it.

        Raises ``provider-refused`` where it proves nothing, ``provider-away`` where nobody answers.
        """
        if not self.settings.issuer:
            raise Refusal(ProblemCode.PROVIDER_REFUSED)
        document = await self._known()
        if document is None:
            raise _away()
        token = await self._trade(document, asked)
        expected = Expected(
            self.settings.issuer,
            self.settings.client_id,
            asked.nonce,
            self._tell(),
            self.settings.acr,
        )
        try:
            return await self._checked(document, token, expected)
        except Untrue as why:
            # A fixed word: nothing of the token stands in a log line.
            log.warning("a sign-in through the provider was refused: %s", why)
            raise Refusal(ProblemCode.PROVIDER_REFUSED) from None

    async def _checked(self, document: Document, token: str, expected: Expected) -> Proven:
        from central.auth.oidc.token import check

        try:
            return check(token, await self._keys_of(document), expected)
        except UnknownKey:
            kept = self._keys
            if kept is not None and self._tell() - kept.at < KEYS_AGAIN:
                raise
            return check(token, await self._keys_of(document, anew=True), expected)

    async def _known(self) -> Document | None:
        """Return the provider's document; asked once an hour, one request at a time."""
        async with self._one_by_one:
            if not _good(self._document, self._tell()):
                self._document = _Kept(self._tell(), await self._fetch_document())
            assert self._document is not None
            found: Document | None = self._document.value
            return found

    async def _keys_of(self, document: Document, *, anew: bool = False) -> list[dict[str, Any]]:
        from central.auth.oidc.token import usable_keys

        async with self._one_by_one:
            if anew or not _good(self._keys, self._tell()):
                found = await self._fetch(document.keys, _KEY_TYPES)
                self._keys = _Kept(self._tell(), usable_keys(found) or None)
            assert self._keys is not None
            if self._keys.value is None:
                raise _away()
            keys: list[dict[str, Any]] = self._keys.value
            return keys

    async def _fetch_document(self) -> Document | None:
        found = await self._fetch(self.settings.issuer.rstrip("/") + _WELL_KNOWN)
        document = read_document(found, self.settings)
        if found is not None and document is None:
            log.error("the document of the provider is not one that can be used")
        return document

    async def _fetch(self, url: str, accepts: frozenset[str] | None = None) -> Any:
        from central.outside import Asked

        asked = Asked(url, accepts=accepts) if accepts else Asked(url)
        answer = await self._line().fetch(asked)
        if not answer.ok:
            log.warning("the provider did not answer: %s", answer.why)
            return None
        return _json(answer.body)

    async def _trade(self, document: Document, asked: ProviderSignIn) -> str:
        from central.outside import Asked

        wanted = self.settings
        form = {
            "grant_type": "authorization_code",
            "code": asked.code,
            "redirect_uri": asked.redirect_uri,
            "code_verifier": asked.verifier,
        }
        headers = {}
        if wanted.client_secret and document.basic:
            pair = f"{quote(wanted.client_id, safe='')}:{quote(wanted.client_secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = wanted.client_id
            if wanted.client_secret:
                form["client_secret"] = wanted.client_secret
        answer = await self._line().fetch(
            Asked(
                document.token,
                urlencode(form).encode(),
                headers=headers,
                kind="application/x-www-form-urlencoded",
            )
        )
        if answer.why is OutsideTrouble.REFUSED:
            raise Refusal(ProblemCode.PROVIDER_REFUSED)
        if not answer.ok:
            log.warning("the provider did not answer: %s", answer.why)
            raise _away()
        found = _json(answer.body)
        token = found.get("id_token") if isinstance(found, dict) else None
        if not isinstance(token, str):
            raise Refusal(ProblemCode.PROVIDER_REFUSED)
        return token

    def _line(self) -> "OutsideClient":
        line = self._client([urlsplit(self.settings.issuer).hostname or ""])
        return line.also_inside() if self.settings.inside else line


def read_document(found: object, settings: Provider) -> Document | None:
    """Read a provider's document; None where it is another's, or where PKCE cannot be used.

    Token and keys must stand on the host of the issuer itself, everything on https.
    """
    if not isinstance(found, dict) or found.get("issuer") != settings.issuer:
        return None
    addresses = [found.get(name) for name in _ADDRESSES]
    if not all(isinstance(one, str) and _https(one) for one in addresses):
        return None
    authorize, token, keys = (str(one) for one in addresses)
    home = urlsplit(settings.issuer).hostname
    if {urlsplit(token).hostname, urlsplit(keys).hostname} != {home}:
        return None
    ways = found.get("code_challenge_methods_supported")
    if ways is not None and (not isinstance(ways, list) or "S256" not in ways):
        return None
    means = found.get("token_endpoint_auth_methods_supported")
    basic = not isinstance(means, list) or "client_secret_basic" in means
    return Document(authorize, token, keys, basic)


def _https(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    return (
        plain
        and len(address) <= 1000
        and parts.scheme == "https"
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and not parts.fragment
    )


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _good(kept: _Kept | None, moment: datetime) -> bool:
    if kept is None:
        return False
    age = moment - kept.at
    return timedelta(0) <= age < (KEPT if kept.value is not None else FAILED)


def _away() -> Refusal:
    return Refusal(ProblemCode.PROVIDER_AWAY, retry_after_s=AWAY_S)
