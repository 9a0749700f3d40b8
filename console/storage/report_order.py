"""In what order reports stand in the list, as row numbers only (F01).

A list is a row of sections, a section one or more queries that each walk an index in the order
of the screen. A million numbers are read in one go; the rows themselves come page by page.
"""

from __future__ import annotations

from array import array
from typing import Any

from console.domain.report import ReportFilter, Section
from console.storage import plain
from console.storage.typed_words import fts_query

FOUND = 200
SEARCHED = 2000

ALIVE = "r.status IN ('open', 'claimed', 'waiting')"
NOT_ACUTE = "(r.acute IS NULL OR r.acute = 0)"
NEWEST = "r.heard_at DESC, r.n DESC"
LAST_CLOSED = "r.closed_at DESC, r.n DESC"
# The plus keeps the planner from weighing the value: that would plan the query anew each time.
HELD = "r.status = 'claimed' AND +r.lease_until > :now"
MINE = "+r.holder = :me"
LAPSED = "r.status = 'claimed' AND coalesce(r.lease_until, '') <= :now"

_INSIDE = (
    "r.area_id IN (WITH RECURSIVE inside(id) AS (SELECT :area UNION "
    "SELECT b.id FROM rec_area b JOIN inside ON b.parent_id = inside.id LIMIT 2000) "
    "SELECT id FROM inside)"
)

Part = tuple[str, str]
"""A condition on the reports ``r`` and the order in which they are walked."""


def sections(conn: Any, wanted: ReportFilter, *, me: str, now: str) -> list[Section]:
    """Return all row numbers per section, without reading the rows."""
    if wanted.text:
        found = (row[0] for row in found_by_text(conn, wanted, me, now))
        return [Section("found", array("q", found))]
    asked = values(wanted, me, now)
    result = []
    for name, parts in plan(wanted):
        numbers: array[int] = array("q")
        for condition, order in parts:
            question = f"SELECT r.n FROM rec_report r WHERE {condition} ORDER BY {order}"  # nosec B608 # own names, bound values
            found_here = plain.numbers(conn, question, asked)
            if found_here and numbers and is_lapsed(condition):
                numbers = _merged(conn, numbers, found_here)
            else:
                numbers += found_here
        result.append(Section(name, numbers))
    return result


def plan(wanted: ReportFilter) -> list[tuple[str, list[Part]]]:
    """Return each section of a list with the queries that fill it, in order.

    A claim whose lease ran out is nobody's again and stands among the open ones (F05): its part
    comes last in its section and is laid between the rows before it.
    """
    narrow = narrowed(wanted)
    if wanted.segment == "closed":
        return [("closed", [(f"r.status = 'closed'{narrow}", LAST_CLOSED)])]
    if wanted.segment == "waiting":
        return [("waiting", [(f"r.status = 'waiting'{narrow}", NEWEST)])]
    narrow = f" AND {NOT_ACUTE}{narrow}"
    held = f"{HELD}{narrow}"
    waiting = f"r.status = 'waiting'{narrow}"
    if wanted.segment == "mine":
        return [
            ("claimed", [(f"{held} AND {MINE}", NEWEST)]),
            ("waiting", [(f"{waiting} AND {MINE}", NEWEST)]),
        ]
    return [
        ("open", [(f"r.status = 'open'{narrow}", NEWEST), (f"{LAPSED}{narrow}", NEWEST)]),
        (
            "claimed",
            [(f"{held} AND {MINE}", NEWEST), (f"{held} AND NOT {MINE}", NEWEST)],
        ),
        ("waiting", [(waiting, NEWEST)]),
    ]


def is_lapsed(condition: str) -> bool:
    """Say whether a part holds claims that ran out."""
    return condition.startswith(LAPSED)


def values(wanted: ReportFilter, me: str, now: str) -> dict[str, Any]:
    """Return what the queries of this module ask for."""
    return {"me": me, "now": now, "area": wanted.area_id, "category": wanted.category}


def narrowed(wanted: ReportFilter) -> str:
    """Return what a filter asks of a row; an area means everything that lies in it."""
    return (f" AND {_INSIDE}" if wanted.area_id else "") + (
        " AND r.category = :category" if wanted.category else ""
    )


def found_by_text(
    conn: Any,
    wanted: ReportFilter,
    me: str,
    now: str,
    *,
    limit: int = FOUND,
    columns: str = "r.n",
    beside: str = "",
) -> list[tuple[Any, ...]]:
    """Return the newest finds of a text, narrowed to the segment it is typed in.

    Hits are walked newest first. Among reports that are not closed none older than the oldest of
    them can be a find; that and a bound on the hits keep one letter over a million reports cheap.
    """
    query = fts_query(wanted.text)
    if not query:
        return []
    asked = {**values(wanted, me, now), "query": query, "least": 0}
    segment = _SEGMENTS.get(wanted.segment, ALIVE)
    if wanted.segment != "closed":
        least = plain.first(conn, f"SELECT min(+r.n) FROM rec_report r WHERE {segment}", asked)  # nosec B608 # own names, bound values
        if least is None or least[0] is None:
            return []
        asked["least"] = least[0]
    # Most finds are among the newest hits; only where they are not, more are looked at.
    found: list[tuple[Any, ...]] = []
    for hits in (FOUND, SEARCHED):
        sql = (
            f"SELECT {columns} FROM (SELECT rowid AS hit FROM report_fts "  # nosec B608 # own names, bound values
            "WHERE report_fts MATCH :query AND rowid >= :least "
            f"ORDER BY rowid DESC LIMIT {hits:d}) CROSS JOIN rec_report r ON r.n = hit {beside} "
            f"WHERE {segment}{narrowed(wanted)} ORDER BY r.n DESC LIMIT {limit:d}"
        )
        found = plain.rows(conn, sql, asked)
        if len(found) >= limit:
            break
    return found


_SEGMENTS = {
    "closed": "r.status = 'closed'",
    "waiting": "r.status = 'waiting'",
    "mine": f"{MINE} AND (r.status = 'waiting' OR ({HELD}))",
}


def _merged(conn: Any, numbers: array[int], lapsed: array[int]) -> array[int]:
    """Lay the few lapsed rows between the open ones, newest first."""
    at = 0
    merged: array[int] = array("q")
    for n in lapsed:
        newer = _count_newer(conn, numbers, at, (_heard(conn, n), n))
        merged += numbers[at:newer]
        merged.append(n)
        at = newer
    return merged + numbers[at:]


def _count_newer(conn: Any, numbers: array[int], low: int, than: tuple[str, int]) -> int:
    """Find by halving where a row belongs in an order that is newest first."""
    high = len(numbers)
    while low < high:
        middle = (low + high) // 2
        n = numbers[middle]
        if (_heard(conn, n), n) > than:
            low = middle + 1
        else:
            high = middle
    return low


def _heard(conn: Any, n: int) -> str:
    row = plain.first(conn, "SELECT heard_at FROM rec_report WHERE n = :n", {"n": n})
    return (row[0] or "") if row else ""
