"""Tables that never leave this desk: the outbox, the tray, cursors, drafts of typing, memory.

``outbox.state``: pending, inflight or blocked (sync.md §10). A settled op moves to ``journal``
(kept 14 days), a refused one to ``tray``. ``op`` is the frozen wire form as JSON text.
``tray.theirs`` is what central has instead, ``theirs_by`` and ``theirs_at`` who put it there and
when; ``journal.ver`` is the version that central gave the record.
"""

from sqlalchemy import JSON, Column, Index, Integer, Table, Text

from console.models.base import metadata

PENDING, INFLIGHT, BLOCKED = "pending", "inflight", "blocked"

outbox = Table(
    "outbox",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("op_id", Text, unique=True, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("station", Text, nullable=False, default=""),
    Column("op", Text, nullable=False),
    Column("op_group", Text),
    Column("state", Text, nullable=False, default="pending"),
    Column("tries", Integer, nullable=False, default=0),
    Column("next_at", Text, nullable=False, default=""),
    Column("made_at", Text, nullable=False),
    Column("sent_at", Text),
    Column("last_status", Text),
    Column("schema", Integer, nullable=False, default=1),
    Index("outbox_by_record", "kind", "id", "n"),
    Index("outbox_by_state", "state", "person", "n"),
    sqlite_autoincrement=True,
)

tray = Table(
    "tray",
    metadata,
    Column("op_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("code", Text, nullable=False, default=""),
    Column("fields", JSON, nullable=False),
    Column("theirs", JSON(none_as_null=True)),
    Column("theirs_by", Text),
    Column("theirs_at", Text),
    Column("station", Text),
    Column("refused_at", Text, nullable=False),
    Column("settled_at", Text),
    Column("settled_how", Text),
    Index("tray_open", "settled_at", "person"),
    Index("tray_by_record", "kind", "id"),
)

journal = Table(
    "journal",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("op_id", Text, unique=True, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("acked_at", Text, nullable=False),
    Column("station", Text),
    Column("ver", Integer),
    Index("journal_by_record", "kind", "id"),
    Index("journal_by_time", "acked_at"),
    sqlite_autoincrement=True,
)

cursor = Table(
    "cursor",
    metadata,
    Column("team", Text, primary_key=True),
    Column("cursor", Text, nullable=False, default=""),
    Column("witness", Text, nullable=False, default=""),
    Column("generation", Integer, nullable=False, default=0),
    Column("at", Text, nullable=False, default=""),
)

grave = Table(
    "grave",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
)

typing = Table(
    "typing",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)

seen = Table(
    "seen",
    metadata,
    Column("person", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

pasted = Table(
    "pasted",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("report_id", Text, nullable=False),
    Column("at", Text, nullable=False),
)

memory = Table(
    "memory",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

# A record whose row is hidden by a pending delete, or that central deleted while ops of ours
# wait: rows of ``rec_`` tables are always to be shown. ``body`` is the confirmed body where
# ``present`` is 1, else the last one that was shown, for the tray.
withheld = Table(
    "withheld",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("seq", Integer, nullable=False, default=0),
    Column("present", Integer, nullable=False),
    Column("shown_ver", Integer, nullable=False),
    Column("body", JSON, nullable=False),
)

# Records of kinds that a newer central knows and this program does not (I15).
unread_record = Table(
    "unread_record",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("body", JSON, nullable=False),
)

# What a resync has fetched so far; swapped in whole or dropped (sync.md §7).
shadow = Table(
    "shadow",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("body", JSON, nullable=False),
)

# What the directory search finds: a group, each of its streets, an area, an administrator.
directory_entry = Table(
    "directory_entry",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Column("area_id", Text, nullable=False, default=""),
    Index("directory_entry_by_ref", "ref"),
    sqlite_autoincrement=True,
)
