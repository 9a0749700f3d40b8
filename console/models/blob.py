"""The content of photos, and what still travels of it (sync.md §8). Never leaves as a record.

``blob.whole`` is 1 once every byte is here and fits the hash; content is read only then (I16).
``blob_piece`` holds its bytes from ``start`` on. ``blob_task.way``: up or down; ``person`` is who
added it, empty for what is fetched or what anybody may send. ``state``: open, or gone where central
has no such content.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from console.models.base import metadata

UP, DOWN = "up", "down"
OPEN, GONE = "open", "gone"

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("whole", Integer, nullable=False, default=0),
    Column("used_at", Text, nullable=False),
)

blob_piece = Table(
    "blob_piece",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)

blob_task = Table(
    "blob_task",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("way", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("offset", Integer, nullable=False, default=0),
    Column("state", Text, nullable=False, default=OPEN),
    Column("tries", Integer, nullable=False, default=0),
    Column("next_at", Text, nullable=False, default=""),
    Column("made_at", Text, nullable=False),
    Index("blob_task_open", "state", "made_at"),
)
