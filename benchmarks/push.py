"""A desk that sends 20,000 ops, 500 at a time, each with its stored answer (capacity.md)."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import psycopg

from benchmarks.central import Running, running
from benchmarks.measure import Figure, against
from benchmarks.someone import KEY, PERSON
from benchmarks.town import AT, creates
from console.storage.connection import open_connection
from console.sync.gateway import PushReply
from console.sync.sending import Batch, Sending
from contract import routes
from contract.op import Op

OPS = 20_000
RUNS = 3
ON_SERVER = "één COPY van dezelfde rijen"
IN_FILE = "executemany van dezelfde rijen in één tabel van een gelijk versleuteld bestand"

_COLUMNS = "id text PRIMARY KEY, kind text, ver int, at text, by text, body text"

Row = tuple[str, str, int, str, str, str]


def measure(server: Any, ops: int = OPS, runs: int = RUNS) -> list[Figure]:
    """Measure both kinds of database; ``server``: a running PostgreSQL."""
    mine, floors = _on_server(server, ops, runs)
    figures = [against("push_20k_postgresql", mine, floors, floor=ON_SERVER, target=15)]
    mine, floors = _in_file(ops, runs)
    return [*figures, against("push_20k_sqlite", mine, floors, floor=IN_FILE, target=12)]


def _on_server(server: Any, ops: int, runs: int) -> tuple[list[float], list[float]]:
    place = server.make(migrated=False)
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            running(place, Path(folder)) as central,
            psycopg.connect(place, autocommit=True) as connection,
        ):
            times = [
                (_copied(connection, _rows(made)), _pushed(central, made))
                for made in (creates(ops, seed) for seed in range(runs + 1))
            ]
    finally:
        server.drop(place)
    return [mine for _, mine in times[1:]], [floor for floor, _ in times[1:]]


def _in_file(ops: int, runs: int) -> tuple[list[float], list[float]]:
    times = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(folder / "central.db", folder) as central:
            for turn in range(runs + 1):
                made = creates(ops, turn)
                times.append((_put(folder / f"{turn}.db", _rows(made)), _pushed(central, made)))
    return [mine for _, mine in times[1:]], [floor for floor, _ in times[1:]]


def _rows(made: Sequence[Op]) -> list[Row]:
    return [
        (op.id, op.kind, 1, AT, PERSON, orjson.dumps({**op.set, "status": "open"}).decode())
        for op in made
    ]


def _copied(connection: psycopg.Connection[Any], rows: Sequence[Row]) -> float:
    connection.execute("DROP TABLE IF EXISTS plain")
    connection.execute(f"CREATE TABLE plain ({_COLUMNS})".encode())
    begun = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy("COPY plain FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    return (time.perf_counter() - begun) * 1000


def _put(path: Path, rows: Sequence[Row]) -> float:
    with closing(open_connection(path, KEY)) as connection:
        connection.execute(f"CREATE TABLE plain ({_COLUMNS})")
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO plain VALUES (?,?,?,?,?,?)", rows)
        connection.execute("COMMIT")
        return (time.perf_counter() - begun) * 1000


def _pushed(central: Running, made: Sequence[Op]) -> float:
    with asyncio.Runner() as runner:
        return runner.run(_push(central, made))


async def _push(central: Running, made: Sequence[Op]) -> float:
    """Send as the desk's own engine does; only its outbox is a list here."""
    waiting = iter([made[at : at + routes.MAX_OPS] for at in range(0, len(made), routes.MAX_OPS)])
    applied = 0

    async def take() -> Batch | None:
        ops = next(waiting, None)
        return None if ops is None else Batch(ops, full=True)

    async def settle(batch: Batch, reply: PushReply) -> None:
        nonlocal applied
        applied += sum(one.status == "applied" for one in reply.results)

    async with central.gateway("bench-push") as gateway:

        async def send(batch: Batch, follows: str) -> PushReply:
            return await gateway.push(central.team, batch.ops, "", batch.turn, follows)

        sending = Sending(take, send, settle, lambda batch: None, patience=60)
        begun = time.perf_counter()
        await sending.run()
        took = (time.perf_counter() - begun) * 1000
    assert applied == len(made), f"{applied} of {len(made)} applied"
    return took
