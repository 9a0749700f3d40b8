"""How long news of a commit takes to reach 200 desks that listen (sync.md §8, capacity.md)."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson

from benchmarks.central import COMMITS, ECHO, Running, running
from benchmarks.measure import Figure, percentile, within
from benchmarks.town import creates
from contract import routes

SUBSCRIBERS = 200
ROUNDS = 40
RUNS = 3
PAUSE_S = 0.05
PATIENCE_S = 60
MOST_MS = 100


class Ear:
    """One open stream, read as bytes: ``heard`` holds what the last event carried and when."""

    def __init__(self, reader: asyncio.StreamReader, changed: asyncio.Event) -> None:
        self.heard: dict[int, float] = {}
        self.ready = False
        self._reader = reader
        self._changed = changed

    async def listen(self) -> None:
        """Read to the end of the stream."""
        sort = b""
        while line := await self._reader.readline():
            if line.startswith(b"event: "):
                sort = line[7:].strip()
            elif line.startswith(b"data: ") and sort == b"head":
                said = orjson.loads(line[6:])
                number = said["head"] if isinstance(said, dict) else said
                self.heard.setdefault(int(number), time.monotonic())
            if line.startswith((b"data: ", b": ")):
                self.ready = True
                self._changed.set()


def measure(
    server: Any, subscribers: int = SUBSCRIBERS, rounds: int = ROUNDS, runs: int = RUNS
) -> list[Figure]:
    """Measure central's events beside an echo of the same server, in turns."""
    place = server.make(migrated=False)
    try:
        with tempfile.TemporaryDirectory() as folder, running(place, Path(folder)) as central:
            tokens = [
                central.session(f"bench-ear-{number}").access_token for number in range(subscribers)
            ]
            with asyncio.Runner() as runner:
                times = [
                    (
                        runner.run(_echoed(central, subscribers, rounds)),
                        runner.run(_poked(central, tokens, rounds)),
                    )
                    for _ in range(runs + 1)
                ]
    finally:
        server.drop(place)
    echo = sorted(floor for floor, _ in times[1:])[runs // 2]
    floor = f"kale SSE-echo van dezelfde server, p99 {echo:.1f} ms"
    mine = [mine for _, mine in times[1:]]
    return [within("poke_p99_200", mine, most=MOST_MS, unit="ms", floor=floor)]


async def _poked(central: Running, tokens: Sequence[str], rounds: int) -> float:
    path = routes.events(central.team)
    async with (
        central.gateway("bench-poke") as gateway,
        _ears(central, path, tokens) as (ears, changed),
    ):
        heads: list[int] = []
        for op in creates(rounds, int(time.monotonic())):
            made = (await gateway.push(central.team, [op])).results[0].record
            assert made is not None, "a new report comes back with its number"
            heads.append(made.seq)
            await _all_heard(ears, changed, partial(_stands_at, made.seq))
            await asyncio.sleep(PAUSE_S)
    commits = central.get(COMMITS)[-rounds:]
    return _p99(
        [ear.heard[head] - at for head, at in zip(heads, commits, strict=True) for ear in ears]
    )


async def _echoed(central: Running, subscribers: int, rounds: int) -> float:
    async with (
        httpx.AsyncClient(base_url=central.url, trust_env=False) as http,
        _ears(central, ECHO, [""] * subscribers) as (ears, changed),
    ):
        for count in range(1, rounds + 1):
            await http.post(ECHO)
            await _all_heard(ears, changed, partial(_heard, count))
            await asyncio.sleep(PAUSE_S)
    return _p99([at - sent / 1e9 for ear in ears for sent, at in ear.heard.items()])


def _stands_at(head: int, ear: Ear) -> bool:
    return max(ear.heard, default=0) >= head


def _heard(count: int, ear: Ear) -> bool:
    return len(ear.heard) >= count


def _p99(seconds: Sequence[float]) -> float:
    return percentile(seconds, 99) * 1000


async def _all_heard(
    ears: Sequence[Ear], changed: asyncio.Event, done: Callable[[Ear], bool]
) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not all(map(done, ears)):
            changed.clear()
            await changed.wait()


@asynccontextmanager
async def _ears(
    central: Running, path: str, tokens: Sequence[str]
) -> AsyncIterator[tuple[list[Ear], asyncio.Event]]:
    """Open one stream for each token and wait until all of them stand."""
    address = urlsplit(central.url)
    changed = asyncio.Event()
    ears = []
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        tasks = []
        for token in tokens:
            reader, writer = await asyncio.open_connection(address.hostname, address.port)
            stack.callback(writer.close)
            bearer = f"Authorization: Bearer {token}\r\n" if token else ""
            writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n{bearer}\r\n".encode())
            ears.append(Ear(reader, changed))
            tasks.append(group.create_task(ears[-1].listen()))
        await _all_heard(ears, changed, lambda ear: ear.ready)
        yield ears, changed
        for task in tasks:
            task.cancel()
