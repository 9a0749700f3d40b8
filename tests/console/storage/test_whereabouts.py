"""What became of an act is read from outbox, tray, journal and history together."""

from __future__ import annotations

from console.domain import whereabouts as w
from console.domain.whereabouts import Act
from console.storage import outbox as box
from console.storage import tray as basket
from console.storage.database import Store
from console.storage.whereabouts import whereabouts
from contract.op import Actor, Op, OpResult, Record
from contract.vocabulary import OpStatus
from tests.console.storage.test_settle import BODY, LATER, central_has, settle
from tests.helpers.units import ME, NOW, edit, new_report, record


def _acts(store: Store, kind: str = "report", record_id: str = "r1") -> tuple[Act, ...]:
    found = store.read(lambda conn: whereabouts(conn, kind, record_id, me="ik")).result()
    return found.acts


def _states(store: Store) -> list[str]:
    return [act.state for act in _acts(store)]


def test_an_act_goes_from_waiting_over_sent_to_accepted(store: Store) -> None:
    op = new_report("r1")
    store.write(record(op)).result()
    assert _states(store) == [w.WAITING]
    store.write(lambda conn: box.next_batch(conn, person="ik", now=LATER)).result()
    assert _states(store) == [w.SENT]
    settle(store, OpResult(op.op_id, OpStatus.APPLIED, 1))
    (act,) = _acts(store)
    assert (act.state, act.ver, act.what) == (w.ACCEPTED, 1, "Melding gemaakt")
    assert (act.station, act.op_id) == ("balie-1", op.op_id)


def test_a_refused_act_says_why_and_letting_go_shows(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = edit("r1", title="a")
    store.write(record(op)).result()
    theirs = Record("report", "r1", 2, {**BODY, "title": "b"}, seq=2)
    refused = OpResult(op.op_id, OpStatus.CONFLICT, 2, theirs, ("title",), "changed-meanwhile")
    settle(store, refused)
    (act,) = _acts(store)
    assert act.state == w.REFUSED
    assert act.why.startswith("Een ander heeft dit intussen veranderd.")
    store.write(lambda conn: basket.drop(conn, op.op_id, actor=ME, now=LATER)).result()
    assert _states(store) == [w.LET_GO]


def test_an_act_that_is_done_again_shows_both_times(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = edit("r1", title="a")
    store.write(record(op)).result()
    theirs = Record("report", "r1", 2, {**BODY, "title": "b"}, seq=2)
    settle(store, OpResult(op.op_id, OpStatus.CONFLICT, 2, theirs, ("title",)))
    store.write(lambda conn: basket.redo(conn, op.op_id, actor=ME, now=LATER)).result()
    assert sorted(_states(store)) == [w.SETTLED, w.WAITING]


def test_a_lost_claim_is_told_as_lost(store: Store) -> None:
    central_has(store, Record("report", "r1", 1, BODY, seq=1))
    op = Op("claim", "command", "report", "r1", {}, command="claim")
    store.write(record(op)).result()
    held = {**BODY, "status": "claimed", "holder": "ander", "lease_until": LATER}
    theirs = Record("report", "r1", 2, held, seq=2)
    settle(store, OpResult("claim", OpStatus.CONFLICT, 2, theirs, ("holder",), "held"))
    assert _states(store) == [w.LOST]


def test_what_another_desk_did_comes_from_the_history_with_its_time(store: Store) -> None:
    line = {
        "subject_kind": "report",
        "subject_id": "r1",
        "what": "claimed",
        "by": "ruben",
        "station": "balie 2",
        "made_at": NOW,
        "at": LATER,
    }
    central_has(
        store,
        Record("person", "ruben", 1, {"name": "Ruben Voorbeeld"}, seq=1),
        Record("report", "r1", 1, BODY, seq=2),
        Record("log_entry", "l1", 1, line, seq=3),
    )
    (act,) = _acts(store)
    assert (act.what, act.by_name, act.station) == ("Opgepakt", "Ruben Voorbeeld", "balie 2")
    assert (act.state, act.central_at, act.op_id) == (w.ELSEWHERE, LATER, "")


def test_central_s_time_of_an_own_act_comes_from_its_line_in_the_history(store: Store) -> None:
    op = new_report("r1")
    store.write(record(op, now=NOW)).result()
    settle(store, OpResult(op.op_id, OpStatus.APPLIED, 1))
    line = {"subject_kind": "report", "subject_id": "r1", "what": "created", "by": "ik"}
    central_has(store, Record("log_entry", "l1", 1, {**line, "made_at": NOW, "at": LATER}, seq=3))
    (act,) = _acts(store)
    assert act.central_at == LATER


def test_ops_of_another_person_of_this_desk_stay_theirs(store: Store) -> None:
    store.write(record(new_report("r1"), actor=Actor("ander", station="balie-1"))).result()
    assert _acts(store) == ()


def test_a_message_brings_what_was_said_of_its_groups(store: Store) -> None:
    body = {"post_id": "p1", "group_id": "g1", "state": "pending"}
    central_has(store, Record("placement", "pl", 1, body, seq=3))
    op = Op("copy", "command", "placement", "pl", {}, command="copied")
    store.write(record(op)).result()
    (act,) = _acts(store, "post", "p1")
    assert (act.what, act.state) == ("Tekst gekopieerd", w.WAITING)
    assert act.short_id == "copy"
