"""Areas in GeoJSON: a file of PDOK or CBS, or one page of their OGC API (formats.md §6)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from shapely import MultiPolygon, Polygon
from shapely.errors import GEOSException

from console.domain.rijksdriehoek import ETRS89, RD_NEW, WGS84
from console.intake.area_fields import year_in
from console.intake.area_model import MAX_FEATURES
from console.intake.files import Unreadable
from contract.outline import MAX_POINTS, MAX_RINGS, BadOutline, Outline, tidy

MAX_GEOJSON_BYTES = 128 * 1024 * 1024
"""The most bytes of one GeoJSON file; larger sets come as GeoPackage."""

NOT_AREAS = "In dit bestand staan geen gemeenten, wijken of buurten die wij kunnen lezen."
OTHER_SYSTEM = "Dit bestand heeft een ander coördinatenstelsel. Haal het op in RD (EPSG:28992)."
TOO_MANY = f"In dit bestand staan te veel gebieden. Wij lezen er hoogstens {MAX_FEATURES}."

_SYSTEMS = {"28992": RD_NEW, "4326": WGS84, "4258": ETRS89, "CRS84": WGS84}


@dataclass(frozen=True, slots=True)
class Collection:
    """A GeoJSON file taken apart. ``system`` is empty where it does not name one."""

    features: list[Any]
    system: str
    year: int
    more: bool


def collection_of(data: bytes, name: str = "") -> Collection:
    """Take a FeatureCollection apart; ``name`` is that of the file, for its year.

    Raises `Unreadable`: damaged (no JSON), not_areas (another JSON, another system), too_large.
    """
    try:
        found = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unreadable("damaged") from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise Unreadable("not_areas", NOT_AREAS)
    if len(features) > MAX_FEATURES:
        raise Unreadable("too_large", TOO_MANY)
    links = found.get("links") if isinstance(found.get("links"), list) else []
    addresses = [str(one.get("href", ""))[:500] for one in links[:20] if isinstance(one, dict)]
    more = any(isinstance(one, dict) and one.get("rel") == "next" for one in links[:20])
    first = features[0].get("properties") if features and isinstance(features[0], dict) else None
    own_year = str(first.get("jaar", "")) if isinstance(first, dict) else ""
    return Collection(
        features,
        _system(found.get("crs")),
        year_in([own_year, str(found.get("name", ""))[:200], name, *addresses]),
        more,
    )


def lines(found: Collection) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """Give the properties and the geometry of every feature that has both."""
    for one in found.features:
        if not isinstance(one, dict) or one.get("type") != "Feature":
            continue
        properties, geometry = one.get("properties"), one.get("geometry")
        if isinstance(properties, dict) and isinstance(geometry, dict):
            yield properties, geometry


def outline_of(geometry: Mapping[str, Any]) -> Outline:
    """Return the outline of a GeoJSON geometry, in the system of its file.

    Raises `BadOutline`: another geometry, too many points, numbers that are none.
    """
    kind, parts = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        parts = [parts]
    elif kind != "MultiPolygon":
        raise BadOutline("another geometry")
    if not isinstance(parts, list) or not 0 < len(parts) <= MAX_RINGS:
        raise BadOutline("no parts")
    points = rings = 0
    made = []
    for part in parts:
        if not isinstance(part, list) or not part:
            raise BadOutline("no rings")
        rings += len(part)
        points += sum(len(ring) for ring in part if isinstance(ring, list))
        if rings > MAX_RINGS or points > MAX_POINTS:
            raise BadOutline("too many points")
        shell, *holes = [_ring(ring) for ring in part]
        made.append(Polygon(shell, holes))
    try:
        return tidy(MultiPolygon(made) if len(made) > 1 else made[0])
    except GEOSException as error:
        raise BadOutline("not readable") from error


def system_of(found: Collection, outline: Outline) -> str:
    """Return the system of a file: what it says, else what the numbers can only be."""
    if found.system:
        return found.system
    # RFC 7946 says degrees; files of the old kind leave the Dutch grid unsaid.
    return RD_NEW if max(abs(one) for one in outline.bounds) > 360 else WGS84


def _ring(ring: Any) -> Any:
    if not isinstance(ring, list) or len(ring) < 4:
        raise BadOutline("a ring of too few points")
    for point in ring:
        if not isinstance(point, list) or not 2 <= len(point) <= 4:
            raise BadOutline("no point")
        if not all(type(one) in (int, float) for one in point[:2]):
            raise BadOutline("no number")
    try:
        made = np.array([point[:2] for point in ring], dtype=np.float64)
    except (OverflowError, ValueError) as error:
        raise BadOutline("no number") from error
    if not np.isfinite(made).all():
        raise BadOutline("numbers without end")
    return made


def _system(crs: Any) -> str:
    if crs is None:
        return ""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", ""))[-40:] if isinstance(properties, dict) else ""
    system = _SYSTEMS.get(name.replace("/", ":").rsplit(":", 1)[-1].upper())
    if system is None:
        raise Unreadable("not_areas", OTHER_SYSTEM)
    return system


def _refuse(_word: str) -> None:
    raise ValueError("not a number")
