"""All SQL of joining."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from central.models.journal import audit

ACT = "join"
"""How a record that was brought along stands in the audit rows."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a joining made of a record last: its version, and the hash of its body."""

    ver: int
    body_hash: str


def brought(
    conn: Connection, team: str, join_id: str, keys: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Brought]:
    """Return what this joining has made of these records before, by kind and id."""
    query = (
        select(audit.c.kind, audit.c.record, audit.c.ver, audit.c.after_hash)
        .where(
            audit.c.team == team,
            audit.c.kind.in_(sorted({kind for kind, _ in keys})),
            audit.c.record.in_(sorted({record_id for _, record_id in keys})),
            audit.c.act == ACT,
            audit.c.op_id == join_id,
        )
        .order_by(audit.c.n)
    )
    return {(row.kind, row.record): Brought(row.ver, row.after_hash) for row in conn.execute(query)}
