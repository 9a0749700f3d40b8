"""The tray: refused ops with what central has, for their person to decide (sync.md §10).

Nobody's words vanish: an item stays until its person does it again (with a new op id), keeps it
as a copy, puts it back as new, or drops it. Ops that were refused together are settled together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update
from uuid_utils import uuid7

from console.domain import refusals
from console.domain.changes import Changes
from console.domain.failures import Problem, Refused
from console.domain.status import TrayItem
from console.models import RECORDS
from console.models.local import BLOCKED, outbox, tray
from console.storage import projection
from console.storage.frozen import thaw
from console.storage.outbox import record_op
from console.storage.settle import POISON, release_blocked
from contract.kinds import KINDS
from contract.op import Actor, Op
from contract.vocabulary import OpStatus

REDO, DROP, COPY, RESTORE = "redo", "drop", "keep_as_copy", "restore_as_new"

COPY_MARK = " (kopie)"
LONGEST_VALUE = 2_000

NOT_OPEN = Problem(
    "tray-settled",
    "Dit is al afgehandeld.",
    "U hoeft niets te doen.",
)
NO_COPY = Problem(
    "no-copy-of-this",
    "Hiervan kan geen kopie worden bewaard. Uw tekst staat er nog.",
    "Doe het opnieuw of laat het vervallen.",
)

_TITLES = ("title", "name", "what", "text")


@dataclass(frozen=True, slots=True)
class _Item:
    """An open item as stored."""

    op: Op
    status: str
    code: str
    fields: tuple[str, ...]
    theirs: Mapping[str, Any] | None


def list_open(conn: Connection, person: str) -> list[TrayItem]:
    """Return what waits for this person's decision, oldest first, in Dutch words."""
    rows = conn.execute(
        _ITEM.where(tray.c.settled_at.is_(None), tray.c.person == person).order_by(
            tray.c.refused_at, tray.c.op_id
        )
    )
    return [_snapshot(conn, _item(row)) for row in rows]


def redo(conn: Connection, op_id: str, *, actor: Actor, now: str) -> Changes:
    """Do a refused op again as a new op, over what now shows; what hung on it goes along.

    Raises Refused where the rules still refuse it; the item then stays.
    """
    return _again(conn, op_id, actor=actor, now=now, make=_over_theirs, how=REDO)


def drop(conn: Connection, op_id: str, *, actor: Actor, now: str) -> Changes:
    """Let a refused op go, with the ops that belonged to it; the caller writes the log line."""
    item = _open_item(conn, op_id, actor)
    touched: set[tuple[str, str]] = {(item.op.kind, item.op.id)}
    for row in _dependents(conn, item.op):
        op = thaw(row.op)
        _keep_settled(conn, row, now, DROP)
        conn.execute(delete(outbox).where(outbox.c.op_id == op.op_id))
        projection.project(conn, op.kind, op.id)
        touched.add((op.kind, op.id))
    _settle_item(conn, op_id, now, DROP)
    release_blocked(conn)
    return Changes.of(touched)


def keep_as_copy(conn: Connection, op_id: str, *, actor: Actor, now: str) -> Changes:
    """Keep my version as a record of its own beside theirs (templates and other texts)."""
    return _again(conn, op_id, actor=actor, now=now, make=_copy, how=COPY)


def restore_as_new(conn: Connection, op_id: str, *, actor: Actor, now: str) -> Changes:
    """Make a deleted record again under a new id, with my changes in it."""
    return _again(conn, op_id, actor=actor, now=now, make=_restored, how=RESTORE)


_ITEM = select(tray.c.op, tray.c.status, tray.c.code, tray.c.fields, tray.c.theirs)


def _item(row: Any) -> _Item:
    return _Item(thaw(row.op), row.status, row.code, tuple(row.fields or ()), row.theirs)


def _open_item(conn: Connection, op_id: str, actor: Actor) -> _Item:
    row = conn.execute(
        _ITEM.where(
            tray.c.op_id == op_id, tray.c.settled_at.is_(None), tray.c.person == actor.person
        )
    ).one_or_none()
    if row is None:
        raise Refused(NOT_OPEN)
    return _item(row)


def _again(
    conn: Connection,
    op_id: str,
    *,
    actor: Actor,
    now: str,
    make: Callable[[Connection, _Item], Op],
    how: str,
) -> Changes:
    item = _open_item(conn, op_id, actor)
    dependents = _dependents(conn, item.op)
    for row in dependents:
        conn.execute(delete(outbox).where(outbox.c.op_id == row.op_id))
        projection.project(conn, row.kind, row.id)
    first = make(conn, item)
    fresh = {op_id: first.op_id}
    group = str(uuid7()) if item.op.group and dependents else None
    changes = record_op(conn, replace(first, group=group), actor=actor, now=now)
    for row in dependents:
        op = thaw(row.op)
        again = replace(
            op,
            op_id=str(uuid7()),
            group=group if op.group == item.op.group else op.group,
            after=tuple(fresh.get(needed, needed) for needed in op.after),
        )
        if first.id != item.op.id:
            again = _repoint(again, item.op.id, first.id)
        fresh[op.op_id] = again.op_id
        changes |= record_op(conn, again, actor=actor, now=now)
        _keep_settled(conn, row, now, how)
    _settle_item(conn, op_id, now, how)
    release_blocked(conn)
    return changes | Changes.of([(item.op.kind, item.op.id)])


