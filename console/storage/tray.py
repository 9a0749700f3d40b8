"""The tray: settling refused ops, by their person, one way or another (sync.md §10).

Nobody's words vanish: an item stays until its person does it again (with a new op id), keeps it
as a copy, puts it back as new, or drops it. Ops that were refused together are settled together,
and several edits of one record as one. What an item says stands in ``tray_items``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, update
from uuid_utils import uuid7

from console.domain.changes import Changes
from console.domain.failures import Problem, Refused
from console.domain.tray import COPY, DROP, MERGE, REDO, RESTORE
from console.models.local import BLOCKED, outbox, tray
from console.storage import projection
from console.storage.frozen import thaw
from console.storage.outbox import record_op
from console.storage.settle import release_blocked, wait_again
from console.storage.tray_items import (
    Refusal,
    behind,
    dependents_of,
    list_open,
    my_value,
    open_refusal,
)
from contract.contact import HELD_BACK
from contract.kinds import KINDS
from contract.op import Actor, Op
from contract.vocabulary import OpStatus

__all__ = [
    "COPY",
    "DROP",
    "MERGE",
    "REDO",
    "RESTORE",
    "drop",
    "keep_as_copy",
    "list_open",
    "merged",
    "redo",
    "restore_as_new",
    "take_back",
]

COPY_MARK = " (kopie)"

NO_COPY = Problem(
    "no-copy-of-this",
    "Hiervan kan geen kopie worden bewaard. Uw tekst staat er nog.",
    "Doe het opnieuw of laat het vervallen.",
)
NOT_DROPPED = Problem(
    "not-let-go",
    "Dit kan niet meer worden teruggehaald.",
    "Wat u liet vallen, staat in de geschiedenis.",
)

Ids = str | Sequence[str]
"""One op, or the edits of one record that are settled together."""


def redo(conn: Connection, op_ids: Ids, *, actor: Actor, now: str) -> Changes:
    """Do a refused op again as a new op, over what now shows; what hung on it goes along.

    Raises Refused where the rules still refuse it; the item then stays.
    """
    return _again(conn, op_ids, actor=actor, now=now, make=_over_theirs, how=REDO)


def merged(
    conn: Connection, op_ids: Ids, values: Mapping[str, str], *, actor: Actor, now: str
) -> Changes:
    """Do it again with the texts that the person made of both; ``values`` by path of the field."""

    def make(conn: Connection, item: Refusal) -> Op:
        set_ = dict(item.op.set)
        for path, text in values.items():
            name, _, part = path.partition(".")
            if name in set_:
                old = set_[name]
                inner = dict(old) if isinstance(old, Mapping) else {}
                set_[name] = {**inner, part: text} if part else text
        return _over_theirs(conn, replace(item, op=replace(item.op, set=set_)))

    return _again(conn, op_ids, actor=actor, now=now, make=make, how=MERGE)


def drop(conn: Connection, op_ids: Ids, *, actor: Actor, now: str) -> Changes:
    """Let a refused op go, with the ops that belonged to it; the caller writes the log line."""
    item = open_refusal(conn, _several(op_ids), actor.person)
    touched: set[tuple[str, str]] = {(item.op.kind, item.op.id)}
    for row in dependents_of(conn, item.ops):
        op = thaw(row.op)
        _keep_settled(conn, row, now, DROP)
        conn.execute(delete(outbox).where(outbox.c.op_id == op.op_id))
        projection.project(conn, op.kind, op.id)
        touched.add((op.kind, op.id))
    _settle_items(conn, item, now, DROP)
    release_blocked(conn)
    return Changes.of(touched)


def take_back(conn: Connection, op_ids: Ids, *, actor: Actor) -> Changes:
    """Undo a drop: the item waits for a decision again, and what went with it waits for it.

    Raises Refused where it was not dropped, or was swept away since.
    """
    ids = _several(op_ids)
    found = conn.execute(
        tray.select().where(
            tray.c.op_id.in_(ids), tray.c.settled_how == DROP, tray.c.person == actor.person
        )
    ).all()
    if len(found) != len(ids):
        raise Refused(NOT_DROPPED)
    stamp = found[0].settled_at
    touched = {(row.kind, row.id) for row in found}
    opened = update(tray).where(tray.c.op_id.in_(ids))
    conn.execute(opened.values(settled_at=None, settled_how=None))
    along = conn.execute(
        tray.select()
        .where(
            tray.c.settled_at == stamp,
            tray.c.settled_how == DROP,
            tray.c.status == str(OpStatus.BLOCKED),
            tray.c.person == actor.person,
        )
        .order_by(tray.c.op_id)
    ).all()
    for row in along:
        conn.execute(delete(tray).where(tray.c.op_id == row.op_id))
        wait_again(conn, row, thaw(row.op).group, BLOCKED)
        projection.project(conn, row.kind, row.id)
        touched.add((row.kind, row.id))
    return Changes.of(touched)


def keep_as_copy(conn: Connection, op_ids: Ids, *, actor: Actor, now: str) -> Changes:
    """Keep my version as a record of its own beside theirs (templates, drafts, other texts)."""
    return _again(conn, op_ids, actor=actor, now=now, make=_copy, how=COPY)


def restore_as_new(conn: Connection, op_ids: Ids, *, actor: Actor, now: str) -> Changes:
    """Make a deleted record again under a new id, with my changes in it."""
    return _again(conn, op_ids, actor=actor, now=now, make=_restored, how=RESTORE)


def _several(op_ids: Ids) -> tuple[str, ...]:
    return (op_ids,) if isinstance(op_ids, str) else tuple(op_ids)


def _again(
    conn: Connection,
    op_ids: Ids,
    *,
    actor: Actor,
    now: str,
    make: Callable[[Connection, Refusal], Op],
    how: str,
) -> Changes:
    item = open_refusal(conn, _several(op_ids), actor.person)
    subject = behind(conn, item) if how == COPY else item
    dependents = dependents_of(conn, item.ops)
    for row in dependents:
        conn.execute(delete(outbox).where(outbox.c.op_id == row.op_id))
        projection.project(conn, row.kind, row.id)
    first = make(conn, subject)
    fresh = {op.op_id: first.op_id for op in item.ops}
    groups = {op.group for op in item.ops if op.group}
    group = str(uuid7()) if groups and dependents else None
    changes = record_op(conn, replace(first, group=group), actor=actor, now=now)
    for row in dependents:
        op = thaw(row.op)
        if first.verb == "create" and op.verb == "update" and op.id == item.op.id:
            # What was written behind a refused pen stands in the new record already.
            _keep_settled(conn, row, now, how)
            continue
        again = replace(
            op,
            op_id=str(uuid7()),
            group=group if op.group in groups else op.group,
            after=tuple(dict.fromkeys(fresh.get(needed, needed) for needed in op.after)),
        )
        if first.id != item.op.id:
            again = _repoint(again, item.op.id, first.id)
        fresh[op.op_id] = again.op_id
        changes |= record_op(conn, again, actor=actor, now=now)
        _keep_settled(conn, row, now, how)
    _settle_items(conn, item, now, how)
    release_blocked(conn)
    return changes | Changes.of([(item.op.kind, item.op.id)])


def _repoint(op: Op, old: str, new: str) -> Op:
    """Make an op that named the old record name the new one."""
    values = {name: new if value == old else value for name, value in op.set.items()}
    return replace(op, id=new if op.id == old else op.id, set=values)


def _over_theirs(conn: Connection, item: Refusal) -> Op:
    record = projection.shown(conn, item.op.kind, item.op.id)
    body = record.body if record else {}
    was = {name: body.get(name) for name in item.op.set} if item.op.verb == "update" else {}
    base_ver = record.ver if record and item.op.base_ver is not None else None
    set_ = {name: my_value(item, name, body.get(name)) for name in item.op.set}
    if item.op.verb == "command" and "seen" in set_:
        # The person has just seen what others said of this group; that is what they answer to.
        set_ = {**set_, "seen": body.get("state")}
    return replace(
        item.op, op_id=str(uuid7()), set=set_, was=was, base_ver=base_ver, made_at="", after=()
    )


def _copy(conn: Connection, item: Refusal) -> Op:
    body = _mine_over(item, projection.last_words(conn, item.op.kind, item.op.id))
    for name in ("name", "title"):
        if body.get(name):
            limit = KINDS[item.op.kind].fields[name].limit - len(COPY_MARK)
            body[name] = str(body[name])[:limit] + COPY_MARK
            break
    return _create(item.op, body)


def _restored(conn: Connection, item: Refusal) -> Op:
    return _create(item.op, _mine_over(item, dict(item.theirs or {})))


def _mine_over(item: Refusal, body: dict[str, Any]) -> dict[str, Any]:
    if item.op.verb not in ("create", "update"):
        raise Refused(NO_COPY)
    mine = {name: my_value(item, name, body.get(name)) for name in item.op.set}
    return {**body, **mine}


def _create(op: Op, body: dict[str, Any]) -> Op:
    fields = KINDS[op.kind].fields
    allowed = {
        name: value
        for name, value in body.items()
        if value is not None and name != HELD_BACK and not (name in fields and fields[name].central)
    }
    return Op(str(uuid7()), "create", op.kind, str(uuid7()), allowed)


def _settle_items(conn: Connection, item: Refusal, now: str, how: str) -> None:
    ids = [op.op_id for op in item.ops]
    conn.execute(update(tray).where(tray.c.op_id.in_(ids)).values(settled_at=now, settled_how=how))


def _keep_settled(conn: Connection, row: Any, now: str, how: str) -> None:
    """Keep a blocked op that went with a tray item, as settled: it stays traceable for 14 days."""
    conn.execute(
        tray.insert(),
        {
            "op_id": row.op_id,
            "kind": row.kind,
            "id": row.id,
            "person": row.person,
            "op": row.op,
            "status": str(OpStatus.BLOCKED),
            "code": "",
            "fields": [],
            "theirs": None,
            "station": row.station,
            "refused_at": now,
            "settled_at": now,
            "settled_how": how,
        },
    )
