"""The floor of a query: the same statements through bare sqlcipher3 on the same encrypted file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, event

Statements = list[str]

_INSIDE_FTS = ("report_fts_", "directory_fts_")
"""Tables of the full-text index: its own statements come again by themselves."""

_open: list[Any] = []


@event.listens_for(Engine, "connect")
def _note(connection: Any, _record: Any) -> None:
    _open.append(connection)


@event.listens_for(Engine, "close")
def _forget(connection: Any, _record: Any) -> None:
    _open.remove(connection)


@contextmanager
def recorded() -> Iterator[Statements]:
    """Collect every statement SQLite gets inside the block, with its values filled in.

    Sees the connections that were opened after this module was imported.
    """
    found: Statements = []
    for connection in _open:
        connection.set_trace_callback(found.append)
    try:
        yield found
    finally:
        for connection in _open:
            connection.set_trace_callback(None)


def bare(path: Path, key: bytes) -> Any:
    """Open the encrypted file without anything of ours."""
    connection = driver.connect(str(path), check_same_thread=False)
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


def replay(connection: Any, statements: Statements) -> Callable[[], None]:
    """Return a call that runs the statements again and fetches every row."""
    wanted = [
        sql
        for sql in statements
        if sql.lstrip().upper().startswith(("SELECT", "WITH"))
        and not any(table in sql for table in _INSIDE_FTS)
    ]

    def work() -> None:
        for sql in wanted:
            connection.execute(sql).fetchall()

    return work
