"""How long failed tries cost, and how fast a desk may ask: pure, on a clock of the test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from central.auth.rates import Rates
from central.auth.throttle import ACCOUNT, ADDRESS, aim_at_account, aim_from, patience

NOW = datetime(2026, 3, 14, 13, 0, tzinfo=UTC)


@given(st.integers(0, 10**6))
def test_a_pause_never_shrinks_with_more_tries_and_has_an_end(fails: int) -> None:
    for kind in (ACCOUNT, ADDRESS):
        assert 0 <= kind.pause_s(fails) <= kind.pause_s(fails + 1) <= kind.longest_s
        assert (kind.pause_s(fails) == 0) == (fails < kind.free)


@given(st.integers(0, 100), st.integers(-(10**6), 10**6))
def test_who_waited_as_long_as_was_said_need_not_wait_again(fails: int, gone: int) -> None:
    moment = NOW + timedelta(seconds=gone)
    wait = ACCOUNT.wait_s(fails, NOW, moment)
    assert 0 <= wait <= ACCOUNT.longest_s
    if gone >= 0:
        assert ACCOUNT.wait_s(fails, NOW, moment + timedelta(seconds=wait)) == 0


def test_after_a_day_without_a_failed_try_the_count_starts_anew() -> None:
    assert ACCOUNT.counted(9, NOW, NOW + timedelta(hours=24)) == 9
    assert ACCOUNT.counted(9, NOW, NOW + timedelta(hours=24, seconds=1)) == 0
    assert ADDRESS.counted(40, NOW, NOW + timedelta(hours=1, seconds=1)) == 0


def test_addresses_of_one_network_count_as_one_and_no_name_stands_in_a_key() -> None:
    assert aim_from("2001:db8::1") == aim_from("2001:db8::ffff:2")
    assert aim_from("2001:db8::1") != aim_from("2001:db8:1::1")
    assert aim_from("::ffff:192.0.2.7") == aim_from("192.0.2.7")
    assert len({aim_from(host) for host in ("", "192.0.2.7", "192.0.2.8", "testclient")}) == 4
    assert "joris" not in aim_at_account("joris")
    assert (patience(aim_at_account("x")), patience(aim_from("x"))) == (ACCOUNT, ADDRESS)


@given(st.lists(st.floats(0, 3), max_size=60))
def test_in_no_stretch_of_time_a_desk_gets_more_than_its_rate(steps: list[float]) -> None:
    rates, moment, taken = Rates(10, 20), NOW, []
    for step in steps:
        moment += timedelta(seconds=step)
        for _ in range(30):
            if rates.take("desk", moment) == 0:
                taken.append(moment)
    for number, start in enumerate(taken):
        for later, end in enumerate(taken[number:], number):
            assert later - number + 1 <= 20 + 10 * (end - start).total_seconds() + 0.001


def test_the_wait_that_is_told_is_enough() -> None:
    rates, moment = Rates(0.5, 1), NOW
    assert rates.take("desk", moment) == 0
    wait = rates.take("desk", moment)
    assert wait == 2
    assert rates.take("desk", moment + timedelta(seconds=wait)) == 0


def test_a_clock_set_back_gives_and_takes_nothing() -> None:
    rates = Rates(10, 2)
    assert rates.take("desk", NOW) == 0
    assert rates.take("desk", NOW - timedelta(days=1)) == 0
    assert rates.take("desk", NOW - timedelta(days=1)) > 0


def test_buckets_are_bounded_and_zero_means_no_limit() -> None:
    rates = Rates(1, 1, kept=3)
    for number in range(10):
        assert rates.take(f"desk-{number}", NOW) == 0
    assert len(rates) == 3
    free = Rates(0, 0)
    assert {free.take("desk", NOW) for _ in range(100)} == {0}
    assert len(free) == 0
