"""Which alerts concern a team: by the outlines of its areas, else by their names (F36, F63). Pure.

The geometry library is loaded where an alert with a place meets an area with an outline, and not
before: a central without outlines never needs it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from central.feeds.records import folded
from contract.reading.model import Alert
from contract.vocabulary import AlertKind

Box = tuple[float, float, float, float]
Shapes = Callable[[Collection[str]], Iterable[str]]
"""Gives the kept outlines of records of ``area_shape``, by their ids."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a team knows of its own areas. Names are as ``folded`` gives them.

    ``bare``: names of areas without an outline of their own. ``unsure``: some area has none, nor
    has anything around or inside it, so the map cannot say that an alert lies elsewhere.
    ``boxes``: the box around each outline, by the id of its record, in RD New.
    """

    names: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    unsure: bool = False
    boxes: Mapping[str, Box | None] | None = None


def ground_of(
    areas: Mapping[str, Mapping[str, Any]], shapes: Iterable[tuple[str, Mapping[str, Any]]]
) -> Ground:
    """Return the ground of a team from the bodies of its areas and, walked once, its outlines."""
    boxes: dict[str, Box | None] = {}
    lined: set[str] = set()
    for key, body in shapes:
        if body.get("shape") and body.get("area_id") in areas:
            boxes[key] = _box(body.get("box"))
            lined.add(str(body["area_id"]))
    around = {above for key in lined for above in _chain(areas, key)}
    open_ = [
        key
        for key, body in areas.items()
        if not body.get("ended_year") and key not in around and lined.isdisjoint(_chain(areas, key))
    ]
    names = {key: folded(str(body.get("name") or "")) for key, body in areas.items()}
    return Ground(
        frozenset(names.values()) - {""},
        frozenset(name for key, name in names.items() if key not in lined) - {""},
        bool(open_),
        boxes,
    )


def concerns(alert: Alert, ground: Ground, shapes: Shapes, *, everywhere: bool = False) -> bool:
    """Say whether an alert is for this team. Nothing is left out that could be theirs.

    An AMBER Alert is for the whole country. What has a place on the map is for who has an area
    there; a name decides for an area without an outline, and for an alert without a place.
    """
    if everywhere or alert.kind is AlertKind.AMBER or not ground.names:
        return True
    named = {folded(one) for one in (alert.municipality or "", *alert.places) if one} - {""}
    here = _touches(alert, ground, shapes)
    if here is not None:
        return here or bool(named & ground.bare) or (ground.unsure and not named)
    return not named or not named.isdisjoint(ground.names)


def _touches(alert: Alert, ground: Ground, shapes: Shapes) -> bool | None:
    """Say whether the place of an alert lies on an outline; None where either is not known."""
    if not ground.boxes or (alert.area is None and not alert.polygons):
        return None
    import shapely

    from contract.map_region import region_of
    from contract.outline import decoded

    region = region_of(alert.area.document() if alert.area else {}, alert.polygons)
    if region is None:
        return None
    where = shapely.Point(region.centre) if region.centre else region.surface
    if where is None:
        return None
    west, south, east, north = where.bounds
    metres = region.metres
    wide = (west - metres, south - metres, east + metres, north + metres)
    near = [key for key, box in ground.boxes.items() if box is None or _overlap(box, wide)]
    for text in shapes(near) if near else ():
        outline = decoded(text)
        if outline is not None and shapely.dwithin(outline, where, metres):
            return True
    return False


def _chain(areas: Mapping[str, Mapping[str, Any]], key: str) -> list[str]:
    """Return an area and what it lies in, the nearest first."""
    found: list[str] = []
    while key in areas and key not in found:
        found.append(key)
        key = str(areas[key].get("parent_id") or "")
    return found


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _box(value: object) -> Box | None:
    """Return a kept box; None, which is looked at always, for anything else."""
    if not isinstance(value, list) or len(value) != 4:
        return None
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in value):
        return None
    west, south, east, north = map(float, value)
    return (west, south, east, north) if west <= east and south <= north else None
