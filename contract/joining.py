"""The wire form of joining a team with records made elsewhere (sync.md §8a)."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from contract.messages import Identifier, Message, Stamp, Word

MAX_RECORDS = 500
"""Most records in one request."""


class JoinRecord(Message):
    """One record as the desk that worked alone has it; ids already point at the team's records."""

    kind: Word
    id: Identifier
    body: dict[str, Any] = Field(max_length=300)
    at: Stamp = ""
    by: Annotated[str, StringConstraints(max_length=64)] = ""


class JoinRequest(Message):
    """A piece of what a desk brings along. Sent again it changes nothing."""

    records: tuple[JoinRecord, ...] = Field(max_length=MAX_RECORDS)


class JoinResult(Message):
    """What became of one record.

    ``added``: it is the team's now. ``same``: it was there already, by this joining or with the
    same contents. ``differs``: another record has this id; nothing was changed. ``invalid``: it
    breaks a rule; ``fields`` names where.
    """

    kind: str
    id: str
    status: str
    fields: tuple[str, ...] = ()


class JoinReply(Message):
    """One answer per record, in order."""

    results: tuple[JoinResult, ...]
