"""Phone numbers in every notation people use (F26, security.md §5).

A text is cut into chains of digit groups; from every group the shortest steps of groups are
joined until they form a number. Lengths of foreign numbers come from `phonenumbers`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import phonenumbers

from contract.guard.digits import Group, bare_gap
from contract.guard.report import Span, joined, without_overlap
from contract.region import RegionProfile

_MAX_DIGITS: Final = 17
_MAX_GROUPS: Final = 17
_PREMIUM: Final = ("0800", "0900", "0906", "0909")
_DATE_SEPARATOR: Final = re.compile(r"[-/.]")
_LOOSE: Final = re.compile(
    r"(?<![\d,.:])(?:(?P<zero>06)(?:[,:;][ ]?|[ ]?[-.,:]?[ ]?\r?\n[ ]?)|6[ -]?)"
    r"\d(?:[ -]?\d){7}(?![\d-])"
)
"""Mobile numbers behind a comma or on two lines, and those without their zero."""
_ASKS_TO_CALL: Final = re.compile(
    r"(?<![^\W_])(?:bel|belt|bellen|app|appt|appen|tel|telefoon|telefoonnummer|mobiel|mobiele|gsm|"
    r"whatsapp|bereikbaar)(?![^\W_])",
    re.IGNORECASE,
)
_CUE_REACH: Final = 30


def find_phone_numbers(
    text: str, chains: list[list[Group]], region: RegionProfile
) -> tuple[list[Span], list[Span]]:
    """Numbers of people, and the numbers of services that may stand in any text."""
    private: list[Span] = []
    services: list[Span] = []
    for chain in chains:
        at = 0
        while at < len(chain):
            step, is_service = _number_at(text, chain, at, region)
            if step == 0:
                at += 1
                continue
            start = _real_start(text, chain[at])
            span = (start, chain[at + step - 1].end)
            (services if is_service else private).append(span)
            at += step
    for match in _LOOSE.finditer(text):
        if match.group("zero") or _ASKS_TO_CALL.search(text, *_before(match.start())):
            private.append(match.span())
    numbers = sorted(services)
    return without_overlap(joined(private), numbers), numbers


def _before(start: int) -> Span:
    return max(0, start - _CUE_REACH), start


def _real_start(text: str, group: Group) -> int:
    """The start with the plus sign, opening bracket or letter O that belongs to it."""
    start = group.start
    if _letter_o(text, group):
        return start - 1
    if _plus_before(text, group):
        start = text.rindex("+", 0, start) if "+" in text[max(0, start - 2) : start] else start - 1
    if start > 0 and text[start - 1] == "(" and text[group.end : group.end + 1] == ")":
        start -= 1
    return start


def _plus_before(text: str, group: Group) -> bool:
    before = text[max(0, group.start - 2) : group.start]
    return before.endswith(("+", "\uff0b")) or before == "+ "


def _letter_o(text: str, group: Group) -> bool:
    """Whether a letter O stands where the zero of a mobile number belongs."""
    at = group.start - 1
    if at < 0 or text[at] not in "oO" or not group.digits.startswith("6"):
        return False
    return at == 0 or not text[at - 1].isalnum()


def _number_at(text: str, chain: list[Group], at: int, region: RegionProfile) -> tuple[int, bool]:
    """How many groups from `at` form a number (0: none), and whether it is a service."""
    first = chain[at]
    window = chain[at : at + _MAX_GROUPS]
    if _plus_before(text, first):
        return _international(window, "", region)
    if _letter_o(text, first):
        return _national(window, "0", region)
    joined = "".join(group.digits for group in window[:3])
    if joined.startswith("00") and len(first.digits) != 1 and joined[2:3] not in {"", "0"}:
        return _international(window, "00", region)
    code = region.country_code
    if joined.startswith(code) and first.digits.startswith(code):
        return _without_plus(window, region)
    if joined.startswith("0"):
        return _national(window, "", region)
    return 0, False


def _steps(window: list[Group]) -> list[tuple[int, str]]:
    """The joined digits after each number of groups, as far as a phone number can reach."""
    steps: list[tuple[int, str]] = []
    digits = ""
    for count, group in enumerate(window, start=1):
        digits += group.digits
        if len(digits) > _MAX_DIGITS:
            break
        steps.append((count, digits))
    return steps


def _without_plus(window: list[Group], region: RegionProfile) -> tuple[int, bool]:
    """A mobile number that starts with the country code and nothing before it."""
    mobile = region.country_code + ("6" if region.code == "NL" else "4")
    for count, digits in _steps(window):
        if len(digits) == 11 and digits.startswith(mobile):
            return count, False
    return 0, False


def _international(window: list[Group], prefix: str, region: RegionProfile) -> tuple[int, bool]:
    best = (0, False)
    for count, run in _steps(window):
        digits = run[len(prefix) :]
        code = _country_code(digits)
        if code is None:
            continue
        own = digits[len(code) :]
        if code == region.country_code:
            answer = _own_country(own, count, region)
            if answer[0]:
                return answer
            continue
        if len(own) in _possible_lengths(code) or (
            own.startswith("0") and len(own) - 1 in _possible_lengths(code)
        ):
            best = (count, False)
    return best


def _own_country(own: str, count: int, region: RegionProfile) -> tuple[int, bool]:
    """A number of the region written with its country code, with or without "(0)"."""
    number = own if own.startswith("0") else "0" + own
    if number in region.service_numbers:
        return count, True
    if number.startswith(_PREMIUM):
        return (count, False) if len(number) in {8, 11} else (0, False)
    if len(number) not in region.national_lengths:
        return 0, False
    return count, number.startswith(region.service_prefixes or ("no",))


def _national(window: list[Group], prefix: str, region: RegionProfile) -> tuple[int, bool]:
    first = prefix + window[0].digits
    if len(first) == 2 and first not in region.short_area_codes:
        return 0, False
    best = (0, False)
    for count, run in _steps(window):
        digits = prefix + run
        if digits in region.service_numbers:
            return count, True
        if digits[1:2] == "0":
            return 0, False
        if digits.startswith(_PREMIUM):
            if len(digits) in {8, 11}:
                best = (count, False)
            continue
        if len(digits) == 10:
            if _is_moment(window[:count]):
                return 0, False
            return count, digits.startswith(region.service_prefixes or ("no",))
        if len(digits) in region.national_lengths and not digits.startswith("04"):
            best = (count, False)
    return best


def _is_moment(groups: list[Group]) -> bool:
    """Whether the groups read as a date, alone or with a time: "06-02-2026 12", "06-02-26 12.30"."""
    shape = [len(group.digits) for group in groups]
    if len(shape) < 4 or shape[1] > 2 or not 1 <= int(groups[1].digits) <= 12:
        return False
    first, second = (bare_gap(group.gap).strip() for group in groups[1:3])
    if first != second or not _DATE_SEPARATOR.fullmatch(first):
        return False
    if bare_gap(groups[3].gap).strip() == first:
        return False
    if shape[2] == 4:
        return groups[2].digits[:2] in {"19", "20"}
    hour = int(groups[3].digits) if shape[3] <= 2 else 99
    return shape[2] == 2 and hour < 24


@cache
def _known_codes() -> frozenset[str]:
    return frozenset(str(code) for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE)


def _country_code(digits: str) -> str | None:
    for length in (1, 2, 3):
        if digits[:length] in _known_codes() and len(digits) > length:
            return digits[:length]
    return None


@cache
def _possible_lengths(code: str) -> frozenset[int]:
    """Lengths of numbers in a country; what is shorter than six digits is a short code."""
    region = phonenumbers.region_code_for_country_code(int(code))
    metadata = (
        phonenumbers.PhoneMetadata.metadata_for_nongeo_region(int(code), None)
        if region == "001"
        else phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    )
    if metadata is None or metadata.general_desc is None:
        return frozenset()
    return frozenset(length for length in metadata.general_desc.possible_length if length >= 6)
