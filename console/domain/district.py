"""Snapshots of "Mijn wijk": what happened in one's own areas and beside them (day.md §2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DistrictReport:
    """A report in one's own areas since the last shift."""

    id: str
    title: str
    place: str
    heard_at: str
    status: str
    holder_name: str


@dataclass(frozen=True, slots=True)
class NeighbourPost:
    """A post that went to the groups of an adjoining area; ``own_groups`` are ours that got it."""

    id: str
    kind: str
    title: str
    area_name: str
    placed_at: str
    groups: int
    by_name: str
    own_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class District:
    """The two blocks under what is due, and the areas they are about."""

    area_ids: tuple[str, ...] = ()
    area_names: tuple[str, ...] = ()
    since: str = ""
    reports: tuple[DistrictReport, ...] = ()
    neighbours: tuple[NeighbourPost, ...] = ()
