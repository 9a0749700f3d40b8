"""Licence plates in a text, in the form AB-12-CD (formats.md §5)."""

from __future__ import annotations

import re

from contract.reading.span import Found, unique

# The sidecodes: which groups of letters (A) and digits (9) a Dutch plate can have.
_CODES = (
    "AA-99-99 99-99-AA 99-AA-99 AA-99-AA AA-AA-99 99-AA-AA 99-AAA-9 9-AAA-99 AA-999-A "
    "A-999-AA AAA-99-A A-99-AAA 9-AA-999 999-AA-9"
)
_SIDECODES = frozenset(_CODES.split())
_MONTH_NAMES = "JAN FEB MRT MAR APR MEI MAY JUN JUL AUG SEP OKT OCT NOV DEC"
_MONTHS = frozenset(_MONTH_NAMES.split())
_SEPARATED = re.compile(
    r"(?<![\w-])([A-Za-z]{1,3}|[0-9]{1,3})([-. ])([A-Za-z]{1,3}|[0-9]{1,3})\2"
    r"([A-Za-z]{1,3}|[0-9]{1,3})(?![\w-])"
)
_TOGETHER = re.compile(r"(?<![\w-])[A-Za-z0-9]{6}(?![\w-])")
_ANNOUNCED = re.compile(
    r"(?:kenteken(?:plaat)?|nummerplaat|plaat)\W{1,3}(?:\w{1,6}\W{1,3}){0,2}$", re.I
)
_PARTS = re.compile(r"[A-Z]+|[0-9]+")
_LOOK_BACK = 40


def find_plates(text: str) -> list[Found]:
    """Give every plate in the text, once, in the order of the text.

    With hyphens or dots in any case; with spaces in capitals; written together, or looking like
    a date, only after the word "kenteken". Text such as xx-yy-99 that stands for a plate in an
    example is none. Letters are not checked against what was issued: exports and typing differ.
    """
    found: list[Found] = []
    for match in _SEPARATED.finditer(text):
        groups = [match.group(1).upper(), match.group(3).upper(), match.group(4).upper()]
        announced = _is_announced(text, match.start())
        spaced = match.group(2) == " " and match.group() != match.group().upper()
        if not _fits(groups) or (not announced and (spaced or _MONTHS.intersection(groups))):
            continue
        found.append(Found("-".join(groups), match.start(), match.end()))
    for match in _TOGETHER.finditer(text):
        plate = with_hyphens(match.group())
        if plate is not None and _is_announced(text, match.start()):
            found.append(Found(plate, match.start(), match.end()))
    return unique(found)


def with_hyphens(value: str) -> str | None:
    """Give the plate of six characters with its hyphens, or None where it cannot be a plate."""
    bare = re.sub(r"[\s.-]", "", value.upper())
    if len(bare) != 6 or not bare.isascii():
        return None
    groups = _PARTS.findall(bare)
    groups = [part for group in groups for part in _halves(group)]
    return "-".join(groups) if len("".join(groups)) == 6 and _fits(groups) else None


def _halves(group: str) -> list[str]:
    """Two groups of two that stand together have no letter change between them."""
    return [group[:2], group[2:]] if len(group) == 4 else [group]


def _fits(groups: list[str]) -> bool:
    shape = "-".join(("A" if group.isalpha() else "9") * len(group) for group in groups)
    return shape in _SIDECODES and not _is_placeholder("".join(groups))


def _is_placeholder(plate: str) -> bool:
    letters = {sign for sign in plate if sign.isalpha()}
    digits = {sign for sign in plate if sign.isdigit()}
    return letters <= {"X", "Y", "Z"} and digits in ({"9"}, {"0"})


def _is_announced(text: str, start: int) -> bool:
    return _ANNOUNCED.search(text[max(0, start - _LOOK_BACK) : start]) is not None
