"""The log of one record, and the names behind ids (F08)."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from console.domain.report import HistoryLine
from console.models.handover import log_entry
from console.models.workbook import person


def history(conn: Connection, kind: str, record_id: str, limit: int = 200) -> list[HistoryLine]:
    """Return the log of one record, oldest first (F08)."""
    c = log_entry.c
    found = conn.execute(
        select(c.id, c.what, c.text, c.reason, c.by, c.station, c.made_at, c.at, c.pending)
        .where(c.subject_kind == kind, c.subject_id == record_id)
        .order_by(c.n.desc())
        .limit(limit)
    ).all()
    people = names(conn, [row.by for row in found])
    return [
        HistoryLine(
            row.id,
            row.what,
            row.text or row.reason or "",
            people.get(row.by, ""),
            row.station or "",
            row.made_at or "",
            row.at or "",
            bool(row.pending),
        )
        for row in reversed(found)
    ]


def names(conn: Connection, ids: Sequence[str | None]) -> dict[str, str]:
    """Return the names of these persons."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    found = conn.execute(select(person.c.id, person.c.name).where(person.c.id.in_(wanted)))
    return {row.id: row.name or "" for row in found}
