"""How a record kind becomes a local table (sync.md §10).

``n`` is the local row number (newest last; the full-text index points at it), ``ver`` and ``seq``
are the confirmed version and number, ``pending`` counts ops that central has not answered yet,
``confirmed`` holds the confirmed body as JSON while ops are pending (NULL: the columns are the
confirmed body), ``extra`` keeps fields this program does not know (I15).
"""

from typing import Any

from sqlalchemy import JSON, Column, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from contract.kinds import KINDS

metadata = MetaData()

RECORDS: dict[str, Table] = {}

_TYPES: dict[str, TypeEngine[Any]] = {
    "number": Integer(),
    "flag": Integer(),
    "items": JSON(True),
    "object": JSON(True),
}


def record_table(kind: str, *indexes: Index) -> Table:
    """Make the local table of one record kind; its name is the kind with ``rec_`` before it."""
    columns: list[Column[Any]] = [
        Column(name, _TYPES.get(field.type, Text()), key=name)
        for name, field in KINDS[kind].fields.items()
    ]
    table = Table(
        f"rec_{kind}",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("id", Text, unique=True, nullable=False),
        Column("ver", Integer, nullable=False, default=0),
        Column("seq", Integer, nullable=False, default=0),
        Column("pending", Integer, nullable=False, default=0),
        Column("confirmed", JSON(none_as_null=True)),
        Column("extra", JSON(none_as_null=True)),
        *columns,
        *indexes,
        sqlite_autoincrement=True,
    )
    RECORDS[kind] = table
    return table
