"""Words and digit runs of a text with their places, and the breaks between them.

One pass over the text; everything above works on this list with windows of a fixed size, so
the guard asks time in proportion to the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
_SENTENCE_END: Final = frozenset(".!?;:\n\r\u2028\u2029…•")
_PAUSE: Final = frozenset(',()[]{}–—"“”„«»|')

NO_BREAK: Final = 0
PAUSE: Final = 1
SENTENCE: Final = 2


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a digit run; `low` is folded: lower case without accents."""

    start: int
    end: int
    text: str
    low: str
    is_number: bool
    before: int
    """How strong the break in front is: NO_BREAK, PAUSE or SENTENCE."""
    gap: str
    """What stands between the previous token and this one, cut at 12 code points."""

    @property
    def is_capitalised(self) -> bool:
        """Whether the word starts with a capital."""
        return not self.is_number and self.text[0].isupper()


def fold(word: str) -> str:
    """Lower case without accents, so that lists of words need one spelling."""
    low = word.lower()
    if low.isascii():
        return low
    plain = unicodedata.normalize("NFKD", low)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def tokenise(text: str) -> list[Token]:
    """All words and digit runs of the text in order."""
    tokens: list[Token] = []
    previous_end = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        number = word[0].isdecimal()
        gap = text[previous_end : min(start, previous_end + 12)]
        low = word if number else fold(word)
        previous = tokens[-1] if tokens else None
        before = _strength(text, previous_end, start, previous)
        tokens.append(Token(start, end, word, low, number, before, gap))
        previous_end = end
    return tokens


_ABBREVIATIONS: Final = frozenset(
    "mw mevr mvr mej fam dhr hr dr drs mr ir ing prof nr no huisnr str st geb ca tel evt bijv".split()
)


def _strength(text: str, start: int, end: int, previous: Token | None) -> int:
    """How strong a break the signs between two tokens make."""
    if previous is None:
        return SENTENCE
    gap = text[start:end]
    if gap == " ":
        return NO_BREAK
    if gap.startswith("."):
        single = len(previous.text) == 1 and not previous.is_number
        if gap == "." or (gap == ". " and (single or previous.low in _ABBREVIATIONS)):
            return NO_BREAK
    if not _SENTENCE_END.isdisjoint(gap):
        return SENTENCE
    if not _PAUSE.isdisjoint(gap) or " - " in gap:
        return PAUSE
    return NO_BREAK
