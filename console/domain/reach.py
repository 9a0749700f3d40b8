"""From an area to the groups that could get a post (F18, F14, C1, C2). Pure.

The police speaks to administrators, so where a group has an administrators' group or regiegroep
above it, that one is offered. Adjoining areas are offered too, and never ticked by the desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from console.domain.area_history import at_present, with_past
from console.domain.clock import local
from console.domain.directory import Candidate
from console.domain.directory_gaps import confirmed, days_between
from console.domain.directory_map import DirectoryMap
from contract.vocabulary import (
    ACUTE_KINDS,
    AreaRole,
    MessageClass,
    MessageKind,
    Reach,
    Wish,
)

HERE = "here"
ADJOINING = "adjoining"

UNSURE = "Van dit gebied is geen grens bekend."
"""Why a group is left grey whose area has no outline while areas around it do."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is about to be sent, as far as groups care. ``now`` is a stamp."""

    kind: str
    message_class: str
    now: str

    @property
    def acute(self) -> bool:
        """Whether people can act on it now: the template says so, or else its kind."""
        if self.message_class in tuple(MessageClass):
            return self.message_class == MessageClass.ACUTE
        return self.kind in ACUTE_KINDS or self.kind == MessageKind.CORRECTION


def candidates(shape: DirectoryMap, area_ids: Iterable[str], message: Message) -> list[Candidate]:
    """Return the groups of these areas, then, never ticked, those of adjoining areas (F18)."""
    inside: dict[str, None] = {}
    for area_id in area_ids:
        inside.update(shape.areas_below(at_present(shape, area_id)))
    inside = with_past(shape, inside)
    return assembled(shape, inside, _adjoining(shape, inside), message)


def assembled(
    shape: DirectoryMap,
    inside: dict[str, None],
    beside: Iterable[str],
    message: Message,
    unsure: Iterable[str] = (),
) -> list[Candidate]:
    """Return the groups of these very areas, of areas in doubt, and of areas beside them.

    ``inside`` is not widened: what lies in these areas has to be among them. Groups of ``unsure``
    areas stand among those of the area and are not ticked, nor are those of ``beside``.
    """
    here = _groups_for(shape, inside)
    made = [_candidate(shape, key, HERE, message) for key in here]
    double = _doubles(shape, {one.group_id for one in made if one.ticked}, inside)
    result = [_without_tick(one, double.get(one.group_id, "")) for one in made]
    for key in _groups_for(shape, unsure):
        if key not in here:
            here[key] = None
            doubted = _candidate(shape, key, HERE, message)
            result.append(_without_tick(doubted, doubted.why_not or UNSURE))
    for key in _groups_for(shape, beside):
        if key not in here:
            result.append(_candidate(shape, key, ADJOINING, message))
    return result


def picked(shape: DirectoryMap, group_ids: Iterable[str], message: Message) -> list[Candidate]:
    """Return these very groups, whatever area they lie in; for a post somebody starts from one."""
    return [
        _candidate(shape, key, HERE, message)
        for key in dict.fromkeys(group_ids)
        if key in shape.groups and shape.groups[key].standing
    ]


def quiet_now(quiet_from: str, quiet_until: str, now: str) -> bool:
    """Say whether a moment lies in quiet hours, which may run over midnight. Local time."""
    at = local(now)
    if at is None or not quiet_from or not quiet_until or quiet_from == quiet_until:
        return False
    clock = at.strftime("%H:%M")
    start, end = quiet_from.rjust(5, "0"), quiet_until.rjust(5, "0")
    if start < end:
        return start <= clock < end
    return clock >= start or clock < end


def reach_via(shape: DirectoryMap, group_id: str) -> str:
    """Return the name of the coordinator in between: of the group, else of its area (C2)."""
    fact = shape.groups[group_id]
    if fact.reach != Reach.VIA_COORDINATOR:
        return ""
    if fact.reach_via:
        return fact.reach_via
    found = shape.who(shape.area_of(group_id), AreaRole.COORDINATOR)
    return found.name if found else ""


