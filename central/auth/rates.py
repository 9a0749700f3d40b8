"""How many requests a desk may make: a bucket per desk that fills again (sync.md §9)."""

import threading
from collections import OrderedDict
from datetime import datetime
from math import ceil

KEPT = 10_000
"""Most buckets at once; the one that was used longest ago goes first."""


class Rates:
    """``per_s`` requests a second with ``burst`` at once; zero: no limit. In memory, bounded.

    May be asked from any thread.
    """

    def __init__(self, per_s: float, burst: int, *, kept: int = KEPT) -> None:
        self._per_s = per_s
        self._burst = burst
        self._kept = kept
        self._buckets: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._one_by_one = threading.Lock()

    def take(self, who: str, moment: datetime) -> int:
        """Take one request; returns 0, or after how many seconds to come back."""
        if self._per_s <= 0:
            return 0
        with self._one_by_one:
            return self._take(who, moment)

    def _take(self, who: str, moment: datetime) -> int:
        left, at = self._buckets.pop(who, (float(self._burst), moment))
        # A clock that was set back fills nothing and takes nothing.
        gone = max(0.0, (moment - at).total_seconds())
        left = min(float(self._burst), left + gone * self._per_s)
        good = left >= 1
        self._buckets[who] = (left - 1 if good else left, moment)
        while len(self._buckets) > self._kept:
            self._buckets.popitem(last=False)
        return 0 if good else max(1, ceil((1 - left) / self._per_s))

    def __len__(self) -> int:
        return len(self._buckets)
