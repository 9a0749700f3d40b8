"""The names and codes of one line in a file of areas, as PDOK and CBS write them (formats.md §6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.intake.area_model import NAME_MOST
from contract.vocabulary import AreaLevel

COLUMNS: tuple[tuple[AreaLevel, str, str], ...] = (
    (AreaLevel.NEIGHBOURHOOD, "buurtcode", "buurtnaam"),
    (AreaLevel.DISTRICT, "wijkcode", "wijknaam"),
    (AreaLevel.MUNICIPALITY, "gemeentecode", "gemeentenaam"),
)
"""Level, code and name, the smallest area first: a line of it holds the codes around it too."""

PLAIN = ("statcode", "statnaam")
"""Columns of files that hold one level only."""

INHABITANTS = ("aantal_inwoners", "aantalinwoners")
WATER = "water"
READ = frozenset(
    [name for _, code, name in COLUMNS]
    + [code for _, code, _ in COLUMNS]
    + [*PLAIN, *INHABITANTS, WATER, "jaar"]
)
"""Every column that is read; others stay where they are."""

_MOST_PEOPLE = 20_000_000
_PATTERNS = {
    AreaLevel.MUNICIPALITY: re.compile(r"GM[0-9]{4}"),
    AreaLevel.DISTRICT: re.compile(r"WK[0-9]{4}[0-9A-Z]{2}"),
    AreaLevel.NEIGHBOURHOOD: re.compile(r"BU[0-9]{4}[0-9A-Z]{4}"),
}
_YEAR = re.compile(r"(?<![0-9])(20[0-4][0-9])(?![0-9])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class AreaFields:
    """What one line says of an area, without its outline."""

    code: str
    level: AreaLevel
    name: str
    municipality: str
    municipality_name: str
    parent: str
    inhabitants: int | None


def fields_of(line: Mapping[str, Any]) -> AreaFields | None:
    """Return what a line says; None for water, and where code or name is no code or name."""
    values = {name.casefold(): value for name, value in line.items() if name.casefold() in READ}
    if words(values.get(WATER)).upper() not in ("", "NEE"):
        return None
    level, code, name = _own(values)
    if level is None or not name:
        return None
    inside = code[2:6]
    municipality = _code(values.get("gemeentecode"), AreaLevel.MUNICIPALITY) or f"GM{inside}"
    district = _code(values.get("wijkcode"), AreaLevel.DISTRICT) or f"WK{code[2:8]}"
    parents = {
        AreaLevel.NEIGHBOURHOOD: district,
        AreaLevel.DISTRICT: municipality,
    }
    return AreaFields(
        code,
        level,
        name,
        code if level is AreaLevel.MUNICIPALITY else municipality,
        words(values.get("gemeentenaam")) or (name if level is AreaLevel.MUNICIPALITY else ""),
        parents.get(level, ""),
        _people(next((values[one] for one in INHABITANTS if one in values), None)),
    )


def words(value: object) -> str:
    """Return a text of one line, without what cannot be seen; empty for anything else."""
    if not isinstance(value, str):
        return ""
    return " ".join(_CONTROL.sub(" ", value[:1000]).split())[:NAME_MOST]


def year_in(names: Iterable[str]) -> int:
    """Return the first year that one of these names holds; 0 for none."""
    for name in names:
        found = _YEAR.search(name[:2000])
        if found is not None:
            return int(found[1])
    return 0


def _own(values: Mapping[str, Any]) -> tuple[AreaLevel | None, str, str]:
    for level, column, name in COLUMNS:
        if words(values.get(column)):
            code = _code(values[column], level)
            return (level if code else None), code, words(values.get(name))
    for level in _PATTERNS:
        code = _code(values.get(PLAIN[0]), level)
        if code:
            return level, code, words(values.get(PLAIN[1]))
    return None, "", ""


def _code(value: object, level: AreaLevel) -> str:
    typed = words(value).upper()
    return typed if _PATTERNS[level].fullmatch(typed) else ""


def _people(value: object) -> int | None:
    # Below zero are marks for unknown or secret, not counts.
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value <= _MOST_PEOPLE else None
