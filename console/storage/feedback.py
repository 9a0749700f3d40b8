"""Queries on the feedback clock: what is due, by whom, what became of it (F30, F31)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Connection, func, select

from console.domain.clock import LOCAL, moment, stamp
from console.domain.post import FeedbackCard, FeedbackClock, FeedbackFigures, FeedbackRow
from console.models.alert import alert
from console.models.directory import group
from console.models.post import placement, post
from console.storage.history import names
from console.storage.ledger import administrators_of

p = post.c
pl = placement.c

MOST = 500

_ROW = (
    p.id,
    p.title,
    p.kind,
    p.feedback_due_at,
    p.holder,
    p.released_by,
    p.extensions,
    p.outcome,
    p.settled_at,
    p.waiver_reason,
    p.alert_id,
    p.body,
    alert.c.state.label("alert_state"),
)


def due(conn: Connection, *, me: str, now: str, area_ids: Sequence[str] = ()) -> list[FeedbackRow]:
    """Return every post whose clock runs, most urgent first; of some areas where given."""
    conditions = [p.feedback_due_at > "", p.settled_at.is_(None)]
    if area_ids:
        conditions.append(p.area_id.in_(area_ids))
    found = conn.execute(
        select(*_ROW)
        .select_from(post)
        .outerjoin(alert, alert.c.id == p.alert_id)
        .where(*conditions)
        .order_by(p.feedback_due_at)
        .limit(MOST)
    ).all()
    return _rows(conn, found, me=me, now=now)


def done(conn: Connection, *, me: str, now: str, limit: int = 100) -> list[FeedbackRow]:
    """Return the posts whose clock stopped, the latest due first."""
    found = conn.execute(
        select(*_ROW)
        .select_from(post)
        .outerjoin(alert, alert.c.id == p.alert_id)
        .where(p.feedback_due_at > "", p.settled_at > "")
        .order_by(p.feedback_due_at.desc())
        .limit(limit)
    ).all()
    return _rows(conn, found, me=me, now=now)


def card(conn: Connection, post_id: str, *, me: str, now: str) -> FeedbackCard | None:
    """Return the broadcast behind a feedback: its text and the groups that got it."""
    row = conn.execute(
        select(*_ROW, alert.c.closing_text)
        .select_from(post)
        .outerjoin(alert, alert.c.id == p.alert_id)
        .where(p.id == post_id)
    ).one_or_none()
    if row is None:
        return None
    groups = conn.execute(
        select(pl.group_id, pl.text, group.c.name, group.c.reach)
        .select_from(placement)
        .outerjoin(group, group.c.id == pl.group_id)
        .where(pl.post_id == post_id, pl.state == "placed")
        .order_by(pl.position, pl.n)
    ).all()
    sizes = administrators_of(conn, [one.group_id for one in groups])
    people = names(conn, [row.released_by])
    return FeedbackCard(
        _rows(conn, [row], me=me, now=now)[0],
        (groups[0].text if groups else "") or row.body or "",
        people.get(row.released_by or "", ""),
        tuple(
            (one.group_id, one.name or "", one.reach or "direct", sizes.get(one.group_id, 0))
            for one in groups
        ),
        row.closing_text or "",
    )


def open_answer(conn: Connection, post_id: str) -> str:
    """Return the feedback on a post that is still being written; empty: none."""
    found = conn.execute(
        select(p.id)
        .where(p.answers == post_id, p.type == "feedback", p.status.in_(("draft", "ready")))
        .order_by(p.n)
        .limit(1)
    ).scalar_one_or_none()
    return str(found or "")


def clock(conn: Connection, *, me: str, now: str) -> FeedbackClock:
    """Return what every screen shows of the clock (D09); mine goes before others' when urgent."""
    late = conn.execute(
        select(func.count())
        .select_from(post)
        .where(p.feedback_due_at > "", p.feedback_due_at < now, p.settled_at.is_(None))
    ).scalar_one()
    found = conn.execute(
        select(p.id, p.feedback_due_at)
        .where(p.feedback_due_at > "", p.settled_at.is_(None))
        .order_by(p.feedback_due_at)
        .limit(int(late) + 1)
    ).all()
    upcoming = next((row for row in found if row.feedback_due_at >= now), None)
    return FeedbackClock(
        int(late),
        upcoming.feedback_due_at if upcoming else "",
        upcoming.id if upcoming else "",
        found[0].id if found else "",
    )


