"""Reads gemeenten, wijken and buurten from a file of PDOK or CBS (F36, formats.md §6).

First what a file is about, so that a person chooses municipalities; then the areas of those alone.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

import shapely
from shapely.errors import GEOSException

from console.domain.rijksdriehoek import outline_to_rd
from console.intake import area_geojson, area_geopackage
from console.intake.area_fields import AreaFields, fields_of
from console.intake.area_model import (
    MAX_AREAS,
    AreaFile,
    AreaReading,
    Municipality,
    ReadArea,
)
from console.intake.files import Unreadable, open_bounded, read_bounded
from contract.outline import BadOutline, Outline, tidy, within_extent
from contract.vocabulary import AreaLevel

_SQLITE = b"SQLite format 3\x00"
_ORDER = (AreaLevel.MUNICIPALITY, AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD)
ELSEWHERE = "De grenzen in dit bestand liggen niet in Nederland."


def about(path: str | os.PathLike[str]) -> AreaFile:
    """Say what a file is about: its year, its municipalities and the levels in it.

    Raises `Unreadable`: not_found, empty, too_large, damaged, not_areas.
    """
    if _is_package(path):
        with area_geopackage.opened(Path(path)) as package:
            found = (
                fields_of(line)
                for layer in package.layers
                for line in package.without_outlines(layer)
            )
            return _about(found, package.year, more=False)
    parts = area_geojson.collection_of(_bytes(path), Path(path).name)
    lines = (fields_of(properties) for properties, _ in area_geojson.lines(parts))
    return _about(lines, parts.year, more=parts.more)


def read_areas(path: str | os.PathLike[str], municipalities: Collection[str]) -> AreaReading:
    """Read the areas of these municipalities (codes), the larger areas first, in RD New.

    Raises `Unreadable`: what ``about`` raises, and not_areas where no outline could be read.
    """
    wanted = frozenset(municipalities)
    if _is_package(path):
        with area_geopackage.opened(Path(path)) as package:
            return _gathered(_of_package(package, wanted), package.year, more=False)
    parts = area_geojson.collection_of(_bytes(path), Path(path).name)
    return _gathered(_of_collection(parts, wanted), parts.year, more=parts.more)


Found = tuple[AreaFields, Outline | None]


def _of_package(package: area_geopackage.GeoPackage, wanted: frozenset[str]) -> Iterator[Found]:
    for layer in package.layers:
        for line in package.lines(layer, wanted):
            blob = line.pop("")
            fields = fields_of(line)
            if fields is None or fields.municipality not in wanted:
                continue
            try:
                yield fields, outline_to_rd(area_geopackage.outline_of(blob), layer.system)
            except BadOutline:
                yield fields, None


def _of_collection(parts: area_geojson.Collection, wanted: frozenset[str]) -> Iterator[Found]:
    for properties, geometry in area_geojson.lines(parts):
        fields = fields_of(properties)
        if fields is None or fields.municipality not in wanted:
            continue
        try:
            outline = area_geojson.outline_of(geometry)
            yield fields, outline_to_rd(outline, area_geojson.system_of(parts, outline))
        except BadOutline:
            yield fields, None


def _gathered(found: Iterator[Found], year: int, *, more: bool) -> AreaReading:
    made: dict[str, tuple[AreaFields, list[Outline]]] = {}
    left_out = 0
    for fields, outline in found:
        if outline is None or not within_extent(outline):
            left_out += 1
            continue
        # An area in several lines is one area: islands come apart.
        made.setdefault(fields.code, (fields, []))[1].append(outline)
        if len(made) > MAX_AREAS:
            raise Unreadable("too_large", "Kies minder gemeenten. Dit zijn te veel gebieden.")
    if left_out and not made:
        raise Unreadable("not_areas", ELSEWHERE)
    areas = []
    for fields, outlines in made.values():
        try:
            areas.append(_area(fields, outlines))
        except (BadOutline, GEOSException):
            left_out += 1
    areas.sort(key=lambda one: (_ORDER.index(one.level), one.code))
    return AreaReading(year, tuple(areas), left_out, more)


def _area(fields: AreaFields, outlines: list[Outline]) -> ReadArea:
    whole = outlines[0] if len(outlines) == 1 else tidy(shapely.union_all(outlines))
    return ReadArea(
        fields.code,
        fields.level,
        fields.name,
        fields.municipality,
        fields.parent,
        whole,
        fields.inhabitants,
    )


def _about(found: Iterator[AreaFields | None], year: int, *, more: bool) -> AreaFile:
    names: dict[str, str] = {}
    levels: set[AreaLevel] = set()
    for fields in found:
        if fields is None:
            continue
        levels.add(fields.level)
        if not names.get(fields.municipality):
            names[fields.municipality] = fields.municipality_name
    if not names:
        raise Unreadable("not_areas", area_geojson.NOT_AREAS)
    towns = (Municipality(code, name or code) for code, name in names.items())
    ordered = sorted(towns, key=lambda one: (one.name.casefold(), one.code))
    return AreaFile(year, tuple(ordered), frozenset(levels), more)


def _is_package(path: str | os.PathLike[str]) -> bool:
    with open_bounded(path, max_bytes=area_geopackage.MAX_GEOPACKAGE_BYTES) as handle:
        return handle.read(len(_SQLITE)) == _SQLITE


def _bytes(path: str | os.PathLike[str]) -> bytes:
    return read_bounded(path, max_bytes=area_geojson.MAX_GEOJSON_BYTES)
