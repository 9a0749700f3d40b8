"""Eight writers on PostgreSQL, in the order of their commits and without it (capacity.md).

The naive writer does the same statements with a number that it took from a sequence when it began;
it keeps no counter and links no audit row to the one before. It is faster and loses rows: a reader
that stands at a number misses what commits below it later.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import Connection, text
from uuid_utils import uuid7

from benchmarks.measure import Figure, at_least
from benchmarks.town import AT, bodies
from central.database import Database
from central.journal.chain import Entry, body_hash
from central.sequence import Answer, Author, Staged, commit_changes, on_server
from contract.op import OpResult, Record
from contract.vocabulary import OpStatus

WRITERS = 8
SECONDS = 4.0
RUNS = 3
WORK_S = 0.0025
FLOOR = "schrijvers met een nummer vooraf uit een reeks, zonder teller"
PERSON = "person-bench"

# ``take_numbers`` of the migrations without the counter of the team and the last audit row.
_NAIVE = """
CREATE FUNCTION naive_numbers(
    of_team text, how_many bigint, fronts text[], backs text[],
    OUT head bigint, OUT audit_head bigint, OUT links text[]
) LANGUAGE plpgsql VOLATILE AS $body$
DECLARE
    link text := repeat('0', 64);
BEGIN
    head := current_setting('bench.number')::bigint;
    audit_head := head;
    links := '{}';
    FOR i IN 1 .. cardinality(fronts) LOOP
        link := encode(sha256(
            '\\x00'::bytea || decode(link, 'hex')
            || convert_to(fronts[i] || head::text || backs[i], 'UTF8')
        ), 'hex');
        links[i] := link;
    END LOOP;
END
$body$
"""
_EARLY = text("SELECT set_config('bench.number', nextval(:name)::text, true)")

_ORDERED = on_server.LINK_THERE
_UNORDERED = text(_ORDERED.text.replace("take_numbers(", "naive_numbers("))

_together: list[Barrier] = []


@dataclass(frozen=True, slots=True)
class Job:
    """What one writer does: where, for which team, in which way, for how long."""

    place: str
    team: str
    ordered: bool
    seconds: float


def measure(server: Any, seconds: float = SECONDS, runs: int = RUNS) -> list[Figure]:
    """Measure the writers of one team, and each in a team of its own."""
    place = server.make()
    teams = [str(uuid7()) for _ in range(WRITERS)]
    with closing(Database(place)) as database:
        database.write_now(partial(_prepare, teams=teams))
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(WRITERS)
    found: dict[str, tuple[list[float], list[float]]] = {}
    with ProcessPoolExecutor(WRITERS, context, _begin, (barrier,)) as pool:
        for turn in range(runs + 1):
            for name, chosen in (("one_team", teams[:1] * WRITERS), ("8_teams", teams)):
                floors, mine = found.setdefault(name, ([], []))
                for kept, ordered in ((floors, False), (mine, True)):
                    jobs = [Job(place, team, ordered, seconds) for team in chosen]
                    rate = sum(pool.map(write, jobs))
                    if turn:
                        kept.append(rate)
    server.drop(place)
    floors, mine = found["one_team"]
    one = at_least("ordered_writers_one_team", mine, floors, floor=FLOOR, target=0.70)
    floors, mine = found["8_teams"]
    return [one, at_least("ordered_writers_8_teams", mine, floors, floor=FLOOR, target=0.75)]


def _begin(barrier: Barrier) -> None:
    _together.append(barrier)


def _prepare(conn: Connection, teams: Sequence[str]) -> None:
    from central.sync import repository

    for team in teams:
        repository.add_team(conn, team, "Basisteam Wielderland", AT)
        # High above what the ordered writers reach, so that both may write in one table.
        conn.exec_driver_sql(f"CREATE SEQUENCE {_sequence(team)} START 1000000000")
    conn.exec_driver_sql(_NAIVE)


def _sequence(team: str) -> str:
    return f'"naive-{team}"'


def write(job: Job) -> float:
    """Commit one report after another; returns how many a second."""
    on_server.LINK_THERE = _ORDERED if job.ordered else _UNORDERED
    with closing(Database(job.place, writers=1, readers=1)) as database:
        waiting = bodies(1_000_000)
        database.write_now(partial(_one, job=job, body=next(waiting)))
        _together[0].wait(60)
        begun = time.perf_counter()
        count = 0
        while time.perf_counter() - begun < job.seconds:
            database.write_now(partial(_one, job=job, body=next(waiting)))
            count += 1
        return count / (time.perf_counter() - begun)


def _one(conn: Connection, job: Job, body: dict[str, Any]) -> None:
    author = Author(job.team, PERSON, "bench-writer", AT)
    if not job.ordered:
        conn.execute(_EARLY, {"name": _sequence(job.team)})
    time.sleep(WORK_S)  # what deciding a batch takes, as the trials had it
    record = Record("report", str(uuid7()), 1, body)
    op_id = str(uuid7())
    answer = Answer(OpResult(op_id, OpStatus.APPLIED, 1, record), "0" * 64)
    entry = Entry(op_id, "create", "report", record.id, 1, "", body_hash(body))
    commit_changes(conn, author, [Staged(record, 0)], [answer], [entry])