def figures(conn: Connection, start: str, end: str) -> FeedbackFigures:
    """Return the share and median of posts first placed between two stamps, end not included.

    Asked: every post with a clock. Given: settled with an outcome. Waived: settled by a waiver;
    it is not counted as given (day.md §2). The median is in whole minutes from first placement.
    """
    found = conn.execute(
        select(
            p.id,
            p.settled_at,
            p.waiver_reason,
            func.min(pl.state_at).label("placed_at"),
        )
        .select_from(post)
        .join(placement, pl.post_id == p.id)
        .where(
            p.type.in_(("broadcast", "forward", "recorded")),
            p.feedback_due_at > "",
            p.feedback_due_at >= start,
            pl.state == "placed",
        )
        .group_by(p.id)
        .having(func.min(pl.state_at) >= start, func.min(pl.state_at) < end)
    ).all()
    given = [row for row in found if row.settled_at and not row.waiver_reason]
    minutes = [_minutes(row.placed_at, row.settled_at) for row in given]
    return FeedbackFigures(
        len(found),
        len(given),
        sum(1 for row in found if row.waiver_reason),
        int(median(minutes)) if minutes else None,
    )


def _minutes(start: str, end: str) -> int:
    first, last = moment(start), moment(end)
    if first is None or last is None:
        return 0
    return max(0, int((last - first).total_seconds() // 60))


def section_of(due_at: str, now: datetime) -> str:
    """Return late, today or later; today ends at midnight, local time."""
    when = moment(due_at)
    if when is None:
        return "later"
    if when < now:
        return "late"
    return "today" if when < _midnight(now) else "later"


def _midnight(now: datetime) -> datetime:
    here = now.astimezone(LOCAL)
    return (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def month_of(now: datetime) -> tuple[str, str]:
    """Return the stamps between which the present month runs, local time."""
    first = now.astimezone(LOCAL).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (first + timedelta(days=32)).replace(day=1)
    return stamp(first), stamp(following)


def _rows(conn: Connection, found: Sequence[Any], *, me: str, now: str) -> list[FeedbackRow]:
    ids = [row.id for row in found]
    moment_now = moment(now)
    counted = {
        part.post_id: part
        for part in conn.execute(
            select(pl.post_id, func.count().label("n"), func.min(pl.state_at).label("placed_at"))
            .where(pl.post_id.in_(ids), pl.state == "placed")
            .group_by(pl.post_id)
        )
    }
    drafts = {
        row.answers: row
        for row in conn.execute(
            select(p.answers, p.id, p.author)
            .where(p.answers.in_(ids), p.status.in_(("draft", "ready")))
            .order_by(p.n)
        )
    }
    people = names(conn, [row.holder for row in found] + [row.author for row in drafts.values()])
    made = []
    for row in found:
        part, draft = counted.get(row.id), drafts.get(row.id)
        section = "done"
        if not row.settled_at and moment_now is not None:
            section = section_of(row.feedback_due_at or "", moment_now)
        made.append(
            FeedbackRow(
                row.id,
                row.title or "",
                row.kind or "",
                section,
                row.feedback_due_at or "",
                part.n if part else 0,
                people.get(row.holder or "", ""),
                row.holder == me,
                part.placed_at if part else "",
                row.extensions or 0,
                row.alert_state or "",
                draft.id if draft else "",
                people.get(draft.author or "", "") if draft else "",
                row.outcome or "",
                row.settled_at or "",
                row.waiver_reason or "",
            )
        )
    return made
