"""WhatsApp's *bold* turned into ranges, and places in the raw text into places on show. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# A star opens before a letter and closes after one, on one line, as WhatsApp does it.
_BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*\n])\*(?![\w*])")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """`shown` is the text without stars, `bold` its ranges, end not included."""

    shown: str
    bold: tuple[tuple[int, int], ...]
    _removed: tuple[int, ...]

    def place(self, raw: int) -> int:
        """Place on show of a place in the raw text."""
        return raw - bisect_right(self._removed, raw - 1)


def read_marks(raw: str) -> MarkedText:
    """Take the stars of bold text out of a WhatsApp message."""
    pieces: list[str] = []
    bold: list[tuple[int, int]] = []
    removed: list[int] = []
    last = length = 0
    for match in _BOLD.finditer(raw):
        before, inside = raw[last : match.start()], match[1]
        pieces += [before, inside]
        length += len(before)
        bold.append((length, length + len(inside)))
        length += len(inside)
        removed += [match.start(), match.end() - 1]
        last = match.end()
    pieces.append(raw[last:])
    return MarkedText("".join(pieces), tuple(bold), tuple(removed))
