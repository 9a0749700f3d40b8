"""A clock that tests move by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class HandClock:
    """Stands still until it is moved; starts on a Tuesday afternoon in March."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
        self._passed = 0.0

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds it was moved in all."""
        return self._passed

    def move(self, **span: float) -> None:
        """Move forward by a span as ``timedelta`` takes it: ``minutes=10``."""
        step = timedelta(**span)
        self._now += step
        self._passed += step.total_seconds()
