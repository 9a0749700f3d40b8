"""Where an alert is meant for, on the map in RD New: the region of its circle or polygons. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import Point, Polygon

from contract.outline import Outline, tidy
from contract.rijksdriehoek import WGS84, outline_to_rd, to_rd

MAX_METRES = 400_000.0
"""A wider circle than this lies over the whole country."""

_QUARTER = 64
"""Corners of a quarter of a circle where a surface is needed; 0.02% off. Hits use the distance."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where something is meant for, in RD New. With a ``centre`` it is a circle of ``metres``."""

    surface: Outline | None
    centre: tuple[float, float] | None = None
    metres: float = 0.0


def circle(latitude: float, longitude: float, metres: float) -> Region:
    """Return the region of a circle as feeds give it: degrees and metres.

    Raises:
        ValueError: not in or around the Netherlands, or no radius from zero.
    """
    if not 0 <= metres < float("inf"):
        raise ValueError("no radius")
    radius = min(metres, MAX_METRES)
    x, y = to_rd(latitude, longitude)
    surface = Point(x, y).buffer(radius, quad_segs=_QUARTER) if radius else None
    return Region(surface, (x, y), radius)


def surfaces(polygons: Iterable[Sequence[Sequence[float]]]) -> Region:
    """Return the region of polygons as feeds give them: latitude first, each ring closed or not.

    Raises:
        ValueError: no ring has a surface in or around the Netherlands.
    """
    found = []
    for ring in polygons:
        points = [(float(point[1]), float(point[0])) for point in ring if len(point) == 2]
        if len(points) >= 3:
            found.append(outline_to_rd(tidy(Polygon(points)), WGS84))
    if not found:
        raise ValueError("no surface")
    return Region(tidy(shapely.union_all(found)) if len(found) > 1 else found[0])


def region_of(place: Mapping[str, Any], polygons: Sequence[Any]) -> Region | None:
    """Return the region of an alert record; None where it says no place that can be read.

    ``place`` is the record's circle (latitude, longitude, radius_m); polygons win over it.
    """
    if polygons:
        try:
            return surfaces(polygons)
        except (ValueError, TypeError, IndexError):
            pass
    try:
        return circle(float(place["latitude"]), float(place["longitude"]), float(place["radius_m"]))
    except (KeyError, ValueError, TypeError):
        return None
