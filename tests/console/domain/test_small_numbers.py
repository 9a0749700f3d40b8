"""No hidden number can be worked out from a file that is given away, nor from two of them (F45)."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.domain.figures import Figures, figures_of
from console.domain.period import Period
from console.domain.small_numbers import LEAST, OTHER, SMALL, hide

COLUMNS = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 40)), min_size=1, max_size=6)
HEARD = st.lists(
    st.tuples(st.sampled_from("abcd"), st.dates(date(2026, 1, 1), date(2026, 6, 30))), max_size=90
)


@settings(max_examples=200, deadline=None)
@given(COLUMNS)
@example([3, 20, 20])
@example([4])
@example([0, 0])
@example([4, 4, 30])
@example([0, 5])
@example([0, 0, 5, 5])
def test_for_every_hidden_number_another_one_gives_the_same_column(column: list[int]) -> None:
    *shown, total = hide(column)
    assert total == (SMALL if sum(column) < LEAST else str(sum(column)))
    for at, number in enumerate(column):
        assert shown[at] in (str(number), SMALL, OTHER)
        assert number >= LEAST or shown[at] in (SMALL, OTHER)
        if shown[at] == SMALL and total != SMALL:
            assert can_be_another(column, shown, at), (column, shown)


def can_be_another(column: list[int], shown: list[str], at: int) -> bool:
    """Look for a column with the same total and another number here that reads the same."""
    for one, other in permutations(range(len(column)), 2):
        for step in range(1, LEAST):
            tried = list(column)
            tried[one], tried[other] = tried[one] + step, tried[other] - step
            if tried[at] != column[at] and reads_as(tried, shown):
                return True
    return False


def reads_as(column: list[int], shown: list[str]) -> bool:
    """Say whether what was given away could be of these numbers; what is left out is not small."""
    for number, said in zip(column, shown, strict=True):
        if said == SMALL:
            fits = 0 <= number < LEAST
        elif said == OTHER:
            fits = number >= LEAST or (number >= 0 and SMALL not in shown)
        else:
            fits = str(number) == said
        if not fits:
            return False
    return True


@settings(max_examples=60, deadline=None)
@given(HEARD, st.integers(1, 6), st.integers(1, 6))
def test_two_files_tell_no_more_than_one(
    heard: list[tuple[str, date]], one: int, other: int
) -> None:
    """A month says the same in the file of any period, and its total is that of any breakdown."""
    first, last = sorted((one, other))
    whole = figures_of(heard, Period(date(2026, 1, 1), date(2026, 6, 30)))
    part = figures_of(heard, Period(date(2026, first, 1), end_of(last)))
    assert by_month(part).items() <= by_month(whole).items()
    assert part.names == whole.names, "a row that is missing would say: none"
    turned = figures_of([("abcd"["dcba".index(name)], day) for name, day in heard],
                        Period(date(2026, 1, 1), date(2026, 6, 30)))  # fmt: skip
    assert [row[1:] for row in turned.given()[-1:]] == [row[1:] for row in whole.given()[-1:]]


def end_of(month: int) -> date:
    """Return the last day of a month of the first half of 2026."""
    return date(2026, month, {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30}[month])


def by_month(figures: Figures) -> dict[tuple[str, str], str]:
    """Return what a file says by month and name."""
    head = figures.head_given("naam")[1:]
    return {
        (month, name): said
        for name, *cells in figures.given()
        for month, said in zip(head, cells, strict=True)
    }


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ([10, 20], ["10", "20", "30"]),
        ([3, 20, 30], ["<5", "x", "30", "53"]),
        ([3, 2, 30], ["<5", "<5", "30", "35"]),
        ([0, 5], ["x", "x", "5"]),
        ([1, 2], ["<5", "<5", "<5"]),
    ],
)
def test_as_little_as_can_be_is_left_out(column: list[int], shown: list[str]) -> None:
    assert hide(column) == shown
