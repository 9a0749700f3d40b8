"""The facts of a handover sheet, gathered from the local file only (F42, D10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, or_, select

from console.domain.clock import moment, stamp
from console.domain.report import ReportFilter
from console.domain.sheet import Facts, Gap, Unconfirmed
from console.models.directory import group
from console.models.handover import handover, log_entry
from console.models.post import placement, post
from console.storage import alerts, feedback, posts, reports, signs, tray
from console.storage.decided import decided_by_post
from console.storage.history import names
from console.storage.lamps import last_check

h, pl, p = handover.c, placement.c, post.c

MOST = 200
SHIFT_HOURS = 10
STALE_DAYS = 180
LOOK_BACK = 2_000


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
    drafts = [row for row in listed if row.status in ("draft", "ready")]
    return Facts(
        now=now,
        reports=rows,
        feedback=due,
        unconfirmed=_unconfirmed(conn),
        drafts=drafts,
        posts=done,
        alerts=[row for row in alerts.rows(conn, now=now, since=start) if not row.test],
        gaps=_gaps(conn, start, now),
        notes=_notes(conn, start),
        tray=len(tray.list_open(conn, me)),
        whatsapp=last_check(conn, "whatsapp"),
        central_since=central_since,
        holders={},
        tasks=signs.open_tasks(conn, start, now),
        decided=decided_by_post(conn, [row.id for row in (*drafts, *done)]),
    )


def _since(conn: Connection, now: str) -> str:
    """Return since when the shift counts: the last acceptance, or ten hours ago."""
    at = moment(now)
    early = stamp(at - timedelta(hours=SHIFT_HOURS)) if at else ""
    found = conn.execute(
        select(h.accepted_at)
        .where(h.status == "accepted", or_(h.relief.is_(None), h.relief == 0))
        .order_by(h.made_at.desc())
        .limit(1)
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
    # Not distinct in SQL: that would walk every placement by its group.
    met = set(
        conn.execute(
            select(pl.group_id).where(pl.state_at >= start, pl.state != "pending")
        ).scalars()
    )
    found = conn.execute(
        select(group.c.id, group.c.name, group.c.confirmed_at).where(
            group.c.id.in_(list(met)),
            or_(group.c.confirmed_at.is_(None), group.c.confirmed_at < old),
        )
    )
    return [
        Gap(
            row.id,
            row.name or "",
            "Langer dan 180 dagen niet bevestigd. Bel de beheerder."
            if row.confirmed_at
            else "Nog nooit bevestigd. Bel de beheerder.",
        )
        for row in found
    ]


def _notes(conn: Connection, start: str) -> list[tuple[str, str, str]]:
    """Return notes that begin with an exclamation mark: meant for who comes next (day.md §3)."""
    c = log_entry.c
    newest: Sequence[Any] = conn.execute(
        select(c.id, c.what, c.text, c.by, c.made_at).order_by(c.n.desc()).limit(LOOK_BACK)
    ).all()
    wanted = [
        row
        for row in newest
        if row.what == "note" and (row.text or "").startswith("!") and (row.made_at or "") >= start
    ]
    people = names(conn, [row.by for row in wanted])
    return [(row.id, row.text[1:].strip(), people.get(row.by or "", "")) for row in wanted]
