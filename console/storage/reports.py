"""Queries on the list of reports: first rows, sections, pages and counts (F01).

Every list reads through an index and names its columns; names are looked up in one go per page.
The list is asked for in three steps: the first rows at once, then all row numbers, then pages.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from console.domain.report import ReportCounts, ReportFilter, ReportRow
from console.models.directory import area
from console.models.local import seen
from console.models.report import report
from console.storage.history import names
from console.storage.report_order import ALIVE, LAPSED_ORDER, found_by_text, narrowed, plan

FIRST = 40
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


def headline(title: str, body: str) -> tuple[str, str]:
    """Return title and preview: the first sentence to 60 characters where no title was given.

    The second line goes on where the first one stopped (screens.md §5.1).
    """
    flat = " ".join(body.split())
    if title:
        return title, flat[:120]
    end = min((flat.find(mark) for mark in (". ", "! ", "? ") if mark in flat), default=-1)
    first = flat[: end + 1] if 0 <= end < 60 else flat
    if len(first) > 60:
        cut = first[:60].rsplit(" ", 1)[0]
        return cut.rstrip(" .,;"), flat[len(cut) :].strip()[:120]
    return first.rstrip("."), flat[len(first) :].strip()[:120]


def first_rows(
    conn: Connection, wanted: ReportFilter, *, me: str, now: str, limit: int = FIRST
) -> list[ReportRow]:
    """Return the first rows in the order of the screen: open, claimed (mine first), waiting.

    Acute reports stand above the list of open and own reports, see ``acute_rows``.
    """
    if wanted.text:
        return _rows(conn, found_by_text(conn, wanted, me, now)[:limit], me=me, now=now)
    rows: list[ReportRow] = []
    for _, parts in plan(conn, wanted, me, now):
        found: list[Row[Any]] = []
        for condition, order in parts:
            statement = select(*ROW).where(condition).order_by(*order).limit(limit - len(rows))
            found.extend(conn.execute(statement))
        if parts[-1][1] is LAPSED_ORDER:
            found.sort(key=lambda row: (row.heard_at or "", row.n), reverse=True)
        rows += snapshots(conn, found[: limit - len(rows)], me=me, now=now)
        if len(rows) >= limit:
            break
    return rows


def rows_by_number(
    conn: Connection, numbers: Sequence[int], *, me: str, now: str
) -> list[ReportRow]:
    """Return one page of rows, in the order of the numbers asked for."""
    return _rows(conn, numbers, me=me, now=now)


def acute_rows(conn: Connection, wanted: ReportFilter, *, me: str, now: str) -> list[ReportRow]:
    """Return every acute report that is not closed, nobody's first, then the newest."""
    statement = (
        select(*ROW)
        .where(r.status.in_(ALIVE), r.acute == 1, *narrowed(conn, wanted))
        .order_by(r.heard_at.desc(), r.n.desc())
        .limit(50)
    )
    rows = snapshots(conn, conn.execute(statement).all(), me=me, now=now)
    return sorted(rows, key=lambda row: row.claim != "none")


def counts(conn: Connection, *, me: str, now: str) -> ReportCounts:
    """Count the segments; each count stops at 10,000 so that it never grows with the archive."""

    def capped(*conditions: ColumnElement[bool]) -> int:
        inner = select(r.n).where(*conditions).limit(COUNT_CAP).subquery()
        return int(conn.execute(select(func.count()).select_from(inner)).scalar_one())

    by_status = {name: capped(r.status == name) for name in ALIVE}
    return ReportCounts(
        open=sum(by_status.values()),
        mine=capped(r.holder == me, r.status == "claimed", r.lease_until > now)
        + capped(r.holder == me, r.status == "waiting"),
        waiting=by_status["waiting"],
        acute_open=capped(
            r.status == "open", r.acute == 1, or_(r.called_112.is_(None), r.called_112 != "yes")
        ),
    )


def heard_since(conn: Connection, since: str) -> int:
    """Count the reports heard since a moment, for the busy list (screens.md 01b)."""
    inner = select(r.n).where(r.heard_at > since).limit(COUNT_CAP).subquery()
    return int(conn.execute(select(func.count()).select_from(inner)).scalar_one())


def ending_leases(conn: Connection, *, me: str, now: str, until: str) -> list[tuple[str, str]]:
    """Return id and lease of the reports this person is about to lose (F05)."""
    found = conn.execute(
        select(r.id, r.lease_until).where(
            r.holder == me, r.status == "claimed", r.lease_until > now, r.lease_until <= until
        )
    )
    return [(row.id, row.lease_until) for row in found]


def lapsed_since(conn: Connection, *, since: str, now: str) -> bool:
    """Say whether any claim ran out between two moments: then rows change without a write."""
    found = conn.execute(
        select(r.n)
        .where(r.status == "claimed", r.lease_until > since, r.lease_until <= now)
        .limit(1)
    ).first()
    return found is not None


def number_of(conn: Connection, report_id: str) -> int:
    """Return the row number of a report, 0 where it is not here."""
    return int(conn.execute(select(r.n).where(r.id == report_id)).scalar() or 0)


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
