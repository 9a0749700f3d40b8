"""Queries on the written work process: steps in order, and their ticks for one event (F40)."""

from sqlalchemy import Connection, select

from console.domain.workbook import Step, Workbook
from console.models.workbook import step, step_tick, workbook
from console.storage.history import names

w, s, t = workbook.c, step.c, step_tick.c


def current(conn: Connection, subject_id: str = "") -> Workbook | None:
    """Return the work process with the ticks of one event (empty: of none)."""
    row = conn.execute(
        select(w.id, w.title, w.version, w.version_date, w.owner, w.approved_by, w.state)
        .order_by(w.n.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    ticks = {}
    if subject_id:
        found = conn.execute(
            select(t.id, t.step_id, t.by, t.at).where(t.subject_id == subject_id)
        ).all()
        people = names(conn, [one.by for one in found])
        ticks = {one.step_id: (one.id, one.at or "", people.get(one.by or "", "")) for one in found}
    steps = conn.execute(
        select(s.id, s.scope, s.position, s.title, s.text, s.way_out, s.ver)
        .where(s.workbook_id == row.id)
        .order_by(s.position, s.n)
    )
    return Workbook(
        row.id,
        row.title or "",
        row.version or "",
        row.version_date or "",
        row.owner or "",
        row.approved_by or "",
        row.state or "draft",
        tuple(
            Step(
                one.id,
                one.scope or "",
                one.position or 0,
                one.title or "",
                one.text or "",
                one.way_out or "",
                one.ver,
                *ticks.get(one.id, ("", "", "")),
            )
            for one in steps
        ),
    )
