"""What central counts while it works: plain numbers, read when somebody asks for the figures.

Names of counts are words of the contract, never anything a request brought along.
"""

import bisect
import threading
from collections import Counter
from collections.abc import Iterable

COMMIT_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds of the commit times, in seconds."""


class Spread:
    """Counts per upper bound, their number and their sum; safe for threads."""

    def __init__(self, bounds: tuple[float, ...] = COMMIT_BOUNDS) -> None:
        self._bounds = bounds
        self._lock = threading.Lock()
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0

    def add(self, seconds: float) -> None:
        """Note one duration."""
        with self._lock:
            self._counts[bisect.bisect_left(self._bounds, seconds)] += 1
            self._sum += seconds

    def read(self) -> tuple[list[tuple[str, float]], float]:
        """Return the running counts per bound (``+Inf`` last), and the sum."""
        with self._lock:
            counts, total = list(self._counts), self._sum
        rows, running = [], 0.0
        for bound, count in zip((*map(str, self._bounds), "+Inf"), counts, strict=True):
            running += count
            rows.append((bound, running))
        return rows, total


class Tally:
    """The counts of one central; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ops: Counter[str] = Counter()
        self._problems: Counter[str] = Counter()
        self.commits = Spread()

    def ops(self, statuses: Iterable[str]) -> None:
        """Count the answers to the ops of one push."""
        with self._lock:
            self._ops.update(statuses)

    def problem(self, code: str) -> None:
        """Count a request that was refused."""
        with self._lock:
            self._problems[code] += 1

    def read(self) -> tuple[dict[str, int], dict[str, int]]:
        """Return ops by status and problems by code."""
        with self._lock:
            return dict(self._ops), dict(self._problems)
