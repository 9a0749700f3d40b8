"""Live news at the desk: events, who is there, and what happens without them (sync.md §8)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from central.embedded import Embedded, build_embedded
from console.domain.clock import SystemClock
from console.domain.person import Person
from console.services.desk import Desk
from console.storage.database import Store
from console.storage.projection import shown
from console.sync.engine import SyncEngine
from console.sync.gateway import Gateway
from console.sync.policy import Pace
from console.sync.status import SyncState, SyncStatus
from tests.console.sync.test_engine import BODY
from tests.helpers.away import Answering
from tests.helpers.central_line import new_id
from tests.helpers.profile import KEY

SECRET = "of this start"
PATIENCE_S = 60
# Nothing comes by asking in these tests: what arrives, arrived by itself.
PACE = Pace(poll=3_000, live_poll=3_000, base=0.02, start=0.02)


class Talking:
    """One desk of several on one loop with their central."""

    def __init__(self, home: Path, central: Embedded, device: str) -> None:
        clock = SystemClock()
        self.store = Store.open(home / f"{device}.db", KEY, clock=clock)
        self.line = Answering(central)
        self.gateway = Gateway(
            "http://central", self.line, device=device, device_name=device, secret=SECRET
        )
        self.engine = SyncEngine(self.store, self.gateway, clock, pace=PACE)
        self.desk = Desk(self.store, clock, station=device)
        self.changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.store.subscribe(self._on_change)
        self.engine.status.subscribe(self._on_change)

    def _on_change(self, _: object) -> None:
        self._loop.call_soon_threadsafe(self.changed.set)

    @asynccontextmanager
    async def running(self, person: str) -> AsyncIterator[Talking]:
        """Sign in and let the engine run."""
        async with self.gateway, asyncio.TaskGroup() as group:
            session = await self.engine.sign_in(person)
            self.desk.person = Person(person, "Sanne de Wit", session.person.roles)
            running = group.create_task(self.engine.run(asyncio.Event()))
            try:
                yield self
            finally:
                running.cancel()
        self.store.close()

    async def until(self, condition: Callable[[], Any]) -> None:
        """Wait until something has come about here."""
        async with asyncio.timeout(PATIENCE_S):
            while not await asyncio.to_thread(condition):
                self.changed.clear()
                if not await asyncio.to_thread(condition):
                    await self.changed.wait()

    async def status(self, condition: Callable[[SyncStatus], Any]) -> None:
        """Wait for a status."""
        await self.until(lambda: condition(self.engine.status.now))

    def shows(self, report: str) -> bool:
        """Say whether a report shows here."""
        return self.store.read(partial(shown, kind="report", record_id=report)).result() is not None

    def write(self) -> str:
        """Write a report."""
        made: str = self.desk.act(lambda unit: unit.create("report", BODY)).result()
        return made


@asynccontextmanager
async def two_desks(home: Path) -> AsyncIterator[tuple[Talking, Talking]]:
    """Open two desks of one team with their central."""
    central = build_embedded(home / "central.db", KEY, SECRET)
    person = new_id()
    try:
        first, second = Talking(home, central, "noord"), Talking(home, central, "zuid")
        async with first.gateway:
            await first.engine.set_up("Kennemer Kust", person, "Sanne de Wit")
        first.store.close()
        first = Talking(home, central, "noord")
        async with first.running(person), second.running(person):
            yield first, second
    finally:
        central.close()


def work(home: Path, shift: Callable[[Talking, Talking], Coroutine[Any, Any, None]]) -> None:
    """Do a shift on two desks of one team."""

    async def run() -> None:
        async with two_desks(home) as (noord, zuid):
            await shift(noord, zuid)

    with asyncio.Runner() as runner:
        runner.run(run())


def test_what_one_desk_does_shows_on_the_other_by_itself(tmp_path: Path) -> None:
    async def shift(noord: Talking, zuid: Talking) -> None:
        await noord.status(lambda now: now.live)
        await zuid.status(lambda now: now.live and now.state is SyncState.LIVE)
        made = await asyncio.to_thread(noord.write)
        await zuid.until(lambda: zuid.shows(made))

    work(tmp_path, shift)


def test_colleagues_are_there_while_their_line_is(tmp_path: Path) -> None:
    async def shift(noord: Talking, zuid: Talking) -> None:
        await noord.status(lambda now: [one.station for one in now.colleagues] == ["zuid"])
        await zuid.status(lambda now: [one.station for one in now.colleagues] == ["noord"])
        await zuid.engine.sign_out()
        await zuid.status(lambda now: not now.colleagues and not now.live)
        await noord.status(lambda now: not now.colleagues)
        assert noord.engine.status.now.live

    work(tmp_path, shift)


def test_where_events_do_not_come_through_the_desk_waits_at_the_feed(tmp_path: Path) -> None:
    async def shift(noord: Talking, zuid: Talking) -> None:
        await zuid.status(lambda now: now.live)
        zuid.line.silent.add("events")
        zuid.engine._news.restart()
        zuid.line.asked.clear()
        made = await asyncio.to_thread(noord.write)
        await zuid.until(lambda: zuid.shows(made))
        later = await asyncio.to_thread(noord.write)
        await zuid.until(lambda: zuid.shows(later))
        tried = [asked for asked in zuid.line.asked if asked.endswith("/events")]
        assert len(tried) <= 2

    work(tmp_path, shift)


def test_a_line_that_breaks_is_laid_again_and_nobody_is_there_meanwhile(tmp_path: Path) -> None:
    async def shift(noord: Talking, zuid: Talking) -> None:
        await zuid.status(lambda now: now.colleagues)
        zuid.line.answers["events"] = httpx.Response(503)
        zuid.engine._news.restart()
        await zuid.status(lambda now: not now.live and not now.colleagues)
        made = await asyncio.to_thread(noord.write)
        del zuid.line.answers["events"]
        await zuid.status(lambda now: now.live and now.colleagues)
        await zuid.until(lambda: zuid.shows(made))

    work(tmp_path, shift)


def test_live_news_is_back_as_soon_as_an_exchange_came_through(tmp_path: Path) -> None:
    async def shift(noord: Talking, zuid: Talking) -> None:
        zuid.engine._news._pace = Pace(base=3_000, cap=3_000, start=3_000)
        zuid.line.down = True
        noord.write()
        await zuid.status(lambda now: now.state is SyncState.OFFLINE)
        await zuid.status(lambda now: not now.live)
        zuid.line.down = False
        zuid.engine.urge()
        await zuid.status(lambda now: now.state is SyncState.LIVE and now.live)
        assert zuid.engine.status.now.trouble == ""

    work(tmp_path, shift)
