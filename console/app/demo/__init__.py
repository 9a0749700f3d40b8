"""The invented town of `python3 run.py demo`: read from ``resources/demo``, acted out as real work.

Every record is made by the services and the outbox, as the person who would have made it, at the
time it would have been made. Nothing of it exists; nothing of it is kept after the demo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.app.demo.read import read
from console.app.demo.stage import Stage
from console.app.demo.town import build_town, listen
from console.app.demo.work import act_out
from console.app.demo_clock import DemoClock
from console.domain.clock import Clock
from console.domain.person import Person

if TYPE_CHECKING:
    from console.app.opening import Opened

__all__ = ["DEMO_PERSON", "DEMO_TEAM", "DemoClock", "fill"]

DEMO_TEAM = "Basisteam Wielderland"
DEMO_PERSON = ("demo-lotte", "Lotte Brakel")
"""Id and name of who is signed in when the demo opens."""


async def fill(
    opened: Opened, person: Person, clock: Clock, station: str, *, story: bool = False
) -> None:
    """Make the town and its day; afterwards ``person`` is signed in and the clock tells now.

    ``story``: the world outside is played as well, so the team looks at every source of it.

    Raises Refused where the shipped rules refuse something of the day: then the demo is wrong.
    """
    assert isinstance(clock, DemoClock)
    stage = Stage(opened, person, clock, station)
    opened.store.writer.hurry(True)
    try:
        await build_town(stage, read("town.toml"))
        await act_out(stage, read("reports.toml"), read("posts.toml"))
        if story:
            await listen(stage, person.id)
    finally:
        opened.store.writer.hurry(False)
        clock.set_behind(0)
    await stage.curtain(person.id)
