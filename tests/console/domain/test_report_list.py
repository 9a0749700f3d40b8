"""Rows keep their place until they may move (F01)."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from console.domain.report import Section
from console.domain.report_list import as_sections, count_new, numbers_in, same, settled


def order(**rows: list[int]) -> tuple[Section, ...]:
    return tuple(Section(name, array("q", numbers)) for name, numbers in rows.items())


def test_new_rows_are_counted_and_left_out() -> None:
    shown = order(open=[5, 3], claimed=[2])
    fresh = order(open=[7, 6, 5, 3], claimed=[2])
    assert count_new(shown, fresh) == 2
    assert same(settled(shown, fresh), shown)


def test_the_chosen_row_stays_in_its_section_when_it_moved_to_another() -> None:
    shown = order(open=[5, 4, 3], claimed=[2])
    fresh = order(open=[5, 3], claimed=[4, 2])
    assert same(settled(shown, fresh, keep=4), shown)
    assert same(settled(shown, fresh, keep=3), order(open=[5, 3], claimed=[4, 2]))


def test_the_chosen_row_stays_when_it_left_the_list() -> None:
    shown = order(open=[5, 4, 3])
    assert same(settled(shown, order(open=[5, 3]), keep=4), shown)
    assert same(settled(shown, order(claimed=[5]), keep=4), order(claimed=[5], open=[4]))


def test_rows_in_a_line_become_sections() -> None:
    found = as_sections([("open", 3), ("open", 2), ("claimed", 9)])
    assert same(found, order(open=[3, 2], claimed=[9]))


numbers = st.lists(st.integers(1, 60), unique=True, max_size=40)


@given(numbers, numbers, st.integers(0, 60), st.integers(0, 60))
def test_settling_never_adds_a_row_and_never_shows_one_twice(
    was: list[int], now: list[int], cut_was: int, cut_now: int
) -> None:
    shown = order(open=was[:cut_was], claimed=was[cut_was:])
    fresh = order(open=now[:cut_now], claimed=now[cut_now:])
    for keep in (0, *was[:3]):
        result = settled(shown, fresh, keep)
        flat = [n for section in result for n in section.numbers]
        assert len(flat) == len(set(flat))
        assert set(flat) <= numbers_in(shown)
        assert set(flat) >= (numbers_in(shown) & numbers_in(fresh))
        assert not keep or keep in flat
