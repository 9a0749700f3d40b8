"""Snapshots of the directory: areas, groups, administrators and who is who (F11-F14, F18)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One visible line of the tree, in order, with its depth (0 = municipality or root).

    ``kind``: area or group. ``key`` is the path, so a group under two parents has two keys.
    ``gap`` is the Dutch word shown with the triangle; ``linked`` marks a second parent.
    """

    key: str
    kind: str
    id: str
    name: str
    depth: int
    level: str
    count: int
    children: bool
    open: bool
    gap: str = ""
    linked: bool = False


@dataclass(frozen=True, slots=True)
class WhoIsWho:
    """One role in an area; an empty name is a visible gap (F13).

    ``from_area`` names the area around it that the person was found at; empty: this one.
    """

    role: str
    name: str
    note: str = ""
    id: str = ""
    from_area: str = ""


ONLY_WORKERS = "alleen voor wie meldingen behandelt"
"""In the place of a number or link, for who may never see it (security.md §6)."""

NOT_HERE = "staat niet op deze computer"
"""In the place of one that a desk did not get while somebody was signed in who may not see it."""


@dataclass(frozen=True, slots=True)
class AdministratorRow:
    """One administrator on a group card; the phone is masked until a reason is given.

    ``unseen``: why there is a number and it cannot be shown here; then ``has_phone`` is false.
    """

    id: str
    link_id: str
    name: str
    group_id: str
    group_name: str
    role: str
    masked_phone: str
    has_phone: bool
    on_burgernet: bool
    confirmed_at: str
    days_since: int | None
    active: bool
    wish: str
    quiet_from: str
    quiet_until: str
    reach: str
    unseen: str = ""


@dataclass(frozen=True, slots=True)
class RecentPost:
    """One of the last five posts to a group, with what became of its feedback."""

    id: str
    title: str
    placed_at: str
    state: str
    outcome: str
    due_at: str
    settled_at: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A note of what was agreed with the administrators, with name and date."""

    id: str
    text: str
    by_name: str
    made_at: str


@dataclass(frozen=True, slots=True)
class GroupCard:
    """Everything the directory shows of one group.

    ``days_since`` is the age of the newest confirmation of the group or its administrators.
    ``gaps`` are sentences. ``invite_link`` is masked: whoever has it can join. ``parents`` are
    (kind, id, name). ``without_administrator`` names groups below that have nobody.
    ``area_id`` and ``member_limit`` are what holds for it, ``own_area_id`` and ``own_limit`` what
    was filled in for this very group. ``link_unseen``: as ``unseen`` of an administrator.
    """

    id: str
    name: str
    kind: str
    state: str
    area_id: str
    area_name: str
    area_code: str
    municipality: str
    reach: str
    reach_via: str
    wish: str
    quiet_from: str
    quiet_until: str
    members: int
    member_limit: int
    streets: tuple[str, ...]
    postcodes: tuple[str, ...]
    invite_link: str
    note: str
    confirmed_at: str
    days_since: int | None
    child_groups: int
    child_members: int
    parents: tuple[tuple[str, str, str], ...]
    gaps: tuple[str, ...]
    who: tuple[WhoIsWho, ...]
    neighbours: tuple[str, ...]
    administrators: tuple[AdministratorRow, ...]
    without_administrator: tuple[str, ...]
    recent: tuple[RecentPost, ...]
    agreements: tuple[Agreement, ...]
    own_area_id: str = ""
    own_limit: int = 0
    link_unseen: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is shown after a reason was written down: numbers by administrator, the invite link."""

    phones: Mapping[str, str]
    invite_link: str = ""

    def __repr__(self) -> str:
        return f"Numbers({len(self.phones)})"


@dataclass(frozen=True, slots=True)
class AreaCard:
    """Everything the directory shows of one area.

    ``groups`` hang or lie right here; ``inner_groups`` counts those of every area inside as well.
    ``inhabitants`` is None where nobody knows. ``ended_year`` is the last year an area existed, 0
    while it does; ``went_into`` is the name of the area it went up in, and ``came_from`` are the
    areas that went up in this one, each with its last year (C9).
    """

    id: str
    name: str
    level: str
    code: str
    parent_id: str
    parent_name: str
    inhabitants: int | None
    note: str
    who: tuple[WhoIsWho, ...]
    neighbours: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]
    inner_groups: int = 0
    ended_year: int = 0
    went_into: str = ""
    came_from: tuple[tuple[str, int], ...] = ()
    inhabitants_year: int = 0
    inhabitants_source: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryCounts:
    """The footer and the segments of the directory."""

    groups: int = 0
    administrator_groups: int = 0
    members: int = 0
    gaps: int = 0
    mine: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A place a text completes to: a street of a group, a group or an area.

    ``area_name`` is the area a street or group lies in; of an area, what lies around it.
    """

    text: str
    kind: str
    area_id: str
    area_name: str
    group_id: str = ""
    officer_name: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One group that could get a post (F18): what it wants, how it is reached, how fresh it is.

    ``section``: here or adjoining. ``ticked`` is the proposal; ``why_not`` is the Dutch reason a
    group is left grey (wish, quiet hours, asleep). ``overlap`` is the part of its area, 0 to 1, that
    an alert's own circle or outline lies over; None where that is not known.
    """

    group_id: str
    name: str
    kind: str
    area_name: str
    section: str
    groups: int
    administrators: int
    members: int
    reach: str
    reach_via: str
    wish: str
    quiet_from: str
    quiet_until: str
    days_since: int | None
    ticked: bool
    why_not: str = ""
    overlap: float | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One find of the directory search or the palette."""

    kind: str
    id: str
    title: str
    detail: str
