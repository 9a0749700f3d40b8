"""The log of the file is moved in a moment of rest, and no commit waits for it."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import Connection, text

from console.storage import checkpoints
from console.storage.database import Store
from tests.helpers.feeds import until
from tests.helpers.profile import KEY
from tests.helpers.units import new_report, record


def grow(store: Store, name: str) -> None:
    """Write some two megabytes."""

    def work(conn: Connection) -> None:
        conn.execute(text(f"CREATE TABLE {name} (words TEXT)"))
        conn.execute(text(f"INSERT INTO {name} VALUES (hex(zeroblob(1000000)))"))

    store.write(work).result()


def moved(store: Store, times: int) -> bool:
    return store.checkpoints.moved == times


def test_no_commit_moves_the_log(store: Store) -> None:
    asked = store.write(lambda conn: conn.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar())
    assert asked.result() == 0


def test_a_long_log_is_moved_at_rest_and_used_again_from_its_beginning(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "WORTH_IT", 2**20)
    monkeypatch.setattr(checkpoints, "REST_SECONDS", 0.05)
    grow(store, "t0")
    once = store.checkpoints.size()
    assert once > 2**20
    for number in range(1, 4):
        until(partial(moved, store, number))
        grow(store, f"t{number}")
    assert store.checkpoints.size() < 2 * once, "the log is used again from its beginning"
    assert store.path.stat().st_size > 3 * 2**20


def test_a_log_that_cannot_be_moved_is_left_and_nothing_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(checkpoints, "WORTH_IT", 2**20)
    monkeypatch.setattr(checkpoints, "REST_SECONDS", 0.01)
    monkeypatch.setattr(store.checkpoints, "_key", b"\0" * 32)
    grow(store, "one")
    until(lambda: "was not moved" in caplog.text)
    store.write(record(new_report("r1"))).result()
    store.close()
    with Store.open(store.path, KEY, clock=store.clock) as again:
        found = again.read(lambda c: c.execute(text("SELECT count(*) FROM outbox")).scalar())
        assert found.result() == 1
