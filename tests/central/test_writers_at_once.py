"""Many writers at once, one feed: nothing is missed, nothing is done twice (sync.md §2, I9, T4)."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from central.database import postgres
from contract import routes
from contract.messages import PushRequest
from tests.helpers.central_line import CentralLine, new_id, op, report
from tests.helpers.writers import Follower, Job, job_of, opened, push_until_answered, write

WRITERS = 8
KILLS = 20


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    """Processes that have read the program already."""
    with ProcessPoolExecutor(WRITERS, multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.fixture
def server_line(postgres_url: str) -> Iterator[CentralLine]:
    """A central on PostgreSQL alone."""
    with CentralLine(postgres_url) as made:
        made.set_up()
        yield made


def _follower(line: CentralLine) -> Follower:
    follower = Follower(line.office.database, line.team)
    follower.catch_up()
    follower.seen.clear()
    return follower


def _any_running(work: list[Future[Any]]) -> bool:
    return not all(one.done() for one in work)


def test_eight_processes_write_and_the_follower_sees_every_number_in_its_turn(
    line: CentralLine, place: Path | str, processes: ProcessPoolExecutor
) -> None:
    follower = _follower(line)
    job = job_of(line, place, commits=6, reports=2)
    work = [processes.submit(write, job) for _ in range(WRITERS)]
    follower.follow(lambda: _any_running(work))
    made = [record for one in work for record in one.result()]
    assert len(made) == len(set(made)) == WRITERS * 6 * 2
    assert follower.gaps == []
    assert sorted(follower.seen) == sorted(made)
    numbers = [row["body"]["number"] for row in line.records("report").values()]
    assert sorted(numbers) == [f"0314-{n:03d}" for n in range(1, len(made) + 1)]


def test_a_number_taken_early_loses_rows_under_the_same_follower(
    server_line: CentralLine, postgres_url: str
) -> None:
    follower = _follower(server_line)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE SEQUENCE early START {follower.last + 1}".encode())

    def naive(_: int) -> list[str]:
        made = []
        with psycopg.connect(postgres_url) as connection:
            for _ in range(25):
                made.append(new_id())
                _take_a_number_first(connection, server_line.team, made[-1])
        return made

    with ThreadPoolExecutor(WRITERS) as threads:
        work = [threads.submit(naive, n) for n in range(WRITERS)]
        follower.follow(lambda: _any_running(work))
        made = [record for one in work for record in one.result()]
    assert follower.gaps
    assert set(made) - set(follower.seen)


def _take_a_number_first(connection: psycopg.Connection[Any], team: str, record: str) -> None:
    """Write a row as a plain sequence would have it: the number first, then the work."""
    found = connection.execute("SELECT nextval('early')").fetchone()
    assert found is not None
    seq = found[0]
    connection.execute("SELECT pg_sleep(random() * 0.01)")
    connection.execute(
        "INSERT INTO sync_record (team, kind, id, ver, seq, deleted, body, schema_v, at, by) "
        "VALUES (%s, 'check', %s, 1, %s, false, '{}', 1, '', '')",
        (team, record, seq),
    )
    connection.execute(
        "INSERT INTO sync_commit VALUES (%s, %s, %s, '', '', '')", (team, seq, f"n{seq}")
    )
    connection.execute("UPDATE team_head SET seq = greatest(seq, %s) WHERE team = %s", (seq, team))
    connection.commit()


def test_one_record_changed_by_all_keeps_every_change(line: CentralLine, place: Path | str) -> None:
    made = report()
    line.push(made)
    start = line.records("report")[made["id"]]["ver"]
    job = job_of(line, place, commits=0)

    def change(number: int) -> None:
        for turn in range(4):
            field = f"x_{number}_{turn}"
            batch = {"ops": [op("update", "report", made["id"], set={field: 1}, was={field: None})]}
            push_until_answered(line.office.database, job, PushRequest.model_validate(batch))

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(change, range(WRITERS)))
    record = line.records("report")[made["id"]]
    assert record["ver"] == start + WRITERS * 4
    assert {f"x_{n}_{t}" for n in range(WRITERS) for t in range(4)} <= set(record["body"])


def test_creates_of_one_id_at_once_give_one_record_and_a_conflict_for_the_rest(
    line: CentralLine,
) -> None:
    record = new_id()
    barrier = threading.Barrier(WRITERS)
    job = job_of(line, "", commits=0)
    ops = [report(record, text=f"Tekst {n}") for n in range(WRITERS)]

    def create(one: dict[str, Any]) -> None:
        barrier.wait(30)
        batch = PushRequest.model_validate({"ops": [one]})
        push_until_answered(line.office.database, job, batch)

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(create, ops))
    results = [
        line.call("GET", routes.ops(line.team, one["op_id"])).json()["status"] for one in ops
    ]
    assert sorted(results) == ["applied"] + ["conflict"] * (WRITERS - 1)
    assert line.records("report")[record]["ver"] == 1


def test_one_op_sent_by_eight_at_once_is_done_once(line: CentralLine) -> None:
    made = report()
    line.push(made)
    before = line.page()[1]["head"]
    once = op("update", "report", made["id"], set={"place": "Strand"}, was={"place": "Kerkplein"})
    barrier = threading.Barrier(WRITERS)
    job = job_of(line, "", commits=0)

    def send(_: int) -> None:
        barrier.wait(30)
        batch = PushRequest.model_validate({"ops": [once]})
        push_until_answered(line.office.database, job, batch)

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(send, range(WRITERS)))
    assert line.page()[1]["head"] == before + 1
    assert line.push(once)[0]["status"] == "applied"


def test_two_who_leave_at_once_do_not_leave_the_team_without_a_keeper(line: CentralLine) -> None:
    second = line.add_person("account_holder")
    barrier = threading.Barrier(2)
    job = job_of(line, "", commits=0)

    def leave(person: str) -> str:
        had = line_roles[person]
        one = op("update", "person", person, set={"roles": ["operator"]}, was={"roles": had})
        barrier.wait(30)
        batch = PushRequest.model_validate({"ops": [one]})
        push_until_answered(line.office.database, job, batch)
        return str(one["op_id"])

    line_roles = {
        person: line.records("person")[person]["body"]["roles"] for person in (line.person, second)
    }
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(leave, line_roles))
    roles = [row["body"]["roles"] for row in line.records("person").values()]
    assert sum("account_holder" in one for one in roles) == 1


def test_a_transaction_left_open_by_another_program_does_not_hold_the_feed(
    server_line: CentralLine, postgres_url: str
) -> None:
    follower = _follower(server_line)
    with psycopg.connect(postgres_url) as stranger:
        stranger.execute("SELECT txid_current()")
        stranger.execute("INSERT INTO team VALUES ('other', 'Ander team', '')")
        made = report()
        server_line.push(made)
        follower.catch_up()
        assert made["id"] in follower.seen
        stranger.rollback()


def test_a_writer_that_freezes_is_cut_off_and_the_others_go_on(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(postgres.WRITER, "idle_in_transaction_session_timeout", "400ms")
    with CentralLine(postgres_url) as line:
        line.set_up()
        with opened(postgres_url) as frozen, frozen.backend.writer.connect() as connection:
            connection.exec_driver_sql("UPDATE team_head SET seq = seq + 1")
            made = report()
            # Waits for the counter until the frozen one is cut, well within its own time.
            assert line.push(made)[0]["status"] == "applied"
            connection.invalidate()
        rows, _ = line.page()
        assert len({row["seq"] for row in rows}) == len(rows)
        assert made["id"] in line.records("report")


def test_who_waits_too_long_for_a_record_is_told_to_come_back(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(postgres.WRITER, "lock_timeout", "200ms")
    with CentralLine(postgres_url) as line:
        line.set_up()
        made = report()
        line.push(made)
        change = op("update", "report", made["id"], set={"place": "Strand"}, was={})
        with psycopg.connect(postgres_url) as stranger:
            stranger.execute("SELECT 1 FROM sync_record WHERE id = %s FOR UPDATE", (made["id"],))
            answer = line.send(change)
            stranger.rollback()
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/overloaded")
        assert answer.headers["Retry-After"] == "1"
        assert line.call("GET", routes.ops(line.team, change["op_id"])).status_code == 404
        assert line.send(change).status_code == 200


def test_a_backend_killed_in_a_push_leaves_nothing_and_the_same_push_is_done_once(
    server_line: CentralLine, postgres_url: str
) -> None:
    line = server_line
    made = report()
    line.push(made)
    change = op("update", "report", made["id"], set={"place": "Strand"}, was={"place": "Kerkplein"})
    with (
        psycopg.connect(postgres_url) as stranger,
        psycopg.connect(postgres_url, autocommit=True) as killer,
        ThreadPoolExecutor(1) as thread,
    ):
        stranger.execute("SELECT 1 FROM sync_record WHERE id = %s FOR UPDATE", (made["id"],))
        under_way = thread.submit(line.send, change)
        _until(lambda: _kill_one_that_waits(killer))
        answer = under_way.result(30)
        stranger.rollback()
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/overloaded")
    assert line.records("report")[made["id"]]["ver"] == 1
    first = line.push(change)
    assert (first[0]["status"], first[0]["ver"]) == ("applied", 2)
    assert line.push(change) == first
    assert line.records("report")[made["id"]]["ver"] == 2


def test_backends_killed_at_any_moment_lose_and_double_nothing(
    server_line: CentralLine, postgres_url: str
) -> None:
    job: Job = job_of(server_line, postgres_url, commits=15)
    follower = _follower(server_line)
    kills = 0
    with (
        psycopg.connect(postgres_url, autocommit=True) as killer,
        ThreadPoolExecutor(3) as threads,
    ):
        work = [threads.submit(write, job) for _ in range(3)]
        # On a slow machine a push may take longer than the pause between two kills.
        while _any_running(work) and kills < KILLS:
            kills += _kill_one_that_writes(killer)
        made = [record for one in work for record in one.result()]
    assert kills
    follower.catch_up()
    assert sorted(follower.seen) == sorted(made)
    assert follower.gaps == []


def _kill_one_that_waits(connection: psycopg.Connection[Any]) -> int:
    return len(
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    )


def _kill_one_that_writes(connection: psycopg.Connection[Any]) -> int:
    # A pause at the server between two kills, so that the writers come forward at all.
    connection.execute("SELECT pg_sleep(0.03)")
    return len(
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state <> 'idle' "
            "AND datname = current_database() AND pid <> pg_backend_pid() "
            "AND application_name = 'buurtdesk-central' LIMIT 1"
        ).fetchall()
    )


def _until(condition: Callable[[], object]) -> None:
    for _ in range(20_000):
        if condition():
            return
    raise AssertionError("it did not come about")
