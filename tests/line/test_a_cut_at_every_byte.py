"""T10: a small exchange is cut at every byte, both ways: one effect, cursor right, live again.

CI takes some of the places; ``BUURTDESK_EVERY_BYTE=1`` takes them all.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from console.storage import replica
from console.sync.line import Patience
from console.sync.status import SyncState
from tests.helpers.fault_proxy import GOOD, FaultProxy, Plan
from tests.line.desk import HEALED_WITHIN_S, LineDesk, version_at
from tests.line.served import Served, lay

EVERY = bool(os.environ.get("BUURTDESK_EVERY_BYTE"))
DESKS = 6 if EVERY else 2
PLACES = 36
"""How many places of both ways together CI takes."""

pytestmark = pytest.mark.timeout(3600 if EVERY else 180)

IMPATIENT = Patience(connect=2.0, read=0.25, events=0.5, whole=2.0)
Exchange = Callable[[LineDesk], Awaitable[str]]


async def push_and_pull(desk: LineDesk) -> str:
    """Make one op and exchange once; returns the record."""
    made = await desk.report()
    await desk.engine.step()
    return made


async def with_a_session_that_ran_out(desk: LineDesk) -> str:
    """Like that, with an access token that central takes no longer (T8)."""
    session = desk.gateway.session
    assert session is not None
    desk.gateway.resume(session.model_copy(update={"access_token": "ran-out"}))
    return await push_and_pull(desk)


async def one_place(
    served: Served, proxy: FaultProxy, desk: LineDesk, plan: Plan, exchange: Exchange
) -> None:
    """Cut one exchange, heal the line, and look whether all is well."""
    proxy.sever()
    proxy.plans.append(plan)
    made = await exchange(desk)
    proxy.plans.clear()
    until = time.monotonic() + HEALED_WITHIN_S
    while desk.engine.status.now.state is not SyncState.LIVE or await desk.waiting():
        assert desk.engine.status.now.state is not SyncState.SIGNED_OUT, plan
        assert time.monotonic() < until, (plan, desk.engine.status.now)
        await desk.engine.step()
    assert version_at(served, made) == 1, plan
    assert not await desk.refused(), plan
    session = desk.gateway.session
    assert session is not None
    here = await desk.look(lambda conn: replica.position(conn, session.team.id))
    page = await desk.patiently(
        partial(desk.gateway.changes, session.team.id, here.cursor, witness=here.witness)
    )
    own = [row.id for row in page.records if row.id == made]
    assert not own, f"{plan}: the cursor stands before the desk's own record"


async def every_place(served: Served, home: Path, then: str, exchange: Exchange) -> int:
    """Walk the places with some desks at once; returns how many there were."""
    names = [f"desk{n}" for n in range(DESKS)]
    queue: asyncio.Queue[Plan] = asyncio.Queue()

    async def work(name: str, measures: bool) -> None:
        async with (
            FaultProxy(served.port) as proxy,
            LineDesk(home / f"{name}.db", proxy.url, name, patience=IMPATIENT) as desk,
        ):
            await desk.sign_in()
            if measures:
                for plan in await places(proxy, desk):
                    queue.put_nowait(plan)
                ready.set()
            await ready.wait()
            while not queue.empty():
                await one_place(served, proxy, desk, queue.get_nowait(), exchange)
            assert proxy.always == GOOD
            # Both sides are compared once nobody changes anything any more.
            await over.wait()
            await desk.heals()
            await desk.nothing_lost_nothing_doubled(served)

    async def places(proxy: FaultProxy, desk: LineDesk) -> list[Plan]:
        while True:
            proxy.sever()
            up, down = proxy.passed
            await exchange(desk)
            if desk.engine.status.now.state is SyncState.LIVE:
                break
            await desk.heals()
        up, down = proxy.passed[0] - up, proxy.passed[1] - down
        stride = 1 if EVERY else max(1, (up + down) // PLACES)
        return [
            *(Plan(up=n, then=then) for n in range(0, up, stride)),
            *(Plan(down=n, then=then) for n in range(0, down, stride)),
        ]

    ready, over = asyncio.Event(), asyncio.Barrier(DESKS)
    async with asyncio.TaskGroup() as group:
        for name in names:
            group.create_task(work(name, name == names[0]))
        await ready.wait()
        taken = queue.qsize()
    return taken


@pytest.mark.parametrize("exchange", [push_and_pull, with_a_session_that_ran_out])
@pytest.mark.parametrize("then", ["reset", "hole"])
def test_an_exchange_cut_at_any_byte_has_one_effect_and_the_desk_is_live_again(
    tmp_path: Path, then: str, exchange: Exchange
) -> None:
    place = tmp_path / "central.db"
    lay(place, *(f"desk{n}" for n in range(DESKS)))
    with Served(place) as served, asyncio.Runner() as runner:
        taken = runner.run(every_place(served, tmp_path, then, exchange))
    assert taken >= PLACES
    print(f"{then}, {exchange.__name__}: {taken} places")
