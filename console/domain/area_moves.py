"""Which groups go along when their area goes up in another, one line each for a person (C9). Pure.

Nothing moves by itself: a group that is not accepted stays in the area it was in, and is offered
again with the next file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.domain.area_diff import AreaLine, Difference, KnownArea

GROUP = "group"
"""Stands as the level of a line that is about a group."""


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group and the areas it lies in: its own one, and those it hangs under."""

    id: str
    name: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Target:
    code: str
    name: str
    area_id: str = ""


def group_moves(
    known: Sequence[KnownArea], groups: Iterable[KnownGroup], lines: Sequence[AreaLine]
) -> list[AreaLine]:
    """Return a line per group and area it should leave: where that goes up in another, or did so.

    ``lines`` are the differences of the file; ``known`` and ``groups`` what is kept.
    """
    areas = {one.id: one for one in known}
    targets: dict[str, _Target] = {}
    for key in areas:
        now = _successor(areas, key)
        if now != key:
            targets[key] = _Target(areas[now].code, areas[now].name, now)
    for line in lines:
        if line.difference is Difference.MERGED:
            targets[line.id] = _Target(line.into, line.into_name)
    made = []
    for group in sorted(groups, key=lambda one: (one.name.casefold(), one.id)):
        for old in dict.fromkeys(group.areas):
            target = targets.get(old)
            if target is not None:
                made.append(_line(group, areas[old], target, lines))
    return made


def _line(
    group: KnownGroup, old: KnownArea, target: _Target, lines: Iterable[AreaLine]
) -> AreaLine:
    return AreaLine(
        Difference.MOVED,
        old.code,
        group.name,
        GROUP,
        id=group.id,
        fields={"from": old.id, "to": target.area_id},
        was={"area": old.name},
        into=target.code,
        into_name=target.name,
        needs_new=not target.area_id and is_made(target.code, lines),
    )


def is_made(code: str, lines: Iterable[AreaLine]) -> bool:
    """Say whether one of these lines makes the area of a code, or gives an area that code."""
    return any(
        one.code == code and (one.difference is Difference.NEW or "code" in one.fields)
        for one in lines
    )


def _successor(areas: Mapping[str, KnownArea], area_id: str) -> str:
    seen = {area_id}
    step = area_id
    while areas[step].ended_year and areas[step].merged_into in areas:
        into = areas[step].merged_into
        if into in seen:
            break
        seen.add(into)
        step = into
    return step
