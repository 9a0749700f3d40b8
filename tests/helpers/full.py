"""A desk's file that may grow no further, as on a disk without room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from console.storage.database import Store

MOST_PAGES = 1_073_741_823


@contextmanager
def full(store: Store) -> Iterator[None]:
    """Let the file grow no further while the block runs, with no room left in it either."""
    _do(store, "PRAGMA max_page_count=1")
    try:
        for size in (100_000, 3_000, 100):
            while not _fails(store, size):
                pass
        yield
    finally:
        _do(store, f"PRAGMA max_page_count={MOST_PAGES}")
        _do(store, "DELETE FROM memory WHERE name LIKE 'filler%'")


def _fails(store: Store, size: int) -> bool:
    words = f'"{"x" * size}"'
    query = "INSERT INTO memory VALUES ('filler' || hex(randomblob(8)), ?)"
    return store.write(lambda conn: conn.exec_driver_sql(query, (words,))).exception() is not None


def _do(store: Store, statement: str) -> None:
    store.write(lambda conn: conn.exec_driver_sql(statement).close()).result()
