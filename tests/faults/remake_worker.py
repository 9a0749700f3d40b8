"""Makes a damaged central anew in a process of its own, and dies where it is told to.

``python -m tests.faults.remake_worker FOLDER STEP``; STEP is one of ``STEPS``.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEPS = ("filling", "filled", "ready", "aside", "renamed")


def die(*_: Any, **__: Any) -> None:
    """End as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def after(work: Callable[..., Any]) -> Callable[..., Any]:
    """Do the work, then die."""

    def done(*given: Any, **named: Any) -> None:
        work(*given, **named)
        die()

    return done


async def main(folder: Path, step: str) -> None:
    """Open the desk and make its central anew, up to a step."""
    from central.remaking import service
    from console.app import remaking
    from console.paths import Profile
    from console.storage import damage
    from console.storage import remaking as stored
    from tests.console.app.test_a_lone_desk_joins_a_team import WORDS, opener

    service.PIECE = 7
    told: Callable[[int, int], None] = die if step == "filling" else lambda done, of: None
    if step == "filled":
        stored.is_ready = die
    if step == "ready":
        remaking.finish = die
    if step == "aside":
        damage.put_aside = after(damage.put_aside)
    if step == "renamed":
        stored.go_on = die
    desk = opener(Profile(folder))
    opened, _ = await desk.unlock(WORDS)
    await remaking.remake(desk, opened, "Alleen", told)


if __name__ == "__main__":
    with asyncio.Runner() as runner:
        runner.run(main(Path(sys.argv[1]), sys.argv[2]))
