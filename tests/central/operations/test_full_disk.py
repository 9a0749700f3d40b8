"""A disk that is full at central is said as such, and nothing is kept half (sync.md §9)."""

from __future__ import annotations

from pathlib import Path

import psycopg

from central.operations.verify import verify
from contract import routes
from tests.helpers.central_line import CentralLine, report

FULL = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END$$;
    CREATE TRIGGER no_room BEFORE INSERT ON sync_op EXECUTE FUNCTION no_room();
"""
ROOM = "DROP FUNCTION no_room() CASCADE"
MOST_PAGES = 1_073_741_823


def set_room(line: CentralLine, place: Path | str, *, full: bool) -> None:
    """Let the records grow no further, or again."""
    if isinstance(place, str):
        with psycopg.connect(place, autocommit=True) as server:
            server.execute(FULL if full else ROOM)
        return
    # The limit belongs to the one connection that writes; below the size it means the size.
    with line.office.database.backend.writer.connect() as conn:
        raw = conn.connection.driver_connection
        assert raw is not None
        raw.execute(f"PRAGMA max_page_count={1 if full else MOST_PAGES}")


def test_a_full_disk_is_said_and_the_same_ops_go_in_when_there_is_room(
    line: CentralLine, place: Path | str
) -> None:
    before = line.records()
    ops = [report(text="Lange tekst. " * 30) for _ in range(300)]
    set_room(line, place, full=True)
    answer = line.send(*ops)
    assert answer.status_code == 507
    assert answer.json()["type"] == "/problems/storage-full"
    assert line.records() == before
    assert line.call("GET", routes.READINESS).status_code == 200
    set_room(line, place, full=False)
    assert [result["status"] for result in line.push(*ops)] == ["applied"] * len(ops)
    assert len(line.records("report")) == len(ops)
    assert [one.broken for one in line.office.database.read_now(verify)] == [None]
