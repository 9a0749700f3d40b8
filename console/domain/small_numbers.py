"""Small numbers that are hidden in tables for others, so that nobody can work them out (F45). Pure.

A number under ``LEAST`` is shown as "<5". Because totals stand beside it, other cells of its row
and column are left out too ("x"), or the totals are: afterwards another table with other numbers
in the hidden cells gives exactly the same file. Whoever knows all totals learns no hidden number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEAST = 5
SMALL = f"<{LEAST}"
OTHER = "x"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A table with its totals in the last row and column; ``shown`` holds digits, "<5" or "x"."""

    shown: tuple[tuple[str, ...], ...]

    @property
    def small(self) -> int:
        """How many cells are too small to show."""
        return sum(cell == SMALL for row in self.shown for cell in row)

    @property
    def other(self) -> int:
        """How many cells were left out so that those cannot be worked out."""
        return sum(cell == OTHER for row in self.shown for cell in row)


def with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return a table with the total of each row behind it and of each column under it."""
    full = [[*row, sum(row)] for row in cells]
    width = len(full[0]) if full else 1
    return [*full, [sum(row[column] for row in full) for column in range(width)]]


def hide(cells: Sequence[Sequence[int]]) -> Hidden:
    """Hide what is too small, and as little else as keeps it hidden. Counts, never negative."""
    full = with_totals(cells)
    places = [(r, c) for r, row in enumerate(full) for c in range(len(row))]
    small = {place for place in places if full[place[0]][place[1]] < LEAST}
    other: set[Place] = set()
    for place in sorted(small, key=lambda at: -full[at[0]][at[1]]):
        best = min(
            _ways(full, place, small),
            key=lambda way: _cost(full, way, small | other),
            default=None,
        )
        if best is None:
            return _nothing(full)
        other |= {at for at in best if at not in small}
    return Hidden(
        tuple(
            tuple(
                SMALL if (r, c) in small else OTHER if (r, c) in other else str(number)
                for c, number in enumerate(row)
            )
            for r, row in enumerate(full)
        )
    )


def changed(full: Sequence[Sequence[int]], way: Sequence[Place], step: int) -> dict[Place, int]:
    """Return four cells of a rectangle with one number more or less, so that all totals fit."""
    (row, column), (other_row, other_column) = way[0], way[-1]
    last_row, last_column = len(full) - 1, len(full[0]) - 1
    # A total goes along with its cell; another cell goes the other way.
    down = 1 if last_row in (row, other_row) else -1
    right = 1 if last_column in (column, other_column) else -1
    steps = (step, step * right, step * down, step * down * right)
    return {at: full[at[0]][at[1]] + by for at, by in zip(way, steps, strict=True)}


def _ways(full: Sequence[Sequence[int]], place: Place, small: set[Place]) -> Iterator[list[Place]]:
    """Walk the rectangles through a cell that hold another table with the same totals."""
    row, column = place
    for other_row in range(len(full)):
        for other_column in range(len(full[0])):
            if other_row == row or other_column == column:
                continue
            way = [
                place,
                (row, other_column),
                (other_row, column),
                (other_row, other_column),
            ]
            if any(_fits(changed(full, way, step), small) for step in (1, -1)):
                yield way


def _fits(new: dict[Place, int], small: set[Place]) -> bool:
    return all(0 <= number < (LEAST if at in small else 1 << 40) for at, number in new.items())


def _cost(
    full: Sequence[Sequence[int]], way: Sequence[Place], hidden: set[Place]
) -> tuple[int, int]:
    fresh = [full[r][c] for r, c in way if (r, c) not in hidden]
    return len(fresh), sum(fresh)


def _nothing(full: Sequence[Sequence[int]]) -> Hidden:
    return Hidden(tuple(tuple(OTHER for _ in row) for row in full))
