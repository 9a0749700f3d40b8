"""The tree of the directory as a flat list of lines (F12, screens.md §5.5). Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from console.domain.area_history import holds_groups
from console.domain.directory import DirectoryCounts, TreeNode
from console.domain.directory_gaps import area_gaps, group_gaps, inner_gaps, word_of
from console.domain.directory_map import DEEPEST, DirectoryMap

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the tree should show.

    ``toggled``: keys of lines that stand other than they do by themselves: areas open, groups
    closed. ``found``: (kind, id) of what was searched for; None: nothing was searched.
    """

    toggled: frozenset[str] = frozenset()
    found: frozenset[Key] | None = None
    areas: frozenset[str] | None = None


def lines(shape: DirectoryMap, wanted: Wanted, now: str) -> list[TreeNode]:
    """Return the visible lines in order. What was found keeps everything above it (F12)."""
    return _Walk(shape, wanted, now).lines()


def with_gaps(shape: DirectoryMap, now: str) -> frozenset[Key]:
    """Return every area and group that misses something itself."""
    found: set[Key] = {("area", key) for key in shape.areas if area_gaps(shape, key)}
    found |= {("group", key) for key in shape.groups if group_gaps(shape, key, now)}
    return frozenset(found)


def counts(shape: DirectoryMap, mine: Iterable[str], now: str) -> DirectoryCounts:
    """Count what the segments and the line under the tree say. ``mine``: areas of the person."""
    ends = [key for key, one in shape.groups.items() if one.standing and not shape.is_tier(key)]
    tiers = [key for key, one in shape.groups.items() if one.standing and shape.is_tier(key)]
    own: dict[str, None] = {}
    for area_id in mine:
        own.update(shape.ends_in(area_id))
    return DirectoryCounts(
        groups=len(ends),
        administrator_groups=len(tiers),
        members=sum(shape.groups[key].members for key in ends),
        gaps=len(with_gaps(shape, now)),
        mine=len(own),
    )


def path_to(shape: DirectoryMap, kind: str, record_id: str) -> list[str]:
    """Return the keys of the lines from the root to a record, itself last; empty: not here.

    Where a group hangs under several, it is the way through the first of them.
    """
    known = shape.areas if kind == "area" else shape.groups
    steps: list[Key] = []
    here: Key | None = (kind, record_id) if record_id in known else None
    while here is not None and here not in steps:
        steps.append(here)
        here = _parent(shape, here)
    keys: list[str] = []
    for one, key in reversed(steps):
        keys.append(f"{keys[-1] if keys else ''}/{one}:{key}")
    return keys


def _parent(shape: DirectoryMap, here: Key) -> Key | None:
    kind, key = here
    if kind == "area":
        above = shape.areas[key].parent_id
        return ("area", above) if above in shape.areas else None
    return next(iter(shape.parents(key)), None)


