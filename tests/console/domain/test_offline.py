"""What a desk may do after its time without central (security.md §3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.clock import stamp
from console.domain.offline import AwayClock, OfflineRule, Standing

LAST = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
RULE = OfflineRule()


def after(confirmed: float | None = None, **away: float) -> Standing:
    given_at = "" if confirmed is None else stamp(LAST + timedelta(hours=confirmed))
    return RULE.standing(stamp(LAST), stamp(LAST + timedelta(**away)), given_at)


@pytest.mark.parametrize(
    ("away", "standing"),
    [
        ({"hours": 24}, Standing.OPEN),
        ({"hours": 24, "seconds": 1}, Standing.ASK),
        ({"days": 7}, Standing.ASK),
        ({"days": 7, "seconds": 1}, Standing.READ_ONLY),
        ({"days": -3}, Standing.OPEN),
    ],
)
def test_after_a_day_the_passphrase_and_after_a_week_only_reading(
    away: dict[str, float], standing: Standing
) -> None:
    assert after(**away) is standing


def test_a_passphrase_given_holds_as_long_again_and_never_beyond_the_week() -> None:
    assert after(confirmed=25, hours=48) is Standing.OPEN
    assert after(confirmed=25, hours=50) is Standing.ASK
    assert after(confirmed=7 * 24, days=7, hours=1) is Standing.READ_ONLY


def test_an_embedded_central_and_a_desk_without_contact_never_count_as_away() -> None:
    far = stamp(LAST + timedelta(days=400))
    assert OfflineRule(embedded=True).standing(stamp(LAST), far) is Standing.OPEN
    assert RULE.standing("", far) is Standing.OPEN


@given(first=st.integers(0, 10**7), second=st.integers(0, 10**7))
def test_more_time_away_never_allows_more(first: int, second: int) -> None:
    order = list(Standing)
    early, late = sorted((first, second))
    assert order.index(after(seconds=early)) <= order.index(after(seconds=late))


class Ran:
    """Seconds on a clock that nobody sets."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_clock_put_back_gives_no_time_away_also_after_a_restart() -> None:
    ran, contact = Ran(), stamp(LAST)
    away = AwayClock(ran)
    late = away.present(contact, stamp(LAST + timedelta(days=6)))
    assert (late, away.set_back) == (stamp(LAST + timedelta(days=6)), False)
    ran.seconds = 3600
    late = away.present(contact, stamp(LAST + timedelta(hours=1)))
    assert (late, away.set_back) == (stamp(LAST + timedelta(days=6, hours=1)), True)
    assert RULE.standing(contact, late, set_back=True) is Standing.ASK
    given = late
    again = AwayClock(Ran())
    again.resume(away.to_keep(), contact)
    assert again.present(contact, stamp(LAST)) == stamp(LAST + timedelta(days=6, hours=1))
    assert RULE.standing(contact, late, given, set_back=again.set_back) is Standing.OPEN
    ran.seconds = 3600 * 26
    assert RULE.standing(contact, away.present(contact, contact)) is Standing.READ_ONLY
    # Central answered: its contact counts from now on, whatever was seen before.
    fresh = stamp(LAST + timedelta(minutes=5))
    assert again.present(fresh, fresh) == fresh
    assert not again.set_back


def test_a_clock_put_back_asks_the_passphrase_at_once_and_once() -> None:
    contact = stamp(LAST)
    away = AwayClock(Ran())
    away.present(contact, stamp(LAST + timedelta(hours=2)))
    late = away.present(contact, stamp(LAST - timedelta(days=30)))
    assert RULE.standing(contact, late, set_back=away.set_back) is Standing.ASK
    assert RULE.standing(contact, late, late, set_back=away.set_back) is Standing.OPEN
    small = AwayClock(Ran())
    small.present(contact, stamp(LAST + timedelta(minutes=4)))
    small.present(contact, stamp(LAST))
    assert not small.set_back, "clocks are set right by a few minutes"


@pytest.mark.parametrize("kept", [None, 7, {}, {"contact": "other", "at": stamp(LAST)}])
def test_what_was_kept_of_another_contact_or_is_unreadable_counts_for_nothing(kept: object) -> None:
    away = AwayClock(Ran())
    away.resume(kept, stamp(LAST))
    assert away.present(stamp(LAST), stamp(LAST)) == stamp(LAST)


@given(st.lists(st.tuples(st.integers(-(10**7), 10**7), st.integers(0, 10**5)), max_size=20))
def test_the_present_never_runs_back_whatever_the_clock_says(
    looks: list[tuple[int, int]],
) -> None:
    ran, contact = Ran(), stamp(LAST)
    away, before = AwayClock(ran), contact
    for told, passed in looks:
        ran.seconds += passed
        now = away.present(contact, stamp(LAST + timedelta(seconds=told)))
        assert now >= before
        before = now
