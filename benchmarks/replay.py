"""The floor of a query: the same statements through bare sqlcipher3 on the same encrypted file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, event

Statements = list[tuple[str, Any]]


@contextmanager
def recorded() -> Iterator[Statements]:
    """Collect every statement that is sent to a database inside the block."""
    found: Statements = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def bare(path: Path, key: bytes) -> Any:
    """Open the encrypted file without anything of ours."""
    connection = driver.connect(str(path), check_same_thread=False)
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


def replay(connection: Any, statements: Statements) -> Callable[[], None]:
    """Return a call that runs the statements again and fetches every row."""
    wanted = [
        (sql, parameters)
        for sql, parameters in statements
        if sql.lstrip().upper().startswith(("SELECT", "WITH"))
    ]

    def work() -> None:
        for sql, parameters in wanted:
            connection.execute(sql, parameters).fetchall()

    return work
