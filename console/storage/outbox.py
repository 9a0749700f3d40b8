"""The outbox: the only way a record changes (house.md §0.3), and what is sent next (sync.md §10).

Everything here runs inside a unit of work of the writer. An op is checked by ``contract.rules``
on what the screen shows, frozen as text, and laid over the record in the same transaction. It
leaves the outbox only when central answered it: to the journal or to the tray (I1).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from console.domain import refusals
from console.domain.changes import Changes
from console.domain.clock import moment, stamp
from console.domain.failures import Refused
from console.domain.settled import OutboxCounts
from console.models import RECORDS
from console.models.local import INFLIGHT, PENDING, journal, outbox, tray
from console.storage import blobs, plain, projection
from console.storage.frozen import freeze, from_json, thaw
from console.storage.settle import poison, release_blocked, settle
from contract import routes
from contract.op import Actor, Op
from contract.rules import apply, commit
from contract.vocabulary import ACCEPTED, OpStatus

CHUNK = 500
JOURNAL_DAYS = 14
LONGEST_REST = timedelta(minutes=2)
LATE_AGE_MS = 400 * 24 * 3600 * 1000

__all__ = [
    "back_to_pending",
    "counts",
    "journal_after",
    "next_batch",
    "poison",
    "purge_journal",
    "record_op",
    "release_blocked",
    "settle",
]

_WAITING = "SELECT count(*) FROM outbox WHERE kind = :kind AND id = :id"
_QUEUE = (
    "INSERT INTO outbox (op_id, kind, id, person, station, op, op_group, state, tries, next_at, "
    'made_at, "schema") VALUES (:op_id, :kind, :id, :person, :station, :op, :op_group, :state, 0, '
    "'', :made_at, :schema)"
)


def record_op(conn: Connection, op: Op, *, actor: Actor, now: str) -> Changes:
    """Check an op on what is shown, queue it and show its effect; returns what it touched.

    An op that changes nothing queues nothing. Raises Refused with the Dutch sentence of the rule;
    then nothing is queued. ``now`` is the desk's own time as a stamp.
    """
    if op.kind not in RECORDS:
        raise Refused(refusals.problem("unknown-kind"))
    found = projection.find(conn, op.kind, op.id)
    current = projection.state_of(op.kind, op.id, found)
    decision = apply(op, current, now=now, actor=actor)
    if decision.status is OpStatus.NOOP:
        return Changes()
    if decision.status not in ACCEPTED:
        raise Refused(refusals.problem(decision.code, decision.status, decision.fields))
    if not op.made_at:
        op = replace(op, made_at=now)
    base = projection.confirmed_of(op.kind, op.id, found)
    waiting = plain.rows(conn, _WAITING, {"kind": op.kind, "id": op.id})[0][0]
    plain.do(
        conn,
        _QUEUE,
        {
            "op_id": op.op_id,
            "kind": op.kind,
            "id": op.id,
            "person": actor.person,
            "station": actor.station,
            "op": freeze(op),
            "op_group": op.group,
            "state": PENDING,
            "made_at": now,
            "schema": routes.SCHEMA,
        },
    )
    top = commit(op, current, decision)
    projection.lay(conn, op.kind, op.id, base, top, waiting + 1)
    return Changes.of([(op.kind, op.id)])


def next_batch(
    conn: Connection,
    *,
    person: str,
    now: str,
    limit: int = CHUNK,
    serves: int = routes.SCHEMA,
) -> list[Op]:
    """Return the ops to send next and mark them in flight; only this person's (I13).

    In the order they were made, groups whole. An op waits while an earlier one on its record is
    in flight, blocked or resting, and while an op it comes after has not been applied. One made
    with a schema above ``serves`` waits for a newer central (sync.md §9), a photo for its content.
    """
    window = 4 * limit
    while True:
        rows = conn.execute(
            select(
                outbox.c.n,
                outbox.c.op_id,
                outbox.c.kind,
                outbox.c.id,
                outbox.c.op_group,
                outbox.c.state,
                outbox.c.next_at,
                outbox.c.schema,
                func.json_extract(outbox.c.op, "$.after").label("after"),
            )
            .where(outbox.c.person == person)
            .order_by(outbox.c.n)
            .limit(window)
        ).all()
        full = len(rows) == window
        chosen = _choose(conn, _units(rows, cut=full), now, limit, serves)
        if chosen or not full:
            break
        window *= 4
    return _send(conn, chosen, now)


def back_to_pending(conn: Connection, op_ids: Sequence[str] | None = None) -> None:
    """Put ops in flight back in the queue: central did not answer them; None: all of them."""
    statement = update(outbox).where(outbox.c.state == INFLIGHT).values(state=PENDING)
    if op_ids is None:
        conn.execute(statement)
        return
    for start in range(0, len(op_ids), CHUNK):
        chunk = op_ids[start : start + CHUNK]
        conn.execute(statement.where(outbox.c.op_id.in_(chunk)))


def counts(conn: Connection, person: str) -> OutboxCounts:
    """Count what waits for central and for a decision of this person."""
    row = conn.execute(
        select(func.count(), func.min(outbox.c.made_at)).where(outbox.c.person == person)
    ).one()
    every = conn.execute(select(func.count()).select_from(outbox)).scalar_one()
    open_items = conn.execute(
        select(func.count())
        .select_from(tray)
        .where(tray.c.settled_at.is_(None), tray.c.person == person)
    ).scalar_one()
    return OutboxCounts(row[0], row[1] or "", open_items, every - row[0])


def journal_after(
    conn: Connection, person: str, n: int = 0, limit: int = CHUNK
) -> list[tuple[int, Op]]:
    """Return acknowledged ops to offer again after central was put back (sync.md §7).

    In their old order with their old ids, each with its number in the journal.
    """
    rows = conn.execute(
        select(journal.c.n, journal.c.op)
        .where(
            journal.c.n > n,
            journal.c.person == person,
            journal.c.status.in_([str(status) for status in ACCEPTED]),
        )
        .order_by(journal.c.n)
        .limit(limit)
    )
    return [(row.n, thaw(row.op)) for row in rows]


def purge_journal(conn: Connection, now: str) -> int:
    """Forget acknowledged ops older than 14 days and settled tray items; returns how many."""
    present = moment(now)
    if present is None:
        return 0
    until = stamp(present - timedelta(days=JOURNAL_DAYS))
    gone = conn.execute(delete(journal).where(journal.c.acked_at < until)).rowcount
    return gone + conn.execute(delete(tray).where(tray.c.settled_at < until)).rowcount


Unit = list[Any]


def _units(rows: Sequence[Any], *, cut: bool) -> list[Unit]:
    """Collect ops into what is sent together; the last group of a cut window may be incomplete."""
    units: list[Unit] = []
    groups: dict[str, Unit] = {}
    for row in rows:
        if row.op_group is None:
            units.append([row])
        elif row.op_group in groups:
            groups[row.op_group].append(row)
        else:
            groups[row.op_group] = [row]
            units.append(groups[row.op_group])
    if cut and rows[-1].op_group is not None:
        units.remove(groups[rows[-1].op_group])
    return units


def _choose(conn: Connection, units: list[Unit], now: str, limit: int, serves: int) -> list[Any]:
    closed = _unanswered(conn, units)
    photos = [row.op_id for unit in units for row in unit if row.kind == "photo"]
    held = blobs.held(conn, photos) if photos else set()
    present = moment(now)
    # No rest is longer than that: the clock of this computer was put back since.
    latest = stamp(present + LONGEST_REST) if present else now
    chosen: list[Any] = []
    taken: set[str] = set()
    busy: set[tuple[str, str]] = set()
    for unit in units:
        records = {(row.kind, row.id) for row in unit}
        own = {row.op_id for row in unit}
        ready = all(
            row.state == PENDING
            and (row.next_at <= now or row.next_at > latest)
            and row.schema <= serves
            and row.op_id not in held
            for row in unit
        )
        if ready and not records & busy and not (_needed(unit) - own - taken) & closed:
            if chosen and len(chosen) + len(unit) > limit:
                break
            chosen += unit
            taken |= own
        busy |= records
    return sorted(chosen, key=lambda row: int(row.n))


def _needed(unit: Unit) -> set[str]:
    return {op_id for row in unit if row.after for op_id in from_json(row.after)}


def _unanswered(conn: Connection, units: list[Unit]) -> set[str]:
    """Return the needed ops that are still in the outbox or wait in the tray."""
    needed = sorted({op_id for unit in units for op_id in _needed(unit)})
    found: set[str] = set()
    for start in range(0, len(needed), CHUNK):
        chunk = needed[start : start + CHUNK]
        found.update(
            conn.execute(select(outbox.c.op_id).where(outbox.c.op_id.in_(chunk))).scalars()
        )
        found.update(
            conn.execute(
                select(tray.c.op_id).where(tray.c.op_id.in_(chunk), tray.c.settled_at.is_(None))
            ).scalars()
        )
    return found


def _send(conn: Connection, chosen: list[Any], now: str) -> list[Op]:
    sent_at = moment(now)
    ops: list[Op] = []
    for start in range(0, len(chosen), CHUNK):
        numbers = [row.n for row in chosen[start : start + CHUNK]]
        conn.execute(
            update(outbox).where(outbox.c.n.in_(numbers)).values(state=INFLIGHT, sent_at=now)
        )
        for row in conn.execute(
            select(outbox.c.op, outbox.c.made_at)
            .where(outbox.c.n.in_(numbers))
            .order_by(outbox.c.n)
        ):
            made = moment(row.made_at)
            age = int((sent_at - made).total_seconds() * 1000) if sent_at and made else 0
            ops.append(thaw(row.op, min(max(age, 0), LATE_AGE_MS)))
    return ops
