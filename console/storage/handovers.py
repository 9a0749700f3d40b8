"""Queries on handovers: the facts of a sheet, made sheets with their answers, what moves (F42)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, or_, select

from console.domain.clock import moment, stamp
from console.domain.handover import Sheet, SheetLine, SheetRow
from console.domain.report import ReportFilter
from console.domain.sheet import Facts, Gap, Unconfirmed, moves
from console.models.directory import group
from console.models.handover import handover, handover_line, log_entry
from console.models.post import placement, post
from console.models.report import report
from console.storage import alerts, feedback, posts, reports, tray
from console.storage.history import names
from console.storage.lamps import last_check

h, hl, pl, p = handover.c, handover_line.c, placement.c, post.c

MOST = 200
SHIFT_HOURS = 10
STALE_DAYS = 180
OPEN = ("draft", "ready", "released")


def facts(conn: Connection, *, me: str, now: str, central_since: str) -> Facts:
    """Gather everything that is open, from the local file only (D10)."""
    start = _since(conn, now)
    acute = reports.acute_rows(conn, ReportFilter(), me=me, now=now)
    pinned = {row.id for row in acute}
    rows = reports.first_rows(conn, ReportFilter(), me=me, now=now, limit=MOST)
    rows = [*acute, *(row for row in rows if row.id not in pinned)]
    due = feedback.due(conn, me=me, now=now)
    listed = posts.rows(conn, me=me, limit=MOST)
    asked = {row.post_id for row in due}
    done = [
        row
        for row in listed
        if row.status in ("released", "closed")
        and row.placed
        and row.changed_at >= start
        and row.id not in asked
    ]
    return Facts(
        now=now,
        reports=rows,
        feedback=due,
        unconfirmed=_unconfirmed(conn),
        drafts=[row for row in listed if row.status in ("draft", "ready")],
        posts=done,
        alerts=[row for row in alerts.rows(conn, now=now, since=start) if not row.test],
        gaps=_gaps(conn, start, now),
        notes=_notes(conn, start),
        tray=len(tray.list_open(conn, me)),
        whatsapp=last_check(conn, "whatsapp"),
        central_since=central_since,
        holders={},
    )


def open_sheet(conn: Connection, *, me: str) -> str:
    """Return the id of the sheet that waits for acceptance, the newest first; empty: none."""
    found = conn.execute(
        select(h.id).where(h.status == "open").order_by(h.made_at.desc()).limit(1)
    ).scalar_one_or_none()
    return str(found or "")


def sheet(conn: Connection, handover_id: str) -> Sheet | None:
    """Return a made sheet with its lines in order."""
    row = conn.execute(
        select(
            h.id,
            h.from_person,
            h.to_person,
            h.made_at,
            h.shift,
            h.note,
            h.status,
            h.accepted_at,
            h.seal,
            h.relief,
            h.pending,
        ).where(h.id == handover_id)
    ).one_or_none()
    if row is None:
        return None
    people = names(conn, [row.from_person, row.to_person])
    lines = sheet_lines(conn, handover_id)
    return Sheet(
        id=row.id,
        title=row.shift or "",
        made_at=row.made_at or "",
        from_id=row.from_person or "",
        from_name=people.get(row.from_person or "", ""),
        to_id=row.to_person or "",
        to_name=people.get(row.to_person or "", ""),
        shift=row.shift or "",
        note=row.note or "",
        status=row.status or "open",
        accepted_at=row.accepted_at or "",
        seal=row.seal or "",
        confirmed=not row.pending,
        lines=tuple(lines),
        moves=moves(lines),
        relief=bool(row.relief),
    )


def sheet_lines(conn: Connection, handover_id: str) -> list[SheetLine]:
    """Return the lines of a made sheet in order."""
    found = conn.execute(
        select(
            hl.id,
            hl.section,
            hl.title,
            hl.detail,
            hl.time_text,
            hl.severity,
            hl.subject_kind,
            hl.subject_id,
            hl.answer,
            hl.answered_by,
            hl.late,
        )
        .where(hl.handover_id == handover_id)
        .order_by(hl.position, hl.n)
    ).all()
    people = names(conn, [row.answered_by for row in found])
    return [
        SheetLine(
            row.id,
            row.section or "",
            row.title or "",
            row.detail or "",
            row.time_text or "",
            row.severity or "plain",
            row.subject_kind or "",
            row.subject_id or "",
            row.answer or "",
            people.get(row.answered_by or "", ""),
            bool(row.late),
        )
        for row in found
    ]


def earlier(conn: Connection, limit: int = 50) -> list[SheetRow]:
    """Return accepted sheets, the newest first."""
    found = conn.execute(
        select(h.id, h.made_at, h.from_person, h.to_person, h.accepted_at)
        .where(h.status == "accepted")
        .order_by(h.made_at.desc())
        .limit(limit)
    ).all()
    people = names(conn, [one for row in found for one in (row.from_person, row.to_person)])
    asked: dict[str, int] = {}
    for line in conn.execute(
        select(hl.handover_id).where(
            hl.handover_id.in_([row.id for row in found]), hl.answer == "question"
        )
    ):
        asked[line.handover_id] = asked.get(line.handover_id, 0) + 1
    return [
        SheetRow(
            row.id,
            row.made_at or "",
            people.get(row.from_person or "", ""),
            people.get(row.to_person or "", ""),
            row.accepted_at or "",
            asked.get(row.id, 0),
        )
        for row in found
    ]


def held_by(conn: Connection, person: str) -> list[tuple[str, str]]:
    """Return kind and id of every claim and clock a person holds."""
    claims = conn.execute(
        select(report.c.id).where(
            report.c.holder == person, report.c.status.in_(("claimed", "waiting"))
        )
    ).scalars()
    clocks = conn.execute(
        select(p.id).where(p.status.in_(OPEN), p.holder == person).limit(MOST)
    ).scalars()
    return [*(("report", one) for one in claims), *(("post", one) for one in clocks)]


def without_holder(conn: Connection) -> list[str]:
    """Return posts whose clock runs without anybody; nothing is left so (F43)."""
    return list(
        conn.execute(
            select(p.id).where(
                p.feedback_due_at > "",
                p.settled_at.is_(None),
                or_(p.holder.is_(None), p.holder == ""),
            )
        ).scalars()
    )


def holder_of(conn: Connection, kind: str, record_id: str) -> str:
    """Return who holds a report or post now; empty: nobody."""
    table = report if kind == "report" else post
    found = conn.execute(select(table.c.holder).where(table.c.id == record_id)).scalar_one_or_none()
    return str(found or "")


def urgent(conn: Connection, person: str, now: str) -> list[tuple[str, str]]:
    """Return what moves at a short relief: acute claims and clocks due within the hour."""
    at = moment(now)
    soon = stamp(at + timedelta(hours=1)) if at else now
    claims = conn.execute(
        select(report.c.id).where(
            report.c.holder == person,
            report.c.status.in_(("claimed", "waiting")),
            report.c.acute == 1,
        )
    ).scalars()
    clocks = conn.execute(
        select(p.id).where(
            p.holder == person,
            p.feedback_due_at > "",
            p.feedback_due_at < soon,
            p.settled_at.is_(None),
        )
    ).scalars()
    return [*(("report", one) for one in claims), *(("post", one) for one in clocks)]


def relief_out(conn: Connection, person: str) -> tuple[str, str, list[Any]] | None:
    """Return the relief this person gave and has not taken back: id, who has it, what."""
    row = conn.execute(
        select(h.id, h.to_person, h.kept)
        .where(h.from_person == person, h.relief == 1, h.status == "open")
        .order_by(h.made_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.id, row.to_person or "", list(row.kept or ()))


def post_of(conn: Connection, placement_id: str) -> str:
    """Return the post a placement belongs to."""
    found = conn.execute(select(pl.post_id).where(pl.id == placement_id)).scalar_one_or_none()
    return str(found or "")


def last_giver(conn: Connection, me: str) -> str:
    """Return who most likely gives over: who accepted last, else who holds something."""
    row = conn.execute(
        select(h.accepted_by).where(h.status == "accepted").order_by(h.made_at.desc()).limit(1)
    ).one_or_none()
    if row is not None and row.accepted_by and row.accepted_by != me:
        return str(row.accepted_by)
    found = conn.execute(
        select(report.c.holder)
        .where(report.c.status.in_(("claimed", "waiting")), report.c.holder != me)
        .limit(1)
    ).scalar_one_or_none()
    if found:
        return str(found)
    found = conn.execute(
        select(p.holder).where(p.status.in_(OPEN), p.holder != me).limit(1)
    ).scalar_one_or_none()
    return str(found or me)


def _since(conn: Connection, now: str) -> str:
    """Return since when the shift counts: the last acceptance, or ten hours ago."""
    at = moment(now)
    early = stamp(at - timedelta(hours=SHIFT_HOURS)) if at else ""
    found = conn.execute(
        select(h.accepted_at).where(h.status == "accepted").order_by(h.made_at.desc()).limit(1)
    ).scalar_one_or_none()
    return max(early, str(found or ""))


def _unconfirmed(conn: Connection) -> list[Unconfirmed]:
    found = conn.execute(
        select(
            pl.id,
            pl.post_id,
            pl.state,
            pl.state_at,
            p.title,
            p.holder,
            group.c.name.label("group_name"),
        )
        .select_from(placement)
        .join(post, p.id == pl.post_id)
        .outerjoin(group, group.c.id == pl.group_id)
        .where(pl.state.in_(("copied", "unknown")))
        .order_by(pl.state_at)
        .limit(MOST)
    )
    return [
        Unconfirmed(
            row.id,
            row.post_id,
            row.title or "",
            row.group_name or "",
            row.state,
            row.state_at or "",
            row.holder or "",
        )
        for row in found
    ]


def _gaps(conn: Connection, start: str, now: str) -> list[Gap]:
    """Return groups that got a post this shift and were not confirmed for half a year (F14)."""
    at = moment(now)
    old = stamp(at - timedelta(days=STALE_DAYS)) if at else ""
    met = conn.execute(
        select(pl.group_id).where(pl.state_at >= start, pl.state != "pending").distinct()
    ).scalars()
    found = conn.execute(
        select(group.c.id, group.c.name, group.c.confirmed_at).where(
            group.c.id.in_(list(met)),
            or_(group.c.confirmed_at.is_(None), group.c.confirmed_at < old),
        )
    )
    return [
        Gap(row.id, row.name or "", "Langer dan 180 dagen niet bevestigd. Bel de beheerder.")
        for row in found
    ]


def _notes(conn: Connection, start: str) -> list[tuple[str, str, str]]:
    """Return notes that begin with an exclamation mark: meant for who comes next (day.md §3)."""
    c = log_entry.c
    newest: Sequence[Any] = conn.execute(
        select(c.id, c.what, c.text, c.by, c.made_at).order_by(c.n.desc()).limit(2_000)
    ).all()
    wanted = [
        row
        for row in newest
        if row.what == "note" and (row.text or "").startswith("!") and (row.made_at or "") >= start
    ]
    people = names(conn, [row.by for row in wanted])
    return [(row.id, row.text[1:].strip(), people.get(row.by or "", "")) for row in wanted]
