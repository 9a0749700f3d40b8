"""What each of central's answers does (sync.md §5), and the tray (§10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select

from console.domain.failures import Refused
from console.domain.settled import Settled
from console.domain.tray import TrayItem
from console.models.local import journal, outbox, tray
from console.storage import outbox as box
from console.storage import projection, replica
from console.storage import tray as basket
from console.storage.database import Store
from contract.op import Actor, Op, OpResult, Record
from contract.vocabulary import OpStatus
from tests.helpers.units import ME, NOW, command, edit, new_report, record

LATER = "2026-03-10T15:00:00.000Z"
BODY = {"category": "person", "text": "rood", "place": "Dorp", "heard_at": NOW, "status": "open"}


def central_has(store: Store, *records: Record) -> None:
    store.write(
        lambda conn: replica.apply_page(conn, "noord", records, asked_with="", cursor="", now=NOW)
    ).result()


def settle(store: Store, *results: OpResult) -> Settled:
    store.write(lambda conn: box.next_batch(conn, person="ik", now=LATER)).result()
    return store.write(lambda conn: box.settle(conn, results, now=LATER)).result()


def shown(store: Store, record_id: str, kind: str = "report") -> dict[str, Any] | None:
    found = store.read(lambda conn: projection.shown(conn, kind, record_id)).result()
    return dict(found.body) if found else None


def ids(store: Store, table: Any) -> list[str]:
    return list(store.read(lambda c: c.execute(select(table.c.op_id)).scalars().all()).result())


def items(store: Store, person: str = "ik") -> list[TrayItem]:
    return store.read(lambda conn: basket.list_open(conn, person)).result()


def decide(store: Store, what: Callable[..., Any], op_id: str, actor: Actor = ME) -> None:
    def work(conn: Connection) -> Any:
        return what(conn, op_id, actor=actor, now=LATER)

    store.write(work).result()


@pytest.mark.parametrize("status", [OpStatus.APPLIED, OpStatus.MERGED, OpStatus.NOOP])
def test_an_accepted_op_stands_in_the_journal_and_still_shows(
    store: Store, status: OpStatus
) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = edit("r1", title="Fiets")
    store.write(record(op)).result()
    theirs = Record("report", "r1", 3, {**BODY, "title": "Fiets", "description": "x"}, seq=9)
    given = theirs if status is OpStatus.MERGED else None
    settled = settle(store, OpResult(op.op_id, status, 3 if given else 2, given))
    assert settled.changes.has("report", "r1")
    body = shown(store, "r1")
    assert body is not None
    assert body["title"] == "Fiets"
    assert ("description" in body) == (given is not None)
    assert ids(store, outbox) == []
    assert ids(store, journal) == [op.op_id]


def test_what_only_central_fills_in_comes_with_the_feed_after_the_answer(store: Store) -> None:
    op = new_report("r1")
    store.write(record(op)).result()
    settle(store, OpResult(op.op_id, OpStatus.APPLIED, 1))
    central_has(store, Record("report", "r1", 1, {**BODY, "number": "2026-0001"}, seq=5))
    body = shown(store, "r1")
    assert body is not None
    assert body["number"] == "2026-0001"


def test_an_answer_after_the_feed_does_not_undo_what_others_did(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = edit("r1", title="Fiets")
    store.write(record(op)).result()
    store.write(lambda conn: box.next_batch(conn, person="ik", now=NOW)).result()
    central_has(store, Record("report", "r1", 3, {**BODY, "title": "Auto"}, seq=8))
    settle(store, OpResult(op.op_id, OpStatus.APPLIED, 2))
    assert (shown(store, "r1") or {})["title"] == "Auto"


def test_an_answer_after_the_feed_does_not_claim_again(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = command("r1", "claim")
    store.write(record(op)).result()
    store.write(lambda conn: box.next_batch(conn, person="ik", now=NOW)).result()
    central_has(store, Record("report", "r1", 3, {**BODY, "title": "weer vrij"}, seq=8))
    settle(store, OpResult(op.op_id, OpStatus.APPLIED, 2))
    assert (shown(store, "r1") or {})["status"] == "open"


def test_answers_to_unknown_ops_and_repeated_answers_change_nothing(store: Store) -> None:
    op = new_report("r1")
    store.write(record(op)).result()
    result = OpResult(op.op_id, OpStatus.APPLIED, 1)
    settle(store, OpResult("never heard of", OpStatus.CONFLICT), result)
    settle(store, result, OpResult("never heard of", OpStatus.GONE))
    assert ids(store, journal) == [op.op_id]
    assert ids(store, tray) == []


@pytest.mark.parametrize(
    "status", [OpStatus.CONFLICT, OpStatus.INVALID, OpStatus.DENIED, OpStatus.EXPIRED]
)
def test_a_refused_op_waits_in_the_tray_and_theirs_shows(store: Store, status: OpStatus) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = edit("r1", title="Fiets")
    store.write(record(op)).result()
    theirs = Record("report", "r1", 2, {**BODY, "title": "Auto"}, seq=7)
    settled = settle(store, OpResult(op.op_id, status, 2, theirs, ("title",)))
    assert settled.trayed == 1
    assert (shown(store, "r1") or {})["title"] == "Auto"
    (item,) = items(store)
    assert item.mine == (("Titel", "Fiets"),)
    assert item.theirs == (("Titel", "Auto"),)
    assert item.title == "Auto"
    assert item.why.endswith(".")
    assert store.read(lambda conn: box.counts(conn, "ik")).result().tray == 1
    assert items(store, "ander") == []


def test_doing_it_again_is_a_new_op_over_what_the_other_wrote(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = edit("r1", title="Fiets")
    store.write(record(op)).result()
    theirs = Record("report", "r1", 2, {**BODY, "title": "Auto"}, seq=7)
    settle(store, OpResult(op.op_id, OpStatus.CONFLICT, 2, theirs, ("title",)))
    decide(store, basket.redo, op.op_id)
    assert items(store) == []
    (again,) = store.write(lambda conn: box.next_batch(conn, person="ik", now=LATER)).result()
    assert again.op_id != op.op_id
    assert dict(again.was) == {"title": "Auto"}
    assert (shown(store, "r1") or {})["title"] == "Fiets"
    with pytest.raises(Refused):
        decide(store, basket.redo, op.op_id)


def test_another_person_cannot_settle_my_tray(store: Store) -> None:
    op = new_report("r1")
    store.write(record(op)).result()
    settle(store, OpResult(op.op_id, OpStatus.DENIED))
    with pytest.raises(Refused):
        decide(store, basket.drop, op.op_id, Actor("ander"))
    assert len(items(store)) == 1


def test_what_is_gone_can_be_put_back_as_new_with_all_of_its_fields(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, {**BODY, "number": "2026-0001"}, seq=1))
    op = edit("r1", title="Fiets")
    store.write(record(op)).result()
    central_has(store, Record("report", "r1", 2, {}, deleted=True, seq=2))
    assert shown(store, "r1") is None
    settle(store, OpResult(op.op_id, OpStatus.GONE, 2))
    (item,) = items(store)
    assert item.choices == ("restore_as_new", "drop")
    decide(store, basket.restore_as_new, op.op_id)
    (new,) = store.write(lambda conn: box.next_batch(conn, person="ik", now=LATER)).result()
    assert new.verb == "create"
    assert new.id != "r1"
    assert (new.set["title"], new.set["text"]) == ("Fiets", "rood")
    assert "number" not in new.set


def test_a_template_changed_by_two_is_kept_as_a_copy(store: Store) -> None:
    body = {"purpose": "broadcast", "kind": "general", "name": "Algemeen", "layout": "oud"}
    central_has(store, Record("template", "t1", 1, body, seq=1))
    op = edit("t1", was="oud", kind="template", layout="mijn")
    store.write(record(op)).result()
    theirs = Record("template", "t1", 2, {**body, "layout": "hun"}, seq=2)
    settle(store, OpResult(op.op_id, OpStatus.CONFLICT, 2, theirs, ("layout",)))
    assert "keep_as_copy" in items(store)[0].choices
    decide(store, basket.keep_as_copy, op.op_id)
    (copy,) = store.write(lambda conn: box.next_batch(conn, person="ik", now=LATER)).result()
    assert (copy.set["name"], copy.set["layout"]) == ("Algemeen (kopie)", "mijn")
    assert (shown(store, "t1", "template") or {})["layout"] == "hun"


def test_a_lost_claim_says_who_was_first_and_asks_nothing(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = command("r1", "claim")
    store.write(record(op)).result()
    assert (shown(store, "r1") or {})["holder"] == "ik"
    held = {**BODY, "status": "claimed", "holder": "ander", "lease_until": LATER}
    theirs = Record("report", "r1", 2, held, seq=2)
    settled = settle(store, OpResult(op.op_id, OpStatus.CONFLICT, 2, theirs, ("holder",), "held"))
    (lost,) = settled.lost
    assert (lost.report_id, lost.person, lost.holder) == ("r1", "ik", "ander")
    assert (settled.trayed, items(store)) == (0, [])
    assert (shown(store, "r1") or {})["holder"] == "ander"


def _group_of_two(store: Store) -> tuple[Op, Op]:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    first = Op("first", "update", "report", "r1", {"title": "a"}, {"title": None}, group="g")
    second = new_report("r2", group="g")
    store.write(record(first, second)).result()
    theirs = Record("report", "r1", 2, {**BODY, "title": "b"}, seq=2)
    settle(
        store,
        OpResult("first", OpStatus.CONFLICT, 2, theirs, ("title",)),
        OpResult(second.op_id, OpStatus.BLOCKED),
    )
    return first, second


def test_what_was_blocked_by_a_refusal_goes_again_with_it(store: Store) -> None:
    _first, second = _group_of_two(store)
    assert shown(store, "r2") is not None
    assert store.write(lambda c: box.next_batch(c, person="ik", now=LATER)).result() == []
    decide(store, basket.redo, "first")
    ops = store.write(lambda c: box.next_batch(c, person="ik", now=LATER)).result()
    assert [(op.kind, op.id) for op in ops] == [("report", "r1"), ("report", "r2")]
    assert len({op.group for op in ops}) == 1
    assert not {op.op_id for op in ops} & {"first", second.op_id}


def test_what_was_blocked_by_a_refusal_is_dropped_with_it_and_stays_traceable(
    store: Store,
) -> None:
    _first, second = _group_of_two(store)
    decide(store, basket.drop, "first")
    assert shown(store, "r2") is None
    assert ids(store, outbox) == []
    assert set(ids(store, tray)) == {"first", second.op_id}
    assert items(store) == []


def test_an_op_that_spoils_every_batch_is_parked(store: Store) -> None:
    bad, good = new_report("r1"), new_report("r2")
    store.write(record(bad, good)).result()
    store.write(lambda conn: box.poison(conn, bad.op_id, now=NOW)).result()
    ops = store.write(lambda c: box.next_batch(c, person="ik", now=LATER)).result()
    assert [op.op_id for op in ops] == [good.op_id]
    assert items(store)[0].choices == ("drop",)


def test_the_journal_is_offered_again_in_its_old_order_and_forgets_after_two_weeks(
    store: Store,
) -> None:
    ops = [new_report(f"r{number}") for number in range(3)]
    store.write(record(*ops)).result()
    settle(store, *(OpResult(op.op_id, OpStatus.APPLIED, 1) for op in reversed(ops)))
    again = store.read(lambda conn: box.journal_after(conn, "ik")).result()
    assert [op.op_id for _, op in again] == [op.op_id for op in ops]
    refused = OpResult(ops[1].op_id, OpStatus.INVALID, code="fields")
    store.write(lambda conn: box.settle(conn, [refused], now=LATER)).result()
    assert [item.op_id for item in items(store)] == [ops[1].op_id]
    assert store.write(lambda c: box.purge_journal(c, "2026-03-20T00:00:00.000Z")).result() == 0
    assert store.write(lambda c: box.purge_journal(c, "2026-03-25T00:00:00.000Z")).result() == 2


def test_the_line_of_history_of_a_lost_claim_goes_with_it(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    claim = Op("claim", "command", "report", "r1", {}, command="claim", group="g")
    line = {"subject_kind": "report", "subject_id": "r1", "what": "claimed", "by": "ik"}
    logged = Op("line", "create", "log_entry", "l1", line, group="g")
    store.write(record(claim, logged)).result()
    held = {**BODY, "status": "claimed", "holder": "ander", "lease_until": LATER}
    theirs = Record("report", "r1", 2, held, seq=2)
    settled = settle(
        store,
        OpResult("claim", OpStatus.CONFLICT, 2, theirs, ("holder",), "held"),
        OpResult("line", OpStatus.BLOCKED),
    )
    assert [one.op_id for one in settled.lost] == ["claim"]
    assert items(store) == []
    assert ids(store, outbox) == []
    assert set(ids(store, journal)) == {"claim", "line"}
    assert shown(store, "l1", "log_entry") is None
