"""Between degrees and RD New (EPSG:28992), the Dutch grid in metres. Pure.

Feeds say degrees (WGS84) and a radius in metres; outlines are kept in RD New, where a metre is a
metre to within one in ten thousand. The tables are shipped with pyproj; nothing is fetched.
"""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from contract.outline import BadOutline, Outline, tidy

RD_NEW = "EPSG:28992"
WGS84 = "EPSG:4326"
ETRS89 = "EPSG:4258"
SYSTEMS = (RD_NEW, WGS84, ETRS89)
"""The systems in which areas are read."""

DEGREES = (2.0, 50.0, 8.0, 54.5)
"""Where degrees of the Netherlands lie: west, south, east, north."""


@cache
def _transformer(source: str, target: str) -> Any:
    # Without grids from elsewhere the answer is right within a metre, and the same everywhere.
    return pyproj.Transformer.from_crs(source, target, always_xy=True, allow_ballpark=False)


def in_netherlands(latitude: float, longitude: float) -> bool:
    """Say whether degrees lie in or around the Netherlands."""
    west, south, east, north = DEGREES
    return south <= latitude <= north and west <= longitude <= east


def to_rd(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x and y in metres of a place in degrees.

    Raises:
        ValueError: not in or around the Netherlands, where RD New means nothing.
    """
    if not in_netherlands(latitude, longitude):
        raise ValueError("not in the Netherlands")
    x, y = _transformer(WGS84, RD_NEW).transform(longitude, latitude)
    return float(x), float(y)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude of a place in RD New."""
    longitude, latitude = _transformer(RD_NEW, WGS84).transform(x, y)
    return float(latitude), float(longitude)


def outline_to_rd(outline: Outline, system: str) -> Outline:
    """Return an outline in RD New; degrees in it stand as longitude, latitude.

    Raises:
        BadOutline: degrees outside the Netherlands, or nothing is left.
    """
    if system == RD_NEW:
        return outline
    west, south, east, north = outline.bounds
    if not (in_netherlands(south, west) and in_netherlands(north, east)):
        raise BadOutline("not in the Netherlands")
    transformer = _transformer(system, RD_NEW)

    def move(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack((x, y))

    return tidy(shapely.transform(outline, move))
