"""What a desk may do after its time without central (security.md §3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.clock import stamp
from console.domain.offline import OfflineRule, Standing

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
