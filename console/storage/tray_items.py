"""What waits in the tray, read for its person: what happened, both versions, the ways out (09e).

Edits of one record that clash are one item, so that a person reads each text once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, or_, select

from console.domain import refusals
from console.domain.acts import act_words, the, thing
from console.domain.failures import Problem, Refused
from console.domain.tray import COPY, DROP, MERGE, REDO, RESTORE, TrayField, TrayItem
from console.models import RECORDS
from console.models.local import BLOCKED, outbox, tray
from console.storage import projection
from console.storage.frozen import thaw
from console.storage.history import names
from console.storage.settle import POISON
from console.storage.tray_words import (
    field_label,
    form_of,
    label_of,
    others_words,
    title_of,
    words_of,
)
from contract.op import Op
from contract.vocabulary import OpStatus, PlacementState

NOT_OPEN = Problem(
    "tray-settled",
    "Dit is al afgehandeld.",
    "U hoeft niets te doen.",
)

_COPIES = ("template", "step", "post")
_FACTS = frozenset(
    {
        ("placement", "placed"),
        ("placement", "not_placed"),
        ("placement", "unknown"),
        ("post", "release"),
        ("post", "settle"),
        ("post", "waive"),
        ("report", "close"),
        ("report", "answer_112"),
        ("handover", "accept"),
    }
)
"""What somebody says happened; letting that go asks why."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An open item as stored. ``op`` is the edits in ``ops`` taken together."""

    op: Op
    ops: tuple[Op, ...]
    status: str
    code: str
    fields: tuple[str, ...]
    theirs: Mapping[str, Any] | None
    their_by: str = ""
    their_at: str = ""
    station: str = ""


_ITEM = select(
    tray.c.op,
    tray.c.status,
    tray.c.code,
    tray.c.fields,
    tray.c.theirs,
    tray.c.theirs_by,
    tray.c.theirs_at,
    tray.c.station,
)


def list_open(conn: Connection, person: str) -> list[TrayItem]:
    """Return what waits for this person's decision, oldest first, in Dutch words.

    What concerns one record stands together.
    """
    rows = conn.execute(
        _ITEM.where(tray.c.settled_at.is_(None), tray.c.person == person).order_by(
            tray.c.refused_at, tray.c.op_id
        )
    )
    items: dict[tuple[str, str], list[Refusal]] = {}
    for row in rows:
        one = _refusal(row)
        of_record = items.setdefault((one.op.kind, one.op.id), [])
        if of_record and _mixes(of_record[-1], one):
            of_record[-1] = joined((of_record[-1], one))
        else:
            of_record.append(one)
    return [_snapshot(conn, one) for of_record in items.values() for one in of_record]


def open_refusal(conn: Connection, op_ids: Sequence[str], person: str) -> Refusal:
    """Return an open item; raises Refused where any part of it was settled meanwhile."""
    rows = conn.execute(
        _ITEM.where(
            tray.c.op_id.in_(op_ids), tray.c.settled_at.is_(None), tray.c.person == person
        ).order_by(tray.c.refused_at, tray.c.op_id)
    ).all()
    if not rows or len(rows) != len(set(op_ids)):
        raise Refused(NOT_OPEN)
    return joined([_refusal(row) for row in rows])


def joined(items: Sequence[Refusal]) -> Refusal:
    """Take edits of one record together: what I began from first, what I wanted last."""
    first, last = items[0], items[-1]
    set_: dict[str, Any] = {}
    was: dict[str, Any] = {}
    for item in items:
        set_.update(item.op.set)
        was = {**item.op.was, **was}
    fields = tuple(dict.fromkeys(name for item in items for name in item.fields))
    ops = tuple(op for item in items for op in item.ops)
    return replace(last, op=replace(first.op, set=set_, was=was), ops=ops, fields=fields)


def my_value(item: Refusal, name: str, present: Any) -> Any:
    """Return what a field becomes when mine is taken over what stands there now.

    Of a field that holds several values only the ones I changed are mine.
    """
    wanted, was = item.op.set.get(name), item.op.was.get(name)
    if not isinstance(wanted, Mapping) or not isinstance(present, Mapping):
        return wanted
    began = was if isinstance(was, Mapping) else {}
    result = dict(present)
    for part in {*wanted, *began}:
        if wanted.get(part) == began.get(part):
            continue
        if part in wanted:
            result[part] = wanted[part]
        else:
            result.pop(part, None)
    return result


