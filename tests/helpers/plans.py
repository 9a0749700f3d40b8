"""Asks SQLite how it will answer, so no list ever walks a growing table (house.md §3.15)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Executable, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

GROWING = (
    "rec_report",
    "rec_log_entry",
    "rec_post",
    "rec_placement",
    "rec_alert",
    "rec_step_tick",
    "rec_handover",
    "rec_handover_line",
    "journal",
)


def plan_of(
    conn: Connection, statement: Executable | str, values: Mapping[str, Any] | None = None
) -> list[str]:
    """Return the lines of EXPLAIN QUERY PLAN for a statement."""
    if isinstance(statement, str):
        asked = text(f"EXPLAIN QUERY PLAN {statement}")
        return [row.detail for row in conn.execute(asked, dict(values or {}))]
    assert isinstance(statement, ClauseElement)
    compiled = statement.compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": values is None}
    )
    return [row.detail for row in conn.execute(text(f"EXPLAIN QUERY PLAN {_plain(str(compiled))}"))]


def assert_uses_index(
    conn: Connection,
    statement: Executable | str,
    growing_tables: Iterable[str] = GROWING,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Fail where the statement walks a growing table from end to end or sorts all of it.

    A walk over a table ends in ``SCAN table``, with or without a covering index. A statement as
    text takes its bind values in ``values``; one built by SQLAlchemy carries its own.
    """
    lines = plan_of(conn, statement, values)
    for table in growing_tables:
        walked = [line for line in lines if re.match(rf"SCAN {re.escape(table)}\b", line)]
        assert not walked, f"This list walks all of {table}: {lines}"


def _plain(statement: str) -> str:
    # A colon in a literal would be taken for a bind value by text().
    return statement.replace(":", r"\:")
