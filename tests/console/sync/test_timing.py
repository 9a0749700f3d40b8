"""How far the clock of the desk is off (sync.md §9)."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from console.domain.clock import stamp
from console.sync.timing import TimeWatch
from tests.helpers.clock import HandClock


def hear(watch: TimeWatch, clock: HandClock, ahead_s: float, took_s: float = 0.0) -> None:
    started = watch.start()
    clock.move(seconds=took_s / 2)
    said = clock.now() + timedelta(seconds=ahead_s)
    clock.move(seconds=took_s / 2)
    watch.heard(started, exact=stamp(said))


@given(st.floats(-1e6, 1e6), st.floats(0, 60))
def test_half_of_the_round_trip_is_taken_off(ahead: float, took: float) -> None:
    clock = HandClock()
    watch = TimeWatch(clock)
    hear(watch, clock, ahead, took)
    assert abs(watch.offset_s - ahead) < 0.01


def test_one_slow_answer_moves_nothing_and_a_warning_comes_above_two_minutes() -> None:
    clock = HandClock()
    watch = TimeWatch(clock)
    for _ in range(8):
        hear(watch, clock, 1)
    hear(watch, clock, 5_000)
    assert round(watch.offset_s) == 1
    assert watch.skew_s == 0
    for _ in range(9):
        hear(watch, clock, -600)
    assert watch.skew_s == -600


def test_a_date_header_counts_and_what_is_no_date_does_not() -> None:
    clock = HandClock()
    watch = TimeWatch(clock)
    for nonsense in ("", "morgen", "Thu, 99 Foo 2026", "9" * 400):
        watch.heard(watch.start(), nonsense)
    assert watch.offset_s == 0.0
    said = format_datetime(clock.now() + timedelta(hours=1), usegmt=True)
    watch.heard(watch.start(), said)
    assert abs(watch.offset_s - 3600.5) < 0.01
