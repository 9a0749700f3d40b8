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
