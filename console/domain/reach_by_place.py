"""From a circle or an outline to the groups that could get a post (F18, F36). Pure.

What an outline touches is decided by geometry; who speaks for it by the directory, as in
``console.domain.reach``. An area without an outline goes along with the area around it where that
is all that is known; where areas beside it do have one, its groups are shown and not ticked.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from console.domain.area_history import at_present
from console.domain.directory import Candidate
from console.domain.directory_map import DirectoryMap
from console.domain.geo import AreaIndex, Region
from console.domain.reach import HERE, Message, assembled


@dataclass(frozen=True, slots=True)
class TouchedArea:
    """One of the smallest areas that a region touches, with the part it lies over (0 to 1)."""

    area_id: str
    name: str
    overlap: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a region comes to. Empty areas: it touches none whose outline is known."""

    areas: tuple[TouchedArea, ...]
    candidates: tuple[Candidate, ...]


class Atlas:
    """The directory with the outlines of its areas; never changed, so any thread may read it."""

    def __init__(self, shape: DirectoryMap, index: AreaIndex) -> None:
        self.shape = shape
        self.index = index

    def propose(self, region: Region, message: Message) -> Proposal:
        """Return the areas a region touches, and the groups to choose from."""
        hits = self.index.hits(region)
        hits = {key: share for key, share in hits.items() if self._speaks(key, hits)}
        smallest = self.smallest(hits)
        inside = self._with_bare(smallest)
        unsure = self._bare_beside(hits, inside)
        beside = self._beside(smallest, hits, inside)
        found = assembled(self.shape, inside, beside, message, unsure)
        areas = (TouchedArea(key, self.shape.areas[key].name, hits[key]) for key in smallest)
        return Proposal(
            tuple(sorted(areas, key=lambda one: (-one.overlap, one.name, one.area_id))),
            tuple(replace(one, overlap=self._overlap(one, hits)) for one in found),
        )

    def _speaks(self, area_id: str, hits: Container[str]) -> bool:
        """Say whether an area counts: one that went up in another does not once that is hit (C9)."""
        if area_id not in self.shape.areas:
            return False
        now = at_present(self.shape, area_id) if self.shape.areas[area_id].ended_year else area_id
        return now == area_id or now not in hits

    def smallest(self, area_ids: Iterable[str]) -> dict[str, None]:
        """Return those of these areas in which no other of them lies."""
        wanted = dict.fromkeys(area_ids)
        around: set[str] = set()
        for key in wanted:
            step = self.shape.areas[key].parent_id
            while step in self.shape.areas and step not in around and step != key:
                around.add(step)
                step = self.shape.areas[step].parent_id
        return {key: None for key in wanted if key not in around}

    @cached_property
    def _bare(self) -> list[str]:
        """The areas without an outline, nor any inside them."""
        lined = {above.id for key in self.index.ids for above in self.shape.chain(key)}
        return [key for key in self.shape.areas if key not in lined]

    def _with_bare(self, smallest: dict[str, None]) -> dict[str, None]:
        inside = dict(smallest)
        for key in self._bare if smallest else ():
            if any(above.id in smallest for above in self.shape.chain(key)):
                inside[key] = None
        return inside

    def _bare_beside(self, hits: dict[str, float], inside: dict[str, None]) -> list[str]:
        found = []
        for key in self._bare if hits else ():
            nearest = next((up.id for up in self.shape.chain(key) if up.id in self.index), "")
            if nearest in hits and key not in inside:
                found.append(key)
        return found

    def _beside(
        self, smallest: dict[str, None], hits: dict[str, float], inside: dict[str, None]
    ) -> list[str]:
        near = self.index.near(smallest) & self.shape.areas.keys()
        found = self.smallest(sorted(near - hits.keys()))
        for key in smallest:
            # Noted by a person where the map shows no border: over water, or without an outline.
            for noted in self.shape.neighbours(key):
                if noted not in near:
                    found.update(self.shape.areas_below(noted))
        return [key for key in found if key not in hits and key not in inside]

    def _overlap(self, one: Candidate, hits: dict[str, float]) -> float | None:
        if one.section != HERE:
            return None
        groups = [one.group_id]
        if self.shape.is_tier(one.group_id):
            groups += self.shape.ends(one.group_id)
        areas = (self.shape.area_of(key) for key in groups)
        return max((hits[key] for key in areas if key in hits), default=None)
