"""Where two texts differ, word by word, so that a person sees it at a glance (09e). Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

LONGEST = 4_000
"""Longer texts are not compared: then nothing is marked."""

Span = tuple[int, int]

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def differences(mine: str, theirs: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the stretches (start, end) of each text that the other one does not have.

    Neighbouring words that differ are one stretch; white space at its edges stays unmarked.
    """
    if len(mine) > LONGEST or len(theirs) > LONGEST:
        return (), ()
    left = [(found.start(), found.group()) for found in _WORDS.finditer(mine)]
    right = [(found.start(), found.group()) for found in _WORDS.finditer(theirs)]
    matcher = SequenceMatcher(None, [w for _, w in left], [w for _, w in right], autojunk=False)
    ours: list[Span] = []
    other: list[Span] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            _add(ours, mine, left, a, b)
            _add(other, theirs, right, c, d)
    return tuple(_joined(ours, mine)), tuple(_joined(other, theirs))


def _add(spans: list[Span], text: str, words: list[tuple[int, str]], a: int, b: int) -> None:
    if a == b:
        return
    start, end = words[a][0], words[b - 1][0] + len(words[b - 1][1])
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _joined(spans: list[Span], text: str) -> list[Span]:
    """Join stretches with nothing but white space between them."""
    made: list[Span] = []
    for start, end in spans:
        if made and not text[made[-1][1] : start].strip():
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made
