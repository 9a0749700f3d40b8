"""The team's list of words that are no name of a person (F26): which may stand on it.

The list lets findings of the rule `name` through and no others. What holds a number, an address,
an origin or anything else the guard finds does not get on it, and is passed over where it stands
on it all the same: desk and central read the list through `allowed_terms`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Literal

from contract.guard.check import check
from contract.guard.tokens import tokenise

CHOICE: Final = "allowed_terms"
"""The id of the setting that holds the list, as `{"terms": ["…"]}`."""

MOST_TERMS: Final = 500
LONGEST_TERM: Final = 80

Fault = Literal["empty", "long", "data"]
"""Why a word cannot be on the list: no word, too long, or it holds something the guard finds."""


def clean(term: str) -> str:
    """Return a term as it is kept: one line, single spaces."""
    return " ".join(term.split())


def same(term: str) -> str:
    """Return what two spellings of one term have in common."""
    return " ".join(token.low for token in tokenise(term))


@lru_cache(maxsize=2 * MOST_TERMS)
def fault_of(term: str) -> Fault | None:
    """Say why a word may not be on the list; None where it may."""
    words = [token for token in tokenise(term) if not token.is_number]
    if sum(len(token.text) for token in words) < 3:
        return "empty"
    if len(term) > LONGEST_TERM:
        return "long"
    found = {one.rule for one in check(term, "quick_answer").findings}
    return "data" if found - {"name"} else None


def allowed_terms(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the terms of the setting that may be on it, in their order, each once."""
    terms = value.get("terms")
    kept: dict[str, str] = {}
    for term in terms if isinstance(terms, list) else ():
        if isinstance(term, str) and fault_of(term) is None:
            kept.setdefault(same(term), clean(term))
    return tuple(kept.values())[:MOST_TERMS]
