"""What central's answers do to the outbox (sync.md §5): journal, tray, blocked or later again.

An accepted op becomes part of the confirmed record: as central gave the record back, or by
``contract.rules`` where it gave none. A refused one waits in the tray with what central has.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from uuid_utils import uuid7

from console.domain.changes import Changes
from console.domain.clock import moment, stamp
from console.domain.settled import LostClaim, Settled
from console.domain.tray import REDO
from console.models import RECORDS
from console.models.local import BLOCKED, PENDING, journal, outbox, tray
from console.storage import blobs, projection
from console.storage.confirm import take
from console.storage.frozen import freeze, from_json, thaw
from contract.op import Actor, OpResult, Record
from contract.rules import apply, commit
from contract.vocabulary import ACCEPTED, OpStatus

CHUNK = 500
BASE_SECONDS = 1.0
CAP_SECONDS = 60.0
POISON = "poison"

Jitter = Callable[[float, float], float]
Key = tuple[str, str]


def settle(
    conn: Connection, results: Sequence[OpResult], *, now: str, jitter: Jitter = random.uniform
) -> Settled:
    """Do what each answer asks; answers for unknown ops and repeated answers change nothing.

    An op of the batch without an answer is for ``back_to_pending``. ``jitter`` spreads retries
    over the whole backoff (1 s doubling to 60 s).
    """
    by_id = {result.op_id: result for result in results}
    rows = _rows(conn, list(by_id))
    known = {row.op_id for row in rows}
    changes = _settle_journal(conn, [r for r in results if r.op_id not in known], now)
    accepted, refused, lost = [], [], []
    culprits: set[str] = set()
    doubted = {
        row.op_group for row in rows if by_id[row.op_id].status is OpStatus.RETRY and row.op_group
    }
    for row in rows:
        result = by_id[row.op_id]
        if result.status in ACCEPTED:
            accepted.append((row, result))
        elif row.op_group in doubted:
            _later(conn, row, PENDING, OpStatus.RETRY, now, jitter)
        elif row.op_group in culprits and result.status is not OpStatus.BLOCKED:
            # A group is decided together: one of it stands in the tray, the rest hangs on that.
            _later(conn, row, BLOCKED, result.status, now, jitter)
        elif result.status in (OpStatus.BLOCKED, OpStatus.RETRY):
            state = BLOCKED if result.status is OpStatus.BLOCKED else PENDING
            _later(conn, row, state, result.status, now, jitter)
        elif _lacks_content(result) and blobs.send_again(conn, row.op, row.person, now, row.tries):
            _later(conn, row, PENDING, result.status, now, jitter)
            again = _as_new(conn, row, result, now)
            conn.execute(update(outbox).where(outbox.c.op_id == row.op_id).values(again))
        elif _is_lost_claim(row, result) and not _in_company(conn, row):
            lost.append((row, result))
        else:
            refused.append((row, result))
            culprits.update([row.op_group] if row.op_group else [])
    quick = _acknowledge_quickly(conn, accepted)
    for row, result in refused:
        _put_in_tray(conn, row, result, now)
    untrue = _lines_of(conn, lost)
    leaving = accepted + lost + refused + untrue
    _journal(conn, accepted + lost + untrue, now)
    _leave(conn, [row.op_id for row, _ in leaving])
    slow = [(row, result) for row, result in accepted if row.op_id not in quick]
    for row, result in slow:
        if result.record is None:
            _acknowledge(conn, row, result)
    given = [result.record for _, result in leaving if result.record is not None]
    changes |= take(conn, given)
    touched = {(row.kind, row.id) for row, _ in leaving}
    for kind, record_id in {(row.kind, row.id) for row, _ in slow + lost + refused + untrue}:
        projection.project(conn, kind, record_id)
    if leaving:
        release_blocked(conn)
    changes |= Changes.of(touched)
    claims = tuple(_lost_claim(row, result) for row, result in lost)
    return Settled(changes, claims, len(refused))


def poison(conn: Connection, op_id: str, *, now: str) -> Settled:
    """Park an op that makes every batch fail: it goes to the tray, the others go on.

    What is of one group with it waits with it for a decision.
    """
    return refuse(conn, OpResult(op_id, OpStatus.INVALID), now=now, status=POISON)


def refuse(conn: Connection, result: OpResult, *, now: str, status: str = "") -> Settled:
    """Put one waiting op in the tray; what is of one group with it waits for that decision."""
    rows = _rows(conn, [result.op_id])
    for row in rows:
        _put_in_tray(conn, row, result, now, status=status)
        _leave(conn, [row.op_id])
        if row.op_group:
            company = update(outbox).where(outbox.c.op_group == row.op_group)
            conn.execute(company.values(state=BLOCKED, last_status=status or str(result.status)))
        projection.project(conn, row.kind, row.id)
    return Settled(Changes.of((row.kind, row.id) for row in rows), (), len(rows))


def release_blocked(conn: Connection) -> None:
    """Make blocked ops pending again unless what they need still waits in the tray."""
    blocked = conn.execute(
        select(outbox.c.op_id, outbox.c.op, outbox.c.op_group).where(outbox.c.state == BLOCKED)
    ).all()
    if not blocked:
        return
    stuck = conn.execute(
        select(tray.c.op_id, func.json_extract(tray.c.op, "$.group").label("op_group")).where(
            tray.c.settled_at.is_(None)
        )
    ).all()
    ids = {row.op_id for row in stuck}
    groups = {row.op_group for row in stuck if row.op_group}
    free = [
        {"op_id_": row.op_id}
        for row in blocked
        if row.op_group not in groups and not ids.intersection(thaw(row.op).after)
    ]
    if free:
        statement = update(outbox).where(outbox.c.op_id == bindparam("op_id_"))
        conn.execute(statement.values(state=PENDING), free)


def _rows(conn: Connection, op_ids: Sequence[str]) -> list[Any]:
    rows: list[Any] = []
    for start in range(0, len(op_ids), CHUNK):
        rows += conn.execute(
            select(outbox).where(outbox.c.op_id.in_(op_ids[start : start + CHUNK]))
        ).all()
    return sorted(rows, key=lambda row: int(row.n))


def _later(
    conn: Connection, row: Any, state: str, status: OpStatus, now: str, jitter: Jitter
) -> None:
    present = moment(now)
    wait = jitter(0.0, min(CAP_SECONDS, BASE_SECONDS * 2 ** min(row.tries, 10)))
    next_at = stamp(present + timedelta(seconds=wait)) if present else ""
    conn.execute(
        update(outbox)
        .where(outbox.c.op_id == row.op_id)
        .values(state=state, tries=row.tries + 1, next_at=next_at, last_status=str(status))
    )


def _acknowledge_quickly(conn: Connection, accepted: Sequence[tuple[Any, OpResult]]) -> set[str]:
    """Confirm what already shows: one waiting op, and central counted as the desk did."""
    by_kind: dict[str, dict[str, tuple[Any, OpResult]]] = {}
    for row, result in accepted:
        if result.record is None and result.status is OpStatus.APPLIED:
            by_kind.setdefault(row.kind, {})[row.id] = (row, result)
    done: set[str] = set()
    for kind, by_id in by_kind.items():
        table = RECORDS[kind]
        ids = list(by_id)
        sure = []
        for start in range(0, len(ids), CHUNK):
            for shown in conn.execute(
                select(
                    table.c.id,
                    table.c.ver,
                    func.json_extract(table.c.confirmed, "$.shown_ver").label("shown_ver"),
                ).where(table.c.id.in_(ids[start : start + CHUNK]), table.c.pending == 1)
            ):
                row, result = by_id[shown.id]
                if shown.ver + 1 == shown.shown_ver == result.ver:
                    sure.append({"id_": shown.id, "ver_": result.ver})
                    done.add(row.op_id)
        if sure:
            # The number in the feed is not known yet; 0 lets the feed's own row come in.
            conn.execute(
                update(table)
                .where(table.c.id == bindparam("id_"))
                .values(ver=bindparam("ver_"), seq=0, pending=0, confirmed=None),
                sure,
            )
    return done


def _acknowledge(conn: Connection, row: Any, result: OpResult) -> None:
    """Lay an accepted op over the confirmed record, unless the feed already brought it."""
    base = projection.confirmed(conn, row.kind, row.id)
    held = base.ver if base else 0
    if held >= result.ver:
        return
    op = thaw(row.op)
    if result.status is OpStatus.NOOP and op.verb != "update":
        return
    decision = apply(op, base, now=row.made_at, actor=Actor(row.person, station=row.station))
    if decision.body is None or decision.status not in ACCEPTED:
        return
    top = commit(op, base, decision)
    if top is None:
        return
    exact = result.ver == held + 1 and result.status is not OpStatus.NOOP
    # Where central counts further, others changed the record too: the feed will bring it.
    ver = result.ver if exact else held
    if top.deleted and not exact:
        return
    seq = 0 if exact or base is None else base.seq
    new = Record(row.kind, row.id, ver, top.body, deleted=top.deleted, seq=seq)
    projection.set_base(conn, row.kind, row.id, new)


def _put_in_tray(
    conn: Connection, row: Any, result: OpResult, now: str, *, status: str = ""
) -> None:
    theirs = None
    if result.record is not None and not result.record.deleted:
        theirs = dict(result.record.body)
    elif result.status is OpStatus.GONE:
        theirs = projection.last_words(conn, row.kind, row.id) or None
    values = {
        "op_id": row.op_id,
        "kind": row.kind,
        "id": row.id,
        "person": row.person,
        "op": row.op,
        "status": status or str(result.status),
        "code": result.code,
        "fields": list(result.fields),
        "theirs": theirs,
        "theirs_by": result.record.by if result.record is not None else None,
        "theirs_at": result.record.at if result.record is not None else None,
        "station": row.station,
        "refused_at": now,
        "settled_at": None,
        "settled_how": None,
    }
    statement = insert(tray).values(**values)
    conn.execute(statement.on_conflict_do_update(index_elements=[tray.c.op_id], set_=values))


def _journal(conn: Connection, pairs: Sequence[tuple[Any, OpResult]], now: str) -> None:
    if not pairs:
        return
    statement = insert(journal)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=[journal.c.op_id],
            set_={"status": statement.excluded.status, "acked_at": statement.excluded.acked_at},
        ),
        [
            {
                "op_id": row.op_id,
                "kind": row.kind,
                "id": row.id,
                "person": row.person,
                "op": row.op,
                "status": str(result.status),
                "acked_at": now,
                "station": row.station,
                "ver": result.ver or None,
            }
            for row, result in pairs
        ],
    )


def _settle_journal(conn: Connection, results: Sequence[OpResult], now: str) -> Changes:
    """Take answers to ops offered again after central was put back: the refused go to the tray."""
    changes = Changes()
    culprits: set[str] = set()
    by_id = {result.op_id: result for result in results}
    ids = list(by_id)
    for start in range(0, len(ids), CHUNK):
        rows = conn.execute(
            select(journal).where(journal.c.op_id.in_(ids[start : start + CHUNK]))
        ).all()
        for row in rows:
            result = by_id[row.op_id]
            if result.record is not None:
                changes |= take(conn, [result.record])
            if result.status in ACCEPTED or row.status not in ACCEPTED:
                continue
            group = from_json(row.op).get("group")
            if result.status is OpStatus.RETRY:
                wait_again(conn, row, group, PENDING)
            elif result.status is OpStatus.BLOCKED or group in culprits:
                wait_again(conn, row, group, BLOCKED)
            elif _lacks_content(result) and blobs.send_again(conn, row.op, row.person, now):
                wait_again(conn, row, group, PENDING, **_as_new(conn, row, result, now))
            else:
                _put_in_tray(conn, row, result, now)
                culprits.update([group] if group else [])
            conn.execute(delete(journal).where(journal.c.op_id == row.op_id))
            projection.project(conn, row.kind, row.id)
            changes |= Changes.of([(row.kind, row.id)])
    release_blocked(conn)
    return changes


def wait_again(conn: Connection, row: Any, group: str | None, state: str, **instead: str) -> None:
    """Put an op that was settled once back among those that wait, with its group and state."""
    conn.execute(
        insert(outbox),
        {
            "op_id": row.op_id,
            "kind": row.kind,
            "id": row.id,
            "person": row.person,
            "station": row.station or "",
            "op": row.op,
            "op_group": group,
            "state": state,
            "made_at": thaw(row.op).made_at,
            **instead,
        },
    )


def _in_company(conn: Connection, row: Any) -> bool:
    """Say whether more than the claim's own line of history waits in its group.

    Then the claim cannot be let go alone; the line goes with it (``_lines_of``).
    """
    if not row.op_group:
        return False
    others = select(func.count()).where(
        outbox.c.op_group == row.op_group,
        outbox.c.op_id != row.op_id,
        outbox.c.kind != "log_entry",
    )
    return bool(conn.execute(others).scalar_one())


def _lines_of(conn: Connection, lost: Sequence[tuple[Any, OpResult]]) -> list[tuple[Any, OpResult]]:
    """Return the lines of history that were written with lost claims: they did not come true."""
    groups = [row.op_group for row, _ in lost if row.op_group]
    if not groups:
        return []
    claims = [row.op_id for row, _ in lost]
    rows = conn.execute(
        select(outbox).where(outbox.c.op_group.in_(groups), outbox.c.op_id.not_in(claims))
    ).all()
    return [(row, OpResult(row.op_id, OpStatus.CONFLICT)) for row in rows]


def _leave(conn: Connection, op_ids: Sequence[str]) -> None:
    for start in range(0, len(op_ids), CHUNK):
        chunk = op_ids[start : start + CHUNK]
        conn.execute(delete(outbox).where(outbox.c.op_id.in_(chunk)))


def _lacks_content(result: OpResult) -> bool:
    """Say whether only the content of a photo is missing: it can be sent (again)."""
    return result.status is OpStatus.INVALID and result.code == "blob-missing"


def _as_new(conn: Connection, row: Any, result: OpResult, now: str) -> dict[str, str]:
    """Return an op under a new id, as central answers the old one the same for good.

    The old one stays traceable, as settled.
    """
    _put_in_tray(conn, row, result, now)
    done_again = update(tray).where(tray.c.op_id == row.op_id)
    conn.execute(done_again.values(settled_at=now, settled_how=REDO))
    new = replace(thaw(row.op), op_id=str(uuid7()))
    return {"op_id": new.op_id, "op": freeze(new)}


def _is_lost_claim(row: Any, result: OpResult) -> bool:
    if row.kind != "report" or result.status is not OpStatus.CONFLICT or result.code != "held":
        return False
    return thaw(row.op).command == "claim"


def _lost_claim(row: Any, result: OpResult) -> LostClaim:
    body = result.record.body if result.record is not None else {}
    return LostClaim(row.op_id, row.id, row.person, str(body.get("holder") or ""))
