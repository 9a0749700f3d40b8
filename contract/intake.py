"""The wire form of the keys with which outside forms send reports (F10, docs/api.md §4)."""

from typing import Annotated

from pydantic import Field

from contract.messages import Message, Name


class NewIntakeKey(Message):
    """Ask for a key; ``name`` is what the desk shows as origin."""

    name: Annotated[Name, Field(max_length=60)]


class IntakeKeySeen(Message):
    """A key without its secret."""

    id: str
    name: str
    made_at: str
    used_at: str | None = None
    revoked_at: str | None = None


class IntakeKeyMade(IntakeKeySeen):
    """A new key; ``key`` is shown this once and stored as a hash only."""

    key: str = Field(repr=False)


class IntakeKeys(Message):
    """The keys of a team, the newest first."""

    items: tuple[IntakeKeySeen, ...]
