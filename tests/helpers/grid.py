"""Thousands of invented areas on the Dutch grid, and the slow way to ask which a region touches."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import shapely
from shapely import Point, Polygon

from console.domain.directory_map import AreaFact, DirectoryMap, GroupFact
from console.domain.geo import Region
from contract.outline import Outline, tidy

WEST, SOUTH, SIDE = 100_000, 400_000, 500


def grid(wide: int, high: int, *, block: int = 6, seed: int = 1) -> Town:
    """Return buurten with shaken corners, in wijken of ``block`` by ``block``, in gemeenten."""
    shaken = random.Random(seed)
    corners = {
        (i, j): (
            WEST + i * SIDE + shaken.uniform(-150, 150),
            SOUTH + j * SIDE + shaken.uniform(-150, 150),
        )
        for i in range(wide + 1)
        for j in range(high + 1)
    }
    made = Town()
    for i in range(wide):
        for j in range(high):
            ring = [corners[i + a, j + b] for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
            wijk = f"w{i // block}-{j // block}"
            gemeente = f"g{i // (2 * block)}-{j // (2 * block)}"
            made.outlines[f"b{i}-{j}"] = Polygon(ring)
            made.parents[f"b{i}-{j}"] = wijk
            made.parents[wijk] = gemeente
            made.parents.setdefault(gemeente, "")
    for level in ("w", "g"):
        parts: dict[str, list[Any]] = {}
        for key, outline in list(made.outlines.items()):
            above = made.parents[key]
            if above.startswith(level):
                parts.setdefault(above, []).append(outline)
        for key, inner in parts.items():
            made.outlines[key] = tidy(shapely.union_all(inner))
    return made


class Town:
    """Areas by id, with their outlines and what they lie in."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.outlines: dict[str, Outline] = {}
        self.parents: dict[str, str] = {}

    def directory(self, groups: int, *, seed: int = 2) -> DirectoryMap:
        """Return a directory: groups of residents in buurten, one in four under a group of a wijk."""
        chance = random.Random(seed)
        levels = {"b": "neighbourhood", "w": "district", "g": "municipality"}
        areas = [AreaFact(key, key, levels[key[0]], "", up) for key, up in self.parents.items()]
        buurten = sorted(key for key in self.parents if key[0] == "b")
        made: list[GroupFact] = []
        for number in range(groups):
            where = chance.choice(buurten)
            parents: tuple[tuple[str, str], ...] = ()
            wijk = self.parents[where]
            if number % 4 == 0:
                tier = f"t-{wijk}"
                parents = (("group", tier),)
                if all(one.id != tier for one in made[-1:]):
                    made.append(GroupFact(tier, f"Beheerders {wijk}", "administrators", wijk))
            made.append(
                GroupFact(f"n{number}", f"Groep {number}", "neighbourhood", where, parents=parents)
            )
        return DirectoryMap(areas, {one.id: one for one in made}.values())


def touched_slowly(outlines: Mapping[str, Outline], region: Region) -> dict[str, float]:
    """Ask every outline one after the other, without a tree."""
    found = {}
    for key, outline in outlines.items():
        if region.centre is not None:
            hit = outline.distance(Point(region.centre)) <= region.metres
        else:
            hit = region.surface is not None and outline.intersects(region.surface)
        if hit:
            cut = outline.intersection(region.surface).area if region.surface else 0.0
            found[key] = cut / outline.area
    return found
