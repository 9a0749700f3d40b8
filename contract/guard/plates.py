"""Licence plates: the layouts of the region, with and without dashes or spaces (formats.md §5).

Letters are not narrowed to those the register issues: an old or invented plate counts too.
A number with a unit ("20 km") or a word between numbers ("7 uur 30") has the same layout, so
loose notations are held against a list of short Dutch words.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import Final

from contract.guard.plate_words import MONTHS, NOT_ON_A_PLATE
from contract.guard.report import Span, joined, without_overlap
from contract.region import RegionProfile

_SEPARATOR: Final = (
    "([ \u00a0\u202f]?[-\u2010\u2011\u2012\u2013\u2014.·_/*][ \u00a0\u202f]?|[ \u00a0\u202f])?"
)
_LABEL: Final = re.compile(r"(?:kenteken|nummerbord|nummerplaat|kentekenplaat)\b", re.IGNORECASE)
_LINK: Final = re.compile(r"(?:https?://|www\.|wa\.me/|@)\S*$", re.IGNORECASE)
_POSTCODE: Final = re.compile(r"[1-9][0-9]{3}[A-Za-z]{2}")
_HOUSE_AFTER: Final = re.compile(
    r"[ \u00a0]?,?[ \u00a0]?(?:nr\.?|no\.?|nummer|huisnummer)?[ \u00a0]?[1-9][0-9]{0,3}(?![0-9.:,]*[0-9])"
)
_HOUSE_BEFORE: Final = re.compile(r"[^\W\d_][ \u00a0]\d{1,4}[ \u00a0]?[a-zA-Z]?,?[ \u00a0]?$")


@cache
def _pattern(layouts: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all layouts; every part has a fixed length, so a match is short."""
    kinds: list[str] = []
    for layout in layouts:
        parts = [
            ("[A-Za-z]" if sign == "X" else "[0-9]") + f"{{{len(list(run))}}}"
            for part in layout.split("-")
            for sign, run in groupby(part)
        ]
        kinds.append(re.sub(r"\((?!\?)", "(?:", _SEPARATOR).join(parts))
    return re.compile(
        r"(?<![^\W_])(?<![^\W_]-)(?<!\d[.,:/])(?:" + "|".join(kinds) + r")(?!-?[^\W_])"
    )


_PARTS: Final = re.compile(r"[A-Za-z]+|[0-9]+")
_FOREIGN: Final = re.compile(
    r"(?<![^\W_])(?<![^\W_]-)(?:"
    r"[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?[0-9]{3,4}[EH]?"
    r"|[0-9]-[A-Z]{3}-[0-9]{3}|[0-9][A-Z]{3}[0-9]{3}"
    r"|[A-Z]{2}-[0-9]{3}-[A-Z]{2}"
    r"|[A-Z]{2}[0-9]{2}[ ][A-Z]{3})(?!-?[^\W_])"
)
"""Plates of Germany, Belgium, France, Italy and Britain, in capitals."""
_LABELLED: Final = re.compile(
    r"(?<![^\W_])(?:(?:deel[ ]van[ ]het[ ])?kenteken|nummerbord|nummerplaat|kentekenplaat)"
    r"(?:[ ](?:is|was|met|begint|begon|eindigt|eindigde|luidt|deels|op)){0,2}[ ]?:?[ ]?",
    re.IGNORECASE,
)
_ANY: Final = re.compile(
    r"(?=[A-Za-z-]{0,4}[0-9]|[A-Z]{1,4}[ ][0-9])[A-Za-z0-9]{1,8}"
    r"(?:[-.][A-Za-z0-9]{1,5}|[ ](?:[A-Z]{1,3}(?![^\W_])|[A-Z]?[0-9][A-Z0-9]{0,5})(?![^\W_])){0,3}"
    r"(?![^\W_])"
)
_MOST_SIGNS: Final = 9


def find_plates(text: str, region: RegionProfile) -> list[Span]:
    """Every licence plate; a match that turns out a phrase is passed over sign by sign."""
    pattern = _pattern(region.plate_layouts)
    found: list[Span] = []
    at = 0
    while match := pattern.search(text, at):
        if _is_plate(text, match, region):
            found.append(match.span())
            at = match.end()
        else:
            at = match.start() + 1
    others = joined([*(match.span() for match in _FOREIGN.finditer(text)), *_behind_label(text)])
    return sorted([*found, *without_overlap(others, found)])


def _behind_label(text: str) -> list[Span]:
    """Plates of any country, and parts of one, right behind the word for it."""
    found: list[Span] = []
    for label in _LABELLED.finditer(text):
        match = _ANY.match(text, label.end())
        if match is None:
            continue
        parts = _PARTS.findall(match.group())
        letters = [part.lower() for part in parts if part.isalpha()]
        count = sum(len(part) for part in parts)
        has_both = 0 < len(letters) < len(parts)
        if has_both and 3 <= count <= _MOST_SIGNS and NOT_ON_A_PLATE.isdisjoint(letters):
            found.append(match.span())
    return found


def _is_plate(text: str, match: re.Match[str], region: RegionProfile) -> bool:
    plate = match.group()
    start, end = match.span()
    letters = [part for part in _PARTS.findall(plate) if part.isalpha()]
    low = [part.lower() for part in letters]
    gaps = [gap.strip() for gap in _PARTS.split(plate)[1:-1]]
    labelled = _LABEL.search(text, max(0, start - 30), start) is not None
    if _LINK.search(text, max(0, start - 60), start):
        return False
    if any(part in MONTHS for part in low):
        return labelled
    tight = all(sign.isalnum() for sign in plate)
    if tight:
        if not labelled and _is_postcode(text, start, end, plate):
            return False
        return labelled or NOT_ON_A_PLATE.isdisjoint(low)
    if all(gap == "-" for gap in gaps):
        return labelled or NOT_ON_A_PLATE.isdisjoint(low) or plate.upper() == plate
    if not _whole_layout(plate, region):
        return "-" in "".join(gaps)
    same_case = plate.upper() == plate or plate.lower() == plate
    return labelled or (same_case and NOT_ON_A_PLATE.isdisjoint(low))


def _whole_layout(plate: str, region: RegionProfile) -> bool:
    """Whether the separators stand exactly where a layout has its dashes."""
    shape = "".join(
        "9" if sign.isdigit() else "X" if sign.isalpha() else "-"
        for sign in re.sub(r"[^A-Za-z0-9]+", "-", plate)
    )
    return shape in region.plate_layouts


def _is_postcode(text: str, start: int, end: int, plate: str) -> bool:
    """Whether "1234AB" is the postcode of an address: a house number stands beside it."""
    if not _POSTCODE.fullmatch(plate):
        return False
    before = _HOUSE_BEFORE.search(text, max(0, start - 12), start)
    return before is not None or _HOUSE_AFTER.match(text, end, end + 24) is not None
