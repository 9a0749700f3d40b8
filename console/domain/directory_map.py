"""The shape of the directory: which area lies in which, which group hangs under what (F12).

Pure. Built from plain facts and never changed, so any thread may read it. A group may hang under
several areas and groups at once (Den Helder, seed 002); no level is obligatory. Circles and
parents that are gone are survived: a record of another desk may point anywhere.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from contract.vocabulary import AreaRole, GroupKind, GroupState

DEEPEST = 40
"""How many levels are followed; a tree that is deeper is a circle."""

MEMBER_LIMIT = 1024
"""The most members of a group where the team set no other number (C6)."""

ABOVE = frozenset({GroupKind.ADMINISTRATORS, GroupKind.REGIE})
"""Kinds whose members are administrators of other groups."""


@dataclass(frozen=True, slots=True)
class AreaFact:
    """One area as the shape needs it. ``ended_year``: the last year it existed, 0 while it does.

    ``merged_into`` is the area it went up in (C9).
    """

    id: str
    name: str
    level: str
    code: str = ""
    parent_id: str = ""
    ended_year: int = 0
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class GroupFact:
    """One group as the shape needs it. ``parents`` are (area or group, id) in order."""

    id: str
    name: str
    kind: str
    area_id: str = ""
    state: str = ""
    members: int = 0
    member_limit: int = 0
    wish: str = ""
    quiet_from: str = ""
    quiet_until: str = ""
    reach: str = ""
    reach_via: str = ""
    confirmed_at: str = ""
    parents: tuple[tuple[str, str], ...] = ()

    @property
    def gone(self) -> bool:
        """Whether the group exists no longer."""
        return self.state == GroupState.GONE

    @property
    def draft(self) -> bool:
        """Whether the group is only being prepared: nobody is in it yet (F20)."""
        return self.state == GroupState.DRAFT

    @property
    def standing(self) -> bool:
        """Whether there is such a group in WhatsApp."""
        return not self.gone and not self.draft

    @property
    def asleep(self) -> bool:
        """Whether nobody uses the group for now."""
        return self.state == GroupState.ASLEEP


@dataclass(frozen=True, slots=True)
class PersonFact:
    """One administrator; the phone number itself never comes along."""

    id: str
    name: str
    active: bool = True
    wish: str = ""
    quiet_from: str = ""
    quiet_until: str = ""
    reach: str = ""
    on_burgernet: bool = False
    confirmed_at: str = ""


@dataclass(frozen=True, slots=True)
class SeatFact:
    """That an administrator sits in a group, in which role."""

    id: str
    group_id: str
    administrator_id: str
    role: str


@dataclass(frozen=True, slots=True)
class RoleFact:
    """Who is who in an area (F13)."""

    id: str
    area_id: str
    role: str
    name: str
    note: str = ""
    person_id: str = ""


class DirectoryMap:
    """Every area, group and seat of the team, with the ways between them."""

    def __init__(
        self,
        areas: Iterable[AreaFact] = (),
        groups: Iterable[GroupFact] = (),
        people: Iterable[PersonFact] = (),
        seats: Iterable[SeatFact] = (),
        roles: Iterable[RoleFact] = (),
        neighbours: Iterable[tuple[str, str]] = (),
        *,
        member_limit: int = MEMBER_LIMIT,
    ) -> None:
        self.areas = {one.id: one for one in areas}
        self.past = [key for key, one in self.areas.items() if one.ended_year and one.merged_into]
        """The areas that went up in another and are kept for their history (C9)."""
        self.groups = {one.id: one for one in groups}
        self.people = {one.id: one for one in people}
        self.member_limit = member_limit
        self._seats: dict[str, list[SeatFact]] = {}
        for seat in seats:
            self._seats.setdefault(seat.group_id, []).append(seat)
        self._sits_in: dict[str, dict[str, None]] = {}
        for group_id, taken in self._seats.items():
            for seat in taken if group_id in self.groups else ():
                self._sits_in.setdefault(seat.administrator_id, {})[group_id] = None
        self._roles: dict[str, list[RoleFact]] = {}
        for role in roles:
            self._roles.setdefault(role.area_id, []).append(role)
        self._beside: dict[str, dict[str, None]] = {}
        for one, other in neighbours:
            if one != other and one in self.areas and other in self.areas:
                self._beside.setdefault(one, {})[other] = None
                self._beside.setdefault(other, {})[one] = None
        self._ends: dict[str, dict[str, None]] = {}
        self._above = {key: self._parents(one) for key, one in self.groups.items()}
        self._groups_under: dict[tuple[str, str], list[str]] = {}
        for key, above in self._above.items():
            for parent in above:
                self._groups_under.setdefault(parent, []).append(key)
        for ids in self._groups_under.values():
            ids.sort(key=self._group_order)

    def parents(self, group_id: str) -> tuple[tuple[str, str], ...]:
        """Return where a group hangs: (area or group, id); empty: at the root."""
        return self._above.get(group_id, ())

    def groups_under(self, kind: str, parent_id: str) -> list[str]:
        """Return the groups directly under an area or group, gone ones included, in order."""
        return self._groups_under.get((kind, parent_id), [])

    @cached_property
    def loose_groups(self) -> list[str]:
        """The groups that hang under nothing, in order; every circle of groups has one."""
        found = [key for key, above in self._above.items() if not above]
        reached: set[str] = set()
        todo = found + [
            key for key, above in self._above.items() if any(kind == "area" for kind, _ in above)
        ]
        for key in [*todo, *sorted(self.groups, key=self._group_order)]:
            if key not in reached and key not in todo:
                found.append(key)
            step = [key]
            while step:
                one = step.pop()
                if one not in reached:
                    reached.add(one)
                    step += self.groups_under("group", one)
        return sorted(found, key=self._group_order)

    @cached_property
    def roots(self) -> list[str]:
        """The areas without an area above them, in order; every circle has one root."""
        found = [key for key, one in self.areas.items() if one.parent_id not in self.areas]
        reached = {below for root in found for below in self.areas_below(root)}
        for key in sorted(self.areas, key=self._area_order):
            if key not in reached:
                found.append(key)
                reached.update(self.areas_below(key))
        return sorted(found, key=self._area_order)

    @cached_property
    def _areas_in(self) -> Mapping[str, list[str]]:
        under: dict[str, list[str]] = {}
        for key, one in self.areas.items():
            if one.parent_id in self.areas and one.parent_id != key:
                under.setdefault(one.parent_id, []).append(key)
        for ids in under.values():
            ids.sort(key=self._area_order)
        return under

    def areas_in(self, area_id: str) -> list[str]:
        """Return the areas directly inside an area, in order."""
        return self._areas_in.get(area_id, [])

    def areas_below(self, area_id: str) -> dict[str, None]:
        """Return an area and everything inside it, outermost first."""
        found = dict.fromkeys([area_id] if area_id in self.areas else [])
        todo = list(found)
        while todo:
            inner = [key for one in todo for key in self.areas_in(one) if key not in found]
            found.update(dict.fromkeys(inner))
            todo = inner
        return found

    def chain(self, area_id: str) -> Iterator[AreaFact]:
        """Walk from an area up to the outermost one."""
        seen: set[str] = set()
        step = area_id
        while step in self.areas and step not in seen:
            seen.add(step)
            yield self.areas[step]
            step = self.areas[step].parent_id

    def neighbours(self, area_id: str) -> list[str]:
        """Return the areas that adjoin an area, by name."""
        return sorted(self._beside.get(area_id, ()), key=self._area_order)

    def area_of(self, group_id: str) -> str:
        """Return the area a group lies in: its own, else that of what it hangs under."""
        seen: set[str] = set()
        todo = [group_id]
        while todo:
            key = todo.pop(0)
            fact = self.groups.get(key)
            if fact is None or key in seen:
                continue
            seen.add(key)
            if fact.area_id in self.areas:
                return fact.area_id
            for kind, parent in self._above[key]:
                if kind == "area":
                    return parent
                todo.append(parent)
        return ""

    @cached_property
    def lying_in(self) -> Mapping[str, list[str]]:
        """Every group by the area it lies in, in order of kind and name."""
        found: dict[str, list[str]] = {}
        for key in sorted(self.groups, key=self._group_order):
            found.setdefault(self.area_of(key), []).append(key)
        return found

    def is_tier(self, group_id: str) -> bool:
        """Say whether a group stands above others: by its kind, or because groups hang under it."""
        fact = self.groups[group_id]
        return fact.kind in ABOVE or any(
            not self.groups[key].gone for key in self.groups_under("group", group_id)
        )

    def ends(self, group_id: str) -> dict[str, None]:
        """Return the groups of residents or shops below a group that stands above others."""
        kept = self._ends.get(group_id)
        if kept is not None:
            return dict(kept)
        found: dict[str, None] = {}
        seen = {group_id}
        todo = list(self.groups_under("group", group_id))
        while todo:
            key = todo.pop(0)
            if key in seen or not self.groups[key].standing:
                continue
            seen.add(key)
            if self.is_tier(key):
                todo += self.groups_under("group", key)
            else:
                found[key] = None
        # Asked for every candidate again; two threads that find it at once find the same.
        self._ends[group_id] = found
        return dict(found)

    def tiers_above(self, group_id: str) -> list[str]:
        """Return the groups directly above a group that still exist."""
        return [
            parent
            for kind, parent in self.parents(group_id)
            if kind == "group" and not self.groups[parent].gone
        ]

    def ends_in(self, area_id: str) -> dict[str, None]:
        """Return every group of residents or shops under an area, at any depth."""
        found: dict[str, None] = {}
        for inside in self.areas_below(area_id):
            for key in self.groups_under("area", inside):
                if not self.groups[key].standing:
                    continue
                found.update(self.ends(key) if self.is_tier(key) else {key: None})
            for key in self.lying_in.get(inside, ()):
                if self.groups[key].standing and not self.is_tier(key):
                    found[key] = None
        return found

    def seats(self, group_id: str) -> list[SeatFact]:
        """Return who sits in a group itself and still does so."""
        return [
            seat
            for seat in self._seats.get(group_id, ())
            if seat.administrator_id in self.people and self.people[seat.administrator_id].active
        ]

    def all_seats(self, group_id: str) -> list[SeatFact]:
        """Return who sits in a group, those of the groups below it included."""
        found = self.seats(group_id)
        if self.is_tier(group_id):
            for key in self.ends(group_id):
                found += self.seats(key)
        return found

    def groups_of(self, administrator_id: str) -> list[str]:
        """Return the names of the groups somebody sits in, in order."""
        found = self._sits_in.get(administrator_id, {})
        return sorted((self.groups[key].name for key in found), key=str.casefold)

    def roles(self, area_id: str, role: str) -> list[RoleFact]:
        """Return who has a role in this area itself."""
        return [one for one in self._roles.get(area_id, ()) if one.role == role and one.name]

    def who(self, area_id: str, role: str) -> RoleFact | None:
        """Return who has a role in an area, else in the nearest area around it (F13)."""
        for place in self.chain(area_id):
            found = self.roles(place.id, role)
            if found:
                return found[0]
        return None

    def officer_areas(self, person_id: str, own_area: str) -> dict[str, None]:
        """Return the areas of a person: their own, and those where they are the officer."""
        found = dict.fromkeys([own_area] if own_area in self.areas else [])
        for area_id, roles in self._roles.items():
            if any(r.role == AreaRole.OFFICER and r.person_id == person_id for r in roles):
                found[area_id] = None
        return found

    def _parents(self, fact: GroupFact) -> tuple[tuple[str, str], ...]:
        places: dict[str, Container[str]] = {"area": self.areas, "group": self.groups}
        known = {
            (kind, key): None
            for kind, key in fact.parents
            if key in places.get(kind, {}) and key != fact.id
        }
        if not known and fact.area_id in self.areas:
            return (("area", fact.area_id),)
        return tuple(known)

    def _group_order(self, key: str) -> tuple[int, str, str]:
        fact = self.groups[key]
        rank = {GroupKind.REGIE.value: 0, GroupKind.ADMINISTRATORS.value: 1}.get(fact.kind, 2)
        return rank, fact.name.casefold(), key

    def _area_order(self, key: str) -> tuple[str, str]:
        return self.areas[key].name.casefold(), key
