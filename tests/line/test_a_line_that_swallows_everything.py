"""T10: from a black hole a desk is live again within a bound; a thin line gets through at last."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import httpx
import pytest

from console.services.desk import Unit
from console.sync.line import Patience
from console.sync.policy import Pace
from console.sync.status import SyncState
from tests.helpers.fault_proxy import FaultProxy, Plan
from tests.line.desk import LineDesk
from tests.line.served import Served, lay
from tests.line.test_eight_hours_without_central import add
from tests.line.two_desks import TwoDesks, two_desks, waiting

BOUND_S = 100


@pytest.fixture
def team(tmp_path: Path) -> Iterator[TwoDesks]:
    with two_desks(tmp_path, tmp_path / "central.db") as made:
        yield made


class Swallowing:
    """Takes the place of a line: what is asked costs the time the desk waits, by its own clock."""

    def __init__(self, team: TwoDesks) -> None:
        self.team = team
        self.gone = 0.0
        self.healed_at = 0.0
        self.honest = team.lotte.line.handle_async_request

    async def handle(self, request: httpx.Request) -> httpx.Response:
        """Swallow a request that left before the line was whole again."""
        if self.gone >= self.healed_at:
            return await self.honest(request)
        self.let_pass(float(request.extensions["timeout"]["read"]))
        raise httpx.ReadTimeout("nothing came")

    def let_pass(self, seconds: float) -> None:
        """Let seconds pass for everybody."""
        self.gone += seconds
        self.team.pass_time(seconds=seconds)


@pytest.mark.parametrize("healed_at", [1, 19, 21, 45, 90, 200, 333, 500, 601, 1234])
def test_a_desk_is_live_within_a_bound_after_a_black_hole(
    team: TwoDesks, healed_at: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever the line is whole again, and with the longest pauses that luck can bring."""
    lotte = team.lotte
    hole = Swallowing(team)
    hole.healed_at = healed_at
    monkeypatch.setattr(lotte.line, "handle_async_request", hole.handle)
    add(lotte, "Gemaakt in het gat")
    for tries in count(1):
        pause = lotte.step()
        if lotte.engine.status.now.state is SyncState.LIVE:
            break
        hole.let_pass(pause)
        assert tries < 100
    assert hole.gone - healed_at <= BOUND_S
    assert not waiting(lotte)


def test_the_patience_of_a_desk_stays_under_its_watchdog() -> None:
    patience, pace = Patience(), Pace()
    assert patience.connect < patience.read < patience.whole < pace.watchdog
    assert patience.read + pace.cap <= BOUND_S


async def thin(served: Served, home: Path, reports: int) -> int:
    patience = Patience(connect=5, read=5, events=5, whole=0.5)
    async with (
        FaultProxy(served.port) as proxy,
        LineDesk(home / "a.db", proxy.url, "lotte", patience=patience) as desk,
        LineDesk(home / "b.db", f"http://127.0.0.1:{served.port}", "yara") as other,
    ):
        await desk.sign_in()
        await other.sign_in()

        def many(unit: Unit) -> None:
            for number in range(reports):
                body = {"text": f"{number} " + "x" * 900, "place": "Kade", "heard_at": unit.now}
                unit.create("report", {"category": "vehicle", **body})

        await other.act(many)
        await other.heals()
        # About 130 KB a second: all of it at once takes longer than the desk waits.
        proxy.always = Plan(piece=640, pause_s=0.004)
        proxy.sever()
        tries = 0
        while desk.engine.status.now.state is not SyncState.LIVE or await behind(desk, reports):
            await desk.engine.step()
            tries += 1
            assert tries < 120, desk.engine.status.now
        assert await desk.patiently(desk.engine.check) == ()
        return tries


async def behind(desk: LineDesk, reports: int) -> bool:
    found = await desk.look(
        lambda conn: conn.exec_driver_sql("SELECT count(*) FROM rec_report").scalar_one()
    )
    return int(found) < reports


def test_what_does_not_come_through_in_time_is_asked_for_in_smaller_pieces(tmp_path: Path) -> None:
    place = tmp_path / "central.db"
    lay(place, "lotte", "yara")
    with Served(place) as served, asyncio.Runner() as runner:
        assert runner.run(thin(served, tmp_path, 150)) > 1
