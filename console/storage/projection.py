"""What the screen shows: pending ops laid over the confirmed record, by ``contract.rules``.

A row of a ``rec_`` table is what is shown. Without pending ops its columns are the confirmed
body; with them, ``confirmed`` keeps ``{"ver", "body", "exists", "shown_ver"}`` and the columns
are the fold. Both change in one transaction (sync.md §10). An op that the rules would refuse on
top of newer confirmed state is skipped in the fold and stays pending: central decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert

from console.models import RECORDS
from console.models.local import grave, withheld
from console.storage import plain, search
from console.storage.bulk import among, put_statement
from console.storage.columns import filled_row, read_back, written
from console.storage.frozen import from_json, thaw
from contract.kinds import KINDS
from contract.op import Actor, Op, Record
from contract.rules import apply, commit
from contract.vocabulary import ACCEPTED

Waiting = tuple[Op, Actor, str]

_OWN = frozenset({"n", "id", "ver", "seq", "pending", "confirmed", "extra"})


def row_of(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a body into columns. What has no column or does not fit it goes to ``extra`` (I15)."""
    return {**dict.fromkeys(KINDS[kind].fields), "extra": None, **filled_row(kind, body)}


def body_of(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Turn columns back into a body; absent fields are absent."""
    body: dict[str, Any] = {}
    for name, field in KINDS[kind].fields.items():
        value = row[name]
        if value is not None:
            body[name] = bool(value) if field.type == "flag" else value
    if row["extra"]:
        body.update(row["extra"])
    return body


class Found(NamedTuple):
    """All that the file holds about one record: read once, judged in two ways."""

    row: Mapping[str, Any] | None
    hidden: "Hidden | None"
    grave: Record | None


class Hidden(NamedTuple):
    """A row of ``withheld``: a record that is not to be shown."""

    ver: int
    seq: int
    present: int
    shown_ver: int
    body: Mapping[str, Any]


def shown(conn: Connection, kind: str, record_id: str) -> Record | None:
    """Return the record as the screen shows it; None where there is none or it is deleted.

    ``ver`` counts the pending ops in, as central will count them.
    """
    record = state(conn, kind, record_id)
    return None if record is None or record.deleted else record


def state(conn: Connection, kind: str, record_id: str) -> Record | None:
    """Return what the rules judge by: like ``shown``, but a deleted record is a grave."""
    return state_of(kind, record_id, find(conn, kind, record_id))


def confirmed(conn: Connection, kind: str, record_id: str) -> Record | None:
    """Return the record as central last gave it, a grave included; None where it gave none."""
    return confirmed_of(kind, record_id, find(conn, kind, record_id))


def find(conn: Connection, kind: str, record_id: str) -> Found:
    """Read what there is of a record."""
    row = _row(conn, kind, record_id)
    hidden = None if row is not None else _withheld(conn, kind, record_id)
    return Found(row, hidden, _grave(conn, kind, record_id))


def state_of(kind: str, record_id: str, found: Found) -> Record | None:
    """Return what the rules judge by, from what was read of the record."""
    row, hidden, grave = found
    if row is not None:
        ver = row["confirmed"]["shown_ver"] if row["pending"] else row["ver"]
        return Record(kind, record_id, ver, body_of(kind, row), seq=row["seq"])
    if hidden is not None:
        if not hidden.shown_ver:
            return None
        return Record(kind, record_id, hidden.shown_ver, {}, deleted=True, seq=hidden.seq)
    return grave


def confirmed_of(kind: str, record_id: str, found: Found) -> Record | None:
    """Return the record as central last gave it, from what was read of the record."""
    row, hidden, grave = found
    if row is not None and not row["pending"]:
        return Record(kind, record_id, row["ver"], body_of(kind, row), seq=row["seq"])
    if row is not None:
        kept = row["confirmed"]
        if kept["exists"]:
            return Record(kind, record_id, row["ver"], kept["body"], seq=row["seq"])
        return grave
    if hidden is not None and hidden.present:
        return Record(kind, record_id, hidden.ver, hidden.body, seq=hidden.seq)
    return grave


def last_words(conn: Connection, kind: str, record_id: str) -> dict[str, Any]:
    """Return the last body this desk showed of a record, also when it is gone meanwhile."""
    row = _row(conn, kind, record_id)
    if row is not None:
        return body_of(kind, row)
    hidden = _withheld(conn, kind, record_id)
    return dict(hidden.body) if hidden is not None else {}


def waiting_ops(conn: Connection, kind: str, record_id: str) -> list[Waiting]:
    """Return the ops on a record that central has not settled, in the order they were made."""
    return [
        (thaw(op), Actor(person, station=station), made_at)
        for op, person, station, made_at in plain.rows(
            conn, _WAITING, {"kind": kind, "id": record_id}
        )
    ]


def fold(base: Record | None, ops: Iterable[Waiting]) -> Record | None:
    """Lay ops over a confirmed record; what the rules refuse is skipped."""
    current = base
    for op, actor, now in ops:
        decision = apply(op, current, now=now, actor=actor)
        if decision.status in ACCEPTED:
            current = commit(op, current, decision)
    return current


def project(conn: Connection, kind: str, record_id: str) -> None:
    """Compute the shown row again from the confirmed record and the waiting ops."""
    base = confirmed(conn, kind, record_id)
    set_base(conn, kind, record_id, base)


def set_base(conn: Connection, kind: str, record_id: str, base: Record | None) -> None:
    """Make ``base`` the confirmed record and compute the shown row from it."""
    ops = waiting_ops(conn, kind, record_id)
    last: Mapping[str, Any] = {}
    if ops and (base is None or base.deleted):
        last = last_words(conn, kind, record_id)
    if base is not None and base.deleted:
        _bury(conn, base)
    lay(conn, kind, record_id, base, fold(base, ops), len(ops), last)


def lay(
    conn: Connection,
    kind: str,
    record_id: str,
    base: Record | None,
    top: Record | None,
    pending: int,
    last: Mapping[str, Any] | None = None,
) -> None:
    """Store a confirmed record and what is shown over it, with the count of ops between them.

    ``last`` is the last body shown of a record that central deleted while ops wait.
    """
    alive = base is not None and not base.deleted
    if top is not None and not top.deleted:
        values = filled_row(kind, top.body)
        values["id"] = record_id
        values["ver"] = base.ver if base else 0
        values["seq"] = base.seq if base else 0
        values["pending"] = pending
        if pending:
            values["confirmed"] = {
                "ver": base.ver if base else 0,
                "body": dict(base.body) if base is not None and alive else {},
                "exists": alive,
                "shown_ver": top.ver,
            }
        question, names = _put_query(kind)
        plain.do(conn, question, [*map(written(kind, values).get, names)])
        plain.do(conn, _SHOW, {"kind": kind, "id": record_id})
    else:
        plain.do(conn, _drop_query(kind), {"id": record_id})
        plain.do(conn, _SHOW, {"kind": kind, "id": record_id})
        if pending:
            body = dict(base.body) if base is not None and alive else dict(last or {})
            conn.execute(
                withheld.insert(),
                {
                    "kind": kind,
                    "id": record_id,
                    "ver": base.ver if base else 0,
                    "seq": base.seq if base else 0,
                    "present": int(alive),
                    "shown_ver": top.ver if top else 0,
                    "body": body,
                },
            )
    search.index(conn, kind, (record_id,))


_WAITING = (
    "SELECT op, person, station, made_at FROM outbox WHERE kind = :kind AND id = :id ORDER BY n"
)
_HIDDEN = "SELECT ver, seq, present, shown_ver, body FROM withheld WHERE kind = :kind AND id = :id"
_SHOW = "DELETE FROM withheld WHERE kind = :kind AND id = :id"
_GRAVE = "SELECT ver FROM grave WHERE kind = :kind AND id = :id"


@cache
def _put_query(kind: str) -> tuple[str, tuple[str, ...]]:
    """Return the statement that puts a row of this kind, and the names of its values in order."""
    names = tuple(column.name for column in RECORDS[kind].c if column.name != "n")
    return put_statement(kind, names, f"VALUES ({','.join('?' * len(names))})"), names


@cache
def _drop_query(kind: str) -> str:
    return f"DELETE FROM {RECORDS[kind].name} WHERE id = :id"  # nosec B608 # own names, bound values


@cache
def _row_query(kind: str) -> tuple[str, tuple[str, ...]]:
    """Return the question for a row, and the names of its columns."""
    names = tuple(column.name for column in RECORDS[kind].c if column.name != "n")
    asked = ", ".join(f'"{name}"' for name in names)
    return f"SELECT {asked} FROM {RECORDS[kind].name} WHERE id = :id", names  # nosec B608 # own names, bound values


def _row(conn: Connection, kind: str, record_id: str) -> Mapping[str, Any] | None:
    question, names = _row_query(kind)
    found = plain.first(conn, question, {"id": record_id})
    return None if found is None else read_back(kind, dict(zip(names, found, strict=True)))


def _withheld(conn: Connection, kind: str, record_id: str) -> Hidden | None:
    found = plain.first(conn, _HIDDEN, {"kind": kind, "id": record_id})
    if found is None:
        return None
    ver, seq, present, shown_ver, body = found
    return Hidden(ver, seq, present, shown_ver, from_json(body))


def _grave(conn: Connection, kind: str, record_id: str) -> Record | None:
    found = plain.first(conn, _GRAVE, {"kind": kind, "id": record_id})
    return None if found is None else Record(kind, record_id, found[0], {}, deleted=True)


def _bury(conn: Connection, record: Record) -> None:
    statement = insert(grave).values(kind=record.kind, id=record.id, ver=record.ver)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=[grave.c.kind, grave.c.id], set_={"ver": statement.excluded.ver}
        )
    )


def unearth(conn: Connection, kind: str, ids: Sequence[str]) -> None:
    """Forget graves of records that central shows again."""
    conn.execute(delete(grave).where(grave.c.kind == kind, among(grave.c.id, ids)))