def dependents_of(conn: Connection, ops: Sequence[Op]) -> list[Any]:
    """Return blocked ops of the same group or made to follow one of these, in their order."""
    found: list[Any] = []
    needed = {op.op_id for op in ops}
    groups = {op.group for op in ops if op.group}
    rows = conn.execute(
        select(outbox)
        .where(
            outbox.c.state == BLOCKED,
            or_(
                outbox.c.op_group.in_(groups),
                func.json_extract(outbox.c.op, "$.after").is_not(None),
            ),
        )
        .order_by(outbox.c.n)
    ).all()
    for row in rows:
        if row.op_group in groups or needed.intersection(thaw(row.op).after):
            needed.add(row.op_id)
            found.append(row)
    return found


def behind(conn: Connection, item: Refusal) -> Refusal:
    """Return what somebody wrote behind a refused pen of a draft, as the edit it was to be."""
    op = item.op
    if (op.kind, op.command) != ("post", "hold"):
        return item
    edits = [thaw(row.op) for row in dependents_of(conn, item.ops)]
    written = [one for one in edits if one.verb == "update" and one.id == op.id]
    if not written:
        return item
    whole = joined([replace(item, op=one, ops=(one,)) for one in written])
    return replace(item, op=replace(whole.op, op_id=op.op_id, group=op.group))


def _refusal(row: Any) -> Refusal:
    op = thaw(row.op)
    return Refusal(
        op,
        (op,),
        row.status,
        row.code,
        tuple(row.fields or ()),
        row.theirs,
        row.theirs_by or "",
        row.theirs_at or "",
        row.station or "",
    )


def _mixes(one: Refusal, other: Refusal) -> bool:
    return one.op.verb == other.op.verb == "update" and one.status == other.status


def _snapshot(conn: Connection, item: Refusal) -> TrayItem:
    refused, item = item, behind(conn, item)
    op = item.op
    # The fields in the way stand below the sentence, each with both values.
    named = item.fields if item.code in ("fields", "frozen") else ()
    said = refusals.problem(item.code, item.status, named)
    theirs = dict(item.theirs or {})
    body = projection.last_words(conn, op.kind, op.id) if op.kind in RECORDS else {}
    body = body or theirs or dict(op.set)
    by, at = item.their_by, item.their_at
    if op.kind == "placement" and theirs:
        by, at = str(theirs.get("by") or ""), str(theirs.get("state_at") or "")
    ours = op.verb in ("create", "update", "command")
    answers = op.kind == "placement" and op.verb == "command"
    fields = _answers(item, theirs) if answers else _fields(conn, item, theirs, body)
    return TrayItem(
        tuple(one.op_id for one in item.ops),
        op.kind,
        op.id,
        title_of(conn, op, body),
        _heading(refused, fields),
        f"{said.sentence} {said.next_step}".strip(),
        op.made_at,
        item.station,
        fields if ours else (),
        _choices(refused, fields),
        has_theirs=bool(theirs) and item.status != OpStatus.GONE,
        their_name=names(conn, [by]).get(by, "") if by else "",
        their_at=at,
        asks_reason=(op.kind, op.command) in _FACTS and not theirs,
        follows=sum(row.kind != "log_entry" for row in dependents_of(conn, item.ops)),
    )


def _fields(
    conn: Connection, item: Refusal, theirs: Mapping[str, Any], body: Mapping[str, Any]
) -> tuple[TrayField, ...]:
    op = item.op
    clashing = [name for name in op.set if name in item.fields]
    chosen = clashing or list(op.set)
    if op.kind == "post" and "fields" in chosen:
        # The title of a message follows from its fields.
        chosen = [name for name in chosen if name != "title"]
    found: list[TrayField] = []
    for name in chosen:
        mine, other, was = op.set.get(name), theirs.get(name), op.was.get(name)
        if not isinstance(mine, Mapping):
            found.append(
                TrayField(
                    name,
                    label_of(op, name),
                    words_of(conn, op, name, mine),
                    others_words(conn, op, name, other),
                    others_words(conn, op, name, was),
                    form_of(op, name, mine),
                )
            )
            continue
        found += _parts(conn, op, name, body, mine, other, was)
    return tuple(found)


