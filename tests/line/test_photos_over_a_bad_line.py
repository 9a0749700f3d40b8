"""Photos between real ports: cut on the way up and down, tokens that ran out (sync.md §8)."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from console.models.blob import blob_task
from console.services.photos import Photos
from tests.helpers.fault_proxy import FaultProxy, Plan
from tests.helpers.photos import jpeg
from tests.helpers.photos import lay as lay_photo
from tests.line.desk import HEALED_WITHIN_S, LineDesk, version_at
from tests.line.served import Served, lay

BIG = jpeg(scan=bytes(range(1, 251)) * 10_000)
CUTS = [0, 900, 300_000, 1_050_000, 1_400_000, 2_499_000]
"""Bytes after which the line breaks: in a head, in a part, between parts, at the end."""

pytestmark = pytest.mark.timeout(180)


async def carried(desk: LineDesk) -> None:
    """Carry and exchange until nothing waits."""
    until = time.monotonic() + HEALED_WITHIN_S
    while True:
        await desk.engine.step()
        while await desk.engine.photos.step():
            pass
        await desk.engine.step()
        later = await desk.look(lambda conn: conn.execute(select(blob_task)).first())
        if later is None and not await desk.waiting():
            return
        assert time.monotonic() < until, desk.engine.status.now


def token_runs_out(desk: LineDesk) -> None:
    """Let the next request find that central takes the access token no longer."""
    session = desk.gateway.session
    assert session is not None
    desk.gateway.resume(session.model_copy(update={"access_token": "ran-out"}))


async def there_and_back(home: Path, way: str, cut: int) -> bytes | None:
    place = home / "central.db"
    with Served(place) as served:
        async with (
            FaultProxy(served.port) as proxy,
            LineDesk(home / "lotte.db", proxy.url, "lotte") as lotte,
            LineDesk(home / "noor.db", proxy.url, "noor") as noor,
        ):
            await lotte.sign_in()
            await noor.sign_in()
            report_id = await lotte.report()
            add = lay_photo(lotte.desk, report_id, "busje.jpg", BIG)
            photo_id = await asyncio.wrap_future(add)
            await lotte.engine.step()
            if way == "up":
                proxy.sever()
                proxy.plans.append(Plan(up=cut))
            token_runs_out(lotte)
            await carried(lotte)
            assert version_at(served, photo_id) == 1
            await noor.heals()
            await asyncio.wrap_future(Photos(noor.desk).content(photo_id))
            if way == "down":
                proxy.sever()
                proxy.plans.append(Plan(down=cut))
            token_runs_out(noor)
            await carried(noor)
            assert not await lotte.refused()
            return await asyncio.wrap_future(Photos(noor.desk).content(photo_id))


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("cut", CUTS)
def test_a_photo_gets_through_whole_wherever_the_line_breaks(
    tmp_path: Path, way: str, cut: int
) -> None:
    lay(tmp_path / "central.db", "lotte", "noor")
    with asyncio.Runner() as runner:
        assert runner.run(there_and_back(tmp_path, way, cut)) == BIG
