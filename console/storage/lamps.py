"""When a person last looked at something outside, such as WhatsApp Web (F51)."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from console.models.alert import alert
from console.models.handover import check
from console.models.post import post

COUNT_CAP = 1_000


@dataclass(frozen=True, slots=True)
class RailCounts:
    """Drafts and unfinished posts, broadcasts that ask feedback, alerts that run."""

    posts: int
    feedback: int
    alerts: int


def rail_counts(conn: Connection) -> RailCounts:
    """Count what the rail shows; each count stops at 1,000."""
    p, a = post.c, alert.c

    def capped(*conditions: object) -> int:
        inner = select(1).where(*conditions).limit(COUNT_CAP).subquery()  # type: ignore[arg-type]
        return int(conn.execute(select(func.count()).select_from(inner)).scalar_one())

    return RailCounts(
        posts=capped(p.status.in_(("draft", "ready"))),
        feedback=capped(p.settled_at.is_(None), p.feedback_due_at > ""),
        alerts=capped(a.state == "active", a.test.is_not(True)),
    )


def last_check(conn: Connection, lamp: str) -> tuple[str, bool] | None:
    """Return when a lamp was last looked at and whether it was linked; None: never."""
    row = conn.execute(
        select(check.c.at, check.c.state)
        .where(check.c.lamp == lamp)
        .order_by(check.c.at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.at, row.state == "linked")
