"""What central tidies up by itself: one at a time, and one failure stops nothing else."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, text

from central.models.access import session
from central.operations.repository import ROUND
from central.operations.rounds import WORK, Rounds, drop_sessions
from central.problems import Refusal
from contract.problems import ProblemCode
from tests.helpers.central_line import CentralLine


def once(rounds: Rounds) -> int:
    """Do one round."""
    with asyncio.Runner() as runner:
        return runner.run(rounds.once())


def sessions(line: CentralLine) -> int:
    """Return how many sessions are kept."""
    count = select(func.count()).select_from(session)
    return int(line.office.database.read_now(lambda conn: conn.execute(count).scalar_one()))


def test_sessions_that_are_over_are_forgotten(line: CentralLine) -> None:
    assert sessions(line) == 1
    assert once(Rounds(line.office, (drop_sessions,))) == 1
    assert sessions(line) == 1
    line.watch.move(hours=25)
    once(Rounds(line.office, (drop_sessions,)))
    assert sessions(line) == 0


def test_a_part_that_fails_stops_no_other(line: CentralLine) -> None:
    done: list[str] = []

    def fails(conn: Connection, moment: datetime) -> None:
        conn.execute(text("DELETE FROM session"))
        raise Refusal(ProblemCode.STORAGE_FULL)

    def works(conn: Connection, moment: datetime) -> None:
        done.append("works")

    assert once(Rounds(line.office, (fails, works))) == 1
    assert done == ["works"]
    assert sessions(line) == 1


def test_every_part_of_a_round_runs_on_records_of_a_day(line: CentralLine) -> None:
    line.watch.at += timedelta(days=400)
    assert once(Rounds(line.office)) == len(WORK)


def test_two_centrals_on_one_server_never_tidy_up_at_once(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold(conn: Connection) -> Any:
        conn.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ROUND})
        return once(Rounds(line.office, (drop_sessions,)))

    with CentralLine(postgres_url) as line, CentralLine(postgres_url) as other:
        assert other.office.database.write_now(hold) == 0
        assert once(Rounds(line.office, (drop_sessions,))) == 1


def test_rounds_go_on_until_they_are_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from central.operations import rounds

    for name in ("FIRST_S", "SPREAD_S", "EVERY_S"):
        monkeypatch.setattr(rounds, name, 0.0)
    with CentralLine(tmp_path / "central.db") as line:

        async def scene() -> int:
            count, twice = 0, asyncio.Event()
            loop = asyncio.get_running_loop()

            def note(conn: Connection, moment: datetime) -> None:
                nonlocal count
                count += 1
                if count == 2:
                    loop.call_soon_threadsafe(twice.set)

            async with asyncio.timeout(60), asyncio.TaskGroup() as group:
                going = group.create_task(Rounds(line.office, (note,)).run())
                await twice.wait()
                going.cancel()
            return count

        with asyncio.Runner() as runner:
            assert runner.run(scene()) >= 2
