"""The desk's copy of its team: position in the feed, pages applied whole, resync by one swap.

Source: sync.md §3 and §7. A page is one transaction: records, then cursor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, literal, or_, select, tuple_
from sqlalchemy.dialects.sqlite import insert

from console.domain.changes import Changes
from console.models import RECORDS
from console.models.local import cursor as cursors
from console.models.local import grave, shadow, unread_record, withheld
from console.storage.confirm import Part, sort_out, take
from console.storage.forgotten import forget
from console.storage.projection import set_base
from console.storage.purged import empty, is_purged, purge
from contract.leavers import is_erased
from contract.op import Record

CHUNK = 2_000

Key = tuple[str, str]
START: Key = ("", "")


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


@dataclass(frozen=True, slots=True)
class Sifted:
    """The records of a page by what is to be done with them; needs no file to be known.

    ``emptied``: taken as well, and their contact data is gone from central.
    """

    taken: Sequence[Record]
    parts: Sequence[Part]
    forgotten: Sequence[Record]
    over: Sequence[Record]
    emptied: Sequence[Record]

    @property
    def erases(self) -> bool:
        """Say whether words go away for good, so that the file itself is cleaned."""
        return bool(self.over or self.emptied)


def sift(records: Sequence[Record]) -> Sifted:
    """Sift a page and lay its rows out, on another thread than the writer's."""
    apart = [record for record in records if record.forgotten or record.deleted]
    forgotten = [record for record in apart if record.forgotten]
    over = [record for record in apart if is_purged(record)]
    taken = records
    if forgotten or over:
        aside = {*map(id, forgotten), *map(id, over)}
        taken = [record for record in records if id(record) not in aside]
    parts = sort_out(taken, lay=True)
    emptied = [record for record in records if is_erased(record.kind, record.body)]
    return Sifted(taken, parts, forgotten, over, emptied)


def apply_page(
    conn: Connection,
    team: str,
    records: Sequence[Record],
    *,
    asked_with: str,
    cursor: str,
    now: str,
    sifted: Sifted | None = None,
) -> Changes | None:
    """Apply one page of the feed and move the cursor; None: another page came in between.

    Unsent ops are laid over what the page brings, so a pull never touches an unsent edit.
    ``sifted``: what ``sift`` made of the very same records.
    """
    if position(conn, team).cursor != asked_with:
        return None
    page = sift(records) if sifted is None else sifted
    changes = take(conn, page.taken, parts=page.parts)
    empty(conn, page.emptied)
    if page.over:
        changes |= purge(conn, page.over, now)
    if page.forgotten:
        changes |= forget(conn, page.forgotten, now)
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
    changes, last = Changes(), START
    while True:
        piece, last = swap_piece(conn, team, last)
        changes |= piece
        if last == START:
            return changes | end_resync(conn, team, cursor, now=now)


def swap_piece(conn: Connection, team: str, after: Key) -> tuple[Changes, Key]:
    """Make the next piece of the snapshot part of the copy; returns where it ended.

    ``START`` begins, and comes back when nothing is left for ``end_resync``. Between pieces the
    cursor is still the old one, so a desk that dies there asks again from where it stood, and
    what people do at the desk meanwhile is written in between.
    """
    if after == START:
        _keep(conn, team, generation=position(conn, team).generation + 1)
    records, last = _shadow_piece(conn, after)
    return take(conn, records, force=True), last


def end_resync(conn: Connection, team: str, cursor: str, *, now: str = "") -> Changes:
    """Let go what the snapshot does not hold, and stand where it was taken."""
    changes = Changes()
    for kind in RECORDS:
        changes |= _drop_absent(conn, kind)
    buried = select(shadow.c.id).where(
        shadow.c.kind == grave.c.kind, shadow.c.id == grave.c.id, shadow.c.deleted == 1
    )
    conn.execute(delete(grave).where(~buried.exists()))
    there = select(shadow.c.id).where(
        shadow.c.kind == unread_record.c.kind, shadow.c.id == unread_record.c.id
    )
    conn.execute(delete(unread_record).where(~there.exists()))
    conn.execute(delete(shadow))
    _keep(conn, team, cursor=cursor, witness=cursor, at=now)
    return changes


def is_empty(conn: Connection) -> bool:
    """Say whether the desk holds nothing at all yet, so that a snapshot has nothing to replace."""
    tables = [*RECORDS.values(), unread_record, grave, withheld]
    held = [select(literal(1)).select_from(table).exists() for table in tables]
    return not conn.execute(select(or_(*held))).scalar_one()


def add_first(
    conn: Connection, records: Sequence[Record], parts: Sequence[Part] | None = None
) -> Changes:
    """Take in a piece of the first snapshot of an empty desk as it comes.

    ``parts``: the same records as ``confirm.sort_out`` laid them out.

    The cursor moves with the last piece; a transfer that was cut is begun again as a resync.
    """
    return take(conn, records, parts=parts)


def finish_first(conn: Connection, team: str, cursor: str, *, now: str = "") -> None:
    """Stand where the first snapshot was taken."""
    _keep(conn, team, cursor=cursor, witness=cursor, at=now)


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
    return Changes.of((kind, row.id) for row in absent)


def _shadow_piece(conn: Connection, after: Key) -> tuple[list[Record], Key]:
    rows = conn.execute(
        select(
            shadow.c.kind,
            shadow.c.id,
            shadow.c.ver,
            shadow.c.seq,
            shadow.c.deleted,
            shadow.c.body,
        )
        .where(tuple_(shadow.c.kind, shadow.c.id) > after)
        .order_by(shadow.c.kind, shadow.c.id)
        .limit(CHUNK)
    ).all()
    last = (rows[-1].kind, rows[-1].id) if len(rows) == CHUNK else START
    return [Record(r.kind, r.id, r.ver, r.body, bool(r.deleted), r.seq) for r in rows], last


def _keep(conn: Connection, team: str, **values: Any) -> None:
    statement = insert(cursors).values(team=team, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=[cursors.c.team], set_=values))
