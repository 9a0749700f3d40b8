"""All SQL of joining."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from central.models.journal import audit

ACT = "join"
"""How a record that was brought along stands in the audit rows."""


def brought(
    conn: Connection, team: str, join_id: str, kinds: Collection[str]
) -> set[tuple[str, str]]:
    """Return kind and id of what this joining has added before."""
    query = select(audit.c.kind, audit.c.record).where(
        audit.c.team == team,
        audit.c.kind.in_(sorted(kinds)),
        audit.c.act == ACT,
        audit.c.op_id == join_id,
    )
    return {(row.kind, row.record) for row in conn.execute(query)}
