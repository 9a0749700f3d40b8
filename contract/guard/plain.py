"""A text as the eye reads it: the letters that look alike made alike, what is not seen left out.

Somebody who hides a number from the guard writes it in wide digits, with a Cyrillic letter or with
signs nobody sees between them. A phone shows that as any other text, so the guard reads it as any
other text. Every rule but the closing line works on this reading; `Plain` leads each span back to
where it stands in the text that was written.
"""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from contract.guard.report import Span

_LOOK_ALIKE: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЗԚԜаеосрхуіјѕһԁԛԝкмтпԍ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικρταυϲϳ" + "ıɑɡǀ‚٫‧",
    "ABESIJKMHOPCTYX3QWaeocpxyijshdqwkmtng" + "ABEZHIKMNOPTYXovikptaucj" + "iagl,,.",
)
"""Letters of Cyrillic and Greek, and loose signs, that look like a Latin one (Unicode TR39)."""

_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u180e")
"""Letters and signs without any shape."""

_DASHES: Final = frozenset("\u2010\u2011\u2012\u2212\u02d7\u058a\u2796\ufe63\uff0d")
"""Dashes inside a number; the long ones stay, for they part sentences."""

_KEPT: Final = frozenset("…™℠ªº№¨´¸")
"""Signs whose plain form would be another word or another sign."""

_LEFT_OUT: Final = frozenset({"Cf", "Mn", "Me"})


@dataclass(frozen=True, slots=True)
class Plain:
    """The reading of a text and, per sign of it, where that sign begins and ends in the text."""

    text: str
    begins: array[int] | None = None
    ends: array[int] | None = None

    def back(self, span: Span) -> Span:
        """Return where a stretch of the reading stands in the text."""
        start, end = span
        if self.begins is None or self.ends is None or start >= end:
            return span
        return self.begins[start], self.ends[end - 1]


def plain(text: str) -> Plain:
    """Read a text; one pass, a text of plain signs is its own reading."""
    if text.isascii() and "\x7f" not in text:
        return _between_digits(Plain(text))
    signs: list[str] = []
    begins = array("q")
    ends = array("q")
    for at, sign in enumerate(text):
        read = _read(sign)
        if not read:
            if ends and unicodedata.category(sign) != "Cf":
                ends[-1] = at + 1
            continue
        for one in read:
            signs.append(one)
            begins.append(at)
            ends.append(at + 1)
    return _between_digits(Plain("".join(signs), begins, ends))


@lru_cache(maxsize=4096)
def _read(sign: str) -> str:
    """Return a sign as it is read; empty for one that is not seen."""
    if sign.isascii():
        return "" if sign == "\x7f" else sign
    category = unicodedata.category(sign)
    if category in _LEFT_OUT or sign in _FILLERS:
        return ""
    if category == "Zs":
        return " "
    if sign in _DASHES:
        return "-"
    if sign in _KEPT:
        return sign
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    wide = unicodedata.normalize("NFKC", sign)
    if wide != sign and wide.isascii() and (len(wide) == 1 or wide.isalnum()):
        return wide
    return sign.translate(_LOOK_ALIKE)


_AS_DIGIT: Final = {"O": "0", "o": "0", "l": "1", "I": "1"}


def _between_digits(read: Plain) -> Plain:
    """Read a letter O, l or I with a digit on both sides as the digit it looks like."""
    text = read.text
    if not any(letter in text for letter in _AS_DIGIT):
        return read
    signs: list[str] | None = None
    for letter, digit in _AS_DIGIT.items():
        at = text.find(letter, 1)
        while at != -1:
            if text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit():
                signs = signs or list(text)
                signs[at] = digit
            at = text.find(letter, at + 1)
    return read if signs is None else Plain("".join(signs), read.begins, read.ends)
