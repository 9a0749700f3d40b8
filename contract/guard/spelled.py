"""Numbers written in words, for who spells out a phone number or a date of birth (F26)."""

from __future__ import annotations

from typing import Final

from contract.guard.digits import plain_digits
from contract.guard.report import Span
from contract.guard.tokens import Token

_ONES: Final = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
    "zestien zeventien achttien negentien"
).split()
_TENS: Final = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_MOBILE_DIGITS: Final = 10
_MOST_WORDS: Final = 12


def _numbers() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_ONES)}
    for ten, word in enumerate(_TENS, start=2):
        found[word] = ten * 10
        found.update(
            {f"{one}en{word}": ten * 10 + value for value, one in enumerate(_ONES[1:10], 1)}
        )
    return found


NUMBERS: Final = _numbers()
"""Every number from 0 to 99 in words, folded ("tweeentwintig")."""

_IRREGULAR: Final = {"eende": "eerste", "driede": "derde", "achtde": "achtste"}


def _ordinal(word: str, value: int) -> str:
    ending = "ste" if value >= 20 else "de"
    return _IRREGULAR.get(word + ending, word + ending)


DAYS: Final = {
    **{word: value for word, value in NUMBERS.items() if 1 <= value <= 31},
    **{_ordinal(word, value): value for word, value in NUMBERS.items() if 1 <= value <= 31},
}
"""The days of a month in words: "twaalf" and "twaalfde"."""


def find_spelled_phones(tokens: list[Token]) -> list[Span]:
    """Mobile numbers of which a part is written in words: "nul zes twaalf 34 56 78".

    From every "nul" and every "06" at most `_MOST_WORDS` words are read.
    """
    found: list[Span] = []
    free = 0
    for at, token in enumerate(tokens):
        if at < free or not (token.low in {"nul", "nulzes"} or token.low in {"0", "06"}):
            continue
        end = _phone_end(tokens, at)
        if end:
            found.append((token.start, tokens[end - 1].end))
            free = end
    return found


def _phone_end(tokens: list[Token], at: int) -> int:
    """The place behind the last word of the number that starts at `at`; 0 for none."""
    digits = ""
    words = 0
    for place in range(at, min(len(tokens), at + _MOST_WORDS)):
        token = tokens[place]
        if place > at and (len(token.gap) > 3 or not set(token.gap) <= set(" -.,/\n")):
            return 0
        if token.is_number:
            digits += plain_digits(token.text)[: _MOBILE_DIGITS + 1]
        elif token.low == "nulzes":
            digits, words = digits + "06", words + 1
        elif token.low in NUMBERS:
            digits, words = digits + str(NUMBERS[token.low]), words + 1
        else:
            return 0
        if len(digits) >= 2 and not digits.startswith("06"):
            return 0
        if len(digits) == _MOBILE_DIGITS:
            return place + 1 if words else 0
        if len(digits) > _MOBILE_DIGITS:
            return 0
    return 0
