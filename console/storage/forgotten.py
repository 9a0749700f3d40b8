"""Records that this person may no longer see: central asks the desk to forget them (sync.md §6)."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from console.domain.changes import Changes
from console.models import RECORDS
from console.models.local import grave, outbox, unread_record, withheld
from console.storage import blobs, search
from console.storage.settle import refuse
from contract.op import OpResult, Record
from contract.vocabulary import OpStatus


def forget(conn: Connection, records: Sequence[Record], now: str) -> Changes:
    """Erase these records here, with their place in every search.

    What waits on one of them goes to the tray of whoever made it, as denied; their own words
    stay there, nothing of the record does.
    """
    for record in records:
        waiting = conn.execute(
            select(outbox.c.op_id)
            .where(outbox.c.kind == record.kind, outbox.c.id == record.id)
            .order_by(outbox.c.n)
        ).scalars()
        for op_id in waiting.all():
            refuse(conn, OpResult(op_id, OpStatus.DENIED), now=now)
        tables = [grave, withheld, unread_record]
        for table in tables:
            conn.execute(delete(table).where(table.c.kind == record.kind, table.c.id == record.id))
        known = RECORDS.get(record.kind)
        if record.kind == "photo":
            blobs.forget(conn, record.id)
        if known is not None:
            conn.execute(delete(known).where(known.c.id == record.id))
            search.index(conn, record.kind, (record.id,))
    return Changes.of((record.kind, record.id) for record in records)
