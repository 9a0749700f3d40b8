"""Dates and times in chat headers, and which part of a date is the day (formats.md §4a)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal, NamedTuple

from console.intake.chat_marks import without_marks

DateOrder = Literal["dmy", "mdy", "ymd"]
"""Day first, month first or year first."""

_NUMBERS = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[-./]")
_AFTERNOON = re.compile(r"[pn]\.?\s?m|[μΜ]\.?\s?[μΜ]|下午|午後|오후|م|ب", re.IGNORECASE)
_MORNING = re.compile(r"[av]\.?\s?m|π\.?\s?μ|上午|午前|오전|ص|ق", re.IGNORECASE)
_ERAS = {"R": 2018, "令": 2018, "H": 1988, "平": 1988}
_BUDDHIST_FROM = 2400
_BUDDHIST_AHEAD = 543
_FIRST_YEAR, _LAST_YEAR = 1970, 2399
_NOON = 12
_MOST_DAYS = 31
_SHORT_YEAR_DIGITS = 2


class DayReadings(NamedTuple):
    """One date as written, under each order; None where that order gives no real date."""

    dmy: date | None
    mdy: date | None
    ymd: date | None

    def under(self, order: DateOrder) -> date | None:
        """Give the date under `order`, or None."""
        if order == "dmy":
            return self.dmy
        return self.mdy if order == "mdy" else self.ymd

    def best(self, order: DateOrder) -> date:
        """Give the date under `order`, else under the first order that gives one."""
        found = self.under(order) or self.dmy or self.mdy or self.ymd
        if found is None:
            raise ValueError("no order gives a date")
        return found


@dataclass(frozen=True, slots=True)
class OrderDecision:
    """The order chosen for a whole file, and whether the file itself proves it."""

    order: DateOrder
    certain: bool


def read_day(raw: str) -> DayReadings | None:
    """Give every reading of a date such as `21-11-2026`, `2026/11/21` or `R8/11/21`.

    Buddhist years become ours (above 2400, minus 543), Japanese years of Reiwa and Heisei too;
    digits may be of any script; a year of two digits is of this century. None when no order
    gives a real date.
    """
    raw = without_marks(raw).strip()
    if len(set(_SEPARATORS.findall(raw))) > 1:
        return None
    numbers = _NUMBERS.findall(raw)
    if len(numbers) != 3:
        return None
    first, second, third = (int(number) for number in numbers)
    era = _ERAS.get(raw[0])
    if era is not None:
        readings = DayReadings(None, None, _real_date(era + first, second, third))
    elif len(numbers[0]) > _SHORT_YEAR_DIGITS:
        readings = DayReadings(None, None, _real_date(first, second, third))
    else:
        year = third + 2000 if len(numbers[2]) <= _SHORT_YEAR_DIGITS else third
        short = len(numbers[2]) <= _SHORT_YEAR_DIGITS
        readings = DayReadings(
            _real_date(year, second, first),
            _real_date(year, first, second),
            _real_date(first + 2000, second, third) if short else None,
        )
    return readings if any(readings) else None


def read_clock(raw: str) -> time | None:
    """Give the time in `10:32`, `10:32:05`, `8.49 p. m.` or `下午8:49`; None when there is none.

    An hour above 12 is taken as written, also beside an afternoon mark.
    """
    numbers = [int(number) for number in _NUMBERS.findall(raw)]
    if len(numbers) not in {2, 3}:
        return None
    hour, minute, second = (*numbers, 0)[:3]
    if _AFTERNOON.search(raw):
        hour += _NOON if hour < _NOON else 0
    elif hour == _NOON and _MORNING.search(raw):
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def decide_order(
    days: Mapping[str, DayReadings],
    sequence: Iterable[str],
    *,
    by_sequence_is_proof: bool,
    today: date | None = None,
) -> OrderDecision:
    """Choose the order for one file (formats.md §4a and §4b).

    `days` holds each date as written with its readings, `sequence` the dates in the order of
    the file. A first part above 12 proves day first, a second part above 12 month first, a
    year in front year first. Then the order that does not run backwards, if it is the only
    one (proof in an export; in text from WhatsApp Web not). Then, with `today`, the order
    that names no day after it. Else day first, uncertain.
    """
    only_ymd = any(day.dmy is None and day.mdy is None for day in days.values())
    if only_ymd:
        return OrderDecision("ymd", all(day.ymd for day in days.values()))
    needs_dmy = any(day.mdy is None for day in days.values())
    needs_mdy = any(day.dmy is None for day in days.values())
    if needs_dmy or needs_mdy:
        return OrderDecision("dmy" if needs_dmy else "mdy", needs_dmy != needs_mdy)
    orders: tuple[DateOrder, DateOrder] = ("dmy", "mdy")
    kept = list(sequence)
    forward = [order for order in orders if not _runs_backwards(days, kept, order)]
    if len(forward) == 1:
        return OrderDecision(forward[0], by_sequence_is_proof)
    if today is not None:
        past = [o for o in orders if all(day.best(o) <= today for day in days.values())]
        if len(past) == 1:
            return OrderDecision(past[0], certain=False)
    return OrderDecision("dmy", certain=False)


def _runs_backwards(days: Mapping[str, DayReadings], kept: list[str], order: DateOrder) -> bool:
    previous: date | None = None
    for raw in kept:
        current = days[raw].best(order)
        if previous is not None and current < previous:
            return True
        previous = current
    return False


def _real_date(year: int, month: int, day: int) -> date | None:
    if year > _BUDDHIST_FROM:
        year -= _BUDDHIST_AHEAD
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= day <= _MOST_DAYS):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
