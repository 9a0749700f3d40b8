"""The engine with a real local file and a real central (sync.md §7, §10)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from central.problems import Refusal
from console.services.desk import Unit
from console.storage import outbox
from console.storage.projection import confirmed, shown
from console.sync.status import SyncState
from contract import routes
from contract.op import Actor, Op, Record
from contract.problems import ProblemCode
from tests.helpers.breakable import Fault
from tests.helpers.central_line import CentralLine, new_id, op, report
from tests.helpers.joined import Joined

BODY = {
    "category": "vehicle",
    "text": "Busje rijdt rondjes",
    "place": "Havenweg",
    "heard_at": "2026-03-14T12:58:00.000Z",
}


def write_report(joined: Joined, **fields: Any) -> str:
    made: str = joined.desk.act(lambda unit: unit.create("report", {**BODY, **fields})).result()
    return made


def look(joined: Joined, kind: str, record_id: str) -> Record | None:
    found: Record | None = joined.store.read(lambda conn: shown(conn, kind, record_id)).result()
    return found


def queue(joined: Joined) -> int:
    person = joined.central.person
    return joined.store.read(lambda conn: outbox.counts(conn, person)).result().queue


def same_everywhere(joined: Joined) -> None:
    """Check that the desk's confirmed records are central's, version for version (I3)."""
    for row in joined.central.records().values():
        kind, record_id = row["kind"], row["id"]
        here = joined.store.read(partial(confirmed, kind=kind, record_id=record_id)).result()
        assert here is not None, (kind, record_id)
        assert (here.ver, here.deleted) == (row["ver"], row["del"])
        if not row["del"]:
            assert {k: v for k, v in here.body.items() if v is not None} == {
                k: v for k, v in row["body"].items() if v is not None
            }


def test_the_first_sign_in_fetches_what_a_team_starts_with(joined: Joined) -> None:
    assert joined.engine.status.now.state is SyncState.LIVE
    same_everywhere(joined)
    person = look(joined, "person", joined.central.person)
    assert person is not None
    assert "account_holder" in person.body["roles"]


def test_an_act_reaches_central_and_comes_back_with_its_number(joined: Joined) -> None:
    made = write_report(joined)
    assert queue(joined) == 1
    joined.step()
    assert queue(joined) == 0
    record = look(joined, "report", made)
    assert record is not None
    assert (record.ver, record.body["number"]) == (1, "0314-001")
    same_everywhere(joined)


def test_what_others_do_arrives_and_is_published(joined: Joined) -> None:
    heard: list[Any] = []
    joined.store.subscribe(heard.append)
    made = report()
    joined.central.push(made)
    joined.step()
    assert any(changes.has("report", made["id"]) for changes in heard)
    same_everywhere(joined)


def test_offline_work_waits_and_goes_when_the_line_is_back(joined: Joined) -> None:
    joined.line.down = True
    made = write_report(joined)
    joined.desk.act(lambda unit: unit.command("report", made, "claim")).result()
    pauses = [joined.step() for _ in range(8)]
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    assert joined.engine.status.now.state is SyncState.OFFLINE
    assert (joined.engine.status.now.queue, queue(joined)) == (2, 2)
    joined.line.down = False
    assert joined.step() == 5.0
    assert queue(joined) == 0
    assert joined.central.records("report")[made]["body"]["holder"] == joined.central.person
    same_everywhere(joined)


@pytest.mark.parametrize(
    "fault", [Fault.REFUSE, Fault.OVERLOADED, Fault.LOSE_REPLY, Fault.CUT_REPLY]
)
def test_a_broken_push_loses_nothing_and_doubles_nothing(joined: Joined, fault: Fault) -> None:
    joined.line.only = "/ops"
    joined.line.faults.append(fault)
    made = write_report(joined)
    joined.step()
    assert queue(joined) == 1
    joined.step()
    assert queue(joined) == 0
    assert joined.central.records("report")[made]["ver"] == 1
    same_everywhere(joined)


@pytest.mark.parametrize(
    "fault", [Fault.REFUSE, Fault.OVERLOADED, Fault.LOSE_REPLY, Fault.CUT_REPLY]
)
def test_a_broken_page_is_thrown_away_and_asked_again(joined: Joined, fault: Fault) -> None:
    made = [report() for _ in range(20)]
    joined.central.push(*made)
    joined.line.only = "/changes"
    joined.line.faults.append(fault)
    joined.step()
    assert look(joined, "report", made[0]["id"]) is None
    joined.step()
    same_everywhere(joined)


def test_a_desk_that_dies_between_send_and_answer_sends_again_and_nothing_doubles(
    joined: Joined,
) -> None:
    made = write_report(joined)
    person, team = joined.central.person, joined.central.team
    ops = joined.store.write(
        lambda conn: outbox.next_batch(conn, person=person, now="2026-03-14T13:00:00.000Z")
    ).result()
    joined.run(joined.gateway.push(team, ops))  # central did it; the answer is never taken in
    joined.shut()
    joined.open()
    joined.sign_in(person)
    assert queue(joined) == 0
    assert joined.central.records("report")[made]["ver"] == 1
    same_everywhere(joined)


def test_ops_are_sent_only_for_the_person_who_is_signed_in(joined: Joined) -> None:
    first, other = joined.central.person, joined.central.add_person("operator")
    joined.line.down = True
    mine = write_report(joined)
    joined.step()
    joined.line.down = False
    joined.sign_in(other)
    assert mine not in joined.central.records("report")
    assert joined.engine.status.now.others == 1
    joined.sign_in(first)
    assert joined.central.records("report")[mine]["by"] == first


def test_a_refused_op_reaches_the_tray_and_the_screen_shows_the_truth(joined: Joined) -> None:
    made = write_report(joined)
    joined.step()
    joined.central.push(
        op("update", "report", made, set={"place": "Kade"}, was={"place": "Havenweg"})
    )
    joined.desk.act(lambda unit: unit.update("report", made, place="Plein")).result()
    joined.step()
    status = joined.engine.status.now
    assert (status.queue, status.tray) == (0, 1)
    record = look(joined, "report", made)
    assert record is not None
    assert record.body["place"] == "Kade"


def test_an_op_that_spoils_every_batch_ends_in_the_tray_and_frees_the_others(
    joined: Joined,
) -> None:
    good = write_report(joined)
    poison = new_id()

    def spoil(unit: Unit) -> None:
        unit.create("log_entry", {"subject_kind": "report", "subject_id": good, "what": "note"})
        outbox.record_op(
            unit.conn,
            _too_many_needs(poison),
            actor=Actor(unit.person.id),
            now=unit.now,
        )

    joined.desk.act(spoil).result()
    last = write_report(joined)
    for _ in range(20):
        joined.step()
    status = joined.engine.status.now
    assert (status.queue, status.tray) == (0, 1)
    assert {good, last} <= set(joined.central.records("report"))
    assert poison not in joined.central.records("report")


def _too_many_needs(record_id: str) -> Any:
    # Central refuses the whole request: an op may name at most 500 others.
    needs = tuple(new_id() for _ in range(routes.MAX_OPS + 1))
    return Op(new_id(), "create", "report", record_id, BODY, after=needs)


def test_a_central_put_back_is_noticed_and_gets_the_lost_work_again(
    central: CentralLine, joined: Joined, tmp_path: Any
) -> None:
    kept = write_report(joined)
    joined.step()
    copy = tmp_path / "backup.db"
    central.office.database.copy_to(copy)
    lost = write_report(joined)
    joined.step()
    joined.shut()
    person = central.person
    central.close()
    copy.replace(central.path)
    with CentralLine(central.path) as restored:
        restored.watch = central.watch
        restored.team = central.team
        restored.sign_in(person)
        assert lost not in restored.records("report")
        joined.central = restored
        joined.open()
        joined.sign_in(person)
        joined.step()
        joined.step()
        assert {kept, lost} <= set(restored.records("report"))
        same_everywhere(joined)


def test_a_desk_whose_history_was_collected_fetches_everything_again(joined: Joined) -> None:
    from sqlalchemy import update

    from central.models.sync import team_head

    kept = write_report(joined)
    joined.step()
    gone = report()
    joined.central.push(gone)
    head = joined.central.page()[1]["head"]
    joined.central.office.database.write_now(
        lambda conn: conn.execute(update(team_head).values(floor_seq=head))
    )
    waiting = write_report(joined)
    joined.step()
    joined.step()
    assert joined.engine.status.now.state is SyncState.LIVE
    for record_id in (kept, gone["id"], waiting):
        assert look(joined, "report", record_id) is not None


def test_tokens_that_ran_out_are_renewed_in_between(joined: Joined) -> None:
    joined.move(minutes=20)
    write_report(joined)
    joined.step()
    assert queue(joined) == 0
    joined.move(hours=30)
    write_report(joined)
    joined.step()
    assert queue(joined) == 0
    assert joined.engine.status.now.state is SyncState.LIVE


def test_signing_out_stops_the_exchange_and_keeps_the_queue(joined: Joined) -> None:
    joined.run(joined.engine.sign_out())
    asked = len(joined.line.asked)
    write_report(joined)
    joined.step()
    assert len(joined.line.asked) == asked
    assert joined.engine.status.now.state is SyncState.SIGNED_OUT
    assert queue(joined) == 1


def test_a_central_that_asks_for_everything_again_and_again_is_given_rest(
    joined: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.sync.service._start", _resync_always)
    assert [joined.step() for _ in range(4)] == [0.0, 2.0, 4.0, 8.0]


def _resync_always(*_: object) -> int:
    raise Refusal(ProblemCode.RESYNC_REQUIRED)
