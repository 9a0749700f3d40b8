"""A desk that worked alone goes over to a team's central and loses nothing (sync.md §8a)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain import joining as pure
from console.domain.person import Person
from console.services.desk import Desk, Unit
from console.storage import joining as local
from console.storage import replica
from console.sync.engine import SyncEngine
from console.sync.failures import LineDown
from console.sync.gateway import Gateway
from console.sync.joining import Brought, bring, collect
from console.sync.policy import Pace
from contract.joining import JoinResult
from contract.op import Record
from tests.console.sync.test_engine import BODY, same_everywhere
from tests.helpers.breakable import Breakable, Fault
from tests.helpers.central_line import SECRET, CentralLine, new_id, op
from tests.helpers.joined import Joined


@pytest.fixture
def team(tmp_path: Path) -> Iterator[CentralLine]:
    """Return the central of a team that has an area and a group already."""
    with CentralLine(tmp_path / "team.db") as made:
        made.set_up(name="Sanne de Wit")
        made.push(
            op("create", "area", "b1", set={"name": "Kust", "level": "district", "code": "WK1"}),
            op("create", "group", "h1", set={"name": "Duinwacht", "kind": "neighbourhood"}),
        )
        yield made


def test_halfway_the_line_breaks_and_nothing_is_lost_or_doubled(
    joined: Joined, team: CentralLine
) -> None:
    reports = _a_lone_desk_at_work(joined)
    with _line_to(joined, team) as there:
        mine, _ = joined.run(collect(joined.gateway, joined.central.team))
        theirs, _ = joined.run(collect(there.gateway, team.team))
        found = pure.preview(mine, theirs)
        same = {pair.key: pair.theirs.id for pair in found.to_decide}
        assert {key[1]: at for key, at in same.items()} == {
            "a1": "b1",
            "g1": "h1",
            joined.central.person: team.person,
        }
        plan = pure.plan(mine, theirs, same, {})
        join_id = new_id()
        told: list[tuple[int, int]] = []
        there.line.only, there.line.faults = "records", _later(Fault.LOSE_REPLY)
        for _ in range(2):
            try:
                came = joined.run(_pieces_of(2, there, team, join_id, plan.records, told))
            except LineDown:
                continue
        assert came.left == ()
        assert came.added + came.same == len(plan.records)
        assert came.same >= 2, "the first pieces were there already"
    there_now = team.records("report")
    assert set(there_now) == set(reports)
    assert {one["body"]["area_id"] for one in there_now.values()} == {"b1"}
    assert {one["body"]["holder"] for one in there_now.values()} == {team.person}
    entries = team.records("log_entry").values()
    assert {one["body"]["by"] for one in entries} == {team.person}
    assert len(team.records("area")) == 1
    assert len(team.records("group")) == 1


def test_after_going_over_the_desk_holds_what_the_team_holds(
    joined: Joined, team: CentralLine
) -> None:
    reports = _a_lone_desk_at_work(joined)
    team.push(op("create", "report", "theirs", set=BODY))
    with _line_to(joined, team) as there:
        mine, _ = joined.run(collect(joined.gateway, joined.central.team))
        theirs, _ = joined.run(collect(there.gateway, team.team))
        same = {pair.key: pair.theirs.id for pair in pure.preview(mine, theirs).to_decide}
        plan = pure.plan(mine, theirs, same, {})
        joined.run(bring(there.gateway, team.team, new_id(), plan.records, lambda *_: None))
        joined.store.write(lambda conn: local.go_over(conn, team.team)).result()
        engine = SyncEngine(joined.store, there.gateway, joined.clock, pace=Pace())
        for _ in range(3):
            joined.run(engine.step())
        assert engine.status.now.state == "live"
        joined.central, joined.gateway = team, there.gateway
        same_everywhere(joined)
        assert not [path for path in there.line.asked if path.endswith("/ops")], (
            "what went along as records is not offered once more as ops"
        )
        desk = Desk(joined.store, joined.clock, station="balie 1")
        desk.person = Person(team.person, "Sanne de Wit", ("account_holder", "operator"))
        desk.act(lambda unit: unit.update("report", reports[0], title="Na het aansluiten")).result()
        joined.run(engine.step())
        assert team.records("report")[reports[0]]["body"]["title"] == "Na het aansluiten"


def test_going_over_waits_for_what_is_unsent_or_undecided(joined: Joined) -> None:
    joined.desk.act(lambda unit: unit.create("report", BODY)).result()
    assert joined.store.read(local.undecided).result() == (1, 0)
    joined.step()
    assert joined.store.read(local.undecided).result() == (0, 0)


def test_a_joining_under_way_is_remembered_over_a_restart(joined: Joined) -> None:
    kept = {"id": new_id(), "address": "https://centrale.example", "same": [["area", "a1", "b1"]]}
    joined.store.write(lambda conn: local.keep_under_way(conn, kept)).result()
    joined.shut()
    joined.open()
    assert joined.store.read(local.under_way).result() == kept
    joined.store.write(lambda conn: local.go_over(conn, "another")).result()
    assert joined.store.read(local.under_way).result() == {}
    position = joined.store.read(lambda conn: replica.position(conn, "another")).result()
    assert position.cursor == local.FETCH_ALL


class _Line:
    """A line of the lone desk to the team's central, signed in as its account holder."""

    def __init__(self, joined: Joined, team: CentralLine) -> None:
        self._joined, self._team = joined, team
        self.line = Breakable(team.app)
        self.gateway = Gateway("http://central", self.line, device="desk-a", secret=SECRET)

    def __enter__(self) -> _Line:
        self._joined.run(self.gateway.__aenter__())
        self._joined.run(self.gateway.sign_in(self._team.person))
        return self

    def __exit__(self, *_: object) -> None:
        self._joined.run(self.gateway.__aexit__())


def _line_to(joined: Joined, team: CentralLine) -> _Line:
    return _Line(joined, team)


def _a_lone_desk_at_work(joined: Joined) -> list[str]:
    def work(unit: Unit) -> list[str]:
        unit.create("area", {"name": "Kust", "level": "district", "code": "wk1"}, "a1")
        unit.create("group", {"name": "duinwacht", "kind": "neighbourhood"}, "g1")
        made = []
        for number in range(3):
            made.append(unit.create("report", {**BODY, "area_id": "a1"}))
            unit.command("report", made[-1], "claim")
            unit.log("report", made[-1], "note", f"regel {number}")
        return made

    made = joined.desk.act(work).result()
    joined.step()
    return made


def _later(fault: Fault) -> deque[Fault]:
    return deque([Fault.NONE, fault])


async def _pieces_of(
    most: int,
    there: _Line,
    team: CentralLine,
    join_id: str,
    records: tuple[Record, ...],
    told: list[tuple[int, int]],
) -> Brought:
    """Send in small requests, so that a break falls in between."""
    added = same = 0
    left: tuple[JoinResult, ...] = ()
    for at in range(0, len(records), most):
        piece = records[at : at + most]
        came = await bring(
            there.gateway, team.team, join_id, piece, lambda done, of: told.append((done, of))
        )
        added, same, left = added + came.added, same + came.same, left + came.left
    return Brought(added, same, left)
