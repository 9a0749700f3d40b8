"""The time as central writes it; central's time orders everything (sync.md §0.9)."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

TELLER = Callable[[], datetime]
_LOCAL = ZoneInfo("Europe/Amsterdam")


def system_time() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Write a moment as it stands in records: UTC, milliseconds, one width so it sorts as text."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def local_day(at: str) -> str:
    """Return the Dutch calendar day of a stamp, as YYYY-MM-DD."""
    return f"{datetime.fromisoformat(at.replace('Z', '+00:00')).astimezone(_LOCAL):%Y-%m-%d}"
