"""Which areas a circle or a surface lies over, and which adjoin them (F18, F36). Pure over shapely.

Outlines stand in RD New, so distances are metres. The index is built once from the outlines and
never changed; a changed outline makes a new index, off the screen's thread.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Point, STRtree

from contract.map_region import MAX_METRES, Region, circle, region_of, surfaces
from contract.outline import Outline

__all__ = [
    "ADJOINING_M",
    "MAX_METRES",
    "AreaIndex",
    "Region",
    "circle",
    "region_of",
    "surfaces",
]

ADJOINING_M = 25.0
"""Areas this near, in metres, adjoin: coarser outlines no longer share every border exactly."""


class AreaIndex:
    """The outlines of all areas in a tree of boxes."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        """Build the tree; ``outlines`` by area id, in RD New."""
        self._ids = list(outlines)
        self._at = {key: n for n, key in enumerate(self._ids)}
        self._outlines: npt.NDArray[Any] = np.array(list(outlines.values()), dtype=object)
        self._sizes = shapely.area(self._outlines) if self._ids else np.empty(0)
        self._tree = STRtree(self._outlines)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, area_id: str) -> bool:
        return area_id in self._at

    @property
    def ids(self) -> Sequence[str]:
        """The areas that have an outline."""
        return self._ids

    @property
    def tree(self) -> STRtree:
        """The bare tree, to measure against."""
        return self._tree

    def outline(self, area_id: str) -> Outline | None:
        """Return the outline of an area; None where none is known."""
        at = self._at.get(area_id)
        return None if at is None else self._outlines[at]

    def hits(self, region: Region) -> dict[str, float]:
        """Return every area the region touches, with the part of that area it lies over (0 to 1)."""
        found = self._touched(region)
        shares = self._shares(found, region.surface)
        return {self._ids[n]: share for n, share in zip(found.tolist(), shares, strict=True)}

    def near(self, area_ids: Iterable[str], metres: float = ADJOINING_M) -> set[str]:
        """Return the areas within so many metres of any of these, these themselves left out."""
        own = [self._at[key] for key in dict.fromkeys(area_ids) if key in self._at]
        if not own:
            return set()
        pairs = self._tree.query(self._outlines[own], predicate="dwithin", distance=metres)
        return {self._ids[n] for n in np.setdiff1d(pairs[1], own).tolist()}

    def pairs(self, metres: float = ADJOINING_M) -> list[tuple[str, str]]:
        """Return every two areas within so many metres of each other, each pair once."""
        if not self._ids:
            return []
        one, other = self._tree.query(self._outlines, predicate="dwithin", distance=metres)
        once = one < other
        return [
            (self._ids[a], self._ids[b])
            for a, b in zip(one[once].tolist(), other[once].tolist(), strict=True)
        ]

    def parts_of(self, outline: Outline) -> dict[str, float]:
        """Return what part of an outline, 0 to 1, lies in each area that it overlaps."""
        found = np.sort(self._tree.query(outline, predicate="intersects"))
        cut = shapely.area(shapely.intersection(self._outlines[found], outline))
        size = outline.area or 1.0
        return {
            self._ids[n]: float(part) / size
            for n, part in zip(found.tolist(), cut, strict=True)
            if part > 0
        }

    def _touched(self, region: Region) -> npt.NDArray[np.int64]:
        if region.centre is not None:
            point = Point(region.centre)
            found = self._tree.query(point, predicate="dwithin", distance=region.metres)
        elif region.surface is not None:
            found = self._tree.query(region.surface, predicate="intersects")
        else:
            found = np.empty(0, dtype=np.int64)
        return np.sort(found)

    def _shares(self, found: npt.NDArray[np.int64], surface: Outline | None) -> list[float]:
        shares = np.zeros(len(found))
        if surface is None or not len(found):
            return shares.tolist()
        shapely.prepare(surface)
        # Only what the edge crosses is cut; the rest lies inside as a whole.
        whole = shapely.contains(surface, self._outlines[found])
        shares[whole] = 1.0
        crossed = found[~whole]
        cut = shapely.area(shapely.intersection(self._outlines[crossed], surface))
        shares[~whole] = np.minimum(cut / self._sizes[crossed], 1.0)
        return [float(one) for one in shares]
