"""Signing in through the organisation's provider: a real one over TLS, honest and dishonest (F41)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from central.auth.oidc.token import account_of
from central.outside.addresses import may_connect_inside
from contract import routes
from tests.helpers.accounts_line import AccountsLine, problem
from tests.helpers.central_line import Watch, op
from tests.helpers.provider import CLIENT, HOST, ISSUER, SmallProvider, new_key, small_provider

BACK = "http://127.0.0.1:49152/terug"
REFUSED, AWAY, NOBODY = (401, "provider-refused"), (503, "provider-away"), (403, "no-account")


class Line(AccountsLine):
    """A central of a team whose people may sign in at a provider."""

    provider: SmallProvider

    def attempt(self, **other: str) -> dict[str, str]:
        """Make one attempt as a desk does, with a code that the provider gave for it."""
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        code = self.provider.code(challenge, nonce, BACK)
        made = {"code": code, "verifier": verifier, "nonce": nonce, "redirect_uri": BACK}
        return {**made, **other}

    def come_in(self, **other: str) -> httpx.Response:
        """Ask for a session with a fresh attempt, or with parts of another."""
        return self.hand_in(self.attempt(**other))

    def hand_in(self, attempt: dict[str, str]) -> httpx.Response:
        """Ask for a session with this attempt."""
        body = {"grant": "oidc", **attempt, "device": {"id": "desk-1", "name": "Balie 1"}}
        return self.call("POST", routes.SESSIONS, body, token="")

    def ways(self) -> dict[str, Any]:
        """Ask how people may sign in."""
        answer = self.call("GET", routes.SIGN_IN_WAYS, token="")
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Callable[..., Line]]:
    """Return what makes a central with a provider; ``settings`` are those of the provider."""
    open_ones: list[Any] = []
    moment: list[Watch] = []

    def tell() -> datetime:
        return moment[0]()

    def make(**settings: Any) -> Line:
        door = small_provider(tell)
        provider = door.__enter__()
        line = Line(tmp_path / "central.db", provider=provider.settings(**settings))
        moment.append(line.watch)
        open_ones.extend([door, line])
        line.provider = provider
        line.office.client = provider.client
        line.begin()
        provider.person = {"sub": "0001", "preferred_username": "joris"}
        return line

    yield make
    for one in reversed(open_ones):
        one.__exit__(None, None, None)


@pytest.fixture
def line(made: Callable[..., Line]) -> Line:
    """Return a central with a provider and somebody with an account who never chose a password."""
    found = made()
    person = found.add_person("operator")
    assert found.give(person, "joris").status_code == 201
    return found


def test_who_the_provider_vouches_for_gets_a_session_of_ours_with_the_roles_of_the_team(
    line: Line,
) -> None:
    answer = line.come_in()
    assert answer.status_code == 201, answer.text
    session = answer.json()
    assert session["person"]["roles"] == ["operator"]
    assert session["second_factor"] is False
    reading = line.call("GET", routes.digest(line.team), token=session["access_token"])
    assert reading.status_code == 200
    renewed = line.call(
        "POST", routes.REFRESH, {"refresh_token": session["refresh_token"]}, token=""
    )
    assert renewed.status_code == 200
    # Starting the account anew ends this session too, and unbinds it from the provider.
    assert line.give(session["person"]["id"], "joris").status_code == 201
    token = renewed.json()["access_token"]
    assert problem(line.call("GET", routes.digest(line.team), token=token))[0] == 401


def test_a_desk_is_told_where_to_go_and_nothing_else(line: Line) -> None:
    way = line.ways()["provider"]
    assert (way["address"], way["client_id"], way["issuer"]) == (
        f"{ISSUER}/authorize",
        CLIENT,
        ISSUER,
    )
    shown = json.dumps(way)
    assert line.settings.provider.client_secret not in shown
    assert "preferred_username" not in shown
    # However often it is asked, the provider is asked once an hour.
    line.ways()
    assert line.provider.asked.count("/.well-known/openid-configuration") == 1


def test_a_code_is_good_once_and_for_its_own_attempt_only(line: Line) -> None:
    first = line.attempt()
    assert line.hand_in(first).status_code == 201
    assert problem(line.hand_in(first)) == REFUSED
    other = line.attempt()
    assert problem(line.come_in(verifier=other["verifier"])) == REFUSED
    assert problem(line.come_in(nonce=other["nonce"])) == REFUSED
    assert problem(line.come_in(redirect_uri="http://127.0.0.1:49153/terug")) == REFUSED
    for odd in ("http://localhost:49152/terug", "https://127.0.0.1:49152/terug", "http://a.nl/"):
        assert line.come_in(redirect_uri=odd).status_code == 400


def _none(claims: dict[str, Any]) -> str:
    return f"{_part({'alg': 'none', 'kid': 'eerste'})}.{_part(claims)}."


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


TWISTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "of another issuer": lambda c: {**c, "iss": f"https://{HOST}/other"},
    "for another program": lambda c: {**c, "aud": "mail"},
    "for several without saying for whom": lambda c: {**c, "aud": [CLIENT, "mail"]},
    "for another party": lambda c: {**c, "azp": "mail"},
    "run out": lambda c: {**c, "exp": c["iat"] - 61},
    "without an end": lambda c: {k: v for k, v in c.items() if k != "exp"},
    "made tomorrow": lambda c: {**c, "iat": c["iat"] + 86_400, "exp": c["iat"] + 90_000},
    "made an hour ago": lambda c: {**c, "iat": c["iat"] - 3_600},
    "not good yet": lambda c: {**c, "nbf": c["iat"] + 3_600},
    "of another attempt": lambda c: {**c, "nonce": secrets.token_urlsafe(24)},
    "without a nonce": lambda c: {k: v for k, v in c.items() if k != "nonce"},
    "about nobody": lambda c: {k: v for k, v in c.items() if k != "sub"},
}


@pytest.mark.parametrize("twist", TWISTS.values(), ids=TWISTS)
def test_a_token_that_says_something_else_proves_nothing(
    line: Line, twist: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    line.provider.claims = twist
    assert problem(line.come_in()) == REFUSED
    line.provider.claims = dict
    assert line.come_in().status_code == 201


def test_only_the_providers_own_key_pair_signs(line: Line) -> None:
    provider = line.provider
    stranger = new_key("eerste")
    public = provider.keys[0].as_pem(private=False)

    def shared_secret(claims: dict[str, Any]) -> str:
        # What a careless reader takes for HS256: the public key as the secret.
        said = f"{_part({'alg': 'HS256', 'kid': 'eerste'})}.{_part(claims)}"
        mac = hmac.new(public, said.encode(), hashlib.sha256).digest()
        return f"{said}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    def forged(claims: dict[str, Any]) -> str:
        own = provider.keys
        provider.keys = [stranger]
        token = provider.signed(claims)
        provider.keys = own
        return token

    def carried(claims: dict[str, Any]) -> str:
        from joserfc import jwt

        header = {"alg": "RS256", "jwk": stranger.as_dict(private=False)}
        return jwt.encode(header, claims, stranger)

    def altered(claims: dict[str, Any]) -> str:
        head, _, tail = provider.signed(claims).split(".")
        return f"{head}.{_part({**claims, 'preferred_username': 'sanne.dewit'})}.{tail}"

    def junk(claims: dict[str, Any]) -> str:
        return "a.b.c"

    for sign in (_none, shared_secret, forged, carried, altered, junk):
        provider.sign = sign
        assert problem(line.come_in()) == REFUSED, sign.__name__
    provider.sign = None
    assert line.come_in().status_code == 201


def test_a_new_key_is_fetched_when_it_is_needed_and_not_more_often_than_once_a_minute(
    line: Line,
) -> None:
    provider = line.provider
    assert line.come_in().status_code == 201
    provider.keys = [new_key("tweede")]
    assert problem(line.come_in()) == REFUSED  # asked less than a minute ago
    line.watch.move(seconds=61)
    assert line.come_in().status_code == 201
    asked = provider.asked.count("/keys")
    provider.sign = lambda claims: provider.signed(claims, kid="verzonnen")
    for _ in range(3):
        assert problem(line.come_in()) == REFUSED
    assert provider.asked.count("/keys") == asked
    # A key that was taken away is no longer good once the kept ones are an hour old.
    provider.sign = None
    gone, provider.keys = provider.keys, [new_key("derde")]
    provider.sign = lambda claims: _with(gone[0], claims)
    assert line.come_in().status_code == 201
    line.watch.move(minutes=61)
    assert problem(line.come_in()) == REFUSED


def _with(key: Any, claims: dict[str, Any]) -> str:
    from joserfc import jwt

    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


def test_a_provider_that_is_down_costs_no_try_and_is_asked_again_after_half_a_minute(
    line: Line,
) -> None:
    line.provider.away = True
    for _ in range(40):
        answer = line.come_in()
        assert problem(answer) == AWAY
    assert answer.headers["Retry-After"] == "30"
    assert len(line.provider.asked) == 1
    assert line.ways()["provider"]["address"] == ""
    line.provider.away = False
    line.watch.move(seconds=31)
    assert line.come_in().status_code == 201


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": f"{ISSUER}/"},
        {"issuer": "https://elders.voorbeeld.nl/team"},
        {"token_endpoint": "https://elders.voorbeeld.nl/token"},
        {"jwks_uri": f"http://{HOST}/team/keys"},
        {"authorization_endpoint": "file:///etc/passwd"},
        {"authorization_endpoint": f"https://wie@{HOST}/team/authorize"},
        {"code_challenge_methods_supported": ["plain"]},
        {"token_endpoint": None},
    ],
    ids=str,
)
def test_a_document_of_another_or_without_pkce_is_not_used(
    line: Line, said: dict[str, Any]
) -> None:
    line.provider.document = said
    assert line.ways()["provider"]["address"] == ""
    assert problem(line.come_in()) == AWAY
    assert "/token" not in line.provider.asked


def test_who_has_no_account_here_gets_in_nowhere_and_makes_nothing(line: Line) -> None:
    before = line.records()
    for name in ("wim", "Joris Bakker", "", "sanne.dewit@elders.nl"):
        line.provider.person = {"sub": "0002", "preferred_username": name}
        assert problem(line.come_in()) == NOBODY, name
    assert line.records() == before
    assert len(line.call("GET", routes.accounts(line.team)).json()["accounts"]) == 2


def test_an_account_stays_with_the_person_the_provider_named_first(line: Line) -> None:
    assert line.come_in().status_code == 201
    line.provider.person = {"sub": "0099", "preferred_username": "joris"}
    assert problem(line.come_in()) == NOBODY
    line.provider.person = {"sub": "0001", "preferred_username": "joris"}
    session = line.come_in().json()
    leaves = op(
        "update", "person", session["person"]["id"], set={"active": False}, was={"active": True}
    )
    assert line.push(leaves)[0]["status"] == "applied"
    assert problem(line.come_in()) == NOBODY


def test_wrong_ones_make_an_address_wait_and_right_ones_do_not(line: Line) -> None:
    for _ in range(40):
        assert line.come_in().status_code == 201
    found = [problem(line.come_in(nonce="x" * 30)) for _ in range(33)]
    assert found[:30] == [REFUSED] * 30
    assert (429, "rate-limited") in found


def test_a_central_without_a_provider_says_so(tmp_path: Path) -> None:
    with Line(tmp_path / "c.db") as plain:
        plain.begin()
        assert plain.ways() == {"password": True, "provider": None}
        made = {"code": "x", "verifier": "v" * 43, "nonce": "n" * 22, "redirect_uri": BACK}
        assert problem(plain.hand_in(made)) == REFUSED


MFA = {"amr": ["pwd", "mfa"]}


@pytest.mark.parametrize(
    ("counts", "acr", "said", "proved"),
    [
        (False, "", MFA, False),
        (True, "", MFA, True),
        (True, "", {"amr": ["pwd"]}, False),
        (True, "", {"amr": "mfa"}, False),
        (True, "hoog", MFA, False),
        (True, "hoog", {**MFA, "acr": "hoog"}, True),
        (True, "", {**MFA, "auth_time": None}, False),
        (True, "", {**MFA, "auth_time": 0}, False),
    ],
)
def test_the_providers_second_factor_counts_only_where_the_setting_says_so(
    made: Callable[..., Line], counts: bool, acr: str, said: dict[str, Any], proved: bool
) -> None:
    line = made(second_factor=counts, acr=acr)
    line.provider.person = {"sub": "0001", "preferred_username": "anna", **said}
    assert line.give(line.add_person("account_holder"), "anna").status_code == 201
    session = line.come_in().json()
    assert session["second_factor"] is proved
    asked = line.call("GET", routes.accounts(line.team), token=session["access_token"])
    assert asked.status_code == (200 if proved else 403)
    way = line.ways()["provider"]
    assert (way["max_age_s"] > 0, way["acr"]) == (counts, acr if counts else "")


def test_an_account_with_an_app_with_codes_needs_its_digits_here_too(line: Line) -> None:
    session = line.come_in().json()
    keeper, line.token = line.token, session["access_token"]
    secret = line.prove()
    assert problem(line.come_in()) == (401, "second-factor-required")
    for _ in range(5):
        assert problem(line.come_in(digits="000000")) == (401, "second-factor-required")
    assert problem(line.come_in(digits="000000")) == (429, "rate-limited")
    line.watch.move(minutes=1)
    found = line.come_in(digits=line.digits(secret))
    assert found.status_code == 201
    assert found.json()["second_factor"] is True
    line.token = keeper


@pytest.mark.parametrize(
    ("claims", "claim", "domain", "account"),
    [
        ({"upn": "Joris@Politie.voorbeeld.nl"}, "upn", "politie.voorbeeld.nl", "joris"),
        ({"upn": "joris@elders.nl"}, "upn", "politie.voorbeeld.nl", None),
        ({"upn": "joris@elders.nl"}, "upn", "", None),
        ({"email": "joris@a.nl", "email_verified": True}, "email", "a.nl", "joris"),
        ({"email": "joris@a.nl"}, "email", "a.nl", None),
        ({"email": "joris@a.nl", "email_verified": "true"}, "email", "a.nl", None),
        ({"name": "K\u212aim"}, "name", "", None),
        ({"name": "joris\u0131"}, "name", "", None),
        ({"name": ["joris"]}, "name", "", None),
        ({}, "name", "", None),
    ],
)
def test_a_claim_gives_one_account_or_none(
    claims: dict[str, Any], claim: str, domain: str, account: str | None
) -> None:
    assert account_of(claims, claim, domain) == account


def test_the_own_network_is_let_through_for_a_provider_only_and_never_this_machine() -> None:
    for inside in ("10.1.2.3", "172.20.0.1", "192.168.1.1", "fd00::1"):
        assert may_connect_inside(inside)
    for never in ("127.0.0.1", "::1", "169.254.169.254", "fe80::1%eth0", "0.0.0.0", "224.0.0.1"):
        assert not may_connect_inside(never)
