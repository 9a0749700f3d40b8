"""The wire form of looking at one feed now, as the account holder asks it (F63, docs/api.md §5)."""

from pydantic import Field

from contract import routes
from contract.messages import Message
from contract.vocabulary import AlertSource

WAIT_S = 15.0
"""The longest a look may take; the source itself has 10 seconds."""


class FeedLooked(Message):
    """How a feed is after the look: what its lamp says. Stamps; ``unknown_since`` empty: it answers.

    ``asked``: false where the source wants to be left alone until later, so that it was not asked.
    """

    feed: AlertSource = Field(examples=[AlertSource.NL_ALERT])
    good_at: str = ""
    unknown_since: str = ""
    why: str = ""
    asked: bool = True


def path(team_id: str, feed: str) -> str:
    """Return where central is asked to look."""
    return routes.team(team_id, "feeds", feed, "looks")
