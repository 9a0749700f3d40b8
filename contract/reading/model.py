"""What reading an alert gives: one shape for every source (issue: read-alert)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contract.vocabulary import AlertKind, AlertSource, AlertState

MAX_ALERT_BYTES = 1024 * 1024
"""The most bytes of one alert text or feed answer (security.md §7, threat 6)."""

MAX_FIELD = 20_000
"""The most characters kept of one field of a feed; a real message has a few hundred."""

MAX_LIST = 200
"""The most places, plates or phone lines kept of one alert."""

Point = tuple[float, float]
"""A place on earth: latitude, then longitude, in degrees."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Circle:
    """The circle an alert is meant for: degrees, and the radius in metres."""

    latitude: float
    longitude: float
    radius_m: float

    def document(self) -> dict[str, float]:
        """Give the circle as the readers print it; a whole number of metres has no fraction."""
        radius = int(self.radius_m) if self.radius_m == int(self.radius_m) else self.radius_m
        return {"latitude": self.latitude, "longitude": self.longitude, "radius_m": radius}


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert after its updates and its close (F35, F37).

    `text` is the newest text, of an ended alert the closing text. Times carry a zone. `plates`
    stand as AB-12-CD, `phone_lines` as written. What was not read is None or empty.
    """

    kind: AlertKind
    state: AlertState
    text: str
    id: str | None = None
    test: bool = False
    title: str | None = None
    municipality: str | None = None
    places: tuple[str, ...] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    area: Circle | None = None
    polygons: tuple[tuple[Point, ...], ...] = ()
    plates: tuple[str, ...] = ()
    phone_lines: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """Give the alert in the shape that `read-alert` prints."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "state": self.state.value,
            "test": self.test,
            "title": self.title,
            "text": self.text,
            "municipality": self.municipality,
            "places": list(self.places),
            "started_at": _iso(self.started_at),
            "ended_at": _iso(self.ended_at),
            "area": None if self.area is None else self.area.document(),
            "polygons": [[list(point) for point in polygon] for polygon in self.polygons],
            "plates": list(self.plates),
            "phone_lines": list(self.phone_lines),
        }


@dataclass(frozen=True, slots=True)
class AlertReading:
    """Everything one text or answer said: its source and its alerts, in the order they began."""

    source: AlertSource
    alerts: tuple[Alert, ...] = field(default=())

    def document(self) -> dict[str, Any]:
        """Give the reading in the shape that `read-alert` prints."""
        return {
            "source": self.source.value,
            "alerts": [alert.document() for alert in self.alerts],
        }


def safe_id(value: object) -> str | None:
    """Give an id that is safe in an address and a file name, or None (formats.md §2a).

    A number is its digits; anything but 1 to 64 letters, digits, "_" and "-" is None.
    """
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**19:
        value = str(value)
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def text_of(value: object) -> str:
    """Give a string field, at most `MAX_FIELD` characters; anything else is an empty string."""
    return value[:MAX_FIELD] if isinstance(value, str) else ""


def title_of(value: object) -> str | None:
    """Give a one-line field without blanks around it, or None where it says nothing."""
    line = " ".join(text_of(value).split())
    return line or None


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
