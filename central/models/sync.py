"""Records, commits, stored results and the counter of each team (sync.md §2).

``sync_record.body`` is JSON text. ``parent`` and ``holder`` repeat one value of the body so that
central finds the placements of a post and what somebody holds without reading every body; only
``central.sequence`` writes them.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from central.models.base import metadata

team = Table(
    "team",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)

team_head = Table(
    "team_head",
    metadata,
    Column("team", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("floor_seq", BigInteger, nullable=False),
    Column("audit_n", BigInteger, nullable=False),
)

sync_record = Table(
    "sync_record",
    metadata,
    Column("team", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("schema_v", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("parent", Text),
    Column("holder", Text),
    UniqueConstraint("team", "seq"),
)

_PARENT = sync_record.c.parent.is_not(None)
_HOLDER = sync_record.c.holder.is_not(None)

Index(
    "ix_sync_record_parent",
    sync_record.c.team,
    sync_record.c.kind,
    sync_record.c.parent,
    sqlite_where=_PARENT,
    postgresql_where=_PARENT,
)
Index(
    "ix_sync_record_holder",
    sync_record.c.team,
    sync_record.c.holder,
    sqlite_where=_HOLDER,
    postgresql_where=_HOLDER,
)

sync_commit = Table(
    "sync_commit",
    metadata,
    Column("team", Text, primary_key=True),
    Column("last_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("nonce", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("person", Text, nullable=False),
)

sync_op = Table(
    "sync_op",
    metadata,
    Column("team", Text, primary_key=True),
    Column("op_id", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
)
Index("ix_sync_op_at", sync_op.c.at)

day_number = Table(
    "day_number",
    metadata,
    Column("team", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)
