"""What central knows of the feeds it looks at, by team: when, what came, which alert it became.

No text of a feed and no personal data: keys of alerts there, hashes and times.
"""

from sqlalchemy import Column, Integer, Table, Text

from central.models.base import metadata

feed_poll = Table(
    "feed_poll",
    metadata,
    Column("team", Text, primary_key=True),
    Column("feed", Text, primary_key=True),
    Column("next_at", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("good_at", Text, nullable=False),
    Column("unknown_since", Text, nullable=False),
    Column("why", Text, nullable=False),
)

feed_item = Table(
    "feed_item",
    metadata,
    Column("team", Text, primary_key=True),
    Column("feed", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("alert", Text, nullable=False),
    Column("mark", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("told_at", Text, nullable=False),
)
