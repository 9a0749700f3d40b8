"""What encryption costs: the same work on the same build, with and without a key (security.md §2)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from benchmarks.measure import Figure, against, in_turns
from benchmarks.someone import KEY
from console.storage.connection import CACHE_KIB, open_connection

ROWS = 20_000
SMALL = 1_000
READS = 5_000
LISTS = 300
PAGE = 50
RUNS = 5
WORDS = "x" * 570
FLOOR = "hetzelfde werk op dezelfde bibliotheek zonder sleutel"

TABLE = "CREATE TABLE r (id TEXT PRIMARY KEY, state INTEGER, n INTEGER, body TEXT) WITHOUT ROWID"
INDEX = "CREATE INDEX r_list ON r (state, n DESC)"


def measure(rows: int = ROWS, runs: int = RUNS) -> list[Figure]:
    """Measure the four ways in which a desk uses its file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            closing(open_connection(folder / "locked.db", KEY)) as locked,
            closing(_plain(folder / "plain.db")) as plain,
        ):
            both = (locked, plain)
            for one in both:
                one.execute(TABLE)
                one.execute(INDEX)
            return [
                _figure("encryption_bulk", both, lambda one: _bulk(one, rows), 2.5, runs),
                _figure("encryption_small", both, _small, 4.0, runs),
                _figure("encryption_key_reads", both, lambda one: _reads(one, rows), 3.0, runs),
                _figure("encryption_list", both, _lists, 2.0, runs),
            ]


def _figure(
    name: str, both: tuple[Any, Any], work: Callable[[Any], object], target: float, runs: int
) -> Figure:
    locked, plain = both
    mine, floor = in_turns(lambda: work(locked), lambda: work(plain), runs)
    return against(name, mine, floor, floor=FLOOR, target=target)


def _plain(path: Path) -> Any:
    """Open a file without a key, set up as the desk sets up its own; the desk refuses such a file."""
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    connection.execute("PRAGMA secure_delete=ON")
    return connection


def _bulk(connection: Any, rows: int) -> None:
    """Fill the table in one transaction and move it from the log into the file."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM r")
    connection.executemany(
        "INSERT INTO r VALUES (?, ?, ?, ?)",
        ((f"{n * 7919 % rows:08d}", n % 4, n, WORDS) for n in range(rows)),
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _small(connection: Any) -> None:
    """Change one row a transaction, without waiting for the disk: that wait is the same for both."""
    connection.execute("PRAGMA synchronous=NORMAL")
    for n in range(SMALL):
        connection.execute("UPDATE r SET n = n + 1 WHERE id = ?", (f"{n * 17:08d}",))
    connection.execute("PRAGMA synchronous=FULL")


def _reads(connection: Any, rows: int) -> None:
    """Fetch rows by their id, from a cache that holds nothing yet."""
    connection.execute("PRAGMA shrink_memory").fetchall()
    for n in range(READS):
        connection.execute(
            "SELECT body FROM r WHERE id = ?", (f"{n * 7907 % rows:08d}",)
        ).fetchone()


def _lists(connection: Any) -> None:
    """Read the first page of a list by its index."""
    for n in range(LISTS):
        connection.execute(
            "SELECT id, n, body FROM r WHERE state = ? ORDER BY n DESC LIMIT ?", (n % 4, PAGE)
        ).fetchall()
