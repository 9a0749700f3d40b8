"""Two texts that began as one, put together word by word (sync.md §6). Pure.

What only one of the two changed is taken over. Where both changed the same words differently
both stand in the result, one after the other, for a person to choose between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.differences import LONGEST, Span
from console.domain.word_match import anchors, words

BETWEEN = " / "
"""Stands between two versions of the same words."""

_Chunk = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """The text, and the stretches (start, end) of it that a person must still choose in."""

    text: str
    open: tuple[Span, ...] = ()


def merge(was: str, mine: str, theirs: str) -> Merged:
    """Put two texts together that both began as ``was``; empty: that is not known.

    Texts too long to compare are not mixed: mine stands above theirs, wholly open.
    """
    if mine == theirs or theirs == was:
        return Merged(mine)
    if mine == was:
        return Merged(theirs)
    if max(len(was), len(mine), len(theirs)) > LONGEST:
        whole = f"{mine}\n\n{theirs}"
        return Merged(whole, ((0, len(whole)),))
    base_words = words(was)
    if not was:
        # What they began from is not known: what both have stands for it, so no word gets lost.
        first = words(mine)
        runs = anchors(first, words(theirs))
        base_words = [word for x, _, size in runs for word in first[x : x + size]]
    text = ""
    spans: list[Span] = []
    for base, ours, other in _joined(_chunks(base_words, words(mine), words(theirs))):
        if ours in (base, other):
            text += other
        elif other == base:
            text += ours
        elif not ours.strip() and not other.strip():
            text += ours or other
        else:
            start = len(text)
            text += BETWEEN.join(part for part in (ours.rstrip(), other.strip()) if part)
            spans.append((start, len(text)))
            if ours != ours.rstrip() and other != other.rstrip():
                text += " "
    return Merged(text, tuple(spans))


def _chunks(base: Sequence[str], ours: Sequence[str], other: Sequence[str]) -> list[_Chunk]:
    """Cut the three into stretches that all three share, and what lies between."""
    left, right = _map(base, ours), _map(base, other)
    found: list[_Chunk] = []
    at = a = b = 0
    for place in range(len(base) + 1):
        end = place == len(base)
        if not end and not (place in left and place in right):
            continue
        to_a = len(ours) if end else left[place]
        to_b = len(other) if end else right[place]
        if place > at or to_a > a or to_b > b:
            found.append(("".join(base[at:place]), "".join(ours[a:to_a]), "".join(other[b:to_b])))
        if not end:
            found.append((base[place],) * 3)
            at, a, b = place + 1, to_a + 1, to_b + 1
    return found


def _map(base: Sequence[str], text: Sequence[str]) -> dict[int, int]:
    return {x + n: y + n for x, y, size in anchors(base, text) for n in range(size)}


def _joined(chunks: Sequence[_Chunk]) -> list[_Chunk]:
    """Make one stretch of neighbouring clashes with nothing but white space between them."""
    made: list[_Chunk] = []
    gap: list[_Chunk] = []
    for chunk in chunks:
        if _clash(chunk) and made and _clash(made[-1]) and all(_blank(one) for one in gap):
            parts = [made.pop(), *gap, chunk]
            gap = []
            made.append(_sum(parts))
        elif made and _clash(made[-1]) and _blank(chunk):
            gap.append(chunk)
        else:
            made += gap
            gap = []
            made.append(chunk)
    return made + gap


def _sum(parts: Sequence[_Chunk]) -> _Chunk:
    return (
        "".join(part[0] for part in parts),
        "".join(part[1] for part in parts),
        "".join(part[2] for part in parts),
    )


def _clash(chunk: _Chunk) -> bool:
    base, ours, other = chunk
    return ours not in (base, other) and other != base


def _blank(chunk: _Chunk) -> bool:
    return len(set(chunk)) == 1 and not chunk[0].strip()
