"""In what order reports stand in the list, as row numbers only (F01).

A list is a row of sections, a section one or more queries that each walk an index in the order
of the screen. A million numbers are read in one go; the rows themselves come page by page.
"""

from __future__ import annotations

from array import array
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text

from console.domain.report import ReportFilter, Section
from console.models.directory import area
from console.models.report import report
from console.storage.search import fts_query

FOUND = 200
SEARCHED = 2000

r = report.c

Order = tuple[ColumnElement[Any], ...]
Part = tuple[ColumnElement[bool], Order]

ALIVE = ("open", "claimed", "waiting")
NEWEST: Order = (r.heard_at.desc(), r.n.desc())
# The same order under a name of its own: these rows are laid between those before them.
LAPSED_ORDER: Order = (r.heard_at.desc(), r.n.desc())


def sections(conn: Connection, wanted: ReportFilter, *, me: str, now: str) -> list[Section]:
    """Return all row numbers per section, without reading the rows."""
    if wanted.text:
        return [Section("found", array("q", found_by_text(conn, wanted, me, now)))]
    result = []
    for name, parts in plan(conn, wanted, me, now):
        numbers: array[int] = array("q")
        for condition, order in parts:
            statement = select(r.n).where(condition).order_by(*order)
            found = array("q", conn.execute(statement).scalars())
            if order is LAPSED_ORDER and found:
                numbers = _merged(conn, numbers, found)
            else:
                numbers += found
        result.append(Section(name, numbers))
    return result


def plan(conn: Connection, wanted: ReportFilter, me: str, now: str) -> list[tuple[str, list[Part]]]:
    """Return each section of a list with the queries that fill it, in order.

    A claim whose lease ran out is nobody's again and stands among the open ones (F05).
    """
    narrow = narrowed(conn, wanted)
    if wanted.segment == "closed":
        order = (r.closed_at.desc(), r.n.desc())
        return [("closed", [(and_(r.status == "closed", *narrow), order)])]
    if wanted.segment == "waiting":
        return [("waiting", [(and_(r.status == "waiting", *narrow), NEWEST)])]
    narrow = [*narrow, or_(r.acute.is_(None), r.acute == 0)]
    held = and_(r.status == "claimed", r.lease_until > now, *narrow)
    waiting = and_(r.status == "waiting", *narrow)
    if wanted.segment == "mine":
        return [
            ("claimed", [(and_(held, r.holder == me), NEWEST)]),
            ("waiting", [(and_(waiting, r.holder == me), NEWEST)]),
        ]
    lapsed = and_(r.status == "claimed", func.coalesce(r.lease_until, "") <= now, *narrow)
    return [
        ("open", [(and_(r.status == "open", *narrow), NEWEST), (lapsed, LAPSED_ORDER)]),
        ("claimed", [(and_(held, r.holder == me), NEWEST), (and_(held, r.holder != me), NEWEST)]),
        ("waiting", [(waiting, NEWEST)]),
    ]


def _merged(conn: Connection, numbers: array[int], lapsed: array[int]) -> array[int]:
    """Lay the few lapsed rows between the open ones, newest first."""
    heard = {
        row.n: (row.heard_at or "", row.n)
        for row in conn.execute(select(r.n, r.heard_at).where(r.n.in_(list(lapsed))))
    }
    at = 0
    merged: array[int] = array("q")
    for n in lapsed:
        newer = _count_newer(conn, numbers, at, heard[n])
        merged += numbers[at:newer]
        merged.append(n)
        at = newer
    return merged + numbers[at:]


def _count_newer(conn: Connection, numbers: array[int], low: int, than: tuple[str, int]) -> int:
    """Find by halving where a row belongs in an order that is newest first."""
    high = len(numbers)
    while low < high:
        middle = (low + high) // 2
        n = numbers[middle]
        heard_at = conn.execute(select(r.heard_at).where(r.n == n)).scalar() or ""
        if (heard_at, n) > than:
            low = middle + 1
        else:
            high = middle
    return low


def narrowed(conn: Connection, wanted: ReportFilter) -> list[ColumnElement[bool]]:
    """Return what a filter asks of a row; an area means everything that lies in it."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.area_id:
        conditions.append(r.area_id.in_(_with_areas_inside(conn, wanted.area_id)))
    if wanted.category:
        conditions.append(r.category == wanted.category)
    return conditions


def _with_areas_inside(conn: Connection, area_id: str) -> list[str]:
    found, edge = [area_id], [area_id]
    while edge and len(found) < 2000:
        rows = conn.execute(select(area.c.id).where(area.c.parent_id.in_(edge))).scalars()
        edge = [one for one in rows if one not in found]
        found += edge
    return found


def found_by_text(conn: Connection, wanted: ReportFilter, me: str, now: str) -> list[int]:
    """Return the newest finds of a text, narrowed to the segment it is typed in."""
    query = fts_query(wanted.text)
    if not query:
        return []
    hits = conn.execute(
        text(
            "SELECT rowid FROM report_fts WHERE report_fts MATCH :query "
            "ORDER BY rowid DESC LIMIT :most"
        ),
        {"query": query, "most": SEARCHED},
    ).scalars()
    numbers = list(hits)
    if not numbers:
        return []
    conditions = [r.n.in_(numbers), *narrowed(conn, wanted)]
    if wanted.segment == "mine":
        conditions += [
            r.holder == me,
            or_(r.status == "waiting", and_(r.status == "claimed", r.lease_until > now)),
        ]
    elif wanted.segment in ("closed", "waiting"):
        conditions.append(r.status == wanted.segment)
    else:
        conditions.append(r.status.in_(ALIVE))
    statement = select(r.n).where(*conditions).order_by(r.n.desc()).limit(FOUND)
    return list(conn.execute(statement).scalars())
