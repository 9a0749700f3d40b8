"""What goes along when an area goes up in another, one line each for a person to accept (C9). Pure.

Groups, who is who, and colleagues whose rights are bound to the area. Nothing moves by itself: what
is not accepted stays in the area it was in, and is offered again with the next file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.domain.area_diff import AreaLine, Difference, KnownArea

GROUP, ROLE, PERSON = "group", "area_role", "person"
"""What a line is about; stands where other lines have the level of an area."""

_ORDER = (GROUP, ROLE, PERSON)


@dataclass(frozen=True, slots=True)
class Mover:
    """A record and the areas it belongs to. ``role`` is the AreaRole of who is who."""

    kind: str
    id: str
    name: str
    areas: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class _Target:
    code: str
    name: str
    area_id: str = ""


def moves(
    known: Sequence[KnownArea], movers: Iterable[Mover], lines: Sequence[AreaLine]
) -> list[AreaLine]:
    """Return a line per record and area it should leave: where that goes up in another, or did so.

    ``lines`` are the differences of the file; ``known`` and ``movers`` what is kept.
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
    order = sorted(movers, key=lambda one: (_ORDER.index(one.kind), one.name.casefold(), one.id))
    for mover in order:
        for old in dict.fromkeys(mover.areas):
            target = targets.get(old)
            if target is not None:
                made.append(_line(mover, areas[old], target, lines))
    return made


def _line(mover: Mover, old: KnownArea, target: _Target, lines: Iterable[AreaLine]) -> AreaLine:
    return AreaLine(
        Difference.MOVED,
        old.code,
        mover.name,
        mover.kind,
        id=mover.id,
        fields={"from": old.id, "to": target.area_id},
        was={"area": old.name, "role": mover.role},
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
