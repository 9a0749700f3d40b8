"""No hidden number can be worked out from a table that is given away (F45)."""

from __future__ import annotations

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.domain.small_numbers import LEAST, OTHER, SMALL, hide, with_totals

TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 40)), min_size=width, max_size=width),
        min_size=1,
        max_size=4,
    )
)


@settings(max_examples=120, deadline=None)
@given(TABLES)
@example([[3, 20, 20]])
@example([[4]])
@example([[0, 0], [0, 0]])
@example([[4, 4], [30, 30]])
@example([[0, 9], [9, 9]])
def test_for_every_hidden_number_another_one_gives_the_same_table(cells: list[list[int]]) -> None:
    shown, full = hide(cells).shown, with_totals(cells)
    for row, numbers in enumerate(full):
        for column, number in enumerate(numbers):
            said = shown[row][column]
            assert said in (str(number), SMALL, OTHER)
            assert (said == str(number)) <= (number >= LEAST)
            if said == SMALL:
                assert number < LEAST
                assert can_be_another(cells, shown, row, column), (cells, shown, row, column)


def can_be_another(
    cells: list[list[int]], shown: tuple[tuple[str, ...], ...], row: int, column: int
) -> bool:
    """Look for a table with another number here that would have been shown as this one is."""
    rows, columns = len(cells), len(cells[0])
    true = with_totals(cells)[row][column]
    for r, s in product(range(rows), repeat=2):
        for c, d in product(range(columns), repeat=2):
            corners = ((r, c, 1), (r, d, -1), (s, c, -1), (s, d, 1))
            for some in (corners, corners[:2], corners[::2], corners[:1]):
                for step in (1, -1):
                    tried = [list(line) for line in cells]
                    for x, y, by in some:
                        tried[x][y] += by * step
                    new = with_totals(tried)
                    if min(map(min, tried)) >= 0 and new[row][column] != true:
                        if reads_as(new, shown):
                            return True
    return False


def reads_as(full: list[list[int]], shown: tuple[tuple[str, ...], ...]) -> bool:
    """Say whether the table that was given away could be of these numbers."""
    return all(
        said == OTHER or (number < LEAST if said == SMALL else said == str(number))
        for numbers, words in zip(full, shown, strict=True)
        for number, said in zip(numbers, words, strict=True)
    )


def test_large_numbers_stay_and_as_little_as_can_be_is_left_out() -> None:
    assert hide([[10, 20], [30, 40]]).shown[0] == ("10", "20", "30")
    found = hide([[3, 20, 20], [20, 20, 30], [30, 20, 20]])
    assert (found.small, found.other) == (1, 3)
