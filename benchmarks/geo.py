"""Circle to groups at 14,000 areas and 10,000 groups, against one bare query of the tree (F36).

What building the index takes, in time and memory, goes to the error channel beside the figure.
"""

from __future__ import annotations

import gc
import random
import resource
import sys
from typing import Any

import shapely
from shapely import Point, Polygon

from benchmarks.measure import Figure, against, in_turns, once
from console.domain.directory_map import AreaFact, DirectoryMap, GroupFact
from console.domain.geo import AreaIndex, Region
from console.domain.reach import Message
from console.domain.reach_by_place import Atlas
from contract.outline import Outline, decoded, encoded

WIDE = 118
BLOCK = 12
SIDE = 500
CORNER = (100_000, 400_000)
EDGE_POINTS = 12
"""Points along a side of a buurt; real outlines bend about as often."""

GROUPS = 10_000
RADIUS = 1_000.0
CIRCLES = 40
RUNS = 15
TARGET = 60.0
NOW = Message("warning", "", "2026-03-14T12:55:00.000Z")


def measure() -> list[Figure]:
    """Ask the groups of the same circles again and again, beside the bare tree."""
    kept, parents = _town()
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outlines: dict[str, Outline] = {}

    def read() -> None:
        outlines.update({key: one for key, text in kept.items() if (one := decoded(text))})

    reading = once(read)
    indexes: list[AreaIndex] = []
    building = once(lambda: indexes.append(AreaIndex(outlines)))
    index = indexes[0]
    atlas = Atlas(_directory(parents), index)
    circles = _circles()
    atlas.propose(circles[0], NOW)
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{len(index)} grenzen: lezen {reading:.0f} ms, boom {building:.1f} ms, "
        f"geheugen {more:.0f} MB erbij",
        file=sys.stderr,
        flush=True,
    )
    surfaces = [one.surface for one in circles]

    def ours() -> None:
        for one in circles:
            atlas.propose(one, NOW)

    def floor() -> None:
        for surface in surfaces:
            index.tree.query(surface, predicate="intersects")

    mine, theirs = in_turns(ours, floor, RUNS)
    words = "één kale vraag aan de STRtree, 14.000 gebieden"
    return [against("circle_to_groups", mine, theirs, floor=words, target=TARGET)]


def _town() -> tuple[dict[str, str], dict[str, str]]:
    """Make buurten in wijken in gemeenten; returns outlines as kept, and what lies in what."""
    outlines: dict[str, Any] = {}
    parents: dict[str, str] = {}
    for i in range(WIDE):
        for j in range(WIDE):
            key = f"b{i}-{j}"
            wijk = f"w{i // BLOCK}-{j // BLOCK}"
            gemeente = f"g{i // (2 * BLOCK)}-{j // (2 * BLOCK)}"
            outlines[key] = _buurt(i, j)
            parents[key], parents[wijk] = wijk, gemeente
            parents.setdefault(gemeente, "")
    kept = {key: encoded(one) for key, one in outlines.items()}
    for level in "wg":
        inner: dict[str, list[Any]] = {}
        for key in list(outlines):
            if parents[key].startswith(level):
                inner.setdefault(parents[key], []).append(outlines[key])
        for key, parts in inner.items():
            outlines[key] = shapely.union_all(parts)
            kept[key] = encoded(outlines[key])
    return kept, parents


def _buurt(i: int, j: int) -> Polygon:
    x, y = CORNER[0] + i * SIDE, CORNER[1] + j * SIDE
    step = SIDE / EDGE_POINTS
    # Both neighbours bend a shared side in the same way.
    bend = [0.0 if n == 0 else 15.0 * (-1) ** n for n in range(EDGE_POINTS)]
    south = [(x + n * step, y + bend[n]) for n in range(EDGE_POINTS)]
    east = [(x + SIDE + bend[n], y + n * step) for n in range(EDGE_POINTS)]
    north = [(x + SIDE - n * step, y + SIDE + bend[-n]) for n in range(EDGE_POINTS)]
    west = [(x + bend[-n], y + SIDE - n * step) for n in range(EDGE_POINTS)]
    return Polygon([*south, *east, *north, *west])


def _directory(parents: dict[str, str]) -> DirectoryMap:
    chance = random.Random(5)
    levels = {"b": "neighbourhood", "w": "district", "g": "municipality"}
    areas = [AreaFact(key, key, levels[key[0]], "", up) for key, up in parents.items()]
    buurten = [key for key in parents if key[0] == "b"]
    wijken = [key for key in parents if key[0] == "w"]
    groups = [GroupFact(f"t-{one}", f"Beheerders {one}", "administrators", one) for one in wijken]
    for number in range(GROUPS - len(groups)):
        where = chance.choice(buurten)
        above = (("group", f"t-{parents[where]}"),) if number % 2 else ()
        groups.append(
            GroupFact(f"n{number}", f"Groep {number}", "neighbourhood", where, parents=above)
        )
    return DirectoryMap(areas, groups)


def _circles() -> list[Region]:
    chance = random.Random(6)
    found = []
    for _ in range(CIRCLES):
        x, y = (CORNER[at] + chance.uniform(0, WIDE * SIDE) for at in (0, 1))
        found.append(Region(Point(x, y).buffer(RADIUS, quad_segs=64), (x, y), RADIUS))
    return found
