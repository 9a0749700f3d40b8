"""Dutch words for times, ages, durations and counts."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.views import text

ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 12, 16, 41, 30, tzinfo=ZONE)


def _at(day: int, hour: int, minute: int, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (_at(12, 16, 41), "0 min"),
        (_at(12, 16, 38), "3 min"),
        (_at(12, 15, 42), "59 min"),
        (_at(12, 15, 41), "15:41"),
        (_at(12, 0, 5), "00:05"),
        (_at(11, 15, 9), "gisteren 15:09"),
        (_at(9, 21, 12), "ma 9 nov 21:12"),
        (_at(9, 21, 12, year=2025), "zo 9 nov 2025 21:12"),
        (_at(13, 11, 45), "morgen 11:45"),
    ],
)
def test_an_age_is_minutes_then_the_time_then_the_day(moment: datetime, words: str) -> None:
    assert text.age_text(moment, NOW) == words


def test_a_clock_that_runs_a_little_ahead_is_no_age_below_zero() -> None:
    assert text.age_text(NOW + timedelta(seconds=20), NOW) == "0 min"
    assert text.age_text(NOW + timedelta(minutes=5), NOW) == "16:46"


def test_a_moment_in_another_zone_is_told_in_local_time() -> None:
    moment = datetime(2026, 11, 11, 23, 30, tzinfo=timezone.utc)  # noqa: UP017
    assert text.moment_text(moment, NOW) == "00:30"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=43), "43 min"),
        (timedelta(hours=1, minutes=32), "1 u 32"),
        (timedelta(hours=3, minutes=5), "3 u 05"),
        (timedelta(hours=2), "2 u"),
        (timedelta(days=3), "3 dagen"),
        (timedelta(minutes=-92), "1 u 32"),
    ],
)
def test_durations_are_short(span: timedelta, words: str) -> None:
    assert text.duration_text(span) == words


def test_a_deadline_is_told_as_left_late_or_later() -> None:
    assert text.due_text(NOW + timedelta(minutes=43), NOW) == "nog 43 min"
    assert text.due_text(NOW - timedelta(minutes=92), NOW) == "1 u 32 te laat"
    assert text.due_text(_at(13, 11, 45), NOW) == "morgen 11:45"


def test_outside_facts_carry_their_age() -> None:
    assert text.ago_text(NOW - timedelta(seconds=4), NOW) == "4 s geleden"
    assert text.ago_text(NOW - timedelta(minutes=6), NOW) == "6 min geleden"
    assert text.ago_text(_at(12, 15, 2), NOW) == "om 15:02"
    assert text.ago_text(_at(11, 15, 2), NOW) == "gisteren 15:02"
    assert text.short_ago_text(NOW - timedelta(seconds=38), NOW) == "38 s"


def test_counts_dates_and_shares() -> None:
    assert text.count_text(1204) == "1.204"
    assert text.plural(1, "groep", "groepen") == "1 groep"
    assert text.plural(3120, "lid", "leden") == "3.120 leden"
    assert text.percent_text(2, 3) == "66,66 %"
    assert text.percent_text(1, 0) == "–"
    assert text.days_text(0) == "vandaag"
    assert text.days_text(212) == "212 dagen"
    assert text.date_text(_at(12, 0, 0)) == "donderdag 12 november"
    assert text.long_date_text(_at(2, 0, 0)) == "2 november 2026"


def test_names_are_shortened_and_initialled() -> None:
    assert text.short_name("Ruben Oostinga") == "R. Oostinga"
    assert text.short_name("Noor de Wit") == "N. de Wit"
    assert text.short_name("Lotte") == "Lotte"
    assert text.initials("Noor de Wit") == "NW"
    assert text.initials("  ") == "?"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("16:40", time(16, 40)),
        ("1640", time(16, 40)),
        ("16.40", time(16, 40)),
        ("9:05", time(9, 5)),
        ("905", time(9, 5)),
        ("16", time(16, 0)),
        ("24:00", None),
        ("16:60", None),
        ("", None),
        ("morgen", None),
        ("١٦:٤٠", None),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, read: time | None) -> None:
    assert text.parse_time(typed) == read


@given(st.times())
def test_a_written_time_reads_back(moment: time) -> None:
    assert text.parse_time(f"{moment:%H:%M}") == moment.replace(second=0, microsecond=0)


@given(st.text(max_size=12))
def test_no_typed_text_makes_the_reader_fail(typed: str) -> None:
    assert isinstance(text.parse_time(typed), time | None)
    assert 1 <= len(text.initials(typed)) <= 6
    assert len(text.short_name(typed)) <= len(typed) + 2
