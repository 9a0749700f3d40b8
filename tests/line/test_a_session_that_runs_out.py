"""T8: the access token runs out before each request of an exchange, answers to a refresh are lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from console.sync.status import SyncState
from contract import routes
from tests.helpers.away import Away
from tests.line.test_eight_hours_without_central import add
from tests.line.two_desks import TwoDesks, two_desks, waiting

REQUESTS = 6
"""An exchange with a self-check asks less than this without a renewal."""


@pytest.fixture
def team(tmp_path: Path, place: Path | str) -> Iterator[TwoDesks]:
    with two_desks(tmp_path, place) as made:
        yield made


class RunsOut:
    """Lets the token run out before one request, and loses the answers to the first renewals."""

    def __init__(self, team: TwoDesks, before: int, lost: int) -> None:
        self.team = team
        self.before = before
        self.lost = lost
        self.asked = 0
        self.renewed = 0
        self.honest = team.lotte.line.handle_async_request

    async def handle(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on."""
        if self.asked == self.before:
            self.team.pass_time(minutes=16)
        self.asked += 1
        answer = await self.honest(request)
        if request.url.path == routes.REFRESH:
            self.renewed += 1
            if self.renewed <= self.lost:
                await answer.aread()
                raise httpx.ReadError("lost")
        return answer


def one_exchange(desk: Away) -> None:
    """Push, pull, and compare what both hold."""
    desk.clock.move(hours=2)
    desk.step()


@pytest.mark.parametrize("lost", [0, 1, 3])
def test_a_token_that_runs_out_before_any_request_signs_nobody_out(
    team: TwoDesks, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lotte = team.lotte
    kept: set[str] = set()
    for before in range(REQUESTS):
        line = RunsOut(team, before, lost)
        monkeypatch.setattr(lotte.line, "handle_async_request", line.handle)
        add(lotte, f"Voor verzoek {before}")
        kept |= set(waiting(lotte))
        one_exchange(lotte)
        for _ in range(2 * REQUESTS):
            if line.renewed > lost and lotte.engine.status.now.state is SyncState.LIVE:
                break
            assert lotte.engine.status.now.state is not SyncState.SIGNED_OUT
            lotte.step()
        monkeypatch.undo()
        assert line.renewed == lost + 1
        assert lotte.engine.status.now.state is SyncState.LIVE
        assert not waiting(lotte)
    team.exchange()
    team.each_once(kept)
    team.same_everywhere()