class _Walk:
    def __init__(self, shape: DirectoryMap, wanted: Wanted, now: str) -> None:
        self.shape = shape
        self.wanted = wanted
        self.now = now
        self.keep = None if wanted.found is None else self._with_parents(wanted.found)
        self.made: list[TreeNode] = []

    def lines(self) -> list[TreeNode]:
        roots = self.wanted.areas
        if roots is None:
            for area_id in self.shape.roots:
                self._area(area_id, "", 0)
            for group_id in self.shape.loose_groups:
                self._group(group_id, "", 0)
        else:
            inside = {below for one in roots for below in self.shape.areas_below(one)} - roots
            for area_id in sorted(roots - inside, key=lambda key: self.shape.areas[key].name):
                self._area(area_id, "", 0)
        return self.made

    def _area(self, area_id: str, above: str, depth: int) -> None:
        if not self._shows("area", area_id) or depth > DEEPEST:
            return
        if f"/area:{area_id}/" in f"{above}/":
            return
        fact = self.shape.areas[area_id]
        if self._is_past(area_id):
            return
        groups = self._groups_in("area", area_id)
        inner = [key for key in self.shape.areas_in(area_id) if not self._is_past(key)]
        key = f"{above}/area:{area_id}"
        opened = self._is_open(key, [("area", k) for k in inner] + [("group", k) for k in groups])
        self.made.append(
            TreeNode(
                key,
                "area",
                area_id,
                f"{fact.name} (tot en met {fact.ended_year})" if fact.ended_year else fact.name,
                depth,
                fact.level,
                len(self.shape.ends_in(area_id)),
                bool(inner or groups),
                opened and bool(inner or groups),
                word_of(area_gaps(self.shape, area_id)),
            )
        )
        if opened:
            self._inside(groups, inner, key, depth + 1)

    def _is_past(self, area_id: str) -> bool:
        """Whether an area exists no longer and nothing is left in it; a search still finds it."""
        if not self.shape.areas[area_id].ended_year:
            return False
        searched = self.wanted.found is not None and ("area", area_id) in self.wanted.found
        return not searched and not holds_groups(self.shape, area_id)

    def _inside(self, groups: list[str], inner: list[str], key: str, depth: int) -> None:
        every = self._nothing_kept([("area", k) for k in inner] + [("group", k) for k in groups])
        for group_id in groups:
            self._group(group_id, key, depth, every=every)
        for area_id in inner:
            if every:
                self._whole_area(area_id, key, depth)
            else:
                self._area(area_id, key, depth)

    def _whole_area(self, area_id: str, key: str, depth: int) -> None:
        # Under a found area everything may be opened, found or not.
        keep, self.keep = self.keep, None
        self._area(area_id, key, depth)
        self.keep = keep

    def _group(self, group_id: str, above: str, depth: int, *, every: bool = False) -> None:
        if depth > DEEPEST or f"/group:{group_id}/" in f"{above}/":
            return
        if not every and not self._shows("group", group_id):
            return
        fact = self.shape.groups[group_id]
        under = self._groups_in("group", group_id)
        tier = self.shape.is_tier(group_id)
        key = f"{above}/group:{group_id}"
        opened = self._is_open(key, [("group", k) for k in under], default=False)
        gaps = inner_gaps(self.shape, group_id, self.now)
        own = [word for one, word in gaps if one == group_id]
        self.made.append(
            TreeNode(
                key,
                "group",
                group_id,
                fact.name,
                depth,
                fact.kind,
                len(self.shape.ends(group_id)) if tier else fact.members,
                bool(under),
                opened and bool(under),
                word_of(own, len(gaps) - len(own)),
                linked=len(self.shape.parents(group_id)) > 1,
            )
        )
        if opened:
            self._inside(under, [], key, depth + 1)

    def _groups_in(self, kind: str, key: str) -> list[str]:
        found = self.shape.groups_under(kind, key)
        return [one for one in found if not self.shape.groups[one].gone or self._found(one)]

    def _found(self, group_id: str) -> bool:
        return self.wanted.found is not None and ("group", group_id) in self.wanted.found

    def _shows(self, kind: str, key: str) -> bool:
        if kind == "group" and self.shape.groups[key].gone and not self._found(key):
            return False
        return self.keep is None or (kind, key) in self.keep

    def _nothing_kept(self, inner: list[Key]) -> bool:
        return self.keep is not None and not any(one in self.keep for one in inner)

    def _is_open(self, key: str, inner: list[Key], *, default: bool = True) -> bool:
        if self.keep is not None:
            # A search opens what leads to a find; a found line itself stays closed.
            default = any(one in self.keep for one in inner)
        return default != (key in self.wanted.toggled)

    def _with_parents(self, found: Iterable[Key]) -> set[Key]:
        keep: set[Key] = set()
        todo = list(found)
        above: Callable[[str], Iterable[Key]]
        while todo:
            kind, key = todo.pop()
            known = self.shape.areas if kind == "area" else self.shape.groups
            if (kind, key) in keep or key not in known:
                continue
            keep.add((kind, key))
            above = self._above_area if kind == "area" else self.shape.parents
            todo += above(key)
        return keep

    def _above_area(self, area_id: str) -> Iterable[Key]:
        parent = self.shape.areas[area_id].parent_id
        return [("area", parent)] if parent in self.shape.areas else []
