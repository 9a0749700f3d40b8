"""The wire form of what a team shares with the teams beside it (F21, docs/api.md §6).

Only what stood in a group, and what is needed to judge it: no person, number, group or note.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from contract import routes
from contract.messages import Message

CHOICE = "neighbours"
"""The setting in which the account holder says that messages are shared with teams beside it."""

SHARE = "share"
"""The key of that setting; nothing is shared where it is absent."""

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


def shares(value: object) -> bool:
    """Say whether a team shares its messages; only a plain yes counts."""
    return isinstance(value, Mapping) and value.get(SHARE) is True


def sharing(value: object, *, on: bool) -> dict[str, Any]:
    """Return the setting with the choice made; what else stands in it stays."""
    return {**(value if isinstance(value, Mapping) else {}), SHARE: on}


def path(team_id: str) -> str:
    """Return where a team asks what the teams beside it share."""
    return routes.team(team_id, "neighbour-messages")
