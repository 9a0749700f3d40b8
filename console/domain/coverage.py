"""How many groups there are for the people who live in an area (F17; seed 001, annex). Pure.

The guide prints groups per 1,000 inhabitants cut off after two decimals, never rounded up: 31
groups for 65,000 people is 0.47. A number that nobody knows stays unknown; it is never nought.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from console.domain.area_history import successor
from console.domain.directory_gaps import NO_ADMINISTRATOR, NO_GROUP, NO_OFFICER
from console.domain.directory_map import DEEPEST, DirectoryMap
from contract.vocabulary import AreaLevel, AreaRole, GroupState

PEOPLE = 1000
"""Coverage is groups per so many inhabitants."""

LEVELS = (
    AreaLevel.MUNICIPALITY,
    AreaLevel.VILLAGE,
    AreaLevel.DISTRICT,
    AreaLevel.NEIGHBOURHOOD,
)
"""The levels that are counted, the larger first."""

STEPS = (Decimal("0.25"), Decimal("0.50"), Decimal("1.00"))
"""Where a darker shade begins on the map; fixed, so that a shade means the same on every day."""


class Column(StrEnum):
    """What the table can be sorted by."""

    NAME = "name"
    GROUPS = "groups"
    ASLEEP = "asleep"
    GONE = "gone"
    INHABITANTS = "inhabitants"
    COVERAGE = "coverage"
    GAPS = "gaps"


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """How many people live in an area. ``year`` 0 and ``source`` empty: not said.

    ``summed``: no number of its own, added up from all areas directly inside.
    """

    count: int
    year: int = 0
    source: str = ""
    summed: bool = False


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """One line of the table. ``around`` names the municipality around a smaller area.

    ``groups`` are in use; those ``asleep`` and ``gone`` stand beside them and count in nothing.
    ``gaps`` are words, empty where nothing is missing.
    """

    id: str
    name: str
    level: str
    code: str
    around: str
    groups: int
    asleep: int
    gone: int
    inhabitants: Inhabitants | None
    gaps: tuple[str, ...] = ()

    @property
    def per_thousand(self) -> Decimal | None:
        """Groups per 1,000 inhabitants, cut off; None where that cannot be said."""
        return per_thousand(self.groups, self.inhabitants.count if self.inhabitants else None)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table of one level. A group that lies in several areas counts once in the totals.

    ``elsewhere`` groups in use lie in no area of this level. ``unknown`` areas have no number of
    inhabitants; with one of them the total has none either. ``levels`` says how many areas there
    are of each.
    """

    level: str
    rows: tuple[AreaCoverage, ...] = ()
    groups: int = 0
    asleep: int = 0
    gone: int = 0
    elsewhere: int = 0
    inhabitants: int | None = None
    unknown: int = 0
    levels: Mapping[str, int] | None = None

    @property
    def per_thousand(self) -> Decimal | None:
        """Coverage of all areas together, cut off; None where a number is unknown."""
        return per_thousand(self.groups, self.inhabitants)


