"""Queries on the list of reports: first rows, pages and counts (F01).

Every list reads through an index and names its columns; names come along in the same query.
The list is asked for in three steps: the first rows at once, then all row numbers, then pages.
``conn`` is a connection of SQLAlchemy or of the driver itself (``console.storage.plain``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.domain.report import FirstPage, ReportCounts, ReportFilter, ReportRow
from console.storage import plain
from console.storage.report_order import (
    ALIVE,
    HELD,
    MINE,
    NEWEST,
    found_by_text,
    is_lapsed,
    narrowed,
    plan,
    values,
)
from console.storage.report_rows import BESIDE, COLUMNS, HEARD_AT, NUMBER, SELECT, snapshots

FIRST = 40
ACUTE_MOST = 50
COUNT_CAP = 10_000

_UNCALLED = "r.acute = 1 AND (r.called_112 IS NULL OR r.called_112 != 'yes')"


def _capped(condition: str) -> str:
    return (
        f"(SELECT count(*) FROM (SELECT 1 FROM rec_report r WHERE {condition} LIMIT {COUNT_CAP}))"  # nosec B608 # own names, bound values
    )


_COUNTS = "SELECT " + ", ".join(
    _capped(condition)
    for condition in (
        "r.status = 'open'",
        "r.status = 'claimed'",
        "r.status = 'waiting'",
        f"{HELD} AND {MINE}",
        f"r.status = 'waiting' AND {MINE}",
        f"r.status = 'open' AND {_UNCALLED}",
    )
)


def first_page(conn: Any, wanted: ReportFilter, *, me: str, now: str) -> FirstPage:
    """Return what the screen needs to stand: pinned acute rows, the first rows and the counts."""
    return FirstPage(
        pinned(conn, wanted, me=me, now=now),
        first_rows(conn, wanted, me=me, now=now),
        counts(conn, me=me, now=now),
    )


def first_rows(
    conn: Any, wanted: ReportFilter, *, me: str, now: str, limit: int = FIRST
) -> list[ReportRow]:
    """Return the first rows in the order of the screen: open, claimed (mine first), waiting.

    Acute reports stand above the list of open and own reports, see ``acute_rows``.
    """
    if wanted.text:
        hits = found_by_text(conn, wanted, me, now, limit=limit, columns=COLUMNS, beside=BESIDE)
        return snapshots(hits, me=me, now=now)
    asked = values(wanted, me, now)
    found: list[tuple[Any, ...]] = []
    for _, parts in plan(wanted):
        section: list[tuple[Any, ...]] = []
        for condition, order in parts:
            sql = f"{SELECT} WHERE {condition} ORDER BY {order} LIMIT {limit - len(found):d}"
            more = plain.rows(conn, sql, asked)
            section += more
            if more and is_lapsed(condition):
                section.sort(key=_heard, reverse=True)
        found += section[: limit - len(found)]
        if len(found) >= limit:
            break
    return snapshots(found, me=me, now=now)


def _heard(row: tuple[Any, ...]) -> tuple[str, int]:
    return row[HEARD_AT], row[NUMBER]


def rows_by_number(conn: Any, numbers: Sequence[int], *, me: str, now: str) -> list[ReportRow]:
    """Return one page of rows, in the order of the numbers asked for."""
    if not numbers:
        return []
    wanted = ",".join(str(int(n)) for n in numbers)
    found = plain.rows(conn, f"{SELECT} WHERE r.n IN ({wanted})", {"me": me})
    by_number = {row[NUMBER]: row for row in found}
    return snapshots((by_number[n] for n in numbers if n in by_number), me=me, now=now)


def row_of(conn: Any, report_id: str, *, me: str, now: str) -> ReportRow | None:
    """Return the row of one report; None where it is not here."""
    found = plain.rows(conn, f"{SELECT} WHERE r.id = :id", {"me": me, "id": report_id})
    rows = snapshots(found, me=me, now=now)
    return rows[0] if rows else None


def acute_rows(conn: Any, wanted: ReportFilter, *, me: str, now: str) -> list[ReportRow]:
    """Return every acute report that is not closed, nobody's first, then the newest."""
    sql = (
        f"{SELECT} WHERE {ALIVE} AND r.acute = 1{narrowed(wanted)} "
        f"ORDER BY {NEWEST} LIMIT {ACUTE_MOST}"
    )
    rows = snapshots(plain.rows(conn, sql, values(wanted, me, now)), me=me, now=now)
    return sorted(rows, key=lambda row: row.claim != "none")


def pinned(conn: Any, wanted: ReportFilter, *, me: str, now: str) -> list[ReportRow]:
    """Return the acute reports that stand above this list."""
    if wanted.segment not in ("open", "mine") or wanted.text:
        return []
    acute = acute_rows(conn, wanted, me=me, now=now)
    if wanted.segment == "mine":
        return [row for row in acute if row.holder_id == me]
    return acute


def counts(conn: Any, *, me: str, now: str) -> ReportCounts:
    """Count the segments; each count stops at 10,000 so that it never grows with the archive."""
    found = plain.rows(conn, _COUNTS, {"me": me, "now": now})[0]
    unheld, claimed, waiting, mine, mine_waiting, acute_open = found
    return ReportCounts(unheld + claimed + waiting, mine + mine_waiting, waiting, acute_open)


def heard_since(conn: Any, since: str) -> int:
    """Count the reports heard since a moment, for the busy list (screens.md 01b)."""
    return int(plain.rows(conn, "SELECT " + _capped("r.heard_at > :since"), {"since": since})[0][0])


def ending_leases(conn: Any, *, me: str, now: str, until: str) -> list[tuple[str, str]]:
    """Return id and lease of the reports this person is about to lose (F05)."""
    sql = (
        "SELECT r.id, r.lease_until FROM rec_report r "  # nosec B608 # own names, bound values
        f"WHERE {HELD} AND {MINE} AND r.lease_until <= :until"
    )
    found = plain.rows(conn, sql, {"me": me, "now": now, "until": until})
    return [(row[0], row[1]) for row in found]


def lapsed_since(conn: Any, *, since: str, now: str) -> bool:
    """Say whether any claim ran out between two moments: then rows change without a write."""
    sql = (
        "SELECT r.n FROM rec_report r WHERE r.status = 'claimed' "
        "AND +r.lease_until > :since AND +r.lease_until <= :now LIMIT 1"
    )
    return plain.first(conn, sql, {"since": since, "now": now}) is not None


def number_of(conn: Any, report_id: str) -> int:
    """Return the row number of a report, 0 where it is not here."""
    found = plain.first(conn, "SELECT n FROM rec_report WHERE id = :id", {"id": report_id})
    return int(found[0]) if found else 0


def last_closed(conn: Any) -> tuple[str, str] | None:
    """Return when and by whom a report was last closed, for the empty list."""
    found = plain.first(
        conn,
        "SELECT r.closed_at, p.name FROM rec_report r "
        "LEFT JOIN rec_person p ON p.id = r.closed_by "
        "WHERE r.status = 'closed' ORDER BY r.closed_at DESC LIMIT 1",
    )
    return (found[0], found[1] or "") if found else None
