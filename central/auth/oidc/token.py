"""Pure: whether an identity token is true, fresh and meant for this very attempt to sign in.

Source: OpenID Connect Core 1.0 §3.1.3.7 and RFC 8725. Only signatures with a key pair are taken:
``none`` and everything with a shared secret is refused before a key is looked for.
"""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

import orjson

from contract.access import ACCOUNT_SHAPE

ALGORITHMS = {
    "RS256": "RSA",
    "RS384": "RSA",
    "RS512": "RSA",
    "PS256": "RSA",
    "PS384": "RSA",
    "PS512": "RSA",
    "ES256": "EC",
    "ES384": "EC",
    "ES512": "EC",
}
"""The signatures that count, and the kind of key that goes with each."""

LONGEST = 16_000
MOST_KEYS = 50
RSA_BYTES = 256
SKEW = timedelta(seconds=60)
OLDEST = timedelta(minutes=10)
PROVED_WITHIN = timedelta(hours=12)
"""How long ago somebody may have signed in at the provider for it to count as a second factor."""


class Untrue(Exception):
    """The token does not prove anything; the text is a fixed word for the log."""


class UnknownKey(Untrue):
    """No key is known under the name that the token gives: the provider may have a new one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token of this attempt must say."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)
    moment: datetime
    acr: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """Who the provider vouches for. ``strong``: with a second factor, recently.

    ``claims`` are those of the checked token.
    """

    subject: str = field(repr=False)
    strong: bool
    claims: Mapping[str, Any] = field(repr=False)


def usable_keys(document: object) -> list[dict[str, Any]]:
    """Return the keys of a key set that may check a signature; at most fifty are looked at."""
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        return []
    return [key for key in keys[:MOST_KEYS] if isinstance(key, dict) and _may_check(key)]


def check(token: str, keys: Sequence[Mapping[str, Any]], expected: Expected) -> Proven:
    """Check a token with these keys. Raises ``Untrue``, or ``UnknownKey`` for a key not among them."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import import_key

    header = _header(token)
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise Untrue("algorithm")
    key = _key_for(header.get("kid"), algorithm, keys)
    try:
        claims = jwt.decode(token, import_key(dict(key)), algorithms=[algorithm]).claims
    except (JoseError, ValueError, TypeError, KeyError):
        raise Untrue("signature") from None
    return _proven(claims, expected)


def account_of(claims: Mapping[str, Any], claim: str, domain: str) -> str | None:
    """Return the name of the account that a claim gives; None where it gives none.

    Letters outside ASCII are refused before capitals are lowered: some of them become a plain
    letter then. An e-mail address counts only where the provider checked it.
    """
    value = claims.get(claim)
    if not isinstance(value, str) or not value.isascii():
        return None
    if claim == "email" and claims.get("email_verified") is not True:
        return None
    name, at, behind = value.strip().lower().partition("@")
    if at and (not domain or behind != domain.strip().lower()):
        return None
    return name if re.fullmatch(ACCOUNT_SHAPE, name) else None


def _header(token: str) -> dict[str, Any]:
    if len(token) > LONGEST or token.count(".") != 2:
        raise Untrue("shape")
    part = token.partition(".")[0]
    try:
        header = orjson.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError):
        raise Untrue("shape") from None
    if not isinstance(header, dict):
        raise Untrue("shape")
    return header


def _key_for(kid: object, algorithm: str, keys: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    fit = [
        key
        for key in keys
        if key.get("kty") == ALGORITHMS[algorithm] and key.get("alg") in (None, algorithm)
    ]
    if kid is not None:
        fit = [key for key in fit if key.get("kid") == kid]
    if len(fit) != 1:
        # Without a name there must be one key only: the right one is never guessed at.
        raise UnknownKey("key")
    return fit[0]


def _may_check(key: Mapping[str, Any]) -> bool:
    if key.get("kty") not in ("RSA", "EC") or key.get("use") not in (None, "sig"):
        return False
    if "d" in key:
        return False
    if key["kty"] == "EC":
        return True
    modulus = key.get("n")
    if not isinstance(modulus, str):
        return False
    try:
        return len(base64.urlsafe_b64decode(modulus + "=" * (-len(modulus) % 4))) >= RSA_BYTES
    except (binascii.Error, ValueError):
        return False


def _proven(claims: Mapping[str, Any], expected: Expected) -> Proven:
    if claims.get("iss") != expected.issuer:
        raise Untrue("issuer")
    meant = claims.get("aud")
    audience = [meant] if isinstance(meant, str) else meant
    if not isinstance(audience, list) or expected.client_id not in audience:
        raise Untrue("audience")
    party = claims.get("azp")
    if (len(audience) > 1 or party is not None) and party != expected.client_id:
        raise Untrue("party")
    now = expected.moment.timestamp()
    skew = SKEW.total_seconds()
    if _number(claims, "exp") + skew <= now:
        raise Untrue("expired")
    made = _number(claims, "iat")
    if made > now + skew or made + OLDEST.total_seconds() + skew < now:
        raise Untrue("made")
    if "nbf" in claims and _number(claims, "nbf") > now + skew:
        raise Untrue("early")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not compare_digest(nonce.encode(), expected.nonce.encode()):
        raise Untrue("nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= 255:
        raise Untrue("subject")
    return Proven(subject, _strong(claims, expected, now), claims)


def _strong(claims: Mapping[str, Any], expected: Expected, now: float) -> bool:
    ways, at = claims.get("amr"), claims.get("auth_time")
    if not isinstance(ways, list) or "mfa" not in ways:
        return False
    if expected.acr and claims.get("acr") != expected.acr:
        return False
    if not isinstance(at, int | float) or isinstance(at, bool):
        return False
    return now - PROVED_WITHIN.total_seconds() <= at <= now + SKEW.total_seconds()


def _number(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Untrue("times")
    return float(value)
