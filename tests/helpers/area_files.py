"""Invented towns as squares on the Dutch grid, and the files PDOK and CBS would give of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from console.domain.rijksdriehoek import RD_NEW, WGS84, to_degrees
from console.intake.area_geopackage import header

Row = Mapping[str, Any]

WEST, SOUTH = 100_000.0, 450_000.0
SIDE = 1000.0
"""Buurten are squares of a kilometre; a wijk has two beside each other, a town two wijken."""


MERGED = "Nieuwstad"
"""What the two towns became."""


def square(x: float, y: float, width: float = SIDE, height: float = SIDE) -> Polygon:
    """Return a rectangle by its corner and sides, counted from the corner of the towns."""
    return shapely.box(WEST + x, SOUTH + y, WEST + x + width, SOUTH + y + height)


def town(number: int, name: str, column: int) -> list[tuple[str, Row, Polygon]]:
    """Return (layer, properties, outline) of a town of two by two buurten."""
    four, x = f"{number:04d}", column * 2 * SIDE
    own = {"gemeentecode": f"GM{four}", "gemeentenaam": name, "water": "NEE"}
    made: list[tuple[str, Row, Polygon]] = [
        ("gemeenten", {**own, "aantal_inwoners": 4000}, square(x, 0, 2 * SIDE, 2 * SIDE))
    ]
    for row in range(2):
        wijk = {**own, "wijkcode": f"WK{four}0{row}", "wijknaam": f"{name} wijk {row}"}
        people = {"aantal_inwoners": -99997}
        made.append(("wijken", {**wijk, **people}, square(x, row * SIDE, 2 * SIDE)))
        for side in range(2):
            buurt = {"buurtcode": f"BU{four}0{row}0{side}", "buurtnaam": f"{name} {row}{side}"}
            made.append(("buurten", {**wijk, **buurt}, square(x + side * SIDE, row * SIDE)))
    return made


def towns() -> list[tuple[str, Row, Polygon]]:
    """Return two towns side by side: Testdam (GM9001) and Verzonnen (GM9002)."""
    return [*town(9001, "Testdam", 0), *town(9002, "Verzonnen", 1)]


def merged() -> list[tuple[str, Row, Polygon]]:
    """Return the two towns as one of a new code, their wijken and buurten renumbered."""
    made: list[tuple[str, Row, Polygon]] = [
        (
            "gemeenten",
            {"gemeentecode": "GM9003", "gemeentenaam": MERGED, "aantal_inwoners": 8500},
            square(0, 0, 4000, 2000),
        )
    ]
    for layer, row, outline in towns():
        if layer == "gemeenten":
            continue
        # The second town's numbers go on after those of the first.
        far = "5" if row["gemeentecode"] == "GM9002" else "0"
        wijk = f"WK9003{far}{row['wijkcode'][-1]}"
        fresh = {**row, "gemeentecode": "GM9003", "gemeentenaam": MERGED, "wijkcode": wijk}
        if layer == "buurten":
            fresh["buurtcode"] = f"BU{wijk[2:]}{row['buurtcode'][-2:]}"
        made.append((layer, fresh, outline))
    return made


def geopackage(
    path: Path,
    rows: Iterable[tuple[str, Row, Any]],
    *,
    number: int = 28992,
    change: Callable[[sqlite3.Connection], object] | None = None,
) -> Path:
    """Write a GeoPackage with a table per layer; bytes for an outline stand in it as they are."""
    line = sqlite3.connect(path)
    line.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, "
        "organization TEXT, organization_coordsys_id INTEGER, definition TEXT);"
        "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
    )
    line.execute(
        "INSERT INTO gpkg_spatial_ref_sys VALUES ('x', ?, 'EPSG', ?, 'x')", (number, number)
    )
    layers: dict[str, list[tuple[Row, Any]]] = {}
    for layer, properties, outline in rows:
        layers.setdefault(layer, []).append((properties, outline))
    for layer, found in layers.items():
        names = list(dict.fromkeys(name for properties, _ in found for name in properties))
        columns = ", ".join(f'"{name}"' for name in names)
        line.execute(f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, {columns}, geom BLOB)')
        line.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?)", (layer, number))
        line.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", (layer, number))
        marks = ", ".join("?" * (len(names) + 1))
        for properties, outline in found:
            blob = outline if isinstance(outline, bytes) else header(number) + outline.wkb
            values = [*(properties.get(name) for name in names), blob]
            line.execute(f'INSERT INTO "{layer}" ({columns}, geom) VALUES ({marks})', values)
    if change is not None:
        change(line)
    line.commit()
    line.close()
    return path


def geojson(
    path: Path,
    rows: Iterable[tuple[str, Row, Polygon | MultiPolygon]],
    *,
    system: str = WGS84,
    crs: str | None = None,
    links: Sequence[Mapping[str, str]] = (),
) -> Path:
    """Write a FeatureCollection, in degrees unless another system is asked."""
    features = [
        {
            "type": "Feature",
            "properties": dict(properties),
            "geometry": shapely.geometry.mapping(
                outline if system == RD_NEW else in_degrees(outline)
            ),
        }
        for _, properties, outline in rows
    ]
    document: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    if links:
        document["links"] = list(links)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def in_degrees(outline: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """Return an outline with longitude and latitude instead of metres."""
    return shapely.transform(
        outline, lambda points: np.array([to_degrees(x, y)[::-1] for x, y in points])
    )
