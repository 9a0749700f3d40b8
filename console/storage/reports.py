"""Queries on the list of reports: first rows, sections, pages and counts (F01).

Every list reads through an index and names its columns; names are looked up in one go per page.
The list is asked for in three steps: the first rows at once, then all row numbers, then pages.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text

from console.domain.report import ReportCounts, ReportFilter, ReportRow
from console.models.directory import area
from console.models.local import seen
from console.models.report import report
from console.storage.history import names
from console.storage.search import fts_query

FIRST = 40
FOUND = 200
COUNT_CAP = 10_000

r = report.c

ROW = (
    r.n,
    r.id,
    r.number,
    r.category,
    r.title,
    func.substr(r.text, 1, 160).label("text"),
    r.place,
    r.area_id,
    r.status,
    r.acute,
    r.called_112,
    r.holder,
    r.lease_until,
    r.waiting_on,
    r.waiting_since,
    r.heard_at,
    r.closed_at,
    r.close_reason,
    r.pending,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the list: its name, how many rows, and their row numbers in order."""

    name: str
    count: int
    numbers: array[int]


def headline(title: str, body: str) -> tuple[str, str]:
    """Return title and preview: the first sentence to 60 characters where no title was given.

    The second line goes on where the first one stopped (screens.md §5.1).
    """
    flat = " ".join(body.split())
    if title:
        return title, flat[:70]
    end = min((flat.find(mark) for mark in (". ", "! ", "? ") if mark in flat), default=-1)
    first = flat[: end + 1] if 0 <= end < 60 else flat
    if len(first) > 60:
        cut = first[:60].rsplit(" ", 1)[0]
        return cut.rstrip(" .,;"), flat[len(cut) :].strip()[:70]
    return first.rstrip("."), flat[len(first) :].strip()[:70]


def first_rows(
    conn: Connection, wanted: ReportFilter, *, me: str, now: str, limit: int = FIRST
) -> list[ReportRow]:
    """Return the first rows in the order of the screen: acute, open, claimed, waiting."""
    if wanted.text:
        return _rows(conn, _found(conn, wanted, me), me=me, now=now)
    rows: list[ReportRow] = []
    for condition, order in _parts(wanted, me):
        statement = select(*ROW).where(condition).order_by(*order).limit(limit - len(rows))
        rows += snapshots(conn, conn.execute(statement).all(), me=me, now=now)
        if len(rows) >= limit:
            break
    return _in_order(rows, me)


def sections(conn: Connection, wanted: ReportFilter, *, me: str) -> list[Section]:
    """Return all row numbers per section, without reading the rows."""
    if wanted.text:
        hits = _found(conn, wanted, me)
        return [Section("found", len(hits), array("q", hits))]
    result = []
    for name, (condition, order) in zip(_names(wanted), _parts(wanted, me), strict=True):
        found = conn.execute(select(r.n).where(condition).order_by(*order)).scalars()
        numbers = array("q", found)
        result.append(Section(name, len(numbers), numbers))
    return result


def rows_by_number(
    conn: Connection, numbers: Sequence[int], *, me: str, now: str
) -> list[ReportRow]:
    """Return one page of rows, in the order of the numbers asked for."""
    return _rows(conn, numbers, me=me, now=now)


def acute_rows(conn: Connection, wanted: ReportFilter, *, me: str, now: str) -> list[ReportRow]:
    """Return every acute report that is not closed, nobody's first, then the newest."""
    statement = (
        select(*ROW)
        .where(r.status.in_(("open", "claimed", "waiting")), r.acute == 1, *_narrow(wanted))
        .order_by(r.heard_at.desc(), r.n.desc())
        .limit(50)
    )
    rows = snapshots(conn, conn.execute(statement).all(), me=me, now=now)
    return sorted(rows, key=lambda row: row.claim != "none")


def counts(conn: Connection, *, me: str) -> ReportCounts:
    """Count the segments; each count stops at 10,000 so that it never grows with the archive."""

    def capped(*conditions: ColumnElement[bool]) -> int:
        inner = select(r.n).where(*conditions).limit(COUNT_CAP).subquery()
        return int(conn.execute(select(func.count()).select_from(inner)).scalar_one())

    by_status = {name: capped(r.status == name) for name in ("open", "claimed", "waiting")}
    return ReportCounts(
        open=sum(by_status.values()),
        mine=capped(r.holder == me, r.status.in_(("claimed", "waiting"))),
        waiting=by_status["waiting"],
        acute_open=capped(
            r.status == "open", r.acute == 1, or_(r.called_112.is_(None), r.called_112 != "yes")
        ),
    )


