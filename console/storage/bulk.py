"""Putting many rows of a kind at once, for pages and snapshots of central.

One statement for many rows: with a statement for each, the full-text index is written through to
its pages after every single row, which costs several times the rows themselves.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, bindparam, func, select

from console.models import RECORDS
from console.storage.frozen import to_json

MOST_VALUES = 30_000
"""How many values one statement may carry; the database's own limit is 32,766."""

ALWAYS = ("id", "ver", "seq", "pending")


def put(conn: Connection, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows of this kind, each id once; a row that is there keeps its local number.

    A column that a row does not name becomes empty.
    """
    used = {name for row in rows for name, value in row.items() if value is not None}
    names = (*ALWAYS, *sorted(used.difference(ALWAYS)))
    texts = _json_columns(kind)
    raw: Any = conn.connection.driver_connection
    size = max(1, MOST_VALUES // len(names))
    for start in range(0, len(rows), size):
        piece = rows[start : start + size]
        values: list[Any] = []
        for row in piece:
            for name in names:
                value = row.get(name)
                values.append(to_json(value) if name in texts and value is not None else value)
        raw.execute(_statement(kind, names, len(piece)), values)


def among(column: ColumnElement[str], ids: Sequence[str]) -> ColumnElement[bool]:
    """Say that a column holds one of these ids, however many: they travel as one value."""
    given = func.json_each(bindparam(None, to_json(list(ids)))).table_valued("value")
    return column.in_(select(given.c.value))


@cache
def _json_columns(kind: str) -> frozenset[str]:
    return frozenset(c.name for c in RECORDS[kind].c if isinstance(c.type, JSON))


def _statement(kind: str, names: Sequence[str], rows: int) -> str:
    table = RECORDS[kind]
    row = "(" + ",".join("?" * len(names)) + ")"
    others = [c.name for c in table.c if c.name not in ("n", "id")]
    return (
        f"INSERT INTO {table.name} ({','.join(map(_quoted, names))}) "
        f"VALUES {','.join([row] * rows)} ON CONFLICT (id) DO UPDATE SET "
        + ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in others)
    )


def _quoted(name: str) -> str:
    return f'"{name}"'
