"""When something happened, read from a Dutch text against the moment of reading (F35)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contract.reading.span import Found

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""The zone in which people in the Netherlands and Belgium write a clock time."""

_CLOCK = re.compile(
    r"(?<![\w.,:/-])(?:(?P<hour>[01]?[0-9]|2[0-3])(?P<mark>[:.])(?P<minute>[0-5][0-9])"
    r"(?::[0-5][0-9])?(?P<unit>\s?(?:uur|u)\b)?|(?P<full>[01]?[0-9]|2[0-3])\s?(?:uur|u)\b)"
    r"(?!\w|[:/.,][0-9])",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"^\s?(?:m|meter|cm|km|kilometer|euro|kg|liter|lang)\b", re.IGNORECASE)
_LED = re.compile(
    r"(?:\bom|\brond|\bomstreeks|\bsinds|\btussen|\bvanaf|\btegen|\bvan|\bongeveer|\bcirca|"
    r"\bca\.|\btijd\w*|\bochtend|\bmorgen|\bmiddag|\bavond|\bnacht|\bvan\w{4,8}|\bvandaag|"
    r"\bgister\w*|dag|[0-9]{4},?|januari|februari|maart|april|mei|juni|juli|augustus|september|"
    r"oktober|november|december)\W{1,3}$",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\b(?:vandaag|vanochtend|vanmorgen|vanmiddag|vanavond|vannacht|zojuist|zonet)\b", re.IGNORECASE
)
_YESTERDAY = re.compile(
    r"\b(?:gisteren|gister(?:ochtend|morgen|middag|avond|nacht))\b", re.IGNORECASE
)
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
_MONTH = {
    name[:length]: number
    for number, name in enumerate(_MONTHS.split(), start=1)
    for length in (3, len(name))
} | {"mrt": 3}
_ANY_MONTH = "|".join(sorted(_MONTH, key=len, reverse=True))
_WRITTEN_DATE = re.compile(
    rf"(?<![\w.:])(?P<day>[0-3]?[0-9])\s(?P<month>{_ANY_MONTH})"
    r"\b\.?(?:\s(?P<year>20[0-9]{2})\b)?",
    re.IGNORECASE,
)
_DIGIT_DATE = re.compile(
    r"(?<![\w.:/-])(?P<day>[0-3]?[0-9])[-/](?P<month>[01]?[0-9])[-/](?P<year>20[0-9]{2})(?![\w/-])"
)
_NEXT_TO = 60  # a day word counts for a clock time at most this many characters away


@dataclass(frozen=True, slots=True)
class When:
    """A clock time in a text: `clock` as HH:MM, and the moment where the day is known too."""

    clock: Found
    moment: datetime | None
    certain: bool


def find_times(text: str, now: datetime) -> list[When]:
    """Give every clock time with its moment, in the order of the text.

    The day is the one written beside it, else the day of `now`, or the day before where that
    would lie ahead. A time "today" that still has to come has no moment: it contradicts itself.
    """
    if not date.min.year < now.year < date.max.year:
        return []  # at the ends of the calendar another zone falls off it
    here = now.astimezone(AMSTERDAM)
    written = _dates(text, here.date())
    times: list[When] = []
    for match in _CLOCK.finditer(text):
        if not _is_clock(text, match):
            continue
        hour = int(match["full"] or match["hour"])
        at = time(hour, int(match["minute"] or 0), tzinfo=AMSTERDAM)
        end = match.end("minute") if match["minute"] else match.end("full")
        clock = Found(f"{at:%H:%M}", match.start(), end)
        moment, certain = _moment(text, match.start(), at, here, written)
        times.append(When(clock, moment, certain))
    return times


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """1.75 meter is no time; 15.10 only with "uur" behind it or a word of time before it."""
    if match["full"] or match["unit"]:
        return True
    if _MEASURE.match(text, match.end()) or _MEASURE.match(text[match.end() : match.end() + 12]):
        return False
    if match["mark"] == ":":
        return True
    return _LED.search(text[max(0, match.start() - 30) : match.start()]) is not None


def _moment(
    text: str, start: int, at: time, here: datetime, written: list[tuple[int, int, date]]
) -> tuple[datetime | None, bool]:
    near = [one for one in written if one[0] - _NEXT_TO <= start <= one[1] + _NEXT_TO]
    if near:
        day = min(near, key=lambda one: abs(one[0] - start))[2]
        return datetime.combine(day, at), True
    around = text[max(0, start - _NEXT_TO) : start + _NEXT_TO]
    if _YESTERDAY.search(around):
        return datetime.combine(_day_before(here.date()), at), True
    today = datetime.combine(here.date(), at)
    if today <= here:
        return today, True
    if _TODAY.search(around):
        return None, False
    return datetime.combine(_day_before(here.date()), at), False


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def _dates(text: str, today: date) -> list[tuple[int, int, date]]:
    """Dates written out, with where they stand; without a year the last one that has been."""
    found: list[tuple[int, int, date]] = []
    for match in _DIGIT_DATE.finditer(text):
        day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
        if day:
            found.append((match.start(), match.end(), day))
    for match in _WRITTEN_DATE.finditer(text):
        month, number = _MONTH[match["month"].lower()], int(match["day"])
        if match["year"]:
            day = _date(int(match["year"]), month, number)
        else:
            day = _date(today.year, month, number)
            if day and day > today + timedelta(days=1):
                day = _date(today.year - 1, month, number)
        if day:
            found.append((match.start(), match.end(), day))
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
