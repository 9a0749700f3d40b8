"""What the screen shows: pending ops laid over the confirmed record, by ``contract.rules``.

A row of a ``rec_`` table is what is shown. Without pending ops its columns are the confirmed
body; with them, ``confirmed`` keeps ``{"ver", "body", "exists", "shown_ver"}`` and the columns
are the fold. Both change in one transaction (sync.md §10). An op that the rules would refuse on
top of newer confirmed state is skipped in the fold and stays pending: central decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, select
from sqlalchemy.dialects.sqlite import Insert, insert

from console.models import RECORDS
from console.models.local import grave, outbox, withheld
from console.storage import search
from console.storage.bulk import among
from console.storage.frozen import thaw
from contract.kinds import KINDS
from contract.op import Actor, Op, Record
from contract.rules import apply, commit
from contract.vocabulary import ACCEPTED

Waiting = tuple[Op, Actor, str]

_OWN = frozenset({"n", "id", "ver", "seq", "pending", "confirmed", "extra"})
_STORED = {"number": int, "items": list, "object": Mapping}


def row_of(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a body into columns. What has no column or does not fit it goes to ``extra`` (I15)."""
    return {**dict.fromkeys(KINDS[kind].fields), "extra": None, **filled_row(kind, body)}


def filled_row(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a body into the columns that hold something, ``extra`` among them."""
    row: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    types, words = _types(kind), _words(kind)
    for name, value in body.items():
        # Nearly every value is plain words in a column of words: a page holds many thousands.
        if name in words and type(value) is str and value.isascii():
            row[name] = value
        elif value is not None:
            fitted = _fitted(types.get(name), value)
            if fitted is None:
                extra[name] = value
            else:
                row[name] = fitted
    if extra:
        row["extra"] = extra
    return row


@cache
def _types(kind: str) -> dict[str, str]:
    return {name: field.type for name, field in KINDS[kind].fields.items()}


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(
        name for name, type_ in _types(kind).items() if type_ not in _STORED and type_ != "flag"
    )


def _fitted(type_: str | None, value: Any) -> Any:
    """Return the value as its column holds it; None where it does not fit."""
    if type_ is None:
        return None
    if type_ == "flag":
        return int(value) if isinstance(value, bool) else None
    if type_ in _STORED:
        fits = isinstance(value, _STORED[type_]) and not isinstance(value, bool)
        return value if fits and _small(value) else None
    return value if isinstance(value, str) and _storable(value) else None


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


def shown(conn: Connection, kind: str, record_id: str) -> Record | None:
    """Return the record as the screen shows it; None where there is none or it is deleted.

    ``ver`` counts the pending ops in, as central will count them.
    """
    record = state(conn, kind, record_id)
    return None if record is None or record.deleted else record


def state(conn: Connection, kind: str, record_id: str) -> Record | None:
    """Return what the rules judge by: like ``shown``, but a deleted record is a grave."""
    row = _row(conn, kind, record_id)
    if row is not None:
        ver = row["confirmed"]["shown_ver"] if row["pending"] else row["ver"]
        return Record(kind, record_id, ver, body_of(kind, row), seq=row["seq"])
    hidden = _withheld(conn, kind, record_id)
    if hidden is not None:
        if not hidden.shown_ver:
            return None
        return Record(kind, record_id, hidden.shown_ver, {}, deleted=True, seq=hidden.seq)
    return _grave(conn, kind, record_id)


def confirmed(conn: Connection, kind: str, record_id: str) -> Record | None:
    """Return the record as central last gave it, a grave included; None where it gave none."""
    row = _row(conn, kind, record_id)
    if row is not None and not row["pending"]:
        return Record(kind, record_id, row["ver"], body_of(kind, row), seq=row["seq"])
    if row is not None:
        kept = row["confirmed"]
        if kept["exists"]:
            return Record(kind, record_id, row["ver"], kept["body"], seq=row["seq"])
        return _grave(conn, kind, record_id)
    hidden = _withheld(conn, kind, record_id)
    if hidden is not None and hidden.present:
        return Record(kind, record_id, hidden.ver, hidden.body, seq=hidden.seq)
    return _grave(conn, kind, record_id)


def last_words(conn: Connection, kind: str, record_id: str) -> dict[str, Any]:
    """Return the last body this desk showed of a record, also when it is gone meanwhile."""
    row = _row(conn, kind, record_id)
    if row is not None:
        return body_of(kind, row)
    hidden = _withheld(conn, kind, record_id)
    return dict(hidden.body) if hidden is not None else {}


def waiting_ops(conn: Connection, kind: str, record_id: str) -> list[Waiting]:
    """Return the ops on a record that central has not settled, in the order they were made."""
    rows = conn.execute(_waiting_query(), {"kind_": kind, "id_": record_id})
    return [(thaw(row.op), Actor(row.person, station=row.station), row.made_at) for row in rows]


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
    table = RECORDS[kind]
    alive = base is not None and not base.deleted
    if top is not None and not top.deleted:
        values = row_of(kind, top.body)
        values["id"] = record_id
        values["ver"] = base.ver if base else 0
        values["seq"] = base.seq if base else 0
        values["pending"] = pending
        values["confirmed"] = None
        if pending:
            values["confirmed"] = {
                "ver": base.ver if base else 0,
                "body": dict(base.body) if base is not None and alive else {},
                "exists": alive,
                "shown_ver": top.ver,
            }
        conn.execute(upsert(kind), values)
        _forget_withheld(conn, kind, record_id)
    else:
        conn.execute(delete(table).where(table.c.id == record_id))
        _forget_withheld(conn, kind, record_id)
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


@cache
def upsert(kind: str) -> Insert:
    """Return the statement that puts a row of this kind, keeping its local number."""
    table = RECORDS[kind]
    statement = insert(table)
    return statement.on_conflict_do_update(
        index_elements=[table.c.id],
        set_={
            column.name: statement.excluded[column.name]
            for column in table.c
            if column.name not in ("n", "id")
        },
    )


@cache
def _row_query(kind: str) -> tuple[Table, Select[Any]]:
    table = RECORDS[kind]
    return table, select(*(c for c in table.c if c.name != "n"))


def _row(conn: Connection, kind: str, record_id: str) -> Any:
    table, query = _row_query(kind)
    return conn.execute(query.where(table.c.id == record_id)).mappings().one_or_none()


@cache
def _waiting_query() -> Any:
    from sqlalchemy import bindparam

    return (
        select(outbox.c.op, outbox.c.person, outbox.c.station, outbox.c.made_at)
        .where(outbox.c.kind == bindparam("kind_"), outbox.c.id == bindparam("id_"))
        .order_by(outbox.c.n)
    )


def _withheld(conn: Connection, kind: str, record_id: str) -> Any:
    return conn.execute(
        select(
            withheld.c.ver,
            withheld.c.seq,
            withheld.c.present,
            withheld.c.shown_ver,
            withheld.c.body,
        ).where(withheld.c.kind == kind, withheld.c.id == record_id)
    ).one_or_none()


def _forget_withheld(conn: Connection, kind: str, record_id: str) -> None:
    conn.execute(delete(withheld).where(withheld.c.kind == kind, withheld.c.id == record_id))


def _grave(conn: Connection, kind: str, record_id: str) -> Record | None:
    ver = conn.execute(
        select(grave.c.ver).where(grave.c.kind == kind, grave.c.id == record_id)
    ).scalar_one_or_none()
    return None if ver is None else Record(kind, record_id, ver, {}, deleted=True)


def _bury(conn: Connection, record: Record) -> None:
    statement = insert(grave).values(kind=record.kind, id=record.id, ver=record.ver)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=[grave.c.kind, grave.c.id], set_={"ver": statement.excluded.ver}
        )
    )


def _storable(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _small(value: Any) -> bool:
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def unearth(conn: Connection, kind: str, ids: Sequence[str]) -> None:
    """Forget graves of records that central shows again."""
    conn.execute(delete(grave).where(grave.c.kind == kind, among(grave.c.id, ids)))