def per_thousand(groups: int, inhabitants: int | None) -> Decimal | None:
    """Return groups per 1,000 inhabitants with two decimals, cut off and never rounded.

    Whole numbers only, so nothing is lost on the way. None where the inhabitants are unknown, and
    where nobody lives there: then there is nothing to divide by.
    """
    if not inhabitants:
        return None
    return Decimal(groups * PEOPLE * 100 // inhabitants).scaleb(-2)


def shade(coverage: Decimal | None) -> int | None:
    """Return how dark an area is on the map, 0 for nothing to 4; None for unknown."""
    if coverage is None:
        return None
    return 0 if not coverage else 1 + sum(coverage >= step for step in STEPS)


def lies_in(shape: DirectoryMap, group_id: str) -> dict[str, None]:
    """Return the areas a group of residents or shops lies in itself.

    Its own area and every area it hangs under; without those, the areas of the groups above it. A
    group that says where it lies does not count elsewhere because who speaks for it speaks for a
    hamlet beside it too: that would give the hamlet groups that nobody there is in.
    """
    found: dict[str, None] = {}
    seen: set[str] = set()
    todo = [group_id]
    while todo and not found:
        above: list[str] = []
        for key in todo:
            if key in seen or (key != group_id and not shape.groups[key].standing):
                continue
            seen.add(key)
            own = shape.groups[key].area_id
            if own in shape.areas:
                found[own] = None
            for kind, parent in shape.parents(key):
                if kind == "area":
                    found[parent] = None
                else:
                    above.append(parent)
        todo = above
    return found


def coverage_of(shape: DirectoryMap, people: Mapping[str, Inhabitants], level: str) -> Coverage:
    """Count every area of a level that still exists, with what is missing in it.

    A group counts once in each area that it lies in, and once in every area around those. What lies
    in an area that went up in another counts there (C9). ``people`` are the numbers that areas have
    of their own; an area without one has the sum of the areas inside, if all of those are known.
    """
    inside, known = _rolled_up(shape), _Known(shape, people)
    areas = [one for one in shape.areas.values() if not one.ended_year]
    rows = []
    every: set[str] = set()
    for one in areas:
        if one.level != level:
            continue
        held = inside.get(one.id, set())
        every |= held
        used, asleep, gone = _by_state(shape, held)
        rows.append(
            AreaCoverage(
                one.id,
                one.name,
                one.level,
                one.code,
                _around(shape, one.id),
                len(used),
                asleep,
                gone,
                known.of(one.id),
                _gaps(shape, one.id, used),
            )
        )
    used, asleep, gone = _by_state(shape, every)
    counts = [one.inhabitants for one in rows]
    unknown = sum(1 for one in counts if one is None)
    return Coverage(
        level,
        tuple(sort(rows, Column.NAME)),
        len(used),
        asleep,
        gone,
        _in_use(shape) - len(used),
        sum(one.count for one in counts if one) if rows and not unknown else None,
        unknown,
        {key.value: sum(1 for one in areas if one.level == key) for key in LEVELS},
    )


def sort(
    rows: Iterable[AreaCoverage], column: Column, *, falling: bool = False
) -> list[AreaCoverage]:
    """Return the lines in order of a column, then by name; what is unknown always comes last."""

    def value(row: AreaCoverage) -> Decimal | int | None:
        if column is Column.COVERAGE:
            return row.per_thousand
        if column is Column.INHABITANTS:
            return row.inhabitants.count if row.inhabitants else None
        if column is Column.GAPS:
            return len(row.gaps)
        numbers = {Column.GROUPS: row.groups, Column.ASLEEP: row.asleep, Column.GONE: row.gone}
        return numbers.get(column, 0)

    named = sorted(rows, key=lambda row: (row.name.casefold(), row.around.casefold(), row.id))
    if column is Column.NAME:
        return named[::-1] if falling else named
    counted = [(value(row), row) for row in named]
    sign = -1 if falling else 1
    known = sorted(
        ((sign * number, row) for number, row in counted if number is not None),
        key=lambda pair: pair[0],
    )
    return [row for _, row in known] + [row for number, row in counted if number is None]


def with_gaps(rows: Iterable[AreaCoverage]) -> list[AreaCoverage]:
    """Return the areas where something is missing, those without a group first."""
    missing = [one for one in rows if one.gaps]
    return sorted(missing, key=lambda one: (NO_GROUP not in one.gaps, one.name.casefold(), one.id))


def _rolled_up(shape: DirectoryMap) -> dict[str, set[str]]:
    """Return the groups of residents and shops in each area, those of the areas inside included."""
    inside: dict[str, set[str]] = {}
    for key in shape.groups:
        if shape.is_tier(key):
            continue
        for home in lies_in(shape, key):
            for start in {home, successor(shape, home)}:
                for place in shape.chain(start):
                    inside.setdefault(place.id, set()).add(key)
    return inside


def _by_state(shape: DirectoryMap, groups: Iterable[str]) -> tuple[list[str], int, int]:
    used: list[str] = []
    asleep = gone = 0
    for key in groups:
        fact = shape.groups[key]
        if fact.gone:
            gone += 1
        elif fact.asleep:
            asleep += 1
        elif fact.state in ("", GroupState.ACTIVE):
            # A group that is only being prepared is none yet.
            used.append(key)
    return used, asleep, gone


def _in_use(shape: DirectoryMap) -> int:
    return len(_by_state(shape, (key for key in shape.groups if not shape.is_tier(key)))[0])


def _around(shape: DirectoryMap, area_id: str) -> str:
    above = [one for one in shape.chain(area_id) if one.id != area_id]
    town = next((one.name for one in above if one.level == AreaLevel.MUNICIPALITY), "")
    return town or (above[0].name if above else "")


def _gaps(shape: DirectoryMap, area_id: str, used: Sequence[str]) -> tuple[str, ...]:
    gaps = []
    if not used:
        gaps.append(NO_GROUP)
    without = sum(1 for key in used if not shape.all_seats(key))
    if used and without == len(used):
        gaps.append(NO_ADMINISTRATOR)
    elif without:
        groups = "1 groep" if without == 1 else f"{without} groepen"
        gaps.append(f"{groups} zonder beheerder")
    if not _has_officer(shape, area_id, frozenset()):
        gaps.append(NO_OFFICER)
    return tuple(gaps)


def _has_officer(shape: DirectoryMap, area_id: str, seen: frozenset[str]) -> bool:
    """Say whether an officer is responsible: here, around it, or in every area inside (F13)."""
    if shape.who(area_id, AreaRole.OFFICER) is not None:
        return True
    inner = [key for key in shape.areas_in(area_id) if not shape.areas[key].ended_year]
    if not inner or area_id in seen or len(seen) > DEEPEST:
        return False
    return all(_has_officer(shape, key, seen | {area_id}) for key in inner)


class _Known:
    """The inhabitants of an area: its own number, else that of all areas inside together."""

    def __init__(self, shape: DirectoryMap, people: Mapping[str, Inhabitants]) -> None:
        self._shape = shape
        self._people = people
        self._found: dict[str, Inhabitants | None] = {}

    def of(self, area_id: str, depth: int = 0) -> Inhabitants | None:
        """Return the number; None where nobody knows it. A circle of areas knows nothing."""
        if area_id in self._found:
            return self._found[area_id]
        own = self._people.get(area_id)
        self._found[area_id] = own
        if own is None and depth < DEEPEST:
            self._found[area_id] = self._sum(area_id, depth)
        return self._found[area_id]

    def _sum(self, area_id: str, depth: int) -> Inhabitants | None:
        parts = []
        for key in self._shape.areas_in(area_id):
            if self._shape.areas[key].ended_year:
                continue
            part = self.of(key, depth + 1)
            if part is None:
                return None
            parts.append(part)
        if not parts:
            return None
        years, sources = {one.year for one in parts}, {one.source for one in parts}
        return Inhabitants(
            sum(one.count for one in parts),
            years.pop() if len(years) == 1 else 0,
            sources.pop() if len(sources) == 1 else "",
            summed=True,
        )