def _repoint(op: Op, old: str, new: str) -> Op:
    """Make an op that named the old record name the new one."""
    values = {name: new if value == old else value for name, value in op.set.items()}
    return replace(op, id=new if op.id == old else op.id, set=values)


def _over_theirs(conn: Connection, item: _Item) -> Op:
    record = projection.shown(conn, item.op.kind, item.op.id)
    body = record.body if record else {}
    was = {name: body.get(name) for name in item.op.set} if item.op.verb == "update" else {}
    base_ver = record.ver if record and item.op.base_ver is not None else None
    set_ = item.op.set
    if item.op.verb == "command" and "seen" in set_:
        # The person has just seen what others said of this group; that is what they answer to.
        set_ = {**set_, "seen": body.get("state")}
    return replace(
        item.op, op_id=str(uuid7()), set=set_, was=was, base_ver=base_ver, made_at="", after=()
    )


def _copy(conn: Connection, item: _Item) -> Op:
    body = _mine_over(item, projection.last_words(conn, item.op.kind, item.op.id))
    for name in ("name", "title"):
        if body.get(name):
            limit = KINDS[item.op.kind].fields[name].limit - len(COPY_MARK)
            body[name] = str(body[name])[:limit] + COPY_MARK
            break
    return _create(item.op, body)


def _restored(conn: Connection, item: _Item) -> Op:
    return _create(item.op, _mine_over(item, dict(item.theirs or {})))


def _mine_over(item: _Item, body: dict[str, Any]) -> dict[str, Any]:
    if item.op.verb not in ("create", "update"):
        raise Refused(NO_COPY)
    return {**body, **item.op.set}


def _create(op: Op, body: dict[str, Any]) -> Op:
    fields = KINDS[op.kind].fields
    allowed = {
        name: value
        for name, value in body.items()
        if value is not None and not (name in fields and fields[name].central)
    }
    return Op(str(uuid7()), "create", op.kind, str(uuid7()), allowed)


def _dependents(conn: Connection, op: Op) -> list[Any]:
    """Return blocked ops of the same group or made to follow this one, in their order."""
    found: list[Any] = []
    needed = {op.op_id}
    rows = conn.execute(
        select(outbox)
        .where(
            outbox.c.state == BLOCKED,
            or_(
                outbox.c.op_group == op.group,
                func.json_extract(outbox.c.op, "$.after").is_not(None),
            ),
        )
        .order_by(outbox.c.n)
    ).all()
    for row in rows:
        together = op.group is not None and row.op_group == op.group
        if together or needed.intersection(thaw(row.op).after):
            needed.add(row.op_id)
            found.append(row)
    return found


def _settle_item(conn: Connection, op_id: str, now: str, how: str) -> None:
    conn.execute(update(tray).where(tray.c.op_id == op_id).values(settled_at=now, settled_how=how))


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


def _snapshot(conn: Connection, item: _Item) -> TrayItem:
    op = item.op
    said = refusals.problem(item.code, item.status, item.fields)
    theirs = dict(item.theirs or {})
    names = [name for name in op.set if name in item.fields] or list(op.set)
    body = projection.last_words(conn, op.kind, op.id) if op.kind in RECORDS else {}
    return TrayItem(
        op.op_id,
        op.kind,
        op.id,
        _title(op, body or theirs),
        f"{said.sentence} {said.next_step}".strip(),
        op.made_at,
        tuple((refusals.field_word(name), _words(op.set[name])) for name in names),
        tuple((refusals.field_word(name), _words(theirs.get(name))) for name in names)
        if theirs
        else (),
        _choices(item),
    )


def _choices(item: _Item) -> tuple[str, ...]:
    writes = item.op.verb in ("create", "update")
    if item.status == OpStatus.GONE:
        return (RESTORE, DROP) if writes and item.theirs else (DROP,)
    if item.status in (POISON, OpStatus.DENIED):
        return (DROP,)
    if item.status == OpStatus.CONFLICT and item.code == "exists":
        return (COPY, DROP)
    if item.status == OpStatus.CONFLICT and writes and item.op.kind in ("template", "step"):
        return (REDO, COPY, DROP)
    return (REDO, DROP)


def _title(op: Op, body: Mapping[str, Any]) -> str:
    for source in (body, op.set):
        for name in _TITLES:
            value = source.get(name)
            if isinstance(value, str) and value.strip():
                return value.strip()[:120]
    return ""


def _words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(_words(part) for part in value)[:LONGEST_VALUE]
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_words(part)}" for name, part in value.items())[:LONGEST_VALUE]
    return str(value)[:LONGEST_VALUE]
