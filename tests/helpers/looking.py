"""A second person for tests: their key, at central and under a decision."""

from __future__ import annotations

import hashlib
from typing import Any

import httpx

from contract import routes
from contract.looking import Look, looked_at, mark_of, prove, public_of
from contract.region import NETHERLANDS
from tests.helpers.central_line import CentralLine

AT = "2026-03-14T13:05:00Z"


def seed_of(name: str) -> bytes:
    """Return a seed that is always the same for a name."""
    return hashlib.sha256(name.encode()).digest()


def look(team: str, post: str, text: str, found: str, asked: str, looked: str, **more: str) -> Look:
    """Return a look at a citizen's number in a text."""
    return Look(
        team,
        post,
        looked_at(text, NETHERLANDS),
        more.get("rule", "bsn"),
        hashlib.sha256(found.encode()).hexdigest(),
        more.get("reason", "De familie vroeg erom"),
        asked,
        looked,
        AT,
    )


def decision_of(one: Look, seed: bytes = b"") -> dict[str, Any]:
    """Return the decision as it stands on the post, signed where there is a seed."""
    made: dict[str, Any] = {
        "rule": one.rule,
        "text_sha": one.found,
        "reason": one.reason,
        "person": one.asked,
        "second": one.looked,
        "at": one.at,
    }
    return made | ({"proof": prove(one, seed)} if seed else {})


def register(line: CentralLine, seed: bytes, device: str = "desk-1") -> httpx.Response:
    """Register a key in the session of whoever is signed in."""
    public = public_of(seed)
    assert len(mark_of(public)) == 16
    return line.call("PUT", routes.looking_key(line.team, device), {"public": public.hex()})
