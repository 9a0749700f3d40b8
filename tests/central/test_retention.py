"""History is kept as long as a desk may be away and goes in one piece (sync.md §3, §5)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from central.models.sync import sync_commit, sync_op, sync_record
from central.sync.retention import Collected, collect, collect_all
from contract import routes
from tests.helpers.central_line import CentralLine, op, report

LATER = routes.GRAVE_DAYS + 1


def collected(line: CentralLine) -> Collected:
    moment = line.office.moment()
    return line.office.database.write_now(lambda conn: collect(conn, line.team, moment))


def counts(line: CentralLine) -> dict[str, int]:
    return line.office.database.read_now(
        lambda conn: {
            table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (sync_record, sync_commit, sync_op)
        }
    )


def renewed(line: CentralLine, **by: float) -> None:
    """Let time pass, and sign in again."""
    line.watch.move(**by)
    line.sign_in(line.person)


def test_the_times_fit_each_other() -> None:
    assert routes.OFFLINE_DAYS <= routes.GRAVE_DAYS <= routes.RESULT_DAYS


def test_nothing_goes_while_a_desk_may_still_be_away(line: CentralLine) -> None:
    gone = report()
    line.push(gone)
    line.push(op("delete", "report", gone["id"], base_ver=1))
    before, cursor = counts(line), line.page()[1]["cursor"]
    renewed(line, days=routes.OFFLINE_DAYS)
    assert collected(line) == Collected(0, 0, 0, 0)
    assert counts(line) == before
    assert line.page(cursor)[0] == []


def test_a_desk_from_before_the_floor_fetches_everything_and_misses_nothing(
    line: CentralLine,
) -> None:
    gone, kept = report(), report()
    line.push(gone, kept)
    early = line.page()[1]["cursor"]
    line.push(op("delete", "report", gone["id"], base_ver=1))
    renewed(line, days=LATER)
    young = report()
    line.push(young)
    late = line.page()[1]["cursor"]
    done = collected(line)
    assert (done.graves, done.floor_seq > 0) == (1, True)
    for after in (early, ""):
        answer = line.call("GET", f"{routes.changes(line.team)}?after={after}")
        assert (answer.status_code, answer.json()["type"]) == (410, "/problems/resync-required")
    snapshot = line.call("GET", routes.snapshot(line.team)).text
    assert kept["id"] in snapshot
    assert young["id"] in snapshot
    assert gone["id"] not in snapshot
    assert line.page(late)[0] == []


def test_a_desk_at_the_floor_itself_goes_on(line: CentralLine) -> None:
    line.push(report())
    cursor = line.page()[1]["cursor"]
    renewed(line, days=LATER)
    done = collected(line)
    assert done.floor_seq == line.page(cursor)[1]["head"]
    made = report()
    assert line.send(made, witness=cursor).status_code == 200
    assert [row["id"] for row in line.page(cursor)[0]] == [made["id"]]


def test_a_witness_from_before_the_floor_still_lets_a_desk_send(line: CentralLine) -> None:
    early = line.page()[1]["cursor"]
    line.push(report())
    renewed(line, days=LATER)
    line.push(report())
    collected(line)
    assert line.send(report(), witness=early).status_code == 200


def test_answers_outlive_graves_and_then_go_too(line: CentralLine) -> None:
    made = report()
    first = line.push(made)
    renewed(line, days=LATER)
    collected(line)
    assert line.push(made) == first
    renewed(line, days=routes.RESULT_DAYS - LATER + 1)
    assert collected(line).answers > 0
    assert line.call("GET", routes.ops(line.team, made["op_id"])).status_code == 404
    # Even then the id of the record itself keeps the op from being done twice.
    assert line.push(made)[0]["status"] == "conflict"


def test_a_second_round_finds_nothing_to_do(line: CentralLine) -> None:
    line.push(report())
    renewed(line, days=LATER)
    line.push(report())
    first = collected(line)
    assert first.commits > 0
    assert collected(line) == Collected(0, 0, 0, first.floor_seq)


def test_a_clock_that_leapt_back_keeps_history_in_one_piece(line: CentralLine) -> None:
    line.push(report())
    renewed(line, days=LATER)
    line.push(report())
    young = line.page()[1]["cursor"]
    line.watch.at -= timedelta(days=LATER)
    line.sign_in(line.person)
    line.push(report())
    line.watch.at += timedelta(days=LATER)
    line.sign_in(line.person)
    collected(line)
    assert len(line.page(young)[0]) == 1


def test_every_team_has_its_turn(line: CentralLine) -> None:
    line.push(report())
    renewed(line, days=LATER)
    moment = line.office.moment()
    done = line.office.database.write_now(lambda conn: collect_all(conn, moment))
    assert list(done) == [line.team]
