"""What became of each act on a record: outbox, tray, journal and history read together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select, tuple_

from console.domain import refusals
from console.domain import whereabouts as w
from console.domain.acts import act_words, history_words, thing
from console.domain.tray import DROP
from console.models import RECORDS
from console.models.handover import log_entry
from console.models.local import BLOCKED, INFLIGHT, journal, outbox, tray
from console.models.post import placement
from console.storage import projection
from console.storage.frozen import thaw
from console.storage.history import names
from console.storage.tray_words import title_of
from contract.op import Op
from contract.vocabulary import OpStatus

MOST = 60
MOST_PARTS = 200

_ACCEPTED = {
    str(OpStatus.APPLIED): w.ACCEPTED,
    str(OpStatus.MERGED): w.MERGED,
    str(OpStatus.NOOP): w.SAME,
}


def whereabouts(conn: Connection, kind: str, record_id: str, *, me: str) -> w.Whereabouts:
    """Return what became of the acts on a record, newest first.

    Of this desk only the person's own ops; what others did comes from the history. A message
    brings its placements along.
    """
    keys = [(kind, record_id), *_parts(conn, kind, record_id)]
    lines = _lines(conn, kind, record_id)
    heard = {(line.by, line.made_at): line.at for line in lines if line.at}
    acts = _waiting(conn, keys, me) + _trayed(conn, keys, me) + _answered(conn, keys, me)
    mine = {act.made_at for act in acts}
    acts = [
        _with_central(act, heard.get((me, act.made_at), "")) if not act.central_at else act
        for act in acts
    ]
    people = names(conn, [me, *(line.by for line in lines)])
    named = [_named(act, people.get(me, "")) for act in acts]
    named += [
        _from_line(kind, line, people.get(line.by or "", ""))
        for line in lines
        if line.by != me or line.made_at not in mine
    ]
    named.sort(key=lambda act: (act.made_at, act.id), reverse=True)
    return w.Whereabouts(_title(conn, kind, record_id), tuple(named[:MOST]), len(named) > MOST)


def _parts(conn: Connection, kind: str, record_id: str) -> list[tuple[str, str]]:
    if kind != "post":
        return []
    found = conn.execute(
        select(placement.c.id).where(placement.c.post_id == record_id).limit(MOST_PARTS)
    ).scalars()
    return [("placement", one) for one in found]


def _title(conn: Connection, kind: str, record_id: str) -> str:
    if kind not in RECORDS:
        return ""
    body = projection.last_words(conn, kind, record_id)
    return title_of(conn, Op("", "update", kind, record_id), body) or thing(kind).capitalize()


def _waiting(conn: Connection, keys: Sequence[tuple[str, str]], me: str) -> list[w.Act]:
    o = outbox.c
    found = conn.execute(
        select(o.op_id, o.op, o.station, o.made_at, o.state, o.tries, o.next_at)
        .where(tuple_(o.kind, o.id).in_(keys), o.person == me)
        .order_by(o.n.desc())
        .limit(MOST + 1)
    )
    states = {INFLIGHT: w.SENT, BLOCKED: w.BLOCKED}
    return [
        _act(
            row,
            states.get(row.state, w.WAITING),
            tries=row.tries,
            next_at=row.next_at if row.tries else "",
        )
        for row in found
    ]


def _trayed(conn: Connection, keys: Sequence[tuple[str, str]], me: str) -> list[w.Act]:
    t = tray.c
    found = conn.execute(
        select(
            t.op_id, t.op, t.station, t.status, t.code, t.fields, t.refused_at, t.settled_at,
            t.settled_how,
        )
        .where(tuple_(t.kind, t.id).in_(keys), t.person == me)
        .order_by(t.refused_at.desc())
        .limit(MOST + 1)
    )  # fmt: skip
    acts = []
    for row in found:
        state = w.REFUSED
        if row.settled_at is not None:
            state = w.LET_GO if row.settled_how == DROP else w.SETTLED
        why = refusals.problem(row.code, row.status, row.fields or ()).sentence
        acts.append(_act(row, state, central_at=row.refused_at, why=why))
    return acts


def _answered(conn: Connection, keys: Sequence[tuple[str, str]], me: str) -> list[w.Act]:
    j = journal.c
    found = conn.execute(
        select(j.op_id, j.op, j.station, j.status, j.ver)
        .where(tuple_(j.kind, j.id).in_(keys), j.person == me)
        .order_by(j.n.desc())
        .limit(MOST + 1)
    )
    return [_act(row, _ACCEPTED.get(row.status, w.LOST), ver=row.ver or 0) for row in found]


def _act(row: Any, state: str, **more: Any) -> w.Act:
    op = thaw(row.op)
    return w.Act(
        op.op_id, op.op_id, act_words(op), "", row.station or "", op.made_at, state, **more
    )


def _named(act: w.Act, name: str) -> w.Act:
    return replace(act, by_name=name)


def _with_central(act: w.Act, at: str) -> w.Act:
    return replace(act, central_at=at) if at else act


def _lines(conn: Connection, kind: str, record_id: str) -> list[Any]:
    c = log_entry.c
    return list(
        conn.execute(
            select(c.id, c.what, c.by, c.station, c.made_at, c.at, c.pending)
            .where(c.subject_kind == kind, c.subject_id == record_id)
            .order_by(c.n.desc())
            .limit(MOST + 1)
        )
    )


def _from_line(kind: str, line: Any, name: str) -> w.Act:
    return w.Act(
        line.id,
        "",
        history_words(line.what or "changed", kind),
        name,
        line.station or "",
        line.made_at or "",
        w.WAITING if line.pending else w.ELSEWHERE,
        line.at or "",
    )
