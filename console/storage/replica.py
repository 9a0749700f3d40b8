"""The desk's copy of its team: position in the feed, pages applied whole, resync by one swap.

Source: sync.md §3 and §7. A page is one transaction: records, then cursor.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, tuple_
from sqlalchemy.dialects.sqlite import insert

from console.domain.changes import Changes
from console.models import RECORDS
from console.models.local import cursor as cursors
from console.models.local import grave, shadow, unread_record, withheld
from console.storage.confirm import take
from console.storage.projection import set_base
from contract.op import Record

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Position:
    """Where the desk stands in a team's feed; texts of central's own making, never parsed.

    ``generation`` counts resyncs: versions never go back within one (I7).
    """

    cursor: str = ""
    witness: str = ""
    generation: int = 0


def position(conn: Connection, team: str) -> Position:
    """Return the desk's position; the empty one before the first page."""
    row = conn.execute(
        select(cursors.c.cursor, cursors.c.witness, cursors.c.generation).where(
            cursors.c.team == team
        )
    ).one_or_none()
    return Position() if row is None else Position(row.cursor, row.witness, row.generation)


def apply_page(
    conn: Connection,
    team: str,
    records: Sequence[Record],
    *,
    asked_with: str,
    cursor: str,
    now: str,
) -> Changes | None:
    """Apply one page of the feed and move the cursor; None: another page came in between.

    Unsent ops are laid over what the page brings, so a pull never touches an unsent edit.
    """
    if position(conn, team).cursor != asked_with:
        return None
    changes = take(conn, records)
    _keep(conn, team, cursor=cursor, witness=cursor, at=now)
    return changes


def keep_witness(conn: Connection, team: str, witness: str) -> None:
    """Keep the newest anchor seen; the reply to a push never moves the cursor (sync.md §3)."""
    _keep(conn, team, witness=witness)


def begin_resync(conn: Connection) -> None:
    """Start collecting a snapshot beside the present copy; an unfinished one is dropped."""
    conn.execute(delete(shadow))


def add_resync(conn: Connection, records: Sequence[Record]) -> None:
    """Add records of the snapshot; nothing of it shows before the swap."""
    if not records:
        return
    statement = insert(shadow)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=[shadow.c.kind, shadow.c.id],
            set_={name: statement.excluded[name] for name in ("ver", "seq", "deleted", "body")},
        ),
        [
            {
                "kind": record.kind,
                "id": record.id,
                "ver": record.ver,
                "seq": record.seq,
                "deleted": int(record.deleted),
                "body": dict(record.body),
            }
            for record in records
        ],
    )


def finish_resync(conn: Connection, team: str, cursor: str, *, now: str = "") -> Changes:
    """Make the snapshot the copy, in the transaction at hand; outbox, tray and journal stay.

    What the snapshot does not hold is gone, except records with unsent ops that still show.
    """
    conn.execute(delete(grave))
    conn.execute(delete(unread_record))
    changes = Changes()
    for kind in RECORDS:
        changes |= _drop_absent(conn, kind)
    for records in _shadow_chunks(conn):
        changes |= take(conn, records, force=True)
    conn.execute(delete(shadow))
    generation = position(conn, team).generation + 1
    _keep(conn, team, cursor=cursor, witness=cursor, generation=generation, at=now)
    return changes


def _drop_absent(conn: Connection, kind: str) -> Changes:
    table = RECORDS[kind]
    there = select(shadow.c.id).where(shadow.c.kind == kind)
    absent = conn.execute(
        select(table.c.id, table.c.pending, table.c.ver).where(table.c.id.not_in(there))
    ).all()
    hidden = conn.execute(
        select(withheld.c.id).where(withheld.c.kind == kind, withheld.c.id.not_in(there))
    ).scalars()
    for record_id in [row.id for row in absent if row.pending] + list(hidden):
        set_base(conn, kind, record_id, None)
    idle = [row.id for row in absent if not row.pending]
    graves = [Record(kind, record_id, 0, {}, deleted=True) for record_id in idle]
    take(conn, graves, force=True)
    conn.execute(delete(grave).where(grave.c.kind == kind))
    return Changes.of((kind, row.id) for row in absent)


def _shadow_chunks(conn: Connection) -> Iterator[list[Record]]:
    last = ("", "")
    while True:
        rows = conn.execute(
            select(
                shadow.c.kind,
                shadow.c.id,
                shadow.c.ver,
                shadow.c.seq,
                shadow.c.deleted,
                shadow.c.body,
            )
            .where(tuple_(shadow.c.kind, shadow.c.id) > last)
            .order_by(shadow.c.kind, shadow.c.id)
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        last = (rows[-1].kind, rows[-1].id)
        yield [Record(r.kind, r.id, r.ver, r.body, bool(r.deleted), r.seq) for r in rows]


def _keep(conn: Connection, team: str, **values: Any) -> None:
    statement = insert(cursors).values(team=team, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=[cursors.c.team], set_=values))
