"""Two transactions on PostgreSQL at one moment: the second begins before the first is committed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, text

from central.database import Database

Work = Callable[[Connection], Any]

DEADLINE_S = 10.0


def at_once(database: Database, first: Work, second: Work) -> tuple[Any, Any]:
    """Commit the first once the second waits for it, or is done; return what both gave."""
    given: list[Any] = []
    other = threading.Thread(target=lambda: given.append(database.write_now(second)))
    with database.backend.writer.connect() as conn, conn.begin():
        done = first(conn)
        other.start()
        until = time.monotonic() + DEADLINE_S
        while other.is_alive() and not _waits(database) and time.monotonic() < until:
            other.join(0.01)
    other.join(DEADLINE_S)
    return done, given[0]


def _waits(database: Database) -> bool:
    query = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.backend.reader.connect() as conn:
        return bool(conn.execute(query).scalar())
