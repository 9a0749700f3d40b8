"""Where two texts differ, word by word, so that a person sees it at a glance (09e). Pure."""

from __future__ import annotations

from console.domain.word_match import anchors, words

LONGEST = 20_000
"""Longer texts are not compared: then nothing is marked."""

Span = tuple[int, int]


def differences(mine: str, theirs: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the stretches (start, end) of each text that the other one does not have.

    Neighbouring words that differ are one stretch; white space at its edges stays unmarked.
    """
    if len(mine) > LONGEST or len(theirs) > LONGEST:
        return (), ()
    left, right = _placed(mine), _placed(theirs)
    ours: list[Span] = []
    other: list[Span] = []
    a = b = 0
    ends = (len(left), len(right), 0)
    for x, y, size in (*anchors([w for _, w in left], [w for _, w in right]), ends):
        _add(ours, mine, left, a, x)
        _add(other, theirs, right, b, y)
        a, b = x + size, y + size
    return tuple(_joined(ours, mine)), tuple(_joined(other, theirs))


def _placed(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    place = 0
    for word in words(text):
        found.append((place, word))
        place += len(word)
    return found


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
