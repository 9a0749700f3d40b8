"""Birth dates (F26): full dates long ago, and any date behind "geboren"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from contract.guard.report import Span
from contract.guard.spelled import DAYS, NUMBERS
from contract.guard.tokens import fold

MIN_AGE: Final = 12
"""A full date at least so many years ago counts as a birth date without further words."""

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari feb febr",
            "maart mrt maa",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "augustus aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Dutch month names and their short forms."""

_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_NUMERIC: Final = re.compile(
    r"(?<![\d])(?P<day>\d{1,2})[ ]?(?P<sep>[-/.–]|[ ])[ ]?(?P<month>\d{1,2})[ ]?(?P=sep)[ ]?"
    r"['’]?(?P<year>\d{4}|\d{2})(?!\d)"
)
_ISO: Final = re.compile(
    r"(?<![\d])(?P<year>(?:18|19|20)\d{2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
)
_DAY_WORD: Final = "|".join(sorted(DAYS, key=len, reverse=True)).replace("een", "(?:een|één)")
_UNDER_100: Final = "|".join(sorted(NUMBERS, key=len, reverse=True))
_YEAR_WORD: Final = (
    rf"(?:(?:negentien|twintig)(?:honderd)?[ ]?(?:en)?[ ]?(?:{_UNDER_100})"
    rf"|tweeduizend(?:[ ]?(?:en)?[ ]?(?:{_UNDER_100}))?)(?![^\W\d_])"
)
_WORDED: Final = re.compile(
    rf"(?<![^\W_])(?P<day>\d{{1,2}}|{_DAY_WORD})(?:e|ste|de)?(?:[ \u00a0-]{{0,2}}|[ ]de[ ])"
    rf"(?P<month>{_MONTH})(?![^\W\d_])"
    rf"(?:\.?(?:[ \u00a0,-]{{1,2}}['’]?|(?=\d))(?P<year>\d{{4}}|\d{{2}}(?!\d)|{_YEAR_WORD})(?!\d))?",
    re.IGNORECASE,
)
_MONTH_FIRST: Final = re.compile(
    rf"(?<![^\W_])(?P<month>{_MONTH})[ ](?P<day>\d{{1,2}})(?:e|ste)?,[ ](?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_YEAR_AHEAD: Final = re.compile(
    r"(?<![\d])(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d)"
)
_SIX: Final = re.compile(
    r"(?<![\d.,])(?P<day>[0-2]\d|3[01])(?P<month>0[1-9]|1[0-2])(?P<year>\d{2})(?!\d)"
)
_BORN_BEHIND: Final = re.compile(r"[ ]?,?[ ]?(?:is[ ])?geboren(?![^\W_])", re.IGNORECASE)
_TIGHT: Final = re.compile(r"(?<![\d])(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})(?!\d)")
_CUE: Final = re.compile(
    r"(?<![^\W_])(?:geboren|geb\.?|geboortedatum|geb\.?[ ]?datum|gebdat|"
    r"geboortedag|verjaardag|jarig|gd|g\.d\.?)(?![^\W_])",
    re.IGNORECASE,
)
_CUE_REACH: Final = 30
_SENTENCE_BREAK: Final = re.compile(r"[!?\n;]|\.[ ]+[A-Z]")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text; `year` is None when the text gives none."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def age_at(self, today: dt.date) -> int | None:
        """Full years between the date and today; None without a year or for a future date."""
        if self.year is None:
            return None
        age = today.year - self.year - ((today.month, today.day) < (self.month, self.day))
        return age if age >= 0 else None


def find_birth_dates(text: str, today: dt.date) -> list[Span]:
    """Full dates at least `MIN_AGE` years before today, and every date after "geboren"."""
    cues = [match.end() for match in _CUE.finditer(text)]
    found: list[Span] = []
    at_cue = 0
    for date in find_dates(text, today):
        while at_cue < len(cues) and cues[at_cue] < date.start - _CUE_REACH:
            at_cue += 1
        is_cued = (
            at_cue < len(cues)
            and cues[at_cue] <= date.start
            and not _SENTENCE_BREAK.search(text, cues[at_cue], date.start)
        )
        is_cued = is_cued or _BORN_BEHIND.match(text, date.end) is not None
        long_ago = date.year is not None and date.year <= today.year - MIN_AGE
        four_digits = (
            text[date.end - 4 : date.end].isdecimal()
            or text[date.start : date.start + 4].isdecimal()
        )
        if is_cued or (long_ago and four_digits and not _is_solid_guess(text, date)):
            found.append((date.start, date.end))
    return found


def _is_solid_guess(text: str, date: FoundDate) -> bool:
    """Whether a date stands in figures alone and not as day, month, year: any number may do so."""
    solid = text[date.start : date.end]
    return solid.isdecimal() and _TIGHT.fullmatch(solid) is None


def _year(word: str) -> int:
    """The year a word stands for: "1948", "48", "negentienhonderdachtenveertig"."""
    if word.isdecimal():
        return int(word)
    plain = fold(word).replace(" ", "")
    for opening, hundred in (("negentien", 1900), ("tweeduizend", 2000), ("twintig", 2000)):
        if plain.startswith(opening):
            rest = plain.removeprefix(opening).removeprefix("honderd")
            return hundred + NUMBERS.get(rest, NUMBERS.get(rest.removeprefix("en"), 0))
    return 0


def find_dates(text: str, today: dt.date) -> list[FoundDate]:
    """Dates in every usual notation, in order, without overlap."""
    dates: list[FoundDate] = []
    for pattern in (_ISO, _NUMERIC, _WORDED, _MONTH_FIRST, _TIGHT, _YEAR_AHEAD, _SIX):
        for match in pattern.finditer(text):
            date = _read(match, today)
            if date is not None:
                dates.append(date)
    dates.sort(key=lambda date: (date.start, -date.end))
    kept: list[FoundDate] = []
    for date in dates:
        if not kept or kept[-1].end <= date.start:
            kept.append(date)
    return kept


def read_date(text: str, today: dt.date) -> FoundDate | None:
    """The date that a text consists of, or None."""
    dates = find_dates(text, today)
    return dates[0] if dates else None


def _read(match: re.Match[str], today: dt.date) -> FoundDate | None:
    month_word = match.group("month")
    month = int(month_word) if month_word.isdecimal() else MONTHS[month_word.lower()]
    day_word = match.group("day").lower()
    day = int(day_word) if day_word.isdecimal() else DAYS[fold(day_word)]
    year_word = match.group("year")
    year = None if year_word is None else _year(year_word)
    if year is not None and len(year_word) == 2:
        year += 2000 if 2000 + year <= today.year else 1900
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if year is not None and not 1880 <= year <= today.year + 50:
        return None
    return FoundDate(match.start(), match.end(), year, month, day)
