"""Plain questions to the local file, for lists that must stand before anything else is imported.

The first rows of Meldingen are read before SQLAlchemy is there (D01), and a list of forty rows
spends more time in layers than in SQLite. So these queries are SQL as text with bound values, asked
of the driver itself. ``conn`` is a connection of the driver or one of SQLAlchemy; the text of a
query never holds anything a person typed.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

_NOTHING: Mapping[str, Any] = {}


def rows(conn: Any, sql: str, values: Mapping[str, Any] = _NOTHING) -> list[tuple[Any, ...]]:
    """Return every row of an answer. Errors are the driver's; readers say what they mean."""
    found: list[tuple[Any, ...]] = _driver(conn).execute(sql, values).fetchall()
    return found


def first(conn: Any, sql: str, values: Mapping[str, Any] = _NOTHING) -> tuple[Any, ...] | None:
    """Return the first row of an answer, None where there is none."""
    found: tuple[Any, ...] | None = _driver(conn).execute(sql, values).fetchone()
    return found


def do(conn: Any, sql: str, values: Mapping[str, Any] | Sequence[Any] = _NOTHING) -> None:
    """Do one change, inside a unit of work of the writer."""
    _driver(conn).execute(sql, values)


def numbers(conn: Any, sql: str, values: Mapping[str, Any] = _NOTHING) -> array[int]:
    """Return the first column of an answer as numbers, without keeping the rows (qt.md)."""
    return array("q", map(itemgetter(0), _driver(conn).execute(sql, values)))


def _driver(conn: Any) -> Any:
    """Return the connection of the driver itself."""
    pooled = getattr(conn, "connection", None)
    return conn if pooled is None else pooled.driver_connection
