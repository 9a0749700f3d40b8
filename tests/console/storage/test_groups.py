"""A group of ops is decided together, whatever central answers; what is forgotten is gone here."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text

from console.models.local import BLOCKED, PENDING, journal, outbox, tray
from console.storage import outbox as box
from console.storage import replica
from console.storage import tray as basket
from console.storage.database import Store
from contract.op import Op, OpResult, Record
from contract.vocabulary import OpStatus
from tests.console.storage.test_settle import (
    BODY,
    LATER,
    central_has,
    decide,
    ids,
    items,
    settle,
    shown,
)
from tests.helpers.units import NOW, command, edit, new_report, next_op_id, record

MUCH_LATER = "2026-03-10T18:00:00.000Z"


def states(store: Store) -> dict[str, str]:
    rows = store.read(lambda c: c.execute(select(outbox.c.op_id, outbox.c.state)).all()).result()
    return {row.op_id: row.state for row in rows}


def _rows_of(question: Any, conn: Connection) -> Any:
    return conn.execute(question).all()


def group_of_three(store: Store, group: str = "g1") -> list[Op]:
    ops = [new_report(f"{group}-{n}", group=group) for n in range(3)]
    store.write(record(*ops)).result()
    return ops


REFUSALS = st.sampled_from(
    [OpStatus.CONFLICT, OpStatus.INVALID, OpStatus.DENIED, OpStatus.GONE, OpStatus.EXPIRED]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    answers=st.tuples(*[st.sampled_from([OpStatus.BLOCKED, OpStatus.RETRY]) | REFUSALS] * 3),
    choice=st.sampled_from(["drop", "redo", "nothing"]),
)
def test_whatever_is_refused_of_a_group_never_is_a_part_of_it_sent(
    store: Store, answers: tuple[OpStatus, ...], choice: str
) -> None:
    ops = group_of_three(store, f"g-{next_op_id()}")
    mine = {op.op_id for op in ops}
    settle(store, *(OpResult(op.op_id, said) for op, said in zip(ops, answers, strict=True)))
    open_items = [item for item in items(store) if item.op_id in mine]
    assert len(open_items) <= 1
    if open_items and choice == "drop":
        decide(store, basket.drop, open_items[0].op_id)
    elif open_items and choice == "redo":
        decide(store, basket.redo, open_items[0].op_id)
    sent = store.write(lambda conn: box.next_batch(conn, person="ik", now=MUCH_LATER)).result()
    records = {op.id for op in ops}
    together = [op for op in sent if op.id in records]
    assert len(together) in (0, 3)
    if open_items and choice == "drop":
        assert not together
    store.write(box.back_to_pending).result()
    store.write(lambda c: c.execute(text("DELETE FROM outbox"))).result()


def test_a_lost_claim_among_others_waits_in_the_tray_with_them(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    claim = replace(command("r1", "claim"), group="g")
    other = new_report("r2", group="g")
    store.write(record(claim, other)).result()
    theirs = Record("report", "r1", 2, {**BODY, "holder": "zij"}, seq=5)
    settled = settle(
        store,
        OpResult(claim.op_id, OpStatus.CONFLICT, 2, theirs, code="held"),
        OpResult(other.op_id, OpStatus.BLOCKED),
    )
    assert settled.lost == ()
    assert ids(store, tray) == [claim.op_id]
    assert states(store) == {other.op_id: BLOCKED}


def test_of_a_poisoned_group_the_first_is_parked_and_the_rest_hangs_on_it(store: Store) -> None:
    ops = group_of_three(store)
    store.write(lambda conn: box.poison(conn, ops[0].op_id, now=LATER)).result()
    assert ids(store, tray) == [ops[0].op_id]
    assert set(states(store).values()) == {BLOCKED}
    decide(store, basket.drop, ops[0].op_id)
    assert states(store) == {}


@pytest.mark.parametrize(
    ("said", "state"), [(OpStatus.BLOCKED, BLOCKED), (OpStatus.RETRY, PENDING)]
)
def test_what_is_offered_again_and_not_done_waits_again(
    store: Store, said: OpStatus, state: str
) -> None:
    ops = group_of_three(store)
    settle(store, *(OpResult(op.op_id, OpStatus.APPLIED, 1) for op in ops))
    assert len(ids(store, journal)) == 3
    culprit = OpResult(ops[0].op_id, OpStatus.CONFLICT, code="exists")
    store.write(
        lambda conn: box.settle(
            conn, [culprit, *(OpResult(op.op_id, said) for op in ops[1:])], now=LATER
        )
    ).result()
    assert ids(store, journal) == []
    assert ids(store, tray) == [ops[0].op_id]
    assert states(store) == {op.op_id: state for op in ops[1:]}
    assert shown(store, ops[1].id) is not None


def test_a_record_to_forget_is_erased_and_what_waited_on_it_is_denied(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, {**BODY, "text": "bijzonderwoord"}, seq=1))
    op = edit("r1", title="mijn woorden")
    store.write(record(op)).result()
    gone = Record("report", "r1", 0, {}, seq=9, forgotten=True)
    store.write(
        lambda conn: replica.apply_page(conn, "noord", [gone], asked_with="", cursor="9", now=NOW)
    ).result()
    assert shown(store, "r1") is None
    assert ids(store, outbox) == []
    row = store.read(lambda c: c.execute(select(tray.c.status, tray.c.theirs)).one()).result()
    assert (row.status, row.theirs) == (OpStatus.DENIED, None)
    tables = ("rec_report", "withheld", "grave", "tray", "unread_record")
    for table in tables:
        everything = text(f"SELECT * FROM {table}")
        found = store.read(partial(_rows_of, everything)).result()
        assert "bijzonderwoord" not in repr(found)
    # Seen again: it comes back like a new record.
    store.write(
        lambda conn: replica.apply_page(
            conn,
            "noord",
            [Record("report", "r1", 1, BODY, seq=12)],
            asked_with="9",
            cursor="12",
            now=NOW,
        )
    ).result()
    assert shown(store, "r1") is not None
