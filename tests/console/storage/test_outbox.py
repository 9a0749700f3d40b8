"""Recording an op, and which ops may be sent together."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from console.domain.failures import Refused
from console.models.local import outbox as rows
from console.storage import outbox, projection
from console.storage.database import Store
from console.storage.frozen import freeze, thaw
from contract.op import Actor, Op, OpResult
from contract.vocabulary import OpStatus
from tests.helpers.units import ME, NOW, command, edit, new_report, record

OTHER = Actor("ander", station="balie-2")


def batch(store: Store, person: str = "ik", now: str = NOW, limit: int = 500) -> list[str]:
    ops = store.write(
        lambda conn: outbox.next_batch(conn, person=person, now=now, limit=limit)
    ).result()
    return [op.op_id for op in ops]


def answer(store: Store, *results: OpResult, now: str = NOW) -> None:
    store.write(
        lambda conn: outbox.settle(conn, results, now=now, jitter=lambda low, high: high)
    ).result()


def test_an_op_shows_at_once_and_waits_in_the_outbox(store: Store) -> None:
    changes = store.write(record(new_report("r1"))).result()
    assert changes.has("report", "r1")
    shown = store.read(lambda conn: projection.shown(conn, "report", "r1")).result()
    assert shown is not None
    assert shown.body["created_by"] == "ik"
    assert store.read(lambda conn: outbox.counts(conn, "ik")).result().queue == 1


def test_a_refused_op_says_why_in_dutch_and_leaves_nothing(store: Store) -> None:
    store.write(record(new_report("r1"), command("r1", "claim"))).result()
    with pytest.raises(Refused) as caught:
        store.write(record(command("r1", "claim"), actor=OTHER)).result()
    assert caught.value.problem.code == "held"
    assert "opgepakt" in caught.value.problem.sentence
    assert store.read(lambda conn: outbox.counts(conn, "ander")).result().queue == 0


def test_a_refused_op_undoes_the_whole_act(store: Store) -> None:
    with pytest.raises(Refused):
        store.write(record(new_report("r1"), edit("r1", status="closed"))).result()
    assert store.read(lambda conn: projection.shown(conn, "report", "r1")).result() is None


def test_an_op_that_changes_nothing_queues_nothing(store: Store) -> None:
    store.write(record(new_report("r1", title="Fiets"))).result()
    assert not store.write(record(edit("r1", was="Fiets", title="Fiets"))).result()
    assert store.read(lambda conn: outbox.counts(conn, "ik")).result().queue == 1


def test_a_kind_that_the_desk_does_not_know_is_refused(store: Store) -> None:
    with pytest.raises(Refused):
        store.write(record(Op("o", "create", "spaceship", "s"))).result()


def test_only_one_op_of_a_record_is_under_way(store: Store) -> None:
    first, second, other = new_report("r1"), edit("r1", title="Fiets"), new_report("r2")
    store.write(record(first, second, other)).result()
    assert batch(store) == [first.op_id, other.op_id]
    assert batch(store) == []
    answer(store, OpResult(first.op_id, OpStatus.APPLIED, 1))
    assert batch(store) == [second.op_id]


def test_a_group_goes_whole_and_in_order(store: Store) -> None:
    group = [new_report(f"g{number}", group="g") for number in range(3)]
    single = new_report("r1")
    store.write(record(single, *group)).result()
    assert batch(store, limit=2) == [single.op_id]
    assert batch(store, limit=2) == [op.op_id for op in group]


def test_a_group_waits_while_one_of_its_records_is_busy(store: Store) -> None:
    before = new_report("r1")
    late = Op("late", "update", "report", "r1", {"title": "b"}, {"title": None}, group="g")
    store.write(record(before, late, new_report("r2", group="g"))).result()
    assert batch(store) == [before.op_id]
    answer(store, OpResult(before.op_id, OpStatus.APPLIED, 1))
    assert batch(store)[0] == "late"


def test_an_op_waits_for_the_one_it_comes_after(store: Store) -> None:
    first = new_report("r1")
    body = dict(new_report("x").set)
    after = Op("after", "create", "report", "r2", body, after=(first.op_id,))
    store.write(record(first, after)).result()
    # Central decides in order, so both may go in one batch.
    assert batch(store) == [first.op_id, "after"]
    store.write(outbox.back_to_pending).result()
    assert batch(store, limit=1) == [first.op_id]
    assert batch(store, limit=1) == []


def test_a_person_sends_only_their_own_ops(store: Store) -> None:
    store.write(record(new_report("r1"))).result()
    store.write(record(new_report("r2"), actor=OTHER)).result()
    assert len(batch(store, person="ander")) == 1
    counts = store.read(lambda conn: outbox.counts(conn, "ik")).result()
    assert (counts.queue, counts.others, counts.oldest_at) == (1, 1, NOW)


def test_a_retry_rests_longer_each_time_and_the_rest_goes_on(store: Store) -> None:
    slow, quick = new_report("r1"), new_report("r2")
    store.write(record(slow)).result()
    for seconds in (1, 2, 4, 8, 16, 32, 60, 60):
        assert batch(store, now="2026-03-10T15:00:00.000Z") == [slow.op_id]
        answer(store, OpResult(slow.op_id, OpStatus.RETRY))
        next_at = store.read(lambda conn: conn.execute(select(rows.c.next_at)).scalar()).result()
        assert next_at == f"2026-03-10T14:{seconds // 60:02d}:{seconds % 60:02d}.000Z"
    store.write(record(quick)).result()
    assert batch(store) == [quick.op_id]


def test_ops_without_an_answer_go_back_one_by_one(store: Store) -> None:
    ops = [new_report("r1"), new_report("r2")]
    store.write(record(*ops)).result()
    batch(store)
    store.write(lambda conn: outbox.back_to_pending(conn, [ops[1].op_id])).result()
    assert batch(store) == [ops[1].op_id]


def test_a_long_outbox_behind_a_resting_record_is_still_sent(store: Store) -> None:
    stuck = new_report("r1")
    store.write(record(stuck)).result()
    batch(store)
    answer(store, OpResult(stuck.op_id, OpStatus.RETRY))
    edits = [edit("r1", was=None if n == 0 else str(n - 1), title=str(n)) for n in range(30)]
    free = new_report("r2")
    store.write(record(*edits, free)).result()
    assert batch(store, limit=2) == [free.op_id]


def test_the_age_of_an_op_is_counted_when_it_is_sent(store: Store) -> None:
    store.write(record(new_report("r1"))).result()
    ops = store.write(
        lambda conn: outbox.next_batch(conn, person="ik", now="2026-03-10T14:00:02.500Z")
    ).result()
    assert ops[0].age_ms == 2500


def test_an_op_keeps_its_words_as_text(store: Store) -> None:
    op = Op(
        "o", "update", "report", "r", {"title": "half \ud83d", "n": 2**70, "l": [1, {"a": None}]},
        {"title": None}, base_ver=3, group="g", after=("a", "b"), made_at=NOW,
    )  # fmt: skip
    assert thaw(freeze(op)) == op
    assert thaw(freeze(Op("o", "command", "report", "r", command="claim"))).command == "claim"


def test_half_a_character_from_a_paste_is_kept(store: Store) -> None:
    store.write(record(new_report("r1", text="kapot \ud83d teken"))).result()
    shown = store.read(lambda conn: projection.shown(conn, "report", "r1")).result()
    assert shown is not None
    assert shown.body["text"] == "kapot \ud83d teken"
    assert len(batch(store)) == 1
    assert ME.person == "ik"
