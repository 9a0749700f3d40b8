"""200 desks for some minutes: does central keep its size? And what one desk asks at rest.

A simulated desk holds its stream of events, fetches what it is told of, and now and then makes a
report. It keeps nothing on disk: it is central that is measured here.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]

from benchmarks.central import Running, running
from benchmarks.measure import Figure, within
from benchmarks.someone import KEY, PERSON
from benchmarks.town import creates
from console.domain.clock import SystemClock
from console.storage import sessions
from console.storage.database import Store
from console.sync.engine import SyncEngine
from console.sync.failures import LineDown
from console.sync.gateway import Gateway

DESKS = 200
SECONDS = 180.0
WARM = 0.4
"""The part of the time in which caches and pools fill; it is not measured."""

SAMPLE_S = 1.0
ACT_S = 60.0
"""How often one desk makes something, on average."""

LOOK_S = (3.0, 6.0)
"""How long a desk waits before it fetches what it was told of."""

IDLE_S = 120.0
MIB = 2**20


def measure(
    server: Any, desks: int = DESKS, seconds: float = SECONDS, idle: float = IDLE_S
) -> list[Figure]:
    """Measure central under its desks, then one desk at rest."""
    place = server.make(migrated=False)
    try:
        with (
            tempfile.TemporaryDirectory() as name,
            running(place, Path(name)) as central,
            asyncio.Runner() as runner,
        ):
            memory, files = runner.run(_soak(central, desks, seconds))
            requests, size = runner.run(_rest(central, Path(name) / "desk.db", idle))
    finally:
        server.drop(place)
    floor = f"{desks} desks, {seconds:.0f} s, eerste {WARM:.0%} niet geteld; vlak is 0"
    rest = f"één desk die openstaat, {idle:.0f} s"
    return [
        within("soak_memory_slope", [memory], most=1.0, unit="MiB/min", floor=floor),
        within("soak_files_slope", [files], most=0.5, unit="files/min", floor=floor),
        within("idle_requests_per_minute", [requests], most=3, unit="per min", floor=rest),
        within("idle_bytes_per_minute", [size], most=4_000, unit="bytes/min", floor=rest),
    ]


async def _soak(central: Running, desks: int, seconds: float) -> tuple[float, float]:
    """Return how memory (MiB) and open files of central grow in a minute."""
    process = psutil.Process(central.process)
    samples: list[tuple[float, float, float]] = []
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        lines = [
            await stack.enter_async_context(central.gateway(f"bench-desk-{number}"))
            for number in range(desks)
        ]
        tasks = [
            group.create_task(_desk(central, line, number)) for number, line in enumerate(lines)
        ]
        begun = time.monotonic()
        while (at := time.monotonic() - begun) < seconds:
            samples.append((at / 60, process.memory_info().rss / MIB, float(process.num_fds())))
            await asyncio.sleep(SAMPLE_S)
        for task in tasks:
            task.cancel()
    kept = [one for one in samples if one[0] * 60 > seconds * WARM]
    minutes = [one[0] for one in kept]
    return slope(minutes, [one[1] for one in kept]), slope(minutes, [one[2] for one in kept])


def slope(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Return by how much y grows when x grows by one, by least squares."""
    middle = sum(xs) / len(xs), sum(ys) / len(ys)
    over = sum((x - middle[0]) * (y - middle[1]) for x, y in zip(xs, ys, strict=True))
    under = sum((x - middle[0]) ** 2 for x in xs)
    return over / under if under else 0.0


async def _desk(central: Running, gateway: Gateway, number: int) -> None:
    rng = random.Random(number)
    # Two hundred streams in one moment are not what is measured.
    await asyncio.sleep(rng.uniform(0, 10))
    told = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(_listen(central, gateway, told, rng))
        group.create_task(_act(central, gateway, rng))
        cursor = ""
        while True:
            await told.wait()
            await asyncio.sleep(rng.uniform(*LOOK_S))
            told.clear()
            more = True
            with suppress(LineDown):
                while more:
                    page = await gateway.changes(central.team, cursor, limit=500)
                    cursor, more = page.cursor, page.more


async def _listen(
    central: Running, gateway: Gateway, told: asyncio.Event, rng: random.Random
) -> None:
    while True:
        with suppress(LineDown):
            async with gateway.events(central.team) as events:
                async for event in events:
                    if event.name == "head":
                        told.set()
        await asyncio.sleep(rng.uniform(*LOOK_S))


async def _act(central: Running, gateway: Gateway, rng: random.Random) -> None:
    while True:
        await asyncio.sleep(rng.uniform(0, 2 * ACT_S))
        with suppress(LineDown):
            await gateway.push(central.team, creates(1, rng.randrange(2**30)))


async def _rest(central: Running, path: Path, seconds: float) -> tuple[float, float]:
    """Return requests and bytes, both ways, that a whole desk at rest takes in a minute."""
    clock = SystemClock()
    stopping = asyncio.Event()
    session = central.session("bench-idle")
    async with AsyncExitStack() as stack:
        meter = await stack.enter_async_context(_metered(central.url))
        store = stack.enter_context(Store.open(path, KEY, clock=clock))
        kept = sessions.to_keep(session)
        store.write(lambda conn: sessions.keep(conn, PERSON, kept)).result()
        gateway = await stack.enter_async_context(Gateway(meter.url, device="bench-idle"))
        engine = SyncEngine(store, gateway, clock)
        await engine.resume(PERSON)
        async with asyncio.TaskGroup() as group:
            working = group.create_task(engine.run(stopping))
            async with asyncio.timeout(30):
                while not engine.status.now.live:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            before = meter.requests, meter.size
            await asyncio.sleep(seconds)
            after = meter.requests, meter.size
            stopping.set()
            engine.urge()
            with suppress(asyncio.CancelledError):
                await working
    minutes = seconds / 60
    return (after[0] - before[0]) / minutes, (after[1] - before[1]) / minutes


class Meter:
    """Stands between a desk and central and counts what passes."""

    def __init__(self, target: str) -> None:
        address = urlsplit(target)
        self._target = address.hostname, address.port
        self.url = ""
        self.requests = 0
        self.size = 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until either side ends it."""
        far_reader, far_writer = await asyncio.open_connection(*self._target)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._copy(reader, far_writer, asked=True))
                group.create_task(self._copy(far_reader, writer, asked=False))
        except* ConnectionError:
            pass
        finally:
            far_writer.close()
            writer.close()

    async def _copy(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, asked: bool
    ) -> None:
        while piece := await reader.read(65_536):
            self.size += len(piece)
            if asked:
                self.requests += piece.count(b" HTTP/1.1\r\n")
            writer.write(piece)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def _metered(url: str) -> AsyncIterator[Meter]:
    meter = Meter(url)
    carried: list[asyncio.Task[None]] = []
    async with asyncio.TaskGroup() as group:
        # The server's own task of a connection complains aloud when the run ends it.
        def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            carried.append(group.create_task(meter.carry(reader, writer)))

        server = await asyncio.start_server(take, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        meter.url = f"http://127.0.0.1:{port}"
        try:
            yield meter
        finally:
            server.close()
            for one in carried:
                one.cancel()
