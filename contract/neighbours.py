"""The wire form of what a team shares with the teams beside it (F21, docs/api.md §6).

Only what stood in a group, and what is needed to judge it: no person, number, group or note.
"""

from enum import StrEnum

from contract import routes
from contract.messages import Message

HOURS = 72
"""How long after its release a message is shared."""

MOST = 50
"""Most messages in one answer."""

TOUCH_M = 1.0
"""How far apart two outlines may lie and still adjoin; outlines are rounded to decimetres."""


class NeighbourState(StrEnum):
    """Whether a shared message still holds."""

    RUNNING = "running"
    ENDED = "ended"


class NeighbourMessage(Message):
    """One message of a team beside this one. ``id`` only serves to know it again."""

    id: str
    team: str
    area: str
    kind: str
    text: str
    at: str
    state: NeighbourState


class NeighbourMessages(Message):
    """What teams beside this one share now, the newest first."""

    messages: tuple[NeighbourMessage, ...]


def path(team_id: str) -> str:
    """Return where a team asks what the teams beside it share."""
    return routes.team(team_id, "neighbour-messages")
