"""What stays of an administrator who left, once the term of their contact data is over (F52).

Name, number, address and note go; the name makes way for a pseudonym that central makes with a key
of its own, so that the history still tells that two lines are about the same person. Pure.
"""

import hmac
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from contract.retention import CONTACT

WORD = "Oud-beheerder"
_SHAPE = re.compile(rf"{WORD} [0-9A-F]{{4}}-[0-9A-F]{{4}}")
_NATIONAL = 9
"""Digits of a Dutch number behind its first nought or country code."""


def is_erased(kind: str, body: Mapping[str, Any]) -> bool:
    """Say whether nothing but a pseudonym is left of an administrator."""
    if kind not in CONTACT or body.get("active") is not False:
        return False
    if any(body.get(name) for name in CONTACT[kind] if name != "name"):
        return False
    return is_pseudonym(str(body.get("name") or ""))


def is_pseudonym(name: str) -> bool:
    """Say whether this name is a pseudonym: then nothing else is known of the person."""
    return _SHAPE.fullmatch(name) is not None


def erased(body: Mapping[str, Any], key: bytes) -> dict[str, Any]:
    """Return what stays of an administrator; ``key``: the team's own, kept at central."""
    left = {name: value for name, value in body.items() if name not in CONTACT["administrator"]}
    return {**left, "active": False, "name": pseudonym(body, key)}


def pseudonym(body: Mapping[str, Any], key: bytes) -> str:
    """Return the pseudonym of a person: the same for the same number, or name where there is none.

    Thirty-two bits of HMAC-SHA-256: without the key nobody can try names against it.
    """
    name = str(body.get("name") or "")
    if is_pseudonym(name):
        return name
    digits = re.sub(r"\D", "", str(body.get("phone") or ""))
    known = f"tel:{digits[-_NATIONAL:]}" if digits else f"name:{' '.join(name.split()).casefold()}"
    mark = hmac.new(key, known.encode(), sha256).hexdigest()[:8].upper()
    return f"{WORD} {mark[:4]}-{mark[4:]}"
