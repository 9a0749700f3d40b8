"""Which line of a list is which group of the directory, the same at every import (F16). Pure.

In turn, each for all lines before the next: the list's own mark of a line that was read before,
name with place, the number of an administrator. What name or number leaves open is a question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from console.domain.register import FileLine, Known, KnownGroup, KnownLink, Question
from console.domain.register_places import Places
from console.domain.register_words import key_of

NEW = "-"
"""The answer that says: a group that is not here yet."""

BY_NUMBER = "Herkend aan het nummer van een beheerder"


@dataclass(slots=True)
class Matching:
    """For each line (by its ref) the group it is, how that was seen where it is not plain, and what

    a person has to look at.
    """

    groups: dict[str, str] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


def match(
    known: Known, lines: Sequence[FileLine], places: Places, choices: Mapping[str, str]
) -> Matching:
    """Lay lines beside groups. No group is two lines, and no line two groups."""
    found = Matching()
    taken: set[str] = set()
    _by_ref(known, lines, found, taken)
    open_lines = [one for one in lines if one.ref not in found.groups]
    _by_name(known, open_lines, places, choices, found, taken)
    open_lines = [one for one in open_lines if one.ref not in found.groups]
    _by_phone(known, open_lines, places, choices, found, taken)
    return found


def _by_ref(known: Known, lines: Sequence[FileLine], found: Matching, taken: set[str]) -> None:
    links: dict[str, KnownLink] = {}
    for link in known.links:
        links.setdefault(link.ref, link)
    for depth in (0, 1):
        for line in lines:
            if len(line.refs) <= depth or line.ref in found.groups:
                continue
            one = links.get(line.refs[depth])
            if one is not None and one.group_id in known.groups and one.group_id not in taken:
                found.groups[line.ref] = one.group_id
                taken.add(one.group_id)


def _by_name(
    known: Known,
    lines: Sequence[FileLine],
    places: Places,
    choices: Mapping[str, str],
    found: Matching,
    taken: set[str],
) -> None:
    named: dict[str, list[KnownGroup]] = {}
    for group in known.groups.values():
        if group.id not in taken and not group.gone:
            named.setdefault(key_of(group.name), []).append(group)
    for line in lines:
        fits = [
            one
            for one in named.get(key_of(line.name), [])
            if one.id not in taken and _fits(one, line, places)
        ]
        exact = [one for one in fits if line.area_id and one.area_id == line.area_id]
        fits = exact if len(exact) == 1 else fits
        if not fits:
            continue
        chosen = fits[0].id if len(fits) == 1 else ""
        if not chosen:
            chosen = _ask(found, line, fits, places, choices, NEW)
        if chosen != NEW:
            found.groups[line.ref] = chosen
            taken.add(chosen)


def _fits(group: KnownGroup, line: FileLine, places: Places) -> bool:
    """Two groups of one name in different municipalities are two groups."""
    town = places.town_of(group.area_id)
    return not town or not line.town_id or town == line.town_id


def _by_phone(
    known: Known,
    lines: Sequence[FileLine],
    places: Places,
    choices: Mapping[str, str],
    found: Matching,
    taken: set[str],
) -> None:
    seats: dict[str, list[KnownGroup]] = {}
    for group in known.groups.values():
        if group.id in taken or group.gone or group.id in known.elsewhere:
            continue
        for person_id in group.people:
            one = known.people.get(person_id)
            if one is not None and one.active and one.phone:
                seats.setdefault(one.phone, []).append(group)
    for line in lines:
        fits: dict[str, KnownGroup] = {}
        for person in line.people:
            for group in seats.get(person.phone, ()) if person.phone else ():
                if group.id not in taken and _fits(group, line, places) and _same_kind(group, line):
                    fits[group.id] = group
        if not fits:
            continue
        groups = list(fits.values())
        first = groups[0].id if len(groups) == 1 else NEW
        chosen = _ask(found, line, groups, places, choices, first)
        if chosen != NEW:
            found.groups[line.ref] = chosen
            found.how[line.ref] = BY_NUMBER
            taken.add(chosen)


def _same_kind(group: KnownGroup, line: FileLine) -> bool:
    """An administrators' group is not the neighbourhood group that its members run."""
    return not line.kind or not group.kind or group.kind == line.kind


def _ask(
    found: Matching,
    line: FileLine,
    groups: Sequence[KnownGroup],
    places: Places,
    choices: Mapping[str, str],
    proposed: str,
) -> str:
    key = f"group:{line.ref}"
    options = [(one.id, _words(one, places)) for one in groups]
    chosen = choices.get(key, "")
    if chosen not in {NEW, *(one for one, _ in options)}:
        chosen = proposed
    found.questions.append(
        Question(
            key,
            f"Welke groep is “{line.name}”?",
            f"Rij {line.number}",
            (*options, (NEW, "Een nieuwe groep")),
            chosen,
        )
    )
    return chosen


def _words(group: KnownGroup, places: Places) -> str:
    area = places.words(group.area_id)
    return f"{group.name} ({area})" if area else group.name
