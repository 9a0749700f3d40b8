"""Accounts, desks and keys of a team as its account holder sees them (security.md §3). Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

_PARTICLES = frozenset({"van", "de", "der", "den", "het", "ten", "ter", "te", "op", "in", "el"})
_LEAST, _MOST = 3, 60


@dataclass(frozen=True, slots=True)
class SignedIn:
    """How this desk stands with the team's central.

    ``person`` is empty where nobody is signed in there; ``proved``: with a second factor, so they
    may administer. ``device`` is the id of this desk.
    """

    person: str = ""
    proved: bool = False
    device: str = ""


@dataclass(frozen=True, slots=True)
class TeamAccount:
    """The account of a person; ``active``: a password was chosen."""

    person: str
    name: str
    active: bool
    second_factor: bool


@dataclass(frozen=True, slots=True)
class TeamDesk:
    """A desk that signed in; times are UTC stamps, ``revoked_at`` empty while it may come in.

    ``person``: who signed in there last, empty where that is not known any more.
    """

    id: str
    name: str
    seen_at: str
    revoked_at: str
    person: str


@dataclass(frozen=True, slots=True)
class FormKey:
    """The key of an outside report form, without its secret; times are UTC stamps or empty."""

    id: str
    name: str
    made_at: str
    used_at: str
    revoked_at: str


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A code to choose a password with, good once, before ``until`` (a UTC stamp)."""

    code: str = field(repr=False)
    until: str


@dataclass(frozen=True, slots=True)
class SecondFactorKey:
    """What an app with codes needs: the key in base32, and the same as an address."""

    secret: str = field(repr=False)
    address: str = field(repr=False)


def in_fours(secret: str) -> str:
    """Return a key in groups of four, as people read it aloud and type it."""
    plain = "".join(secret.split())
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def proposed_account(name: str, taken: Collection[str] = ()) -> str:
    """Return the name of an account for a person: "Joris van den Bakker" -> "joris.bakker".

    Letters without marks, small words in the middle left out, a number where it is taken. Empty
    where the name has no letters to use.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    if len(words) > 2:
        words = [words[0], *(word for word in words[1:-1] if word not in _PARTICLES), words[-1]]
    base = ".".join(words)[: _MOST - 3].strip(".")
    if len(base) < _LEAST:
        base = f"{base}.desk" if base else ""
    if not base or base not in taken:
        return base
    return next(f"{base}{at}" for at in range(2, len(taken) + 3) if f"{base}{at}" not in taken)
