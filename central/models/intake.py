"""Keys of outside report forms (F10). A key stands here as a hash only.

No personal data but the id of the account holder who made or ended a key.
"""

from sqlalchemy import Column, Index, Table, Text

from central.models.base import metadata

intake_key = Table(
    "intake_key",
    metadata,
    Column("id", Text, primary_key=True),
    Column("team", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key_hash", Text, nullable=False, unique=True),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("used_at", Text),
    Column("revoked_at", Text),
    Column("revoked_by", Text),
)
Index("ix_intake_key_team", intake_key.c.team)
