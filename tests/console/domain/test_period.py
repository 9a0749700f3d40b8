"""The days that counts are made over: whole months, quarters or years, and two typed days (F45)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.figures import figures_of
from console.domain.period import (
    OWN,
    THIS_MONTH,
    THIS_YEAR,
    YEAR,
    NoPeriod,
    Period,
    chosen,
    read_day,
    written,
)

TODAY = date(2026, 3, 10)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        (YEAR, date(2025, 4, 1), date(2026, 3, 31)),
        (THIS_YEAR, date(2026, 1, 1), date(2026, 3, 31)),
        (THIS_MONTH, date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_a_fixed_period_is_made_of_whole_months(choice: str, first: date, last: date) -> None:
    period = chosen(choice, TODAY)
    assert (period, period.is_whole) == (Period(first, last), True)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "31-03-2026", "Schrijf de eerste dag als dd-mm-jjjj"),
        ("31-02-2026", "31-03-2026", "Schrijf de eerste dag"),
        ("01-03-2026", "31-3-26", "Schrijf de laatste dag"),
        (
            "05-03-2026",
            "01-03-2026",
            "De laatste dag (1 maart 2026) ligt voor de eerste (5 maart 2026). Wissel",
        ),
        ("01-03-2012", "01-03-2026", "Kies hoogstens twaalf jaar"),
    ],
)
def test_two_days_that_make_no_period_are_said_so(first: str, last: str, said: str) -> None:
    with pytest.raises(NoPeriod) as wrong:
        chosen(OWN, TODAY, first, last)
    assert str(wrong.value).startswith(said)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 4000), st.lists(DAYS, max_size=20), st.integers(1, 12))
def test_every_day_of_a_period_is_counted_once_and_no_other(
    first: date, days: int, heard: list[date], most: int
) -> None:
    period = chosen(OWN, TODAY, written(first), written(first + timedelta(days=days)))
    columns = period.columns(most)
    assert len(columns) <= most
    assert (columns[0][1], columns[-1][2]) == (period.first, period.last)
    for (_, _, end), (_, begin, _) in pairwise(columns):
        assert begin == end + timedelta(days=1)
    assert len({label for label, _, _ in columns}) == len(columns)
    figures = figures_of((("Noord", day) for day in heard), period, most)
    assert figures.total == sum(period.first <= day <= period.last for day in heard)
    assert period.is_whole == (first.day == 1 and (period.last + timedelta(days=1)).day == 1)


def test_a_day_is_read_as_people_write_it() -> None:
    assert read_day(" 1/3/2026 ") == read_day("01.03.2026") == date(2026, 3, 1)
    assert read_day("2026-03-01") is None
    assert read_day("1-3-26") is None
