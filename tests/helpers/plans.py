"""Asks SQLite how it will answer, so no list ever walks a growing table (house.md §3.15)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Executable, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

from console.storage.database import Store

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
    "rec_photo",
    "blob",
    "blob_piece",
    "blob_task",
)
_QUESTION = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)
_INSIDE_FTS = re.compile(r"\w+_fts_(data|idx|content|docsize|config)")


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


def asked_by(store: Store, work: Callable[[Connection], object]) -> list[str]:
    """Return every question a read asks, as SQLite gets it, values filled in."""
    seen: list[str] = []

    def look(conn: Connection) -> None:
        raw = conn.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(seen.append)
        try:
            work(conn)
        finally:
            raw.set_trace_callback(None)

    store.read(look).result()
    return [one for one in seen if _QUESTION.match(one) and not _INSIDE_FTS.search(one)]


def walks_of(store: Store, asked: Iterable[str]) -> list[str]:
    """Return the questions that walk a growing table, with the line of the plan that says so."""

    def look(conn: Connection) -> list[str]:
        raw = conn.connection.driver_connection
        assert raw is not None
        bad = []
        for question in asked:
            for row in raw.execute(f"EXPLAIN QUERY PLAN {question}").fetchall():
                # A walk shows the table's name or the short name the question gives it.
                match = re.match(r"SCAN (\w+)", row[3])
                table = _table(match[1], question) if match else ""
                if table in GROWING and not _newest_few(table, question):
                    bad.append(f"{row[3]}: {question}")
        return bad

    return store.read(look).result()


def _newest_few(table: str, question: str) -> bool:
    """Say whether a question reads a number of the newest rows and then stops."""
    return bool(re.search(rf"FROM {table}\s+ORDER BY \S+ DESC\s+LIMIT \d+", question))


def _table(name: str, question: str) -> str:
    """Return which table a name in a plan stands for."""
    short = re.search(rf"\b(rec_\w+|journal)\s+(?:AS\s+)?{name}\b", question, re.IGNORECASE)
    return short[1] if short else name


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
