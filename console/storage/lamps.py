"""When a person last looked at something outside, such as WhatsApp Web (F51)."""

from sqlalchemy import Connection, select

from console.models.handover import check


def last_check(conn: Connection, lamp: str) -> tuple[str, bool] | None:
    """Return when a lamp was last looked at and whether it was linked; None: never."""
    row = conn.execute(
        select(check.c.at, check.c.state)
        .where(check.c.lamp == lamp)
        .order_by(check.c.at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.at, row.state == "linked")