def _parts(
    conn: Connection,
    op: Op,
    name: str,
    body: Mapping[str, Any],
    mine: Mapping[str, Any],
    other: Any,
    was: Any,
) -> list[TrayField]:
    """Return the parts of a field that I changed; a part they alone changed stays theirs."""
    there = other if isinstance(other, Mapping) else {}
    began = was if isinstance(was, Mapping) else {}
    found = []
    for part in dict.fromkeys((*mine, *began)):
        if mine.get(part) == began.get(part):
            continue
        ours, theirs, first = (
            words_of(conn, op, "", one.get(part)) for one in (mine, there, began)
        )
        label = field_label(conn, body, str(part))
        form = form_of(op, name, mine.get(part) or began.get(part))
        found.append(TrayField(f"{name}.{part}", label, ours, theirs, first, form))
    return found


def _answers(item: Refusal, theirs: Mapping[str, Any]) -> tuple[TrayField, ...]:
    """Return what two desks said of one group."""
    op = item.op
    rows = [
        TrayField(
            "state",
            "Antwoord",
            words_of(None, op, "state", op.command),
            words_of(None, op, "state", theirs.get("state")),
            words_of(None, op, "state", op.set.get("seen")),
        )
    ]
    for name in ("reason", "note"):
        if op.set.get(name) or theirs.get(name):
            mine = words_of(None, op, name, op.set.get(name))
            other = words_of(None, op, name, theirs.get(name))
            rows.append(TrayField(name, label_of(op, name), mine, other))
    return tuple(rows)


def _heading(item: Refusal, fields: Sequence[TrayField]) -> str:
    op, status = item.op, item.status
    if op.kind == "placement" and item.code == "answered-otherwise":
        return "Twee antwoorden voor dezelfde groep"
    if status == OpStatus.GONE:
        return f"{the(op.kind, this=True).capitalize()} is intussen weggehaald"
    if item.code == "held" and op.kind == "post":
        return "Een ander schrijft nu aan dit bericht"
    if status == OpStatus.CONFLICT and item.code == "held":
        return f"{thing(op.kind).capitalize()} was al opgepakt"
    if status == OpStatus.CONFLICT and op.verb == "update":
        if any(one.is_text for one in fields):
            own = "hetzelfde" if the(op.kind).startswith("het ") else "dezelfde"
            return f"Twee teksten voor {own} {thing(op.kind)}"
        return f"{the(op.kind, this=True).capitalize()} is op twee plekken veranderd"
    end = {str(OpStatus.EXPIRED): "bleef te lang liggen", str(OpStatus.DENIED): "mocht niet meer"}
    return f"{act_words(op)}: {end.get(status, 'niet aangenomen')}"


def _choices(item: Refusal, fields: Sequence[TrayField]) -> tuple[str, ...]:
    op = item.op
    writes = op.verb in ("create", "update")
    if item.status == OpStatus.GONE:
        return (RESTORE, DROP) if writes and item.theirs else (DROP,)
    if item.status in (POISON, OpStatus.DENIED):
        return (DROP,)
    if item.status == OpStatus.CONFLICT and item.code == "exists":
        return (COPY, DROP)
    if op.kind == "post" and op.verb == "update" and item.code in ("released", "frozen"):
        return (COPY, DROP)
    if op.kind == "post" and item.code in ("held", "released") and op.command == "hold":
        return (COPY, DROP) if fields else (DROP,)
    if op.kind == "placement" and (item.theirs or {}).get("state") == PlacementState.PLACED:
        # Placed stays placed: what stands in a group is corrected, never denied.
        return (DROP,)
    found = [REDO, DROP]
    if item.status == OpStatus.CONFLICT and writes:
        if any(one.is_text and one.theirs for one in fields):
            found.append(MERGE)
        if op.kind in _COPIES:
            found.append(COPY)
    return tuple(found)
