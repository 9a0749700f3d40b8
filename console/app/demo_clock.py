"""The clock of the demo: it runs through the past while the day is acted out, then tells now."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.domain.clock import Clock, SystemClock

BEGIN_DAYS = 41
"""How long ago the first records of the town were made."""


class DemoClock:
    """Tells what another clock tells, so many minutes earlier; at first ``BEGIN_DAYS``."""

    def __init__(self, base: Clock | None = None) -> None:
        self._base = base or SystemClock()
        self._behind = timedelta(days=BEGIN_DAYS)

    def now(self) -> datetime:
        """Return the moment that is acted out, or now."""
        return self._base.now() - self._behind

    def monotonic(self) -> float:
        """Return seconds that never run back."""
        return self._base.monotonic()

    def set_behind(self, minutes: float) -> None:
        """Tell the time of so many minutes ago; 0 is now."""
        self._behind = timedelta(minutes=minutes)


class StillClock:
    """Stands still, so that pictures of the demo are the same at every run."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self._moment

    def monotonic(self) -> float:
        """Return zero: no time passes."""
        return 0.0
