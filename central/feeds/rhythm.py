"""Pure: when a feed is looked at next, and from when its state counts as unknown."""

from collections.abc import Callable
from datetime import datetime, timedelta

JITTER = 0.1
LONGEST_S = 900.0
ASKED_MOST_S = 3600.0
UNKNOWN_AFTER = 2
"""How many answers in a row may be missing before running alerts count as unknown."""


def next_look(
    now: datetime,
    every_s: float,
    failures: int,
    dice: Callable[[], float],
    retry_after_s: float | None = None,
) -> datetime:
    """Return when to look again: longer after each failure, and never before a source asks.

    ``dice``: from 0 up to 1; spreads centrals that began together.
    """
    wait = every_s * 2 ** min(max(failures - 1, 0), 6)
    wait = min(wait, max(LONGEST_S, every_s))
    wait *= 1 - JITTER + 2 * JITTER * dice()
    if retry_after_s is not None:
        wait = max(wait, min(retry_after_s, ASKED_MOST_S))
    return now + timedelta(seconds=wait)
