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
_HALF = (
    r"(?:[APVNapvn]\.?[ \u00a0\u202f]?[Mm]\.?|[πΠμΜ]\.?[μΜ]\.?"
    r"|上午|下午|午前|午後|오전|오후|[صم]|[قب]\.ظ\.?)"
)
_END_OF_LINE = r"(?![^\n])"
_SENDER = rf"(?:([^\n:]{{1,150}}):(?: |{_END_OF_LINE}))?"

# The loose parts allow an invisible mark at every joint and the spellings of many countries.
_DAY = (
    rf"(?:令和|平成|[RH])?\d{{1,4}}(?:{_M}[-./]{_S}?{_M}|年|月)\d{{1,2}}"
    rf"(?:{_M}[-./]{_S}?{_M}|年|月)\d{{1,4}}(?:日|{_M})\.?"
)
_MINUTES = rf"(?:{_HALF}{_S}?)?\d{{1,2}}{_M}[:.]{_M}\d{{2}}"
_SECONDS = rf"{_M}[:.]{_M}\d{{2}}"
_AFTER = rf"(?:{_M}{_S}{{0,2}}{_M}{_HALF})?"
_BETWEEN = rf"{_M}[,،]?{_M}{_S}{{0,2}}(?:(?:om|at|um|à|kl\.){_S})?{_M}"
_OPEN, _CLOSE = rf"\n{_M}\[{_M}", rf"{_M}\]{_S}?"
_DASH = rf"{_M}{_S}[-–](?:{_S}|{_END_OF_LINE})"
_COLON = rf"{_M}: "

# The quick parts are what nearly every line of a Dutch or English export looks like.
_QUICK_DAY = r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}"
_QUICK_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[ \u00a0\u202f][APap]\.?[ \u00a0]?[Mm]\.?)?"
_QUICK_OPEN = rf"\n[{MARKS}]?\["


@dataclass(frozen=True, slots=True)
class HeaderForm:
    """One form of header.

    The groups of both patterns are the first stamp with what follows it, the second stamp and
    the sender; the text begins where the match ends. `time_first` tells which stamp is the
    date. `quick` fits fewer lines than `pattern` and takes a third of the time.
    """

    format: ChatFormat
    pattern: re.Pattern[str]
    quick: re.Pattern[str]
    time_first: bool = False


def _form(
    kind: ChatFormat,
    opening: str,
    first: str,
    second: str,
    closing: str,
    *,
    quick: str,
    time_first: bool = False,
) -> HeaderForm:
    loose = re.compile(f"{opening}({first}{_BETWEEN})({second}){closing}{_SENDER}")
    return HeaderForm(kind, loose, re.compile(quick + _SENDER), time_first)


_CLOCK = f"{_MINUTES}(?:{_SECONDS})?{_AFTER}"
_SHORT_CLOCK = f"{_MINUTES}{_AFTER}"
_QUICK_DAY_FIRST = rf"({_QUICK_DAY},? )({_QUICK_CLOCK})"
_QUICK_TIME_FIRST = rf"({_QUICK_CLOCK},? )({_QUICK_DAY})"

FORMS: tuple[HeaderForm, ...] = (
    _form("ios", _OPEN, _DAY, _CLOCK, _CLOSE, quick=rf"{_QUICK_OPEN}{_QUICK_DAY_FIRST}\] "),
    _form("android", rf"\n{_M}", _DAY, _CLOCK, _DASH, quick=rf"\n{_QUICK_DAY_FIRST} - "),
    _form("ios_2016", rf"\n{_M}", _DAY, _CLOCK, _COLON, quick=rf"\n{_QUICK_DAY_FIRST}: "),
    _form(
        "web",
        _OPEN,
        _SHORT_CLOCK,
        _DAY,
        _CLOSE,
        quick=rf"{_QUICK_OPEN}{_QUICK_TIME_FIRST}\] ",
        time_first=True,
    ),
    # Exports of some locales put the time first too, but those have seconds (formats.md §4b).
    _form(
        "other",
        _OPEN,
        _CLOCK,
        _DAY,
        _CLOSE,
        quick=rf"{_QUICK_OPEN}{_QUICK_TIME_FIRST}\] ",
        time_first=True,
    ),
    _form(
        "other",
        rf"\n{_M}",
        _CLOCK,
        _DAY,
        _DASH,
        quick=rf"\n{_QUICK_TIME_FIRST} - ",
        time_first=True,
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
        for match in form.pattern.finditer(block, 0, limit):
            day, clock = (match[2], match[1]) if form.time_first else (match[1], match[2])
            if read_day(day) is not None and read_clock(clock) is not None:
                best = (form, match.start())
                break
    return best


def stamp_shape(first: str, second: str) -> tuple[str, bool]:
    """Give what is the same in all headers of one export: signs, seconds, length of the year.

    A line without sender counts as a header only where its shape is that of the file, for
    "12-11-2026 14:00 - inloop" stands in people's own messages too.
    """
    bare = without_marks(f"{first}|{second}").strip().casefold().translate(_HALVES)
    return _DIGITS.sub("9", bare), _LONG_YEAR.search(bare) is not None
