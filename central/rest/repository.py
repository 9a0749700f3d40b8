"""All SQL of lists and searches."""

from typing import Any

from sqlalchemy import Connection, Row, select

from central.models.sync import sync_record
from central.sync import repository as records
from contract.op import Record

AnyRow = Row[*tuple[Any, ...]]

_r = sync_record.c
_COLUMNS = (_r.kind, _r.id, _r.ver, _r.seq, _r.deleted, _r.body, _r.by, _r.at)


def one(conn: Connection, team: str, kind: str, record_id: str) -> Record | None:
    """Return a record, a grave included; None for an id that was never here."""
    row = conn.execute(
        select(*_COLUMNS).where(_r.team == team, _r.kind == kind, _r.id == record_id)
    ).one_or_none()
    return records.to_record(row) if row else None


def locked(conn: Connection, team: str, kind: str, record_id: str) -> Record | None:
    """Return a record that nobody else can change until this transaction ends."""
    return records.lock(conn, team, [(kind, record_id)]).get((kind, record_id))


def page(
    conn: Connection,
    team: str,
    kind: str,
    *,
    before: str,
    limit: int,
    parent: str = "",
    holder: str = "",
) -> list[Record]:
    """Return live records, the highest id first, below ``before`` (empty: from the top).

    Ids are UUIDv7, so the highest is the youngest; the order never changes while somebody pages.
    The primary key serves it, or the index on parent or holder.
    """
    query = select(*_COLUMNS).where(_r.team == team, _r.kind == kind, _r.deleted.is_(False))
    if before:
        query = query.where(_r.id < before)
    if parent:
        query = query.where(_r.parent == parent)
    if holder:
        query = query.where(_r.holder == holder)
    return [
        records.to_record(row) for row in conn.execute(query.order_by(_r.id.desc()).limit(limit))
    ]
