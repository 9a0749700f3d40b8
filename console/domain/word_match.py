"""Which words two texts share, in order: the shortest way from one to the other, with a limit.

Myers' greedy search of the fewest insertions and deletions; its cost is the length of the texts
times the number of changes, and the number of changes is bounded. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_CHANGES = 600
"""Texts with more changed words than this share only their beginning and their end."""

Run = tuple[int, int, int]
"""Where shared words begin in the first text and in the second, and how many they are."""

_PARTS = re.compile(r"\s+|\w+|[^\w\s]")


def words(text: str) -> list[str]:
    """Cut a text into words, signs and white space; joined again they are the text."""
    return _PARTS.findall(text)


def shared(first: Sequence[str], second: Sequence[str]) -> list[Run]:
    """Return the runs of words that both have, in order; neither text is crossed twice."""
    a, b = len(first), len(second)
    start = 0
    while start < a and start < b and first[start] == second[start]:
        start += 1
    end = 0
    while end < a - start and end < b - start and first[a - 1 - end] == second[b - 1 - end]:
        end += 1
    pairs = [(place, place) for place in range(start)]
    inner = _search(first[start : a - end], second[start : b - end])
    pairs += [(start + x, start + y) for x, y in inner]
    pairs += [(a - end + place, b - end + place) for place in range(end)]
    return _runs(pairs)


def anchors(first: Sequence[str], second: Sequence[str]) -> list[Run]:
    """Return the shared runs that hold a word, and those at either end.

    White space or a comma that two sentences happen to share says nothing about them.
    """
    ends = (len(first), len(second))
    return [
        (x, y, size)
        for x, y, size in shared(first, second)
        if (x, y) == (0, 0)
        or (x + size, y + size) == ends
        or any(word[0].isalnum() for word in first[x : x + size])
    ]


def _search(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of equal words on the shortest way, none where it is too long."""
    a, b = len(first), len(second)
    if not a or not b:
        return []
    reached = {1: 0}
    trail: list[dict[int, int]] = []
    for changes in range(min(a + b, MOST_CHANGES) + 1):
        trail.append(dict(reached))
        for line in range(-changes, changes + 1, 2):
            down = line == -changes or (
                line != changes and reached.get(line - 1, -1) < reached.get(line + 1, -1)
            )
            x = reached[line + 1] if down else reached[line - 1] + 1
            y = x - line
            while x < a and y < b and first[x] == second[y]:
                x, y = x + 1, y + 1
            reached[line] = x
            if x >= a and y >= b:
                return _back(trail, a, b)
    return []


def _back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for changes in range(len(trail) - 1, -1, -1):
        reached = trail[changes]
        line = x - y
        down = line == -changes or (
            line != changes and reached.get(line - 1, -1) < reached.get(line + 1, -1)
        )
        before = line + 1 if down else line - 1
        old_x = reached[before] if changes else 0
        old_y = old_x - before if changes else 0
        while x > old_x and y > old_y:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = old_x, old_y
    pairs.reverse()
    return pairs


def _runs(pairs: Sequence[tuple[int, int]]) -> list[Run]:
    runs: list[Run] = []
    for x, y in pairs:
        if runs and (x, y) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((x, y, 1))
    return runs
