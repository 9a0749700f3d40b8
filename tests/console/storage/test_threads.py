"""The one writer and the readers: group commit, order, lanes and closing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

import pytest
from sqlalchemy import Connection, text

from console.domain.changes import Changes
from console.domain.failures import StorageTrouble
from console.storage import outbox
from console.storage.database import Store
from tests.helpers.units import new_report, record

ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
)


def count_reports(conn: Connection) -> int:
    return int(conn.execute(text("SELECT count(*) FROM rec_report")).scalar_one())


def test_a_thousand_units_share_a_few_commits_and_each_is_answered_after_its_commit(
    store: Store,
) -> None:
    before = store.writer.commits
    seen_by_readers: list[int] = []

    def look(_: Future[Any]) -> None:
        # Another connection sees only what is committed.
        seen_by_readers.append(store.read(count_reports).result(timeout=30))

    held = threading.Event()
    first = store.write(lambda conn: held.wait(timeout=30))
    futures = [store.write(record(new_report(f"r{number}"))) for number in range(1000)]
    futures[0].add_done_callback(look)
    futures[-1].add_done_callback(look)
    held.set()
    assert first.result()
    for future in futures:
        assert future.result(timeout=60)
    assert seen_by_readers[0] >= 1
    assert store.read(count_reports).result() == 1000
    assert store.writer.commits - before <= 20


def test_a_failing_unit_does_not_drag_down_its_neighbours(store: Store) -> None:
    held = threading.Event()
    store.write(lambda conn: held.wait(timeout=30))

    def half(conn: Connection) -> None:
        record(new_report("half"))(conn)
        raise ValueError("bug")

    good = store.write(record(new_report("r1")))
    bad = store.write(half)
    also_good = store.write(record(new_report("r2")))
    held.set()
    good.result()
    also_good.result()
    with pytest.raises(ValueError, match="bug"):
        bad.result()
    assert store.read(count_reports).result() == 2


def test_a_unit_that_loses_the_shared_transaction_loses_only_itself(store: Store) -> None:
    """SQLite itself rolls back a whole transaction when, for one, the disk is full."""
    held = threading.Event()
    store.write(lambda conn: held.wait(timeout=30))

    def loses_all(conn: Connection) -> None:
        conn.exec_driver_sql("ROLLBACK")
        raise ValueError("all is lost")

    before = store.write(record(new_report("r1")))
    bad = store.write(loses_all)
    after = store.write(record(new_report("r2")))
    held.set()
    assert before.result(timeout=30)
    assert after.result(timeout=30)
    with pytest.raises(ValueError, match="all is lost"):
        bad.result(timeout=30)
    assert store.read(count_reports).result() == 2


def _saying(seen: list[int], number: int) -> Callable[[Connection], None]:
    def work(_: Connection) -> None:
        seen.append(number)

    return work


def test_units_are_done_in_the_order_they_were_asked(store: Store) -> None:
    seen: list[int] = []
    futures = [store.write(_saying(seen, number)) for number in range(50)]
    for future in futures:
        future.result()
    assert seen == list(range(50))


def test_a_unit_cancelled_before_its_turn_is_not_done(store: Store) -> None:
    held = threading.Event()
    store.write(lambda conn: held.wait(timeout=30))
    future = store.write(record(new_report("r1")))
    assert future.cancel()
    held.set()
    store.write(lambda conn: None).result()
    assert store.read(count_reports).result() == 0


def test_a_newer_read_on_a_lane_stops_the_older_one(store: Store) -> None:
    started = threading.Event()

    def endless(conn: Connection) -> Any:
        started.set()
        return conn.execute(ENDLESS).scalar()

    older = store.read(endless, lane="search")
    assert started.wait(timeout=30)
    queued = store.read(endless, lane="search")
    newer = store.read(count_reports, lane="search")
    assert newer.result(timeout=30) == 0
    for future in (older, queued):
        with pytest.raises(CancelledError):
            future.result(timeout=30)
    assert store.read(count_reports).result(timeout=30) == 0


def test_stopped_reads_free_their_threads(store: Store) -> None:
    started = [threading.Event(), threading.Event()]

    def endless(mark: threading.Event) -> Callable[[Connection], Any]:
        def work(conn: Connection) -> Any:
            mark.set()
            return conn.execute(ENDLESS).scalar()

        return work

    for lane, mark in zip("ab", started, strict=True):
        store.read(endless(mark), lane=lane)
        assert mark.wait(timeout=30)
    # Both threads are taken, so an answer proves that an older read ended early.
    newer = [store.read(count_reports, lane=lane) for lane in "ab"]
    assert [future.result(timeout=30) for future in newer] == [0, 0]


def test_reads_on_other_lanes_go_on(store: Store) -> None:
    gate = threading.Event()

    def waits(conn: Connection) -> str:
        gate.wait(timeout=30)
        return "done"

    one = store.read(waits, lane="list")
    other = store.read(waits, lane="search")
    gate.set()
    assert (one.result(timeout=30), other.result(timeout=30)) == ("done", "done")


def test_a_read_that_is_stopped_between_two_statements_stops_at_the_next(store: Store) -> None:
    between, go_on = threading.Event(), threading.Event()
    reached: list[str] = []

    def two_steps(conn: Connection) -> None:
        count_reports(conn)
        between.set()
        go_on.wait(timeout=30)
        count_reports(conn)
        reached.append("end")

    older = store.read(two_steps, lane="list")
    assert between.wait(timeout=30)
    newer = store.read(count_reports, lane="list")
    go_on.set()
    assert newer.result(timeout=30) == 0
    with pytest.raises(CancelledError):
        older.result(timeout=30)
    assert reached == []


def test_a_read_sees_one_moment(store: Store) -> None:
    first, go_on = threading.Event(), threading.Event()

    def twice(conn: Connection) -> tuple[int, int]:
        before = count_reports(conn)
        first.set()
        go_on.wait(timeout=30)
        return before, count_reports(conn)

    answer = store.read(twice)
    assert first.wait(timeout=30)
    store.write(record(new_report("r1"))).result()
    go_on.set()
    assert answer.result(timeout=30) == (0, 0)


def test_a_reader_cannot_write(store: Store) -> None:
    future = store.read(record(new_report("r1")))
    with pytest.raises(StorageTrouble):
        future.result()


def test_every_listener_hears_of_changes_even_when_one_fails(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Changes] = []

    def broken(changes: Changes) -> None:
        raise ValueError("screen is gone")

    store.subscribe(broken)
    store.subscribe(heard.append)
    changes = store.write(record(new_report("r1"))).result()
    store.publish(changes)
    store.publish(Changes())
    assert heard == [changes]
    assert "listener" in caplog.text


def test_closing_writes_what_is_queued_and_refuses_what_comes_after(store: Store) -> None:
    futures = [store.write(record(new_report(f"r{number}"))) for number in range(20)]
    reading = store.read(lambda conn: conn.execute(ENDLESS).scalar(), lane="list")
    store.close()
    assert all(future.result() for future in futures)
    with pytest.raises(CancelledError):
        reading.result(timeout=30)
    for late in (store.write(outbox.back_to_pending), store.read(count_reports)):
        with pytest.raises(StorageTrouble) as caught:
            late.result(timeout=30)
        assert caught.value.problem.code == "closed"
    store.close()
    assert not list(store.path.parent.glob("*-wal"))


def test_only_what_central_can_give_again_does_not_wait_for_the_disk(store: Store) -> None:
    def level(conn: Connection) -> int:
        return int(conn.exec_driver_sql("PRAGMA synchronous").scalar_one())

    levels = [store.write(level, again=again).result() for again in (False, True, True, False)]
    assert levels == [2, 1, 1, 2]
    held = threading.Event()
    store.write(lambda conn: held.wait(timeout=30))
    queued = [store.write(level, again=again) for again in (True, False, True)]
    held.set()
    assert [one.result() for one in queued] == [2, 2, 2], "one that waits makes all of them wait"
