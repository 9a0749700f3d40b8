"""Digit groups that people write as one number: chains of runs with small gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_RUN: Final = re.compile(r"\d+")
_GAP_LIMIT: Final = 6
_SPACES: Final = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
_INVISIBLE: Final = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff\ufe0f\u20e3"
)
_GAP_SIGNS: Final = frozenset(_SPACES + _DASHES + _INVISIBLE + "./()*_~·•/\\")
_MAX_RUN: Final = 18


@dataclass(frozen=True, slots=True)
class Group:
    """A run of digits; `digits` is in plain 0-9, `gap` is what stands before it in its chain."""

    start: int
    end: int
    digits: str
    gap: str


def plain_digits(run: str) -> str:
    """The run in 0-9, whatever script it was written in."""
    return run if run.isascii() else "".join(str(int(sign)) for sign in run)


def chains(text: str) -> list[list[Group]]:
    """Digit groups in order, split where the gap is too wide or holds another sign."""
    found: list[list[Group]] = []
    current: list[Group] = []
    previous_end = -1
    for match in _RUN.finditer(text):
        start, end = match.span()
        gap = ""
        joined = False
        if current and start - previous_end <= _GAP_LIMIT:
            gap = text[previous_end:start]
            joined = _GAP_SIGNS.issuperset(gap)
        if current and not joined:
            found.append(current)
            current = []
        previous_end = end
        if end - start > _MAX_RUN:
            if current:
                found.append(current)
                current = []
            continue
        current.append(Group(start, end, plain_digits(match.group()), gap if joined else ""))
    if current:
        found.append(current)
    return found


def bare_gap(gap: str) -> str:
    """The gap without invisible signs, every dash as "-" and every space as " "."""
    signs: list[str] = []
    for sign in gap:
        if sign in _INVISIBLE:
            continue
        signs.append("-" if sign in _DASHES else " " if sign in _SPACES else sign)
    return "".join(signs)
