"""What a file of areas would change: a list of differences, each for a person to accept (C9). Pure.

Nothing is deleted. An area that a newer file no longer has is offered as gone, or as gone up in the
area that its outline now lies in; accepting keeps the record, with the year it ended.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from console.domain.geo import AreaIndex
from console.domain.outline import Outline, decoded
from contract.vocabulary import AreaLevel

MERGED_FROM = 0.5
"""The part of an old outline that has to lie in one new area to propose that it went up in it."""


class Difference(StrEnum):
    """What a line of the list is about."""

    NEW = "new"
    CHANGED = "changed"
    MERGED = "merged"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area as it is kept. ``shape`` is its kept outline, empty for none."""

    id: str
    name: str
    level: str
    code: str = ""
    parent_id: str = ""
    year: int = 0
    ended_year: int = 0
    inhabitants: int | None = None
    shape: str = ""


@dataclass(frozen=True, slots=True)
class FileArea:
    """An area of a file, its outline as it would be kept. ``parent`` is a code."""

    code: str
    level: str
    name: str
    municipality: str
    parent: str
    shape: str
    inhabitants: int | None = None


@dataclass(frozen=True, slots=True)
class FileAreas:
    """The areas of the chosen municipalities of one file, the larger first. ``year`` 0: not said.

    ``left_out`` could not be read; ``more``: this is one page of several.
    """

    year: int
    areas: tuple[FileArea, ...]
    left_out: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One difference. ``id`` is the area that is kept, empty for a new one.

    ``fields`` are what would be set; ``fields`` of a new area are all of it. ``parent`` is the code
    to hang it under, ``into`` the code it went up in, ``share`` the part of it that lies there.
    ``was`` holds the old values of what a person sees change.
    """

    difference: Difference
    code: str
    name: str
    level: str
    id: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    was: Mapping[str, Any] = field(default_factory=dict)
    parent: str = ""
    shape: str = ""
    into: str = ""
    into_name: str = ""
    share: float = 0.0

    @property
    def key(self) -> str:
        """What tells this line from every other."""
        return f"{self.difference}:{self.code}:{self.id}"

    @property
    def proposed(self) -> bool:
        """Whether the line is ticked at first: what is missing is never taken for gone."""
        return self.difference in (Difference.NEW, Difference.CHANGED)


def compare(
    known: Sequence[KnownArea],
    found: Sequence[FileArea],
    *,
    year: int,
    chosen: Collection[str],
    whole: bool = True,
) -> list[AreaLine]:
    """Return the differences, larger areas first, what is gone last.

    ``chosen`` are the codes of the municipalities that were read. ``whole`` is False for one page
    of several: then nothing is missing. Comparing again after every line was accepted gives none.
    """
    live = [one for one in known if not one.ended_year]
    by_code = {one.code: one for one in live if one.code}
    by_id = {one.id: one for one in known}
    by_name: dict[tuple[str, str], list[KnownArea]] = {}
    for one in live:
        if not one.code:
            by_name.setdefault((one.level, one.name.casefold()), []).append(one)
    lines = []
    taken: set[str] = set()
    codes = {one.code for one in found} | by_code.keys()
    for there in found:
        here = by_code.get(there.code)
        if here is None:
            same = by_name.get((there.level, there.name.casefold()), [])
            # Two of one name need a person; the file's area is then offered as a new one.
            here = same[0] if len(same) == 1 and same[0].id not in taken else None
        parent = _parent(there, codes)
        if here is None:
            lines.append(_new(there, year, parent))
            continue
        taken.add(here.id)
        line = _changed(here, there, year, parent, by_id, by_code)
        if line is not None:
            lines.append(line)
    return lines + (_missing(live, found, taken, chosen, year) if whole else [])


def _parent(there: FileArea, codes: Collection[str]) -> str:
    if there.parent in codes:
        return there.parent
    # A file of buurten alone has no wijken to hang them under.
    if there.level == AreaLevel.NEIGHBOURHOOD and there.municipality in codes:
        return there.municipality
    return ""


def _new(there: FileArea, year: int, parent: str) -> AreaLine:
    fields = {
        "name": there.name,
        "level": there.level,
        "code": there.code,
        "inhabitants": there.inhabitants,
        "year": year or None,
    }
    set_fields = {name: value for name, value in fields.items() if value is not None}
    return AreaLine(
        Difference.NEW,
        there.code,
        there.name,
        there.level,
        fields=set_fields,
        parent=parent,
        shape=there.shape,
    )


def _changed(
    here: KnownArea,
    there: FileArea,
    year: int,
    parent: str,
    by_id: Mapping[str, KnownArea],
    by_code: Mapping[str, KnownArea],
) -> AreaLine | None:
    fields: dict[str, Any] = {}
    was: dict[str, Any] = {}
    if year and year < here.year:
        # An older file than what is kept changes nothing.
        return None
    for name, old, new in (
        ("name", here.name, there.name),
        ("code", here.code, there.code),
        ("inhabitants", here.inhabitants, there.inhabitants),
        ("year", here.year or None, year or None),
    ):
        if new is not None and new != old:
            fields[name], was[name] = new, old
    above = by_id.get(here.parent_id)
    standing = by_code.get(parent)
    # What a person hung under a village or team of their own stays there.
    hangs_free = above is None or bool(above.code) or above.ended_year > 0
    moved = bool(parent) and hangs_free and (standing is None or standing.id != here.parent_id)
    if moved and standing is not None and standing.id == here.id:
        moved = False
    if moved:
        was["parent"] = above.name if above else ""
    shape = there.shape if there.shape != here.shape else ""
    if not fields and not moved and not shape:
        return None
    return AreaLine(
        Difference.CHANGED,
        there.code,
        here.name,
        there.level,
        id=here.id,
        fields=fields,
        was=was,
        parent=parent if moved else "",
        shape=shape,
    )


def _missing(
    live: Iterable[KnownArea],
    found: Sequence[FileArea],
    taken: Collection[str],
    chosen: Collection[str],
    year: int,
) -> list[AreaLine]:
    levels = {one.level for one in found}
    codes = {one.code for one in found}
    gone = [
        one
        for one in live
        if one.code
        and one.level in levels
        and one.id not in taken
        and one.code not in codes
        and not (year and year < one.year)
    ]
    if not gone:
        return []
    indexes = {level: _index(one for one in found if one.level == level) for level in levels}
    names = {one.code: one.name for one in found}
    lines = []
    for one in gone:
        code, share = _went_into(one, indexes[one.level])
        if not code and f"GM{one.code[2:6]}" not in chosen:
            # Of a municipality that was not read; the file says nothing about it.
            continue
        lines.append(
            AreaLine(
                Difference.MERGED if code else Difference.GONE,
                one.code,
                one.name,
                one.level,
                id=one.id,
                fields={"ended_year": year - 1} if year else {},
                into=code,
                into_name=names.get(code, ""),
                share=share,
            )
        )
    return sorted(lines, key=lambda line: (line.difference == Difference.GONE, line.code))


def _index(areas: Iterable[FileArea]) -> AreaIndex:
    outlines: dict[str, Outline] = {}
    for one in areas:
        outline = decoded(one.shape)
        if outline is not None:
            outlines[one.code] = outline
    return AreaIndex(outlines)


def _went_into(one: KnownArea, index: AreaIndex) -> tuple[str, float]:
    outline = decoded(one.shape) if one.shape else None
    if outline is None or not len(index):
        return "", 0.0
    parts = index.parts_of(outline)
    best = max(parts.items(), key=lambda part: (part[1], part[0]), default=("", 0.0))
    return best if best[1] >= MERGED_FROM else ("", 0.0)
