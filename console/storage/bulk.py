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


def put(conn: Connection, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows of this kind, each id once; a row that is there keeps its local number.

    A column that a row does not name becomes empty. The rows are the caller's no longer.
    """
    used: set[str] = set()
    for row in rows:
        used.update(row)
    for name in used & _json_columns(kind):
        for row in rows:
            if row.get(name) is not None:
                row[name] = to_json(row[name])
    names = (*ALWAYS, *sorted(used.difference(ALWAYS)))
    raw: Any = conn.connection.driver_connection
    if len(rows) * len(names) > MOST_VALUES:
        _put_in_one_go(raw, kind, names, rows)
        return
    values: list[Any] = []
    for row in rows:
        values += map(row.get, names)
    marks = ",".join([_marks(names)] * len(rows))
    raw.execute(_statement(kind, names, f"VALUES {marks}"), values)


def _put_in_one_go(
    raw: Any, kind: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Put more rows than one statement can carry by one statement all the same.

    They are laid ready in a table in memory (``temp_store``); nothing of it reaches the disk.
    """
    raw.execute(f"CREATE TEMP TABLE incoming ({','.join(map(_quoted, names))})")
    raw.executemany(
        f"INSERT INTO temp.incoming VALUES {_marks(names)}",
        [[*map(row.get, names)] for row in rows],
    )
    raw.execute(_statement(kind, names, "SELECT * FROM temp.incoming WHERE true ORDER BY rowid"))
    raw.execute("DROP TABLE temp.incoming")


def among(column: ColumnElement[str], ids: Sequence[str]) -> ColumnElement[bool]:
    """Say that a column holds one of these ids, however many: they travel as one value."""
    given = func.json_each(bindparam(None, to_json(list(ids)))).table_valued("value")
    return column.in_(select(given.c.value))


@cache
def _json_columns(kind: str) -> frozenset[str]:
    return frozenset(c.name for c in RECORDS[kind].c if isinstance(c.type, JSON))


def _statement(kind: str, names: Sequence[str], source: str) -> str:
    table = RECORDS[kind]
    others = [c.name for c in table.c if c.name not in ("n", "id")]
    return (
        f"INSERT INTO {table.name} ({','.join(map(_quoted, names))}) {source} "
        "ON CONFLICT (id) DO UPDATE SET "
        + ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in others)
    )


def _marks(names: Sequence[str]) -> str:
    return f"({','.join('?' * len(names))})"


def _quoted(name: str) -> str:
    return f'"{name}"'
