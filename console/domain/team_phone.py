"""Which numbers should be on the team phone: those of active administrators, no others (F53). Pure.

What was there the last time is kept as keyed marks of the numbers, so that this desk holds no
number of somebody whose data were erased.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

REMINDER = (
    "WhatsApp leest de contactlijst van deze telefoon. Zet er dus alleen beheerders in, "
    "en haal weg wie dat niet meer is."
)


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """One contact. ``act``: add, remove, replace or keep. ``number`` is empty where it is gone."""

    id: str
    name: str
    number: str
    act: str


def lines_of(
    held: Mapping[str, tuple[str, str, bool]], before: Mapping[str, str] | None, key: bytes
) -> list[PhoneLine]:
    """Return what should be there and what should go, by name; ``before``: marks of the last time.

    ``held``: name, number and whether active of everybody with a number. Without ``before`` nobody
    said yet that the phone is right: everything is to be added.
    """
    known = before or {}
    made = []
    for record_id, (name, number, active) in held.items():
        old = known.get(record_id)
        if active and old is None:
            made.append(PhoneLine(record_id, name, number, "add"))
        elif active:
            same = old == mark(number, key)
            made.append(PhoneLine(record_id, name, number, "keep" if same else "replace"))
        elif old is not None:
            made.append(PhoneLine(record_id, name, number, "remove"))
    made += [PhoneLine(one, "", "", "remove") for one in known if one not in held]
    order = {"remove": 0, "replace": 1, "add": 2, "keep": 3}
    return sorted(made, key=lambda one: (order[one.act], one.name.casefold(), one.id))


def marks(lines: list[PhoneLine], key: bytes) -> dict[str, str]:
    """Return what to remember once the phone is as the list says."""
    return {one.id: mark(one.number, key) for one in lines if one.act != "remove"}


def mark(number: str, key: bytes) -> str:
    """Return a keyed mark of a number."""
    return hmac.new(key, number.encode(), sha256).hexdigest()[:16]
