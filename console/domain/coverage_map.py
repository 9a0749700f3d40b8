"""Outlines as a simple map paints them: rings of points in RD New, made as coarse as it shows. Pure.

A map is some hundreds of pixels wide, so what is finer than that is left out before it is painted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import shapely

from contract.outline import Outline

FINE = 1500
"""A map keeps details down to its longest side divided by this."""

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area on the map: its rings, holes among them, and a point inside where its number goes.

    Points are metres east and north.
    """

    id: str
    rings: tuple[Ring, ...]
    label: Point


def map_areas(outlines: Mapping[str, Outline]) -> list[MapArea]:
    """Return the areas as a map paints them, the larger first, so that small ones lie on top."""
    if not outlines:
        return []
    west, south, east, north = shapely.total_bounds(list(outlines.values()))
    coarse = max(east - west, north - south) / FINE
    found = []
    for key, outline in sorted(outlines.items(), key=lambda one: (-one[1].area, one[0])):
        simple = shapely.simplify(outline, coarse, preserve_topology=True)
        rings = _rings(simple)
        if rings:
            inside = outline.representative_point()
            found.append(MapArea(key, rings, (inside.x, inside.y)))
    return found


def _rings(outline: Outline) -> tuple[Ring, ...]:
    rings: list[Ring] = []
    parts: Sequence[shapely.Polygon] = shapely.get_parts(outline).tolist()
    for part in parts:
        for line in (part.exterior, *part.interiors):
            rings.append(tuple((float(x), float(y)) for x, y in line.coords))
    return tuple(ring for ring in rings if len(ring) > 3)
