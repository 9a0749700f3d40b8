"""Content of photos, in pieces inside the records: never a loose file (sync.md §8)."""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, Table, Text

from central.models.base import metadata

blob = Table(
    "blob",
    metadata,
    Column("team", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("person", Text, nullable=False),
    Column("touched_at", Text, nullable=False),
    Column("orphan_at", Text),
)
Index("ix_blob_orphan_at", blob.c.orphan_at)

blob_piece = Table(
    "blob_piece",
    metadata,
    Column("team", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
