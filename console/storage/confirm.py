"""Taking in records that central confirmed, whole pages at a time (sync.md §7).

A record applies only if its ``(ver, seq)`` is above what the desk holds, so replays and own
echoes are harmless. An acknowledged op that central answered without the record stands with
``seq`` 0 until the feed brings the record itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one kind, each id once: what can be known of them without the file.

    ``alive``: none is a grave. ``laid``: their rows, laid out for one statement.
    """

    kind: str
    records: Sequence[Record]
    ids: Sequence[str]
    alive: bool
    laid: bulk.Laid | None = None


def sort_out(records: Iterable[Record], *, lay: bool = False) -> list[Part]:
    """Sort records by kind and keep the newest of each id.

    With ``lay`` rows are laid out too: done on another thread than the writer's, ahead of ``take``.
    """
    kinds: dict[str, list[Record]] = {}
    for kind, alike in groupby(records, attrgetter("kind")):
        kinds.setdefault(kind, []).extend(alike)
    parts = []
    for kind, found in kinds.items():
        every = _newest(found)
        for start in range(0, len(every), CHUNK):
            chunk = every[start : start + CHUNK]
            alive = not any(record.deleted for record in chunk)
            laid = None
            if lay and alive and kind in RECORDS and len(chunk) > bulk.FEW:
                laid = bulk.lay_out(kind, chunk)
            parts.append(Part(kind, chunk, [record.id for record in chunk], alive, laid))
    return parts


def _newest(records: list[Record]) -> list[Record]:
    if len({record.id for record in records}) == len(records):
        return records
    by_id: dict[str, Record] = {}
    for record in records:
        other = by_id.setdefault(record.id, record)
        if other is not record and (record.ver, record.seq) >= (other.ver, other.seq):
            by_id[record.id] = record
    return [*by_id.values()]


def take(
    conn: Connection,
    records: Iterable[Record],
    *,
    force: bool = False,
    parts: Sequence[Part] | None = None,
) -> Changes:
    """Make these records the confirmed ones where they are newer; returns what changed.

    ``force`` takes them as they are: a resync after central was put back may lower versions.
    ``parts``: what ``sort_out`` made of the very same records.
    """
    parts = sort_out(records) if parts is None else parts
    touched: dict[str, set[str]] = {}
    reports = sum(len(part.ids) for part in parts if part.kind == "report")
    with search.filling(conn, reports):
        for part in parts:
            ids = (_take_known if part.kind in RECORDS else _take_unread)(conn, part, force)
            if ids:
                touched.setdefault(part.kind, set()).update(ids)
    return Changes({kind: frozenset(ids) for kind, ids in touched.items()})


def _take_known(conn: Connection, part: Part, force: bool) -> Sequence[str]:
    kind, records = part.kind, part.records
    held = {} if force else _held(conn, kind, part.ids)
    new = [r for r in records if (r.ver, r.seq) > held.get(r.id, (-1, -1))] if held else records
    ids = [record.id for record in new] if held else part.ids
    busy: set[str] = set()
    if _holds(conn, outbox, kind):
        waiting = select(outbox.c.id).where(outbox.c.kind == kind, among(outbox.c.id, ids))
        busy = set(conn.execute(waiting.distinct()).scalars())
    idle = [record for record in new if record.id not in busy] if busy else new
    alive = idle if part.alive else [record for record in idle if not record.deleted]
    back = ids if part.alive else [record.id for record in new if not record.deleted]
    if back and _holds(conn, grave, kind):
        unearth(conn, kind, back)
    if alive:
        # As many as were laid out: none was left out, so they are the same ones in that order.
        bulk.put(conn, kind, alive, part.laid if len(alive) == len(records) else None)
    if len(alive) < len(idle):
        _bury_all(conn, kind, [record for record in idle if record.deleted])
    search.index(conn, kind, [record.id for record in idle] if busy else ids)
    if busy:
        for record in new:
            if record.id in busy:
                set_base(conn, kind, record.id, record)
    return ids


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


def _take_unread(conn: Connection, part: Part, force: bool) -> Sequence[str]:
    kind, records, ids = part.kind, part.records, part.ids
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
    return [row["id"] for row in rows]
