"""Pure: what becomes of an open stream when its session runs on (sync.md §8)."""

from datetime import datetime, timedelta
from enum import Enum, auto

from central.clock import stamp

EXPIRY_S = 60
"""How long before its session ends a stream is told so, in seconds."""


class Fate(Enum):
    """What to do with a stream now."""

    STAYS = auto()
    EXPIRING = auto()
    ENDS = auto()


def fate(until: str, moment: datetime, *, may_read: bool) -> Fate:
    """Decide by the end of the session (a stamp; empty: ended already) and the person's rights."""
    if not may_read or not until or until <= stamp(moment):
        return Fate.ENDS
    if until <= stamp(moment + timedelta(seconds=EXPIRY_S)):
        return Fate.EXPIRING
    return Fate.STAYS
