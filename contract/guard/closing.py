"""The closing line: on the last line, word for word, once (F25, seed 001 rec. 6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from contract.guard.report import Span
from contract.region import BELGIUM, NETHERLANDS, RegionProfile

_LINE_END: Final = "\r\n"
_NUMBER: Final = re.compile(r"(?<!\d)(?:112|101|0900[ -]?8844)(?!\d)")
_WORD: Final = re.compile(r"\b(?:bel|belt|bellen|ziet|zie|reageer|whatsapp)\b", re.IGNORECASE)
_NO_REPLY: Final = re.compile(r"reageer[^\n]{0,30}whatsapp", re.IGNORECASE)
_KNOWN: Final = (*NETHERLANDS.closing_lines, *BELGIUM.closing_lines)


def accepted_lines(region: RegionProfile, urgent: bool | None) -> tuple[str, ...]:
    """The lines a text may end with: the fitting one, or any of the region's."""
    if urgent is None:
        return region.closing_lines
    return (region.closing_line(urgent=urgent),)


def text_end(text: str) -> int:
    """Where the text ends without the line ends behind it."""
    return len(text.rstrip(_LINE_END))


def last_line(text: str) -> Span:
    """The last line of the text; line ends behind it do not make a new one."""
    end = text_end(text)
    start = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
    return start, end


def is_altered(line: str) -> bool:
    """Whether a line is a closing line somebody changed, and not the end of the story."""
    if any(known in line for known in _KNOWN) or _NO_REPLY.search(line):
        return True
    return bool(_NUMBER.search(line) and _WORD.search(line))


def find_closing_line(text: str, region: RegionProfile, urgent: bool | None) -> list[Span]:
    """Nothing when the fitting line ends the text and stands there once.

    Absent: an empty span at the end of the text. Altered: the last line. A closing line of
    the region that stands a second time is reported where it stands.
    """
    start, end = last_line(text)
    line = text[start:end]
    if line in accepted_lines(region, urgent):
        return _extra_lines(text, region.closing_lines, start)
    if is_altered(line):
        return [(start, end)]
    return [(len(text), len(text))]


def _extra_lines(text: str, lines: Sequence[str], until: int) -> list[Span]:
    spans: list[Span] = []
    for line in lines:
        at = text.find(line, 0, until)
        while at != -1:
            spans.append((at, at + len(line)))
            at = text.find(line, at + len(line), until)
    return spans
