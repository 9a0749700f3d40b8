"""Who changed what, when and from which device: rows are added and never altered (sync.md §6)."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from central.models.base import metadata

audit = Table(
    "audit",
    metadata,
    Column("team", Text, primary_key=True),
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("op_id", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("ver", Integer, nullable=False),
    Column("before_hash", Text, nullable=False),
    Column("after_hash", Text, nullable=False),
    Column("chain", Text, nullable=False),
)
Index("ix_audit_record", audit.c.team, audit.c.kind, audit.c.record)

audit_checkpoint = Table(
    "audit_checkpoint",
    metadata,
    Column("team", Text, primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("note", Text, nullable=False),
)
"""Signed: so many rows stood here, with this link; rows are added only (security.md §6)."""

audit_key = Table(
    "audit_key",
    metadata,
    Column("public", Text, primary_key=True),
    Column("seed", Text, nullable=True),
    Column("made_at", Text, nullable=False),
    Column("ended_at", Text, nullable=True),
)
"""What checkpoints are signed with; ``seed`` is absent where the environment gives it."""

audit_part = Table(
    "audit_part",
    metadata,
    Column("team", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("part", BigInteger, primary_key=True, autoincrement=False),
)
"""In which parts of a thousand rows a person or an act stands, up to the newest checkpoint."""
