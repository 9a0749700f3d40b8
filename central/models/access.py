"""Devices and sessions (sync.md §9). Tokens stand here as hashes only."""

from sqlalchemy import Column, Index, Table, Text

from central.models.base import metadata

device = Table(
    "device",
    metadata,
    Column("team", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("access_hash", Text, primary_key=True),
    Column("refresh_hash", Text, nullable=False, unique=True),
    Column("family", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("access_until", Text, nullable=False),
    Column("refresh_until", Text, nullable=False),
    Column("refreshed_at", Text),
    Column("revoked_at", Text),
)
Index("ix_session_family", session.c.family)
Index("ix_session_refresh_until", session.c.refresh_until)
