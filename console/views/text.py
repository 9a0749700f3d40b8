"""Dutch words for times, ages, durations and counts. Pure: `now` is always handed in.

Local time only: callers bring moments to the desk's own zone before they ask.
Source: design/screens §5.1 and §7.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_LONG_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_LONG_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def _local(moment: datetime, now: datetime) -> datetime:
    """The moment in the zone of `now`, so that calendar days are the person's own."""
    if moment.tzinfo is not None and now.tzinfo is not None:
        return moment.astimezone(now.tzinfo)
    return moment


def clock_text(moment: datetime) -> str:
    """Time of day, as "16:38"."""
    return f"{moment:%H:%M}"


def moment_text(moment: datetime, now: datetime) -> str:
    """When something was or will be: "15:20", "gisteren 15:09", "ma 9 nov 21:12".

    Another year is named: "ma 9 nov 2025 21:12".
    """
    there = _local(moment, now)
    days = (there.date() - now.date()).days
    clock = clock_text(there)
    if days == 0:
        return clock
    if days == -1:
        return f"gisteren {clock}"
    if days == 1:
        return f"morgen {clock}"
    day = f"{_DAYS[there.weekday()]} {there.day} {_MONTHS[there.month - 1]}"
    if there.year != now.year:
        day += f" {there.year}"
    return f"{day} {clock}"


def at_text(moment: datetime, now: datetime) -> str:
    """When something happened, inside a sentence: "om 15:20", "gisteren 15:09"."""
    words = moment_text(moment, now)
    return f"om {words}" if words[0].isdigit() else words


def age_text(moment: datetime, now: datetime) -> str:
    """Age of a report in a list: minutes under one hour, then the clock time, then the day.

    A moment in the future (another station's clock runs ahead) is shown as its time.
    """
    seconds = (now - _local(moment, now)).total_seconds()
    if 0 <= seconds < 3600:
        return f"{int(seconds // 60)} min"
    if -60 <= seconds < 0:
        return "0 min"
    return moment_text(moment, now)


def ago_text(moment: datetime, now: datetime) -> str:
    """How old an outside fact is: "4 s geleden", "6 min geleden", "om 15:02", "sinds gisteren".

    Seconds under one minute, minutes under one hour, then the moment itself.
    """
    seconds = max(0, int((now - _local(moment, now)).total_seconds()))
    if seconds < 60:
        return f"{seconds} s geleden"
    if seconds < 3600:
        return f"{seconds // 60} min geleden"
    there = moment_text(moment, now)
    return f"om {there}" if there[0].isdigit() else there


def short_ago_text(moment: datetime, now: datetime) -> str:
    """The same for a narrow window: "4 s", "6 min", "15:02"."""
    seconds = max(0, int((now - _local(moment, now)).total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    return moment_text(moment, now)


def duration_text(span: timedelta) -> str:
    """A length of time: "43 min", "1 u 32", "2 u", "3 dagen". Its sign does not matter.

    Started minutes do not count: 59 seconds are "0 min".
    """
    minutes = int(abs(span.total_seconds()) // 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} u" if rest == 0 else f"{hours} u {rest:02d}"
    return f"{hours // 24} dagen"


def due_text(due: datetime, now: datetime) -> str:
    """How long until a deadline: "nog 43 min", "1 u 32 te laat", later days by their moment."""
    left = _local(due, now) - now
    if left.total_seconds() < 0:
        return f"{duration_text(left)} te laat"
    if _local(due, now).date() != now.date() and left > timedelta(hours=6):
        return moment_text(due, now)
    return f"nog {duration_text(left)}"


def days_text(days: int) -> str:
    """A number of days: "vandaag", "1 dag", "34 dagen"."""
    if days == 0:
        return "vandaag"
    return "1 dag" if days == 1 else f"{count_text(days)} dagen"


def date_text(moment: datetime) -> str:
    """A day in full: "donderdag 12 november"."""
    return f"{_LONG_DAYS[moment.weekday()]} {moment.day} {_LONG_MONTHS[moment.month - 1]}"


def long_date_text(moment: datetime) -> str:
    """A day with its year: "2 november 2026"."""
    return f"{moment.day} {_LONG_MONTHS[moment.month - 1]} {moment.year}"


def count_text(number: int) -> str:
    """A whole number with a dot for thousands: "1.204"."""
    return f"{number:,}".replace(",", ".")


def plural(number: int, one: str, many: str) -> str:
    """A count with its word: plural(1, "groep", "groepen") is "1 groep"."""
    return f"{count_text(number)} {one if number == 1 else many}"


def percent_text(part: int, whole: int) -> str:
    """A share, cut off to two decimals, never rounded up: "33,33 %"; "–" of nothing."""
    if whole <= 0:
        return "–"
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100},{hundredths % 100:02d} %"


def short_name(name: str) -> str:
    """First letter and family name, for narrow rows: "Ruben Oostinga" is "R. Oostinga"."""
    first, _, rest = name.strip().partition(" ")
    return f"{first[0]}. {rest}" if rest and first else name.strip()


def initials(name: str) -> str:
    """Two capitals for an avatar: "Lotte Brakel" is "LB"; "?" without a name."""
    parts = [part for part in name.split() if part[0].isalpha()]
    if not parts:
        return "?"
    if len(parts) == 1:
        return parts[0][:2].upper()
    return (parts[0][0] + parts[-1][0]).upper()


def parse_time(text: str) -> time | None:
    """Read a time of day as people type it: "16:40", "16.40", "1640", "9:05", "905", "16".

    None for anything else, including 24:00.
    """
    match = re.fullmatch(r"\s*(\d{1,2})(?:[:.uh]?([0-5]\d))?\s*", text, re.ASCII)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23:
        return None
    return time(hour, minute)
