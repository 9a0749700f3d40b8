"""The time as the desk sees it: UTC with zone inside, local time only in views (house.md §3)."""

import time
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tells the time; tests pass one that they move by hand."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run back, for ages and leases."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never run back."""
        return time.monotonic()


def stamp(moment: datetime) -> str:
    """Write a moment as it stands in records: UTC, milliseconds, ``Z`` at the end.

    All stamps have one width, so they sort as text.
    """
    return (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
    )


def moment(text: str | None) -> datetime | None:
    """Read a stamp back; None for an empty or unreadable one."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def local(text: str | None) -> datetime | None:
    """Read a stamp as Dutch local time, for a view."""
    found = moment(text)
    return found.astimezone(LOCAL) if found else None
