"""Taking in records that central confirmed, whole pages at a time (sync.md §7).

A record applies only if its ``(ver, seq)`` is above what the desk holds, so replays and own
echoes are harmless. An acknowledged op that central answered without the record stands with
``seq`` 0 until the feed brings the record itself.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, delete, literal, select
from sqlalchemy.dialects.sqlite import insert

from console.domain.changes import Changes
from console.models import RECORDS
from console.models.local import grave, outbox, unread_record, withheld
from console.storage import bulk, plain, search
from console.storage.bulk import among
from console.storage.projection import set_base, unearth
from contract.op import Record

CHUNK = 10_000

Held = dict[str, tuple[int, int]]
Ready = dict[str, tuple[int, bulk.Laid]]
"""Per kind how many records were laid out, and how."""


def ready(records: Iterable[Record]) -> Ready:
    """Lay out records for the file ahead of ``take``, on another thread than the writer's."""
    kinds: dict[str, list[Record]] = {}
    for kind, alike in groupby(records, attrgetter("kind")):
        kinds.setdefault(kind, []).extend(alike)
    return {
        kind: (len(alike), bulk.lay_out(kind, alike))
        for kind, alike in kinds.items()
        if kind in RECORDS and bulk.FEW < len(alike) <= CHUNK
    }


def take(
    conn: Connection,
    records: Iterable[Record],
    *,
    force: bool = False,
    laid: Ready | None = None,
) -> Changes:
    """Make these records the confirmed ones where they are newer; returns what changed.

    ``force`` takes them as they are: a resync after central was put back may lower versions.
    ``laid``: what ``ready`` made of the very same records; used where all of a kind are taken.
    """
    newest: dict[str, dict[str, Record]] = {}
    for kind, alike in groupby(records, attrgetter("kind")):
        by_id = newest.setdefault(kind, {})
        for record in alike:
            other = by_id.setdefault(record.id, record)
            if other is not record and (record.ver, record.seq) >= (other.ver, other.seq):
                by_id[record.id] = record
    touched: list[tuple[str, str]] = []
    with search.filling(conn, len(newest.get("report", ()))):
        for kind, by_id in newest.items():
            ids = list(by_id)
            for start in range(0, len(ids), CHUNK):
                chunk = [by_id[record_id] for record_id in ids[start : start + CHUNK]]
                if kind in RECORDS:
                    touched += _take_known(conn, kind, chunk, force, (laid or {}).get(kind))
                else:
                    touched += _take_unread(conn, kind, chunk, force)
    return Changes.of(touched)


def _take_known(
    conn: Connection,
    kind: str,
    records: Sequence[Record],
    force: bool,
    laid: tuple[int, bulk.Laid] | None,
) -> list[tuple[str, str]]:
    ids = [record.id for record in records]
    held = {} if force else _held(conn, kind, ids)
    new = [r for r in records if (r.ver, r.seq) > held.get(r.id, (-1, -1))] if held else records
    busy: set[str] = set()
    if _holds(conn, outbox, kind):
        waiting = select(outbox.c.id).where(outbox.c.kind == kind, among(outbox.c.id, ids))
        busy = set(conn.execute(waiting.distinct()).scalars())
    alive, gone, back = [], [], []
    for record in new:
        if not record.deleted:
            back.append(record.id)
        if record.id in busy:
            continue
        if record.deleted:
            gone.append(record)
        else:
            alive.append(record)
    if back and _holds(conn, grave, kind):
        unearth(conn, kind, back)
    if alive:
        # As many as were laid out: none was left out, so they are the same ones in that order.
        whole = laid is not None and laid[0] == len(alive)
        bulk.put(conn, kind, alive, laid[1] if laid is not None and whole else None)
    if gone:
        _bury_all(conn, kind, gone)
    search.index(conn, kind, [r.id for r in new if r.id not in busy])
    for record in new:
        if record.id in busy:
            set_base(conn, kind, record.id, record)
    return [(kind, record.id) for record in new]


def _holds(conn: Connection, table: Table, kind: str) -> bool:
    """Say whether there is anything of this kind; mostly not, and then no id is looked up."""
    question = f"SELECT 1 FROM {table.name} WHERE kind = :kind LIMIT 1"  # nosec B608 # own names, bound values
    return plain.first(conn, question, {"kind": kind}) is not None


def _held(conn: Connection, kind: str, ids: Sequence[str]) -> Held:
    table = RECORDS[kind]
    sources = [select(table.c.id, table.c.ver, table.c.seq).where(among(table.c.id, ids))]
    if _holds(conn, withheld, kind):
        hidden = (withheld.c.kind == kind) & among(withheld.c.id, ids)
        sources.append(
            select(withheld.c.id, withheld.c.ver, withheld.c.seq).where(
                hidden, withheld.c.present == 1
            )
        )
    if _holds(conn, grave, kind):
        # A grave holds no number: any record of its version or older is an echo.
        buried = (grave.c.kind == kind) & among(grave.c.id, ids)
        sources.append(select(grave.c.id, grave.c.ver, literal(2**62).label("seq")).where(buried))
    held: Held = {}
    for source in sources:
        for record_id, ver, seq in conn.execute(source):
            held[record_id] = max((ver, seq), held.get(record_id, (-1, -1)))
    return held


def _bury_all(conn: Connection, kind: str, gone: Sequence[Record]) -> None:
    table = RECORDS[kind]
    ids = [record.id for record in gone]
    conn.execute(delete(table).where(among(table.c.id, ids)))
    conn.execute(delete(withheld).where(withheld.c.kind == kind, among(withheld.c.id, ids)))
    statement = insert(grave)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=[grave.c.kind, grave.c.id], set_={"ver": statement.excluded.ver}
        ),
        [{"kind": kind, "id": record.id, "ver": record.ver} for record in gone],
    )


def _take_unread(
    conn: Connection, kind: str, records: Sequence[Record], force: bool
) -> list[tuple[str, str]]:
    ids = [record.id for record in records]
    held: Held = {
        row.id: (row.ver, row.seq)
        for row in conn.execute(
            select(unread_record.c.id, unread_record.c.ver, unread_record.c.seq).where(
                unread_record.c.kind == kind, among(unread_record.c.id, ids)
            )
        )
    }
    rows: list[dict[str, Any]] = [
        {
            "kind": kind,
            "id": record.id,
            "ver": record.ver,
            "seq": record.seq,
            "deleted": int(record.deleted),
            "body": dict(record.body),
        }
        for record in records
        if force or (record.ver, record.seq) > held.get(record.id, (-1, -1))
    ]
    if rows:
        statement = insert(unread_record)
        conn.execute(
            statement.on_conflict_do_update(
                index_elements=[unread_record.c.kind, unread_record.c.id],
                set_={name: statement.excluded[name] for name in ("ver", "seq", "deleted", "body")},
            ),
            rows,
        )
    return [(kind, row["id"]) for row in rows]
