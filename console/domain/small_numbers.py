"""Small numbers that are hidden in tables for others, so that nobody can work them out (F45). Pure.

A number under ``LEAST`` is shown as "<5". Because the total of its column stands under it, other
numbers of that column are left out too ("x") until another column with other small numbers gives
the same file. A column is hidden by itself and its total depends on nothing but its sum: so the
files of two periods, or of areas and of kinds, tell together no more than each of them.
"""

from collections.abc import Sequence

LEAST = 5
SMALL = f"<{LEAST}"
OTHER = "x"


def hide(column: Sequence[int]) -> list[str]:
    """Return a column of counts as it may be given away, its total last: digits, "<5" or "x"."""
    total = sum(column)
    if total < LEAST:
        return [SMALL] * (len(column) + 1)
    small = [at for at, number in enumerate(column) if number < LEAST]
    large = sorted(
        (at for at, number in enumerate(column) if number >= LEAST), key=column.__getitem__
    )
    hidden: list[int] = []
    while not _open([column[at] for at in small], [column[at] for at in hidden]):
        if len(hidden) == len(large):
            # Nothing keeps the small ones apart: then it is not even said which are small.
            return [*[OTHER] * len(column), str(total)]
        hidden.append(large[len(hidden)])
    shown = [
        SMALL if at in small else OTHER if at in hidden else str(number)
        for at, number in enumerate(column)
    ]
    return [*shown, str(total)]


def _open(small: Sequence[int], hidden: Sequence[int]) -> bool:
    """Say whether every small number could be another one with the same sum.

    Whoever reads the file knows that what is left out is not small, and how much is hidden in all.
    """
    return all(
        _can_rise(small, hidden, at) or _can_fall(small, hidden, at) for at in range(len(small))
    )


def _can_rise(small: Sequence[int], hidden: Sequence[int], at: int) -> bool:
    gives = any(number > 0 for place, number in enumerate(small) if place != at)
    return small[at] < LEAST - 1 and (gives or any(number > LEAST for number in hidden))


def _can_fall(small: Sequence[int], hidden: Sequence[int], at: int) -> bool:
    takes = any(number < LEAST - 1 for place, number in enumerate(small) if place != at)
    return small[at] > 0 and (takes or bool(hidden))


def with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return a table with the total of each row behind it and of each column under it."""
    full = [[*row, sum(row)] for row in cells]
    width = len(full[0]) if full else 1
    return [*full, [sum(row[column] for row in full) for column in range(width)]]
