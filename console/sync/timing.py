"""How far the clock of this computer is off, by central's own words (sync.md §9)."""

from collections import deque
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median

from console.domain.clock import Clock, moment

KEPT = 9
WARN_S = 120.0


class TimeWatch:
    """Compares central's time with ours at every answer; the middle of the last nine counts.

    Used on the loop of the line only.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offsets: deque[float] = deque(maxlen=KEPT)

    def start(self) -> tuple[datetime, float]:
        """Return the moment a request leaves, for ``heard``."""
        return self._clock.now(), self._clock.monotonic()

    def heard(self, started: tuple[datetime, float], date: str = "", exact: str = "") -> None:
        """Take in what central said the time was: a ``Date`` header, or a stamp that is exact.

        Central spoke half a round trip before now. The header counts whole seconds, so on
        average half a second more has passed. What cannot be read counts for nothing.
        """
        sent_at, mark = started
        said = moment(exact)
        if said is None:
            try:
                said = parsedate_to_datetime(date) + timedelta(seconds=0.5)
            except (ValueError, TypeError, OverflowError):
                return
        if said.tzinfo is None:
            return
        half = max(0.0, self._clock.monotonic() - mark) / 2
        self._offsets.append((said - sent_at).total_seconds() - half)

    @property
    def offset_s(self) -> float:
        """Return the seconds that central's clock is ahead of ours; 0 before the first answer."""
        return median(self._offsets) if self._offsets else 0.0

    @property
    def skew_s(self) -> int:
        """Return the same in whole seconds where it is worth a warning, else 0."""
        offset = self.offset_s
        return round(offset) if abs(offset) > WARN_S else 0
