"""Erasing what went by its term, with everything this desk kept beside it (F52, security.md §4)."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, delete, func, select, update

from console.domain.changes import Changes
from console.domain.clock import moment, stamp
from console.models.local import journal, outbox, pasted, seen, tray, typing
from console.storage import blobs
from console.storage.confirm import take
from console.storage.settle import refuse
from contract.leavers import is_erased
from contract.op import OpResult, Record
from contract.retention import PURGED, TERMS
from contract.vocabulary import OpStatus


def is_purged(record: Record) -> bool:
    """Say whether this grave is of a record that went by its term."""
    return record.deleted and bool(record.body.get(PURGED))


def purge(conn: Connection, records: Sequence[Record], now: str) -> Changes:
    """Erase these records and what was kept of them: content, journal, tray, typing.

    What somebody still had waiting on one goes to their tray as gone: their own words stay there
    until they settle it; what others wrote does not.
    """
    for record in records:
        waiting = conn.execute(
            select(outbox.c.op_id)
            .where(outbox.c.kind == record.kind, outbox.c.id == record.id)
            .order_by(outbox.c.n)
        ).scalars()
        for op_id in waiting.all():
            refuse(conn, OpResult(op_id, OpStatus.GONE), now=now)
        if record.kind == "photo":
            blobs.forget(conn, record.id)
        _traces(conn, record)
        conn.execute(delete(pasted).where(pasted.c.report_id == record.id))
    return take(conn, records)


def empty(conn: Connection, records: Sequence[Record]) -> None:
    """Erase what this desk kept beside records whose contact data went; they stay themselves.

    An act that still waits on one stays too: it is somebody's, and central answers it.
    """
    for record in records:
        if is_erased(record.kind, record.body):
            _traces(conn, record)


def _traces(conn: Connection, record: Record) -> None:
    for table in (journal, seen):
        conn.execute(delete(table).where(table.c.kind == record.kind, table.c.id == record.id))
    mine = (tray.c.kind == record.kind) & (tray.c.id == record.id)
    conn.execute(delete(tray).where(mine, tray.c.settled_at.is_not(None)))
    conn.execute(update(tray).where(mine).values(theirs=None))
    conn.execute(delete(typing).where(func.instr(typing.c.subject, record.id) > 0))


def tidy(conn: Connection, now: str) -> int:
    """Erase what is older than any record may be at a desk: typing, and a tray nobody settled."""
    present = moment(now)
    if present is None:
        return 0
    until = stamp(present - timedelta(days=TERMS["free_days"].days))
    gone = 0
    for column in (typing.c.at, tray.c.refused_at, seen.c.at, pasted.c.at):
        gone += conn.execute(delete(column.table).where(column < until)).rowcount
    return gone
