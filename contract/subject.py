"""What a team holds of one person: how it is asked for, found and answered (F52, security.md §4).

The number and the name go in the body of a POST and are kept nowhere; central keeps a keyed mark of
them, so that a page can only be fetched for what was written down. What matches is told by
``contract.sought``.
"""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from contract import routes
from contract.messages import Identifier, Message, Word

REASON_LEAST = 10
"""The fewest characters of a reason: a word is no reason."""

PAGE = 500
"""How many records central looks through for one page."""

VALID_MINUTES = 60
"""How long after it was written down a question can be answered."""

_Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=REASON_LEAST, max_length=400)
]
_Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


class SubjectTerms(Message):
    """Who it is about: a number, a name, or both. Neither is ever logged."""

    phone: _Phone = Field("", repr=False)
    name: _Name = Field("", repr=False)


class SubjectAsked(SubjectTerms):
    """The question with its reason, which is written down first."""

    reason: _Reason = Field(repr=False, examples=["Verzoek om inzage, brief van 3 maart"])


class SubjectNoted(Message):
    """That the question was written down; ``total``: how many records will be looked through."""

    id: Identifier
    total: int


class SubjectNext(SubjectTerms):
    """The next page of what was asked. ``after``: what the page before said, empty for the first."""

    after: Annotated[str, StringConstraints(max_length=200)] = ""


class SubjectHit(Message):
    """One record. ``sure``: it is about this person; else a person judges. ``where``: fields."""

    kind: Word
    id: Identifier
    at: str
    by: str = ""
    old: bool = False
    sure: bool
    where: tuple[str, ...]
    body: dict[str, Any] = Field(repr=False)


class SubjectPage(Message):
    """What one page held. ``after`` is empty at the end; ``seen``: records looked through."""

    hits: tuple[SubjectHit, ...] = ()
    seen: int
    after: str = ""


class SubjectGiven(Message):
    """How many records go in the bundle and how many a person left out."""

    given: Annotated[int, Field(ge=0, le=10_000_000)]
    left_out: Annotated[int, Field(ge=0, le=10_000_000)]


def path(team_id: str, *rest: str) -> str:
    """Return where a question about one person is written down, or what stands under it."""
    return routes.team(team_id, "subject-requests", *rest)