def last_closed(conn: Connection) -> tuple[str, str] | None:
    """Return when and by whom a report was last closed, for the empty list."""
    row = conn.execute(
        select(r.closed_at, r.closed_by)
        .where(r.status == "closed")
        .order_by(r.closed_at.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return row.closed_at, names(conn, [row.closed_by]).get(row.closed_by, "")


def _names(wanted: ReportFilter) -> tuple[str, ...]:
    if wanted.segment == "closed":
        return ("closed",)
    if wanted.segment == "waiting":
        return ("waiting",)
    if wanted.segment == "mine":
        return ("claimed", "waiting")
    return ("open", "claimed", "waiting")


def _parts(
    wanted: ReportFilter, me: str
) -> list[tuple[ColumnElement[bool], tuple[ColumnElement[Any], ...]]]:
    newest = (r.heard_at.desc(), r.n.desc())
    narrow = _narrow(wanted)
    if wanted.segment == "closed":
        return [(and_(r.status == "closed", *narrow), (r.closed_at.desc(), r.n.desc()))]
    if wanted.segment == "mine":
        narrow = [*narrow, r.holder == me]
    return [(and_(r.status == name, *narrow), newest) for name in _names(wanted)]


def _narrow(wanted: ReportFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.area_id:
        conditions.append(r.area_id == wanted.area_id)
    if wanted.category:
        conditions.append(r.category == wanted.category)
    return conditions


def _found(conn: Connection, wanted: ReportFilter, me: str) -> list[int]:
    """Return the newest finds of a text, narrowed to the segment it is typed in."""
    query = fts_query(wanted.text)
    if not query:
        return []
    hits = conn.execute(
        text(
            "SELECT rowid FROM report_fts WHERE report_fts MATCH :query "
            "ORDER BY rowid DESC LIMIT :most"
        ),
        {"query": query, "most": 2000 if wanted.segment != "all" else FOUND},
    ).scalars()
    numbers = list(hits)
    if not numbers or wanted.segment == "all":
        return numbers
    states = {"closed": ("closed",), "waiting": ("waiting",), "mine": ("claimed", "waiting")}
    conditions = [r.n.in_(numbers), *_narrow(wanted)]
    conditions.append(r.status.in_(states.get(wanted.segment, ("open", "claimed", "waiting"))))
    if wanted.segment == "mine":
        conditions.append(r.holder == me)
    statement = select(r.n).where(*conditions).order_by(r.n.desc()).limit(FOUND)
    return list(conn.execute(statement).scalars())


def _rows(conn: Connection, numbers: Sequence[int], *, me: str, now: str) -> list[ReportRow]:
    if not numbers:
        return []
    found = conn.execute(select(*ROW).where(r.n.in_(list(numbers)))).all()
    by_number = {row.n: row for row in found}
    ordered = [by_number[n] for n in numbers if n in by_number]
    return snapshots(conn, ordered, me=me, now=now)


def snapshots(conn: Connection, found: Sequence[Any], *, me: str, now: str) -> list[ReportRow]:
    """Make snapshots of rows, with names and areas looked up in one go."""
    if not found:
        return []
    people = names(conn, [row.holder for row in found])
    area_ids = {row.area_id for row in found if row.area_id}
    areas: dict[str, str] = {}
    if area_ids:
        areas = {
            row.id: row.name
            for row in conn.execute(select(area.c.id, area.c.name).where(area.c.id.in_(area_ids)))
        }
    ids = [row.id for row in found]
    looked = set(
        conn.execute(
            select(seen.c.id).where(
                seen.c.person == me, seen.c.kind == "report", seen.c.id.in_(ids)
            )
        ).scalars()
    )
    return [_snapshot(row, people, areas, looked, me, now) for row in found]


def _snapshot(
    row: Any,
    people: dict[str, str],
    areas: dict[str, str],
    looked: set[str],
    me: str,
    now: str,
) -> ReportRow:
    title, preview = headline(row.title or "", row.text or "")
    status = row.status or "open"
    lapsed = status == "claimed" and (row.lease_until or "") <= now
    claim = "none"
    if row.holder and not lapsed and status in ("claimed", "waiting"):
        claim = "mine" if row.holder == me else "other"
        if row.pending and row.holder == me:
            claim = "provisional"
    section = "open" if lapsed else status
    if row.acute and status != "closed":
        section = "acute"
    return ReportRow(
        id=row.id,
        n=row.n,
        number=row.number or "",
        category=row.category or "",
        title=title,
        preview=preview,
        place=row.place or "",
        area_name=areas.get(row.area_id, ""),
        section=section,
        status=status,
        acute=bool(row.acute),
        called_112=row.called_112 or "",
        claim=claim,
        holder_id=row.holder or "",
        holder_name=people.get(row.holder, ""),
        lease_until=row.lease_until or "",
        waiting_on=row.waiting_on or "",
        waiting_since=row.waiting_since or "",
        heard_at=row.heard_at or "",
        closed_at=row.closed_at or "",
        seen=row.id in looked,
        close_reason=row.close_reason or "",
    )


def _in_order(rows: list[ReportRow], me: str) -> list[ReportRow]:
    rank = {"acute": 0, "open": 1, "claimed": 2, "waiting": 3, "closed": 4}

    def key(row: ReportRow) -> tuple[int, bool]:
        return rank.get(row.section, 9), row.section == "claimed" and row.holder_id != me

    return sorted(rows, key=key)


def without_provisional(row: ReportRow) -> ReportRow:
    """Return the row as it reads while central answers at once: my claim is simply mine."""
    return replace(row, claim="mine") if row.claim == "provisional" else row
