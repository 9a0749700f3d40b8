"""Whether central can tell that a colleague looked: it must know the key they sign with (F26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.bridge import settled
from console.domain.failures import Problem, StorageTrouble

if TYPE_CHECKING:
    from console.app.program import Program

NOT_INTRODUCED = Problem(
    "second-not-introduced",
    "De centrale kent deze collega op deze computer nog niet. Er is niets bewaard.",
    "Laat de collega zich hier één keer aanmelden (Ctrl+L) en daarna opnieuw meekijken.",
)


async def introduced(program: Program, person_id: str) -> Problem | None:
    """Return why central could not tell that this colleague looked, None where it can.

    Without a line nobody is held up: what they signed goes along, and central decides then.
    """
    from console.sync.failures import Answered, LineDown
    from console.sync.status import SyncState

    opened = program.opened
    if opened is None or opened.thread is None or opened.keyring is None:
        return None
    try:
        if await settled(opened.thread.submit(opened.engine.looking.introduce(person_id))):
            return None
    except (Answered, LineDown, StorageTrouble):
        return None
    live = opened.engine.status.now.state is SyncState.LIVE
    return NOT_INTRODUCED if live else None
