"""Loose reading of single values in feeds: moments, numbers, circles, polygons, JSON itself."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from contract.reading.decoding import Unreadable
from contract.reading.model import Circle, Point

_MAX_DEPTH = 60
_MAX_POLYGONS = 500
_MAX_RADIUS_M = 20_100_000  # half the earth round; anything above is no circle
_FIRST_SECOND = 946_684_800  # 1 January 2000: an older moment is an empty field or a mistake
_LAST_SECOND = 4_102_444_800  # 1 January 2100
_MILLISECONDS_FROM = 1_000_000_000_000  # formats.md §1b: above this the unit is milliseconds
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?")
_AFTER_COMMA = re.compile(r",\s+")
# A string without an end runs to the end of the text, so that the scan stays linear.
_STRUCTURE = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def parse_json(text: str) -> Any:
    """Give the value of a JSON text, or raise `Unreadable` not_an_answer.

    NaN and the infinities become None. Nesting above 60 is refused before it is parsed.
    """
    depth = 0
    for match in _STRUCTURE.finditer(text):
        mark = match.group()[0]
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark, 0)
        if depth > _MAX_DEPTH:
            raise Unreadable("not_an_answer")
    try:
        return json.loads(text, parse_constant=_no_number, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_an_answer") from error


def _no_number(_: str) -> None:
    return None


def _whole(digits: str) -> int | None:
    """A whole number of at most 18 digits; longer ones cost time and mean nothing here."""
    return int(digits) if len(digits) <= 19 else None


def number_of(value: object) -> float | None:
    """Give a finite number that came as a number or as a string of digits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            number = float(value)
        except OverflowError:  # a whole number of hundreds of digits
            return None
    elif isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        number = float(value.strip())
    else:
        return None
    return number if math.isfinite(number) else None


def flag_of(value: object) -> bool | None:
    """Give a yes or no that came as a boolean, a word or 0 and 1; otherwise None."""
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(value.strip().lower())
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    return None


def epoch_of(value: object) -> datetime | None:
    """Give a moment in UTC from seconds or milliseconds since 1970, between 2000 and 2100."""
    number = number_of(value)
    if number is None:
        return None
    seconds = number / 1000 if number > _MILLISECONDS_FROM else number
    if not _FIRST_SECOND <= seconds < _LAST_SECOND:
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def iso_of(value: object, *, utc_when_bare: bool = False) -> datetime | None:
    """Give a moment from ISO 8601 with its own offset.

    A moment without zone is None, unless the format says that such a moment is in UTC.
    """
    if not isinstance(value, str) or not 10 < len(value.strip()) <= 40:
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC) if utc_when_bare else None
        moment.astimezone(UTC)  # the first and last day of the calendar can fall off it
    except (ValueError, OverflowError):
        return None
    return moment


def moment_of(value: object) -> datetime | None:
    """Give a moment that came as an epoch or as ISO 8601 with offset."""
    return epoch_of(value) or iso_of(value)


def circle_of(latitude: object, longitude: object, radius_m: object) -> Circle | None:
    """Give a circle when all three are numbers that can be on earth."""
    lat, lon, radius = number_of(latitude), number_of(longitude), number_of(radius_m)
    if lat is None or lon is None or radius is None:
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= radius <= _MAX_RADIUS_M):
        return None
    return Circle(lat, lon, round(radius, 3))


def circle_text(value: object, metres_per_unit: int) -> Circle | None:
    """Give the circle of a text `lat,lon radius` with the radius in the unit named."""
    if not isinstance(value, str) or len(value) > 200:
        return None
    parts = value.replace(",", " ").split()
    if len(parts) != 3:
        return None
    radius = number_of(parts[2])
    return None if radius is None else circle_of(parts[0], parts[1], radius * metres_per_unit)


def polygons_of(value: object) -> tuple[tuple[Point, ...], ...]:
    """Give the polygons of one text or a list of texts `lat,lon lat,lon …`, latitude first.

    A polygon with an impossible point, or fewer than three, is left out as a whole: half a
    polygon is another area.
    """
    texts: Iterable[object] = value if isinstance(value, list) else [value]
    found: list[tuple[Point, ...]] = []
    for text in texts:
        polygon = _polygon(text)
        if polygon and len(found) < _MAX_POLYGONS:
            found.append(polygon)
    return tuple(found)


def _polygon(text: object) -> tuple[Point, ...]:
    if not isinstance(text, str):
        return ()
    points: list[Point] = []
    for pair in _AFTER_COMMA.sub(",", text).split():
        lat_text, comma, lon_text = pair.partition(",")
        lat, lon = number_of(lat_text), number_of(lon_text)
        if not comma or lat is None or lon is None:
            return ()
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return ()
        points.append((lat, lon))
    return tuple(points) if len(points) >= 3 else ()
