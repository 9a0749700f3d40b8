"""What the window tests stand on: their loop, and looks that stay out of the screen's way."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from PySide6.QtTest import QTest

from console.services.desk import Desk
from tests.helpers.loop import DeskLoop


def test_a_step_finds_its_loop_running_also_while_only_qt_runs(loop: DeskLoop) -> None:
    found: list[asyncio.AbstractEventLoop] = []

    async def work() -> None:
        for _ in range(3):
            await asyncio.sleep(0.001)
            found.append(asyncio.get_running_loop())

    task = loop.start(work())
    for _ in range(400):
        if not task.done():
            QTest.qWait(50)
    assert task.done()
    assert task.exception() is None
    assert len(found) == 3


def test_a_look_of_a_test_takes_no_look_away_from_the_screen(loop: DeskLoop, desk: Desk) -> None:
    go_on = threading.Event()

    def slow(_: Any) -> str:
        go_on.wait(20)
        return "for the screen"

    async def screen() -> str:
        return await asyncio.wrap_future(desk.look(slow, "lane"))

    task = loop.start(screen())
    loop.turn()
    mine = desk.look(lambda _: "for the test", "lane")
    go_on.set()
    assert mine.result() == "for the test"
    loop.until(task.done)
    assert task.result() == "for the screen"
