"""When rows of the live list may move, and where to (F01).

Nothing moves under the hand: new rows wait until they are asked for, and a row keeps its place
until the choice leaves it (screens.md §1.2). Rows are known by their local number.
"""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from console.domain.report import ReportFilter, Section

REMEMBERED = "reports-screen"
"""Under this name the desk remembers how the screen stands."""


def filter_of(kept: Mapping[str, Any], segment: str = "") -> ReportFilter:
    """Return what the list was narrowed to when it was left; a search is never kept."""
    return ReportFilter(
        segment or str(kept.get("segment") or "open"),
        str(kept.get("area_id") or ""),
        str(kept.get("category") or ""),
    )


def numbers_in(sections: Sequence[Section]) -> set[int]:
    """Return every row number of a list."""
    found: set[int] = set()
    for section in sections:
        found.update(section.numbers)
    return found


def count_new(shown: Sequence[Section], fresh: Sequence[Section]) -> int:
    """Count the rows that wait: in the fresh order and not yet shown."""
    here = numbers_in(shown)
    return sum(1 for section in fresh for n in section.numbers if n not in here)


def settled(
    shown: Sequence[Section], fresh: Sequence[Section], keep: int = 0
) -> tuple[Section, ...]:
    """Return the fresh order without its new rows, with the chosen row where it stands.

    ``keep`` is the number of the chosen row, 0 for none. It stays behind the row it stood behind,
    or at the head of its section, also when it has left the list (closed, or narrowed away).
    """
    here = numbers_in(shown)
    rows = {
        section.name: [n for n in section.numbers if n in here and n != keep] for section in fresh
    }
    order = [section.name for section in fresh]
    home = next((section for section in shown if keep in section.numbers), None) if keep else None
    if home is not None:
        if home.name not in rows:
            rows[home.name] = []
            order.append(home.name)
        target = rows[home.name]
        places = {n: at for at, n in enumerate(target)}
        at = home.numbers.index(keep)
        before = next((places[n] for n in reversed(home.numbers[:at]) if n in places), -1)
        target.insert(before + 1, keep)
    return tuple(Section(name, array("q", rows[name])) for name in order)


def same(one: Sequence[Section], other: Sequence[Section]) -> bool:
    """Say whether two lists stand in the same order."""
    return [(s.name, s.numbers) for s in one if len(s.numbers)] == [
        (s.name, s.numbers) for s in other if len(s.numbers)
    ]


def as_sections(rows: Sequence[tuple[str, int]]) -> tuple[Section, ...]:
    """Return the order of rows that come as section and number, one after the other."""
    found: list[Section] = []
    for name, n in rows:
        if not found or found[-1].name != name:
            found.append(Section(name, array("q")))
        found[-1].numbers.append(n)
    return tuple(found)