def _groups_for(shape: DirectoryMap, inside: Iterable[str]) -> dict[str, None]:
    """Return the groups to speak to for these areas, in the order of the tree."""
    areas = dict.fromkeys(inside)
    covering = {above.id for area_id in areas for above in shape.chain(area_id)} - set(areas)
    found: dict[str, None] = {}
    for area_id in [*areas, *sorted(covering)]:
        for key in _lying_in(shape, area_id):
            covers_only = area_id in covering
            if shape.is_tier(key):
                # One that stands over other places only has nobody here.
                if not covers_only or not shape.ends(key):
                    found[key] = None
                continue
            above = shape.tiers_above(key)
            found.update(dict.fromkeys(above or [key]))
    return found


def _lying_in(shape: DirectoryMap, area_id: str) -> list[str]:
    return [key for key in shape.lying_in.get(area_id, ()) if shape.groups[key].standing]


def _adjoining(shape: DirectoryMap, inside: dict[str, None]) -> list[str]:
    """Return the areas that adjoin these; where nobody noted any, those of the area around."""
    steps = [list(inside)]
    if inside:
        steps += [[one.id] for one in shape.chain(next(iter(inside)))][1:]
    for step in steps:
        near = {
            below: None
            for one in step
            for neighbour in shape.neighbours(one)
            for below in shape.areas_below(neighbour)
            if below not in inside
        }
        if near:
            return list(near)
    return []


def _candidate(shape: DirectoryMap, group_id: str, section: str, message: Message) -> Candidate:
    fact = shape.groups[group_id]
    tier = shape.is_tier(group_id)
    ends = shape.ends(group_id) if tier else {group_id: None}
    area_id = shape.area_of(group_id)
    members = sum(shape.groups[key].members for key in ends)
    why_not = _why_not(shape, group_id, message)
    return Candidate(
        group_id=group_id,
        name=fact.name,
        kind=fact.kind,
        area_name=shape.areas[area_id].name if area_id else "",
        section=section,
        groups=len(ends),
        administrators=len({seat.administrator_id for seat in shape.all_seats(group_id)}),
        members=members if ends else fact.members,
        reach=fact.reach or Reach.DIRECT,
        reach_via=reach_via(shape, group_id),
        wish=fact.wish or Wish.ACUTE_ONLY,
        quiet_from=fact.quiet_from,
        quiet_until=fact.quiet_until,
        days_since=days_between(confirmed(shape, group_id), message.now),
        ticked=section == HERE and not why_not,
        why_not=why_not,
    )


def _why_not(shape: DirectoryMap, group_id: str, message: Message) -> str:
    """Return the Dutch reason a group is left grey; empty: it may be ticked."""
    fact = shape.groups[group_id]
    if fact.asleep:
        return "Deze groep slaapt."
    if fact.reach == Reach.INBOUND_ONLY:
        return "Alleen van hen naar ons."
    if message.acute:
        return ""
    if (fact.wish or Wish.ACUTE_ONLY) == Wish.ACUTE_ONLY:
        return "Wil alleen acute berichten."
    if quiet_now(fact.quiet_from, fact.quiet_until, message.now):
        return f"Stil van {fact.quiet_from} tot {fact.quiet_until}."
    return ""


def _doubles(shape: DirectoryMap, ticked: set[str], inside: dict[str, None]) -> dict[str, str]:
    """Return groups from further out whose people here are all reached already, with why.

    In Den Helder every administrator sits in the regiegroep and in the group of the area: one of
    the two is enough, and the nearer one does not speak to other areas (seed 002).
    """
    near = [key for key in ticked if shape.area_of(key) in inside]
    found: dict[str, str] = {}
    for key in ticked - set(near):
        if not shape.is_tier(key):
            continue
        served = {one for one in shape.ends(key) if shape.area_of(one) in inside}
        reached = {one for other in near for one in (*shape.ends(other), other)}
        if served and served <= reached:
            names = sorted(shape.groups[one].name for one in near if shape.is_tier(one))
            found[key] = f"Dezelfde beheerders zitten in {_listed(names)}."
    return found


def _without_tick(one: Candidate, reason: str) -> Candidate:
    return replace(one, ticked=False, why_not=reason) if reason else one


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} en {names[-1]}"
