"""Outlines of areas: well-known binary in RD New, checked before a library sees it. Pure.

An outline comes from a file of the outside world or from another desk; both may be broken or
hostile. The structure is walked first, so that a count that lies or a collection in a collection
never reaches the geometry library (security.md §7).
"""

import base64
import binascii
import struct
from typing import TypeAlias

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

Outline: TypeAlias = Polygon | MultiPolygon

MAX_POINTS = 500_000
"""The most points of one outline in a file; a province has fewer."""

MAX_RINGS = 20_000
"""The most rings of one outline in a file."""

KEPT_BYTES = 150_000
"""The most bytes of an outline that is kept; as base64 it fits ``area_shape.shape``."""

_STEPS_M = (2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 1000.0)
"""How coarse an outline may be made before it fits, in metres."""

EXTENT = (-50_000.0, 200_000.0, 400_000.0, 750_000.0)
"""Where outlines may lie, in RD New: the Netherlands with a wide edge (minx, miny, maxx, maxy)."""

_POLYGON, _MULTI = 3, 6


class BadOutline(ValueError):
    """Bytes that are no outline; says nothing of what stood in them."""


def check(data: bytes) -> int:
    """Walk well-known binary of a polygon or several; returns how many points it has.

    Raises:
        BadOutline: another geometry, a count beyond the bytes, too many rings or points.
    """
    end, points, rings = _geometry(data, 0, (_POLYGON, _MULTI), 0, 0)
    if end != len(data):
        raise BadOutline("bytes after the outline")
    if rings == 0:
        raise BadOutline("no ring")
    return points


def from_wkb(data: bytes) -> Outline:
    """Return the outline of checked bytes: flat, valid, finite, in whatever system they are in.

    Raises:
        BadOutline: as ``check``; or numbers that are not finite; or nothing is left.
    """
    check(data)
    try:
        with np.errstate(invalid="ignore"):
            found = shapely.from_wkb(data)
    except (shapely.errors.GEOSException, ValueError, TypeError) as error:
        raise BadOutline("not readable") from error
    return tidy(found)


def tidy(found: object) -> Outline:
    """Return an outline without heights, loose lines and crossings.

    Raises:
        BadOutline: nothing with a surface is left, or a number is not finite.
    """
    if not isinstance(found, Polygon | MultiPolygon) or found.is_empty:
        raise BadOutline("no surface")
    flat = shapely.force_2d(found)
    if not np.isfinite(shapely.get_coordinates(flat)).all():
        raise BadOutline("numbers without end")
    whole = flat if flat.is_valid else shapely.make_valid(flat)
    parts = [one for one in shapely.get_parts(whole) if isinstance(one, Polygon | MultiPolygon)]
    surface = shapely.union_all(parts) if len(parts) > 1 else (parts[0] if parts else None)
    if not isinstance(surface, Polygon | MultiPolygon) or not surface.area > 0:
        raise BadOutline("no surface")
    return surface


def within_extent(outline: Outline) -> bool:
    """Say whether an outline in RD New lies in or near the Netherlands."""
    west, south, east, north = outline.bounds
    return west >= EXTENT[0] and south >= EXTENT[1] and east <= EXTENT[2] and north <= EXTENT[3]


def encoded(outline: Outline) -> str:
    """Return an outline as it is kept: base64 of well-known binary, made coarser until it fits.

    Raises:
        BadOutline: even the coarsest form is too large, or nothing is left of it.
    """
    data: bytes = shapely.to_wkb(_rounded(outline), byte_order=1)
    for metres in _STEPS_M:
        if len(data) <= KEPT_BYTES:
            break
        coarse = shapely.simplify(outline, metres, preserve_topology=True)
        data = shapely.to_wkb(_rounded(tidy(coarse)), byte_order=1)
    if len(data) > KEPT_BYTES:
        raise BadOutline("too large")
    return base64.b64encode(data).decode("ascii")


def decoded(kept: str) -> Outline | None:
    """Return a kept outline; None where it is none, is too large or lies elsewhere."""
    try:
        data = base64.b64decode(kept, validate=True)
        if len(data) > KEPT_BYTES:
            return None
        outline = from_wkb(data)
    except (BadOutline, binascii.Error, ValueError):
        return None
    return outline if within_extent(outline) else None


def box_of(outline: Outline) -> list[int]:
    """Return the box around an outline in whole metres, the edges included."""
    west, south, east, north = outline.bounds
    return [int(west // 1), int(south // 1), int(-(-east // 1)), int(-(-north // 1))]


def _rounded(outline: Outline) -> Outline:
    """Round to decimetres, so that the same file gives the same bytes on every machine."""
    rounded = shapely.transform(outline, lambda points: np.round(points, 1))
    return shapely.normalize(rounded if rounded.is_valid else tidy(rounded))


def _geometry(
    data: bytes, at: int, allowed: tuple[int, ...], points: int, rings: int
) -> tuple[int, int, int]:
    """Walk one geometry; returns where it ends and how many points and rings were met so far."""
    if len(data) - at < 9 or data[at] not in (0, 1):
        raise BadOutline("cut short")
    order = "<" if data[at] else ">"
    word, count = struct.unpack_from(f"{order}II", data, at + 1)
    at += 9
    kind, width = _kind(word)
    if word & 0x20000000:
        raise BadOutline("a system inside the bytes")
    if kind not in allowed:
        raise BadOutline("another geometry")
    if kind == _MULTI:
        if count > MAX_RINGS:
            raise BadOutline("too many parts")
        for _ in range(count):
            at, points, rings = _geometry(data, at, (_POLYGON,), points, rings)
        return at, points, rings
    rings += count
    if rings > MAX_RINGS:
        raise BadOutline("too many rings")
    for _ in range(count):
        if len(data) - at < 4:
            raise BadOutline("cut short")
        (length,) = struct.unpack_from(f"{order}I", data, at)
        points += length
        at += 4 + length * width
        if points > MAX_POINTS or at > len(data):
            raise BadOutline("more points than bytes")
    return at, points, rings


def _kind(word: int) -> tuple[int, int]:
    """Return the kind of geometry and the bytes of one point, for both ways to say a height."""
    base = word & 0x0FFFFFFF
    kind, iso = base % 1000, base // 1000
    extended = bool(word & 0x80000000) + bool(word & 0x40000000)
    return kind, 8 * (2 + max(extended, {0: 0, 1: 1, 2: 1, 3: 2}.get(iso, 9)))
