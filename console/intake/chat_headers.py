"""The forms in which a message starts: one pattern per form, all bounded (formats.md §4a, §4b).

Every pattern begins with a line feed, so that the search jumps from line to line, and every
repeat but the last has an upper bound, so that no line can make it slow (security.md §7, threat 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from console.intake.chat_dates import read_clock, read_day
from console.intake.chat_marks import MARKS, without_marks

ChatFormat = Literal["android", "ios", "ios_2016", "web", "other"]
"""Where a text comes from, judged by the form of its headers."""

_M = f"[{MARKS}]{{0,4}}"
_S = r"[ \t\u00a0\u202f]"
_SEP = rf"(?:{_M}[-./]{_S}?{_M}|年|月)"
_DAY = rf"((?:令和|平成|[RH])?\d{{1,4}}{_SEP}\d{{1,2}}{_SEP}\d{{1,4}}(?:日|{_M})\.?)"
_HALF = (
    r"(?:[APVNapvn]\.?[ \u00a0\u202f]?[Mm]\.?|[πΠμΜ]\.?[μΜ]\.?"
    r"|上午|下午|午前|午後|오전|오후|[صم]|[قب]\.ظ\.?)"
)
_CLOCK = rf"((?:{_HALF}{_S}?)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:{_M}{_S}{{0,2}}{_M}{_HALF})?)"
_SHORT_CLOCK = rf"((?:{_HALF}{_S}?)?\d{{1,2}}[:.]\d{{2}}(?:{_M}{_S}{{0,2}}{_M}{_HALF})?)"
_BETWEEN = rf"{_M}[,،]?{_M}{_S}{{0,2}}(?:(?:om|at|um|à|kl\.){_S})?{_M}"
_BODY = r"(?:([^\n:]{1,150}):(?: |(?![^\n])))?([^\n]*)"
_OPEN = rf"\n{_M}\[{_M}"
_CLOSE = rf"{_M}\]{_S}?"
_DASH = rf"{_M}{_S}[-–](?:{_S}|(?![^\n]))"


@dataclass(frozen=True, slots=True)
class HeaderForm:
    """One form of header. The pattern's groups are first stamp, second stamp, sender, first line.

    `time_first` tells which of the two stamps is the date.
    """

    format: ChatFormat
    pattern: re.Pattern[str]
    time_first: bool = False


FORMS: tuple[HeaderForm, ...] = (
    HeaderForm("ios", re.compile(_OPEN + _DAY + _BETWEEN + _CLOCK + _CLOSE + _BODY)),
    HeaderForm("android", re.compile(rf"\n{_M}" + _DAY + _BETWEEN + _CLOCK + _DASH + _BODY)),
    HeaderForm("ios_2016", re.compile(rf"\n{_M}" + _DAY + _BETWEEN + _CLOCK + f"{_M}: " + _BODY)),
    HeaderForm(
        "web", re.compile(_OPEN + _SHORT_CLOCK + _BETWEEN + _DAY + _CLOSE + _BODY), time_first=True
    ),
    # Exports of some locales put the time first too, but those have seconds (formats.md §4b).
    HeaderForm(
        "other", re.compile(_OPEN + _CLOCK + _BETWEEN + _DAY + _CLOSE + _BODY), time_first=True
    ),
    HeaderForm(
        "other", re.compile(rf"\n{_M}" + _CLOCK + _BETWEEN + _DAY + _DASH + _BODY), time_first=True
    ),
)
"""Every known form; where two fit the same line the earlier one counts."""

_DIGITS = re.compile(r"\d+")
_LONG_YEAR = re.compile(r"\d{4}")
_HALVES = str.maketrans(
    {"p": "a", "n": "v", "下": "上", "後": "前", "후": "전", "م": "ص", "ب": "ق"}
)


def find_first(block: str) -> tuple[HeaderForm, int] | None:
    """Give the form and place of the first real header in a block that starts with a line feed."""
    best: tuple[HeaderForm, int] | None = None
    for form in FORMS:
        limit = len(block) if best is None else best[1]
        for match in form.pattern.finditer(block):
            if match.start() >= limit:
                break
            day, clock = match[2 if form.time_first else 1], match[1 if form.time_first else 2]
            if read_day(day) is not None and read_clock(clock) is not None:
                best = (form, match.start())
                break
    return best


def header_shape(header: str) -> tuple[str, bool]:
    """Give what is the same in all headers of one export: signs, seconds, length of the year.

    A line without sender counts as a header only where its shape is that of the file, for
    "12-11-2026 14:00 - inloop" stands in people's own messages too.
    """
    bare = without_marks(header).strip().casefold().translate(_HALVES)
    return _DIGITS.sub("9", bare), _LONG_YEAR.search(bare) is not None
