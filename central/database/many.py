"""Putting many rows in a table at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert


def put_many(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns, whose values the database takes as they are.

    In a file the driver gets them as plain tuples: putting each row through the toolkit takes
    longer than the database takes to store it.
    """
    if not rows:
        return
    if conn.dialect.name != "sqlite":
        conn.execute(insert(table), rows)
        return
    names = list(rows[0])
    columns = ",".join(f'"{name}"' for name in names)
    marks = ",".join("?" * len(names))
    conn.exec_driver_sql(
        f"INSERT INTO {table.name} ({columns}) VALUES ({marks})",
        [tuple([row[name] for name in names]) for row in rows],
    )
