"""What left the desks, what was destroyed, and when central looked (security.md §4).

``archive.root_kind`` and ``root_id`` name the record that a row went with; empty for one that went
by its own term. ``number``, ``place`` and ``day_at`` repeat what an exact question may ask for.
``tombstone``, ``purge_run``: ids, dates and counts, never a word of a record.
"""

from sqlalchemy import Column, Index, Integer, Table, Text

from central.models.base import metadata

archive = Table(
    "archive",
    metadata,
    Column("team", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("root_kind", Text, nullable=False),
    Column("root_id", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("day_at", Text, nullable=False),
    Column("content", Text, nullable=False),
)
Index("ix_archive_root", archive.c.team, archive.c.root_kind, archive.c.root_id)
Index("ix_archive_number", archive.c.team, archive.c.number)
Index("ix_archive_place", archive.c.team, archive.c.place, archive.c.day_at)
Index("ix_archive_content", archive.c.team, archive.c.content)

tombstone = Table(
    "tombstone",
    metadata,
    Column("team", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("day", Text, nullable=False),
)

archive_look = Table(
    "archive_look",
    metadata,
    Column("team", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("use", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("found", Integer, nullable=False),
)

purge_run = Table(
    "purge_run",
    metadata,
    Column("team", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("count", Integer, nullable=False),
)
Index("ix_purge_run_at", purge_run.c.team, purge_run.c.at)

team_key = Table(
    "team_key",
    metadata,
    Column("team", Text, primary_key=True),
    Column("key", Text, nullable=False),
)
"""What pseudonyms of people who left are made with; in hexadecimal digits, never sent."""

retention_state = Table(
    "retention_state",
    metadata,
    Column("team", Text, primary_key=True),
    Column("seen_at", Text, nullable=False),
    Column("ran_at", Text, nullable=False),
    Column("paused_at", Text, nullable=False),
)
