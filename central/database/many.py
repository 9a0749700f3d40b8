"""Putting many rows in a table at once."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, insert

AT_ONCE = 500
"""Rows of one statement; with a dozen columns far below what a statement may bind."""


def put_many(
    conn: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows of these columns, whose values the database takes as they are.

    In a file the driver gets them as they come: putting each row through the toolkit takes longer
    than the database takes to store it.
    """
    if not rows:
        return
    if conn.dialect.name != "sqlite":
        conn.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        return
    columns = ",".join(f'"{name}"' for name in names)
    marks = "(" + ",".join("?" * len(names)) + ")"
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        values = ",".join([marks] * len(some))
        # One statement for many rows: the driver lets other threads go on once, not at every row.
        conn.exec_driver_sql(
            f"INSERT INTO {table.name} ({columns}) VALUES {values}",  # nosec B608 # own names, bound values
            tuple(chain.from_iterable(some)),
        )
