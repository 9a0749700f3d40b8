"""Citizen service numbers and bank accounts (security.md §5)."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

from stdnum import iban as stdnum_iban
from stdnum.be import nn as belgian_number
from stdnum.nl import bsn as dutch_number

from contract.guard.digits import Group, bare_gap
from contract.guard.report import Span
from contract.region import RegionProfile

_IBAN_START: Final = re.compile(
    r"(?:(?<![^\W_])|(?<=IBAN)|(?<=iban))[A-Za-z][ ]?[A-Za-z][ ]?[0-9][ ]?[0-9]"
)
_IBAN_GAPS: Final = frozenset(" \u00a0\u202f-.\u2011\u2013\u2014_/\n")
_IBAN_MAX: Final = 34
_BSN_SHAPES: Final = frozenset(
    {
        (9,),
        (3, 3, 3),
        (4, 2, 3),
        (4, 5),
        (4, 4, 1),
        (5, 4),
        (2, 3, 4),
        (3, 2, 4),
        (3, 4, 2),
        (2, 4, 3),
        (4, 3, 2),
        (3, 6),
        (6, 3),
        (2, 7),
        (7, 2),
        (8, 1),
        (1, 8),
        (2, 2, 2, 3),
        (3, 2, 2, 2),
        (1, 2, 3, 3),
        (2, 2, 5),
        (1, 1, 1, 1, 1, 1, 1, 1, 1),
    }
)
_BSN_LABEL: Final = re.compile(
    r"(?:bsn|sofi|(?:sofi|burgerservice|bsn)?-?(?:nummer|nr))[.:_-]?$", re.IGNORECASE
)
_BSN_NAMED: Final = re.compile(
    r"(?:bsn|sofi|burgerservice)(?:-?(?:nummer|nr))?[^\w\n]{0,3}(?:is[ ])?$", re.IGNORECASE
)
_GLUE: Final = frozenset("-/.+")
_NATIONAL_SHAPES: Final = frozenset({(11,), (2, 2, 2, 3, 2), (6, 3, 2), (6, 5)})


def find_bsn(text: str, chains: list[list[Group]], region: RegionProfile) -> list[Span]:
    """Nine digits that pass the eleven-test; in Belgium also the eleven of the register."""
    found: list[Span] = []
    for chain in chains:
        at = 0
        while at < len(chain):
            count = _bsn_at(text, chain, at, region)
            if count:
                found.append((chain[at].start, chain[at + count - 1].end))
            at += count or 1
    return found


def _bsn_at(text: str, chain: list[Group], at: int, region: RegionProfile) -> int:
    """How many groups from `at` are a citizen number; 0 for none."""
    if not _free_on_the_left(text, chain[at]):
        return 0
    digits = ""
    shape: tuple[int, ...] = ()
    start = chain[at].start
    named = _BSN_NAMED.search(text, max(0, start - 30), start) is not None
    for count, group in enumerate(chain[at : at + 9], start=1):
        if count > 1 and len(bare_gap(group.gap)) > 3:
            return 0
        digits += group.digits
        shape += (len(group.digits),)
        if len(digits) > 11:
            return 0
        is_number = (
            (named or shape in _BSN_SHAPES) and len(digits) == 9 and dutch_number.is_valid(digits)
        ) or (region.code == "BE" and shape in _NATIONAL_SHAPES and belgian_number.is_valid(digits))
        if is_number and _free_on_the_right(text, group.end):
            return count
    return 0


def _free_on_the_left(text: str, group: Group) -> bool:
    start = group.start
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalpha():
        return _BSN_LABEL.search(text[max(0, start - 20) : start]) is not None
    if before == "+":
        return False
    return not (before in _GLUE and start > 1 and text[start - 2].isdecimal())


def _free_on_the_right(text: str, end: int) -> bool:
    after = text[end : end + 2]
    if not after:
        return True
    if after[0].isalpha():
        return False
    return not (after[0] in _GLUE and after[1:2].isdecimal())


def find_iban(text: str) -> list[Span]:
    """Bank accounts that pass the check of ISO 13616, spaced or not, in either case."""
    found: list[Span] = []
    last = 0
    for match in _IBAN_START.finditer(text):
        start = match.start()
        if start < last:
            continue
        country = match.group().replace(" ", "")[:2].upper()
        length = _iban_lengths().get(country)
        end = _iban_end(text, start, length) if length else None
        if end is not None:
            found.append((start, end))
            last = end
    return found


def _iban_end(text: str, start: int, length: int) -> int | None:
    """Where `length` letters and digits from `start` end, when they are a valid account."""
    signs: list[str] = []
    at = start
    gaps = 0
    while at < len(text) and len(signs) < length:
        sign = text[at]
        if sign.isascii() and sign.isalnum():
            signs.append(sign)
            gaps = 0
        elif sign in _IBAN_GAPS and gaps < 3:
            gaps += 1
        else:
            return None
        at += 1
    if len(signs) < length or (at < len(text) and text[at].isalnum()):
        return None
    account = "".join(signs).upper()
    if account.startswith("NL"):
        # The last ten are figures: a letter O among them is a zero.
        account = account[:8] + account[8:].replace("O", "0")
    return at if stdnum_iban.is_valid(account, check_country=False) else None


@cache
def _iban_lengths() -> dict[str, int]:
    """Length per country, from the register that ships with python-stdnum."""
    lengths: dict[str, int] = {}
    source = resources.files("stdnum").joinpath("iban.dat").read_text(encoding="utf-8")
    for line in source.splitlines():
        match = re.match(r'([A-Z]{2}) .*?bban="([^"]+)"', line)
        if match:
            parts = re.findall(r"(\d+)!?[nace]", match.group(2))
            lengths[match.group(1)] = 4 + sum(int(part) for part in parts)
    return {code: length for code, length in lengths.items() if length <= _IBAN_MAX}
