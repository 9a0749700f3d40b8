"""What a file of areas would change: a list of differences, each for a person to accept (C9). Pure.

Nothing is deleted. An area that a newer file no longer has is offered as gone, or as gone up in the
area that its outline now lies in; accepting keeps the record, with the year it ended.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from console.domain.geo import AreaIndex
from contract.outline import Outline, decoded
from contract.vocabulary import AreaLevel

MERGED_FROM = 0.5
"""The part of an old outline that has to lie in one new area to propose that it went up in it."""

SOURCE = "CBS"
"""Who counts the inhabitants in a file of areas."""


class Difference(StrEnum):
    """What a line of the list is about."""

    NEW = "new"
    CHANGED = "changed"
    MERGED = "merged"
    GONE = "gone"
    MOVED = "moved"


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
    inhabitants_year: int = 0
    merged_into: str = ""


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
    to hang it under, ``into`` the code it went up in, ``share`` the part of it that lies there;
    ``by_names``: without a kept outline, the part of its wijken and buurten found there by name.
    ``needs_new``: that area is only made when its own line is accepted too. ``was`` holds the old
    values of what a person sees change.
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
    by_names: bool = False
    needs_new: bool = False

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
        **_about_people(there, year),
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
        *_people(here, there, year),
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


def _about_people(there: FileArea, year: int) -> dict[str, Any]:
    if there.inhabitants is None:
        return {}
    return {"inhabitants_year": year or None, "inhabitants_source": SOURCE}


def _people(here: KnownArea, there: FileArea, year: int) -> list[tuple[str, Any, Any]]:
    """Return what a file would set of the inhabitants; a newer number that was typed stays."""
    if there.inhabitants is None or (year and year < here.inhabitants_year):
        return []
    changed: list[tuple[str, Any, Any]] = [("inhabitants", here.inhabitants, there.inhabitants)]
    if year and year != here.inhabitants_year:
        changed.append(("inhabitants_year", here.inhabitants_year or None, year))
    if len(changed) > 1 or here.inhabitants != there.inhabitants:
        changed.append(("inhabitants_source", None, SOURCE))
    return changed


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
    fresh = codes - {one.code for one in live}
    towns: dict[str, str] = {}
    # Municipalities first: where they went says where their wijken and buurten are looked for.
    for one in sorted(gone, key=lambda one: one.level != AreaLevel.MUNICIPALITY):
        code, share = _went_into(one, indexes[one.level])
        by_names = not code and not one.shape
        if by_names:
            code, share = _by_names(one, live, found, towns)
        if code and one.level == AreaLevel.MUNICIPALITY:
            towns[one.code[2:6]] = code
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
                by_names=by_names and bool(code),
                needs_new=code in fresh,
            )
        )
    larger = {"GM": 0, "WK": 1}
    return sorted(
        lines,
        key=lambda one: (
            one.difference == Difference.GONE, larger.get(one.code[:2], 2), one.code,
        ),
    )  # fmt: skip


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


def _by_names(
    one: KnownArea,
    live: Iterable[KnownArea],
    found: Iterable[FileArea],
    towns: Mapping[str, str],
) -> tuple[str, float]:
    """Return where an area without an outline went, by the names of what lay in it.

    A municipality went where at least half of its wijken and buurten are found by name; a wijk or
    buurt itself is looked for by name, and only in the municipality its own one went up in.
    """
    inside = one.code[2:6]
    if one.level != AreaLevel.MUNICIPALITY:
        same = [
            there.code
            for there in found
            if there.level == one.level
            and there.municipality == towns.get(inside)
            and there.name.casefold() == one.name.casefold()
        ]
        return (same[0], 1.0) if len(same) == 1 else ("", 0.0)
    smaller = (AreaLevel.DISTRICT, AreaLevel.NEIGHBOURHOOD)
    names = {
        (own.level, own.name.casefold())
        for own in live
        if own.level in smaller and own.code[2:6] == inside
    }
    hits: dict[str, set[tuple[str, str]]] = {}
    for there in found:
        name = (there.level, there.name.casefold())
        if name in names and there.municipality != one.code:
            hits.setdefault(there.municipality, set()).add(name)
    best = max(hits.items(), key=lambda hit: (len(hit[1]), hit[0]), default=("", set()))
    share = len(best[1]) / len(names) if names else 0.0
    return (best[0], share) if share >= MERGED_FROM else ("", 0.0)
