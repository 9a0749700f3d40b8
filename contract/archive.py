"""The wire form of what central says about old records, and of how an old one is asked for (F52).

Source: security.md §4, docs/api.md §7.
"""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from contract import routes
from contract.messages import Identifier, Message, Word
from contract.retention import Stage, Use

REASON_LEAST = 10
"""The fewest characters of a reason: a word is no reason."""

WINDOW_HOURS = 50
"""The longest span of one question by place: a day, whatever the clock does at night."""

MOST = 20
"""Most old records in one answer."""

_Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=REASON_LEAST, max_length=400)
]
_Exact = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
_Moment = Annotated[str, StringConstraints(max_length=40)]


class ArchiveAsked(Message):
    """One exact question: a number or id, or a place with the span of one day.

    ``since`` and ``until``: moments, at most ``WINDOW_HOURS`` apart.
    """

    number: _Exact = Field("", repr=False, examples=["20260314-0007"])
    place: _Exact = Field("", repr=False)
    since: _Moment = ""
    until: _Moment = ""
    use: Use
    reason: _Reason = Field(repr=False, examples=["Vraag van de wijkagent over dit adres"])


class ArchivedPart(Message):
    """What went along with an old record: its history, its placements, its lines."""

    kind: Word
    id: Identifier
    at: str
    body: dict[str, Any]


class Archived(Message):
    """One old record, with what belongs to it. ``since``: when it left the desks."""

    kind: Word
    id: Identifier
    number: str = ""
    at: str
    since: str
    stage: Stage
    body: dict[str, Any]
    parts: tuple[ArchivedPart, ...] = ()


class ArchiveFound(Message):
    """What was found. ``closed``: how many only open for a complaint or accountability."""

    records: tuple[Archived, ...] = ()
    closed: int = 0


class ForecastAsked(Message):
    """What would go until a moment; ``terms``: other ones than the team has, in days."""

    until: _Moment = ""
    terms: dict[Word, int] = Field(default_factory=dict, max_length=30)


class Count(Message):
    """How many records of a kind something happens to."""

    kind: Word
    act: Word
    count: int


class Forecast(Message):
    """What would leave the desks and be destroyed; what a hold keeps."""

    until: str
    counts: tuple[Count, ...] = ()


class Run(Message):
    """One line of the log of what went: ids stand in the tombstones, here only how many."""

    at: str
    kind: str
    act: str
    count: int


class RetentionSeen(Message):
    """How the rounds stand. ``paused_at``: the clock jumped and a person has to look."""

    ran_at: str = ""
    next_at: str = ""
    paused_at: str = ""
    seen_at: str = ""
    archived: int = 0
    destroyed: int = 0
    runs: tuple[Run, ...] = ()


def search_path(team_id: str) -> str:
    """Return where an old record is asked for."""
    return routes.team(team_id, "archive", "_search")


def path(team_id: str) -> str:
    """Return where it stands how the rounds go."""
    return routes.team(team_id, "retention")


def forecast_path(team_id: str) -> str:
    """Return where a desk asks what would go."""
    return routes.team(team_id, "retention", "forecasts")


def resume_path(team_id: str) -> str:
    """Return where a person says that the clock is right."""
    return routes.team(team_id, "retention", "resumptions")
