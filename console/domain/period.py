"""The days that counts are made over: fixed periods and one that somebody types (F45). Pure."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 12
"""How many columns a table has at most: months, else quarters, else years."""

MONTHS_MOST = 12 * 13
"""More months than any period has: a file is never in quarters or years."""

NAMES = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
LONG_NAMES = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()

YEAR, THIS_YEAR, THIS_MONTH, OWN = "year", "this_year", "this_month", "own"
CHOICES = (
    (YEAR, "Twaalf maanden"),
    (THIS_YEAR, "Dit jaar"),
    (THIS_MONTH, "Deze maand"),
    (OWN, "Eigen periode"),
)
"""What may be chosen; the last asks for two days."""

FIRST = "Schrijf de eerste dag als dd-mm-jjjj, bijvoorbeeld 01-03-2026."
LAST = "Schrijf de laatste dag als dd-mm-jjjj, bijvoorbeeld 31-03-2026."
TURNED = "De laatste dag ({last}) ligt voor de eerste ({first}). Wissel de twee dagen om."
TOO_LONG = "Kies hoogstens twaalf jaar; het begin ligt nu te ver terug."
NOT_WHOLE = (
    "Voor een bestand kiest u hele maanden: van de eerste tot en met de laatste dag. Anders is met "
    "twee bestanden een klein getal uit te rekenen."
)

Column = tuple[str, date, date]
"""The head of a column, its first day and its last."""


class NoPeriod(ValueError):
    """Two days that make no period; the sentence is Dutch and says what to do."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in Dutch time, both counted in."""

    first: date
    last: date

    @property
    def is_whole(self) -> bool:
        """Whether it is made of whole months."""
        return self.first.day == 1 and self.last == _month_end(self.last)

    def columns(self, most: int = MONTHS) -> list[Column]:
        """Return months; quarters where those are more than ``most``; else years, else one column."""
        for months in (1, 3, 12):
            made = self._cut(months)
            if len(made) <= most:
                return made
        return [(f"{_label(self.first, 1)} – {_label(self.last, 1)}", self.first, self.last)]

    def words(self) -> str:
        """Return both days, as a log line says them."""
        return f"{self.first.isoformat()} t/m {self.last.isoformat()}"

    def _cut(self, months: int) -> list[Column]:
        made: list[Column] = []
        at = self.first.replace(month=(self.first.month - 1) // months * months + 1, day=1)
        while at <= self.last:
            following = _later(at, months)
            first, last = max(at, self.first), min(following - timedelta(days=1), self.last)
            made.append((_label(at, months), first, last))
            at = following
        return made


def chosen(choice: str, today: date, first: str = "", last: str = "") -> Period:
    """Return the period of a choice; ``first`` and ``last`` as typed, for one of one's own.

    Raises NoPeriod with what is wrong in it.
    """
    if choice == OWN:
        return _typed(first, last)
    end = _month_end(today)
    if choice == THIS_MONTH:
        return Period(today.replace(day=1), end)
    if choice == THIS_YEAR:
        return Period(today.replace(month=1, day=1), end)
    return Period(_later(today.replace(day=1), -(MONTHS - 1)), end)


def read_day(text: str) -> date | None:
    """Read a day as people write it: 1-3-2026, 01-03-2026, 01/03/2026; None for anything else."""
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or len(parts[2]) != 4 or not all(one.isdecimal() for one in parts):
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None


def written(day: date) -> str:
    """Return a day as it is typed."""
    return day.strftime("%d-%m-%Y")


def _typed(first: str, last: str) -> Period:
    begin, end = read_day(first), read_day(last)
    if begin is None:
        raise NoPeriod(FIRST)
    if end is None:
        raise NoPeriod(LAST)
    if end < begin:
        raise NoPeriod(TURNED.format(first=_long(begin), last=_long(end)))
    if end.year - begin.year >= MONTHS:
        raise NoPeriod(TOO_LONG)
    return Period(begin, end)


def _long(day: date) -> str:
    return f"{day.day} {LONG_NAMES[day.month - 1]} {day.year}"


def _label(at: date, months: int) -> str:
    if months == 12:
        return str(at.year)
    if months == 3:
        return f"k{(at.month + 2) // 3} {at.year % 100:02d}"
    return f"{NAMES[at.month - 1]} {at.year % 100:02d}"


def _later(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
