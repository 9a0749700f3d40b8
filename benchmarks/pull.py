"""A desk that fetches 100,000 records: the whole at once, and page by page (capacity.md)."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import httpx
import orjson

from benchmarks.central import DOWNLOAD, Running, running
from benchmarks.measure import Figure, against
from benchmarks.someone import KEY
from benchmarks.town import fill
from console.domain.clock import SystemClock
from console.storage.connection import open_connection
from console.storage.database import Store
from console.sync.exchange import Exchange
from console.sync.local import Local
from console.sync.policy import Pace
from contract import routes

RECORDS = 100_000
RUNS = 3
FLOOR = "één keer ophalen van dezelfde bytes + executemany in een gelijk versleuteld bestand"

PLAIN = (
    "CREATE TABLE plain (kind TEXT, id TEXT PRIMARY KEY, ver INT, seq INT, deleted INT, "
    "by TEXT, at TEXT, body TEXT)"
)
PUT = "INSERT INTO plain VALUES (?,?,?,?,?,?,?,?)"

Row = tuple[Any, ...]


def measure(server: Any, records: int = RECORDS, runs: int = RUNS) -> list[Figure]:
    """Measure both ways of fetching in turns with the floor; ``server``: a running PostgreSQL."""
    place = server.make(migrated=False)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        lines = Path(folder) / "lines"
        central = stack.enter_context(running(place, lines))
        print(f"  {records} records klaarzetten …", file=sys.stderr, flush=True)
        fill(place, central.team, records)
        runner = stack.enter_context(asyncio.Runner())
        rows = runner.run(_keep_lines(central, lines))
        files = (Path(folder) / f"{number}.db" for number in range(1_000))
        floors: list[float] = []
        snapshots: list[float] = []
        pages: list[float] = []
        for turn in range(runs + 1):
            times = (
                runner.run(_floor(central, next(files), rows)),
                runner.run(_fetched(central, next(files), len(rows), _snapshot)),
                runner.run(_fetched(central, next(files), len(rows), _pages)),
            )
            if turn:
                for kept, taken in zip((floors, snapshots, pages), times, strict=True):
                    kept.append(taken)
    server.drop(place)
    return [
        against("snapshot_100k", snapshots, floors, floor=FLOOR, target=2.5),
        against("catchup_100k", pages, floors, floor=FLOOR, target=3.0),
    ]


async def _keep_lines(central: Running, lines: Path) -> list[Row]:
    """Keep the snapshot as central streams it; returns its records as rows of a plain table."""
    rows = []
    async with central.gateway("bench-lines") as gateway:
        session = gateway.session
        assert session is not None
        headers = {"Authorization": f"Bearer {session.access_token}"}
        with lines.open("wb") as file:
            async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
                url = f"{central.url}{routes.snapshot(central.team)}"
                async with http.stream("GET", url, headers=headers) as answer:
                    async for line in answer.aiter_lines():
                        said = orjson.loads(line)
                        if "kind" in said:
                            file.write(line.encode() + b"\n")
                            rows.append(_row(said))
    return rows


def _row(said: dict[str, Any]) -> Row:
    envelope = [said[name] for name in ("kind", "id", "ver", "seq", "del", "by", "at")]
    return (*envelope, orjson.dumps(said["body"]).decode())


async def _floor(central: Running, path: Path, rows: Sequence[Row]) -> float:
    with closing(open_connection(path, KEY)) as connection:
        connection.execute(PLAIN)
        begun = time.perf_counter()
        size = 0
        async with (
            httpx.AsyncClient(trust_env=False, timeout=60) as http,
            http.stream("GET", f"{central.url}{DOWNLOAD}") as answer,
        ):
            async for piece in answer.aiter_bytes():
                size += len(piece)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(PUT, rows)
        connection.execute("COMMIT")
        taken = time.perf_counter() - begun
    assert size
    return taken * 1000


async def _snapshot(exchange: Exchange) -> None:
    await exchange.resync(rewound=False)


async def _pages(exchange: Exchange) -> None:
    while await exchange.pull():
        continue


async def _fetched(
    central: Running, path: Path, wanted: int, fetch: Callable[[Exchange], Awaitable[None]]
) -> float:
    """Return how long an empty desk takes; its own reports are counted afterwards."""
    async with _desk(central, path) as (exchange, store):
        begun = time.perf_counter()
        await fetch(exchange)
        taken = time.perf_counter() - begun
        count = store.read(_count).result()
    assert count == wanted, f"{count} of {wanted} records arrived"
    return taken * 1000


def _count(conn: Any) -> int:
    from console.models import RECORDS as TABLES

    names = [table.name for table in TABLES.values()]
    return sum(int(conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()) for name in names)


@asynccontextmanager
async def _desk(central: Running, path: Path) -> AsyncIterator[tuple[Exchange, Store]]:
    clock = SystemClock()
    with Store.open(path, KEY, clock=clock) as store:
        async with central.gateway(f"bench-{path.stem}") as gateway:
            local = Local(store, clock)
            yield Exchange(local, gateway, Pace(), store.publish, lambda settled: None), store
