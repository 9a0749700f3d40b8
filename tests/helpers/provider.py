"""A small provider of an organisation on this machine: pages, tokens and keys over real TLS.

It keeps to OpenID Connect (code flow, PKCE) and can be told to break it, one rule at a time.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from central.outside import Doubles, OutsideClient
from central.settings import Provider
from tests.helpers.outside import Source, answering, sources

HOST = "login.voorbeeld.nl"
ISSUER = f"https://{HOST}/team"
CLIENT = "buurtdesk"
SECRET = "een geheim van de proef"


def new_key(kid: str) -> RSAKey:
    """Make a key pair under this name."""
    return RSAKey.generate_key(2048, parameters={"kid": kid, "use": "sig", "alg": "RS256"})


@cache
def first_key() -> RSAKey:
    """Return the key that every provider of this run begins with."""
    return new_key("eerste")


@dataclass
class SmallProvider:
    """What the provider knows now. ``person``: the claims of who is signed in in the browser.

    ``claims`` may change what a token says, ``sign`` makes the token, ``page`` the document.
    """

    source: Source
    doubles: Doubles
    tell: Callable[[], datetime]
    keys: list[RSAKey] = field(default_factory=lambda: [first_key()])
    person: dict[str, Any] = field(default_factory=dict)
    claims: Callable[[dict[str, Any]], dict[str, Any]] = dict
    sign: Callable[[dict[str, Any]], str] | None = None
    document: dict[str, Any] = field(default_factory=dict)
    away: bool = False
    refuses: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def settings(self, **other: Any) -> Provider:
        """Return how central is told about this provider."""
        return Provider(ISSUER, CLIENT, SECRET, "Basisteam Voorbeeld", **other)

    def client(self, hosts: Any) -> OutsideClient:
        """Return the guarded client that knows where this provider stands."""
        return OutsideClient(hosts, doubles=self.doubles, tell=self.tell)

    def browse(self, address: str) -> str:
        """Go where the desk sends the browser; returns where the provider sends it back to."""
        parts = urlsplit(address)
        assert parts.hostname == HOST
        port = self.doubles.ports[HOST]
        with httpx.Client(verify=self.doubles.context, trust_env=False) as browser:
            answer = browser.get(
                f"https://127.0.0.1:{port}{parts.path}?{parts.query}",
                headers={"Host": HOST},
                extensions={"sni_hostname": HOST},
            )
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    def code(self, challenge: str, nonce: str, redirect: str) -> str:
        """Give a code without a browser."""
        made = secrets.token_urlsafe(16)
        self.codes[made] = {"challenge": challenge, "nonce": nonce, "redirect": redirect}
        return made

    def token(self, nonce: str) -> str:
        """Make an identity token for who is signed in."""
        now = int(self.tell().timestamp())
        said = self.claims(
            {
                "iss": ISSUER,
                "aud": CLIENT,
                "iat": now,
                "exp": now + 300,
                "auth_time": now,
                "nonce": nonce,
                **self.person,
            }
        )
        return self.sign(said) if self.sign else self.signed(said)

    def signed(self, claims: dict[str, Any], **header: Any) -> str:
        """Sign with the newest key."""
        key = self.keys[-1]
        return jwt.encode({"alg": "RS256", "kid": key.kid, **header}, claims, key)

    def answer(self, line: socket.socket, request: bytes) -> None:
        """Answer one request."""
        head, _, body = request.partition(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        parts = urlsplit(target)
        what = parts.path.removeprefix("/team")
        self.asked.append(what)
        form = {k: v[0] for k, v in parse_qs(body.decode() or parts.query).items()}
        if self.away:
            return
        if what == "/authorize":
            return self._send_back(line, request, form)
        found: dict[str, Any]
        if what == "/token":
            found = self._trade(method, head.decode(), form)
        elif what == "/keys":
            found = {"keys": [key.as_dict(private=False) for key in self.keys]}
        else:
            found = self._document()
        status = 400 if "error" in found else 200
        answering(json.dumps(found).encode(), status=status)(line, request)

    def _document(self) -> dict[str, Any]:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "code_challenge_methods_supported": ["S256"],
            **self.document,
        }

    def _send_back(self, line: socket.socket, request: bytes, asked: dict[str, str]) -> None:
        assert asked["response_type"] == "code", asked
        assert asked["client_id"] == CLIENT, asked
        assert asked["code_challenge_method"] == "S256", asked
        assert "openid" in asked["scope"].split(), asked
        back = asked["redirect_uri"]
        assert urlsplit(back).hostname == "127.0.0.1", asked
        told = {"state": asked["state"], "iss": ISSUER}
        if self.refuses:
            told["error"] = "access_denied"
        else:
            told["code"] = self.code(asked["code_challenge"], asked["nonce"], back)
        answering(b"", status=302, more=f"Location: {back}?{urlencode(told)}\r\n")(line, request)

    def _trade(self, method: str, head: str, form: dict[str, str]) -> dict[str, Any]:
        pair = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        held = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if method != "POST" or f"Basic {pair}" not in head or held is None:
            return {"error": "invalid_grant"}
        if held["challenge"] != challenge or held["redirect"] != form.get("redirect_uri"):
            return {"error": "invalid_grant"}
        return {
            "access_token": secrets.token_urlsafe(8),
            "token_type": "Bearer",
            "id_token": self.token(held["nonce"]),
        }


@contextmanager
def small_provider(tell: Callable[[], datetime]) -> Iterator[SmallProvider]:
    """Start the provider; ``tell`` is the time it goes by."""
    with sources(HOST) as (found, doubles):
        made = SmallProvider(found[HOST], doubles, tell)
        found[HOST].reply = made.answer
        yield made
