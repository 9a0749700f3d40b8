"""All SQL of making a file anew: reading what a damaged one still gives, and putting it in.

A page that cannot be read ends a connection of the cipher for good, so each table is read over a
connection of its own, from the front and then from the back.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlcipher3 import dbapi2

from central.database.sqlite import open_connection
from central.journal.chain import first_broken
from central.models.access import account, device, looking_key, one_time_code
from central.models.blob import blob, blob_piece
from central.models.feed import feed_item, feed_poll
from central.models.intake import intake_key
from central.models.journal import audit, audit_checkpoint, audit_key, audit_part
from central.models.retention import (
    archive,
    archive_look,
    purge_run,
    retention_state,
    team_key,
    tombstone,
)
from central.models.sync import day_number
from central.problems import Unusable
from contract.remaking import Left

BESIDE = (
    archive,
    tombstone,
    archive_look,
    purge_run,
    team_key,
    retention_state,
    account,
    device,
    looking_key,
    one_time_code,
    feed_poll,
    feed_item,
    intake_key,
)
"""What central keeps beside the records, row by row. Answers to ops are not among it: what the desk
did not hear of is decided anew on what the desk holds."""

LOG = (audit_key, audit_checkpoint, audit_part, audit)
"""The log: all of it or nothing, for a chain with a hole proves nothing."""

Rows = list[tuple[Any, ...]]


class Damaged:
    """A copy of a damaged file, to be read and nothing else."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def left(self, team_id: str) -> Left:
        """Count what can be read without reading all of it."""
        photos = self.rows(blob)
        return Left(
            self._count(audit, team_id),
            self._count(archive, team_id),
            None if photos is None else frozenset(_whole(photos, team_id)),
        )

    def rows(self, table: Table) -> Rows | None:
        """Return every row, or None where any cannot be read."""
        found, whole = self._both_ways(table)
        return found if whole else None

    def readable(self, table: Table) -> Rows:
        """Return the rows that can be read."""
        return self._both_ways(table)[0]

    def log(self, team_id: str) -> dict[str, Rows] | None:
        """Return the tables of the log; None where anything of it is missing or does not fit."""
        found: dict[str, Rows] = {}
        for table in LOG:
            rows = self.rows(table)
            if rows is None:
                return None
            found[table.name] = rows
        names = _words(audit)
        lines = sorted(
            (dict(zip(names, row, strict=True)) for row in found[audit.name]),
            key=lambda row: int(row["n"]),
        )
        if not lines or first_broken(lines) is not None:
            return None
        return found if {row["team"] for row in lines} == {team_id} else None

    def content(self, team_id: str) -> Iterator[tuple[tuple[Any, ...], Rows]]:
        """Walk the photos of which every piece can be read, one at a time."""
        for row in self.readable(blob):
            one = dict(zip(_words(blob), row, strict=True))
            if one["team"] != team_id or not one["complete"]:
                continue
            pieces = self._pieces(team_id, str(one["sha256"]))
            if sum(len(piece[-1]) for piece in pieces) == one["size"]:
                yield row, pieces

    def day_numbers(self, team_id: str) -> dict[str, int]:
        """Return the last number given on each day, where that can be read."""
        rows = self.readable(day_number)
        return {str(day): int(last) for of, day, last in rows if of == team_id}

    def _pieces(self, team_id: str, sha256: str) -> Rows:
        names = _names(blob_piece)
        query = f"SELECT {names} FROM blob_piece WHERE team = ? AND sha256 = ? ORDER BY start"  # nosec B608 # own names, bound values
        try:
            with closing(self._open()) as conn:
                return list(conn.execute(query, (team_id, sha256)).fetchall())
        except (dbapi2.Error, Unusable):
            return []

    def _both_ways(self, table: Table) -> tuple[Rows, bool]:
        found: dict[int, tuple[Any, ...]] = {}
        for way in ("ASC", "DESC"):
            query = f"SELECT rowid, {_names(table)} FROM {table.name} ORDER BY rowid {way}"  # nosec B608 # own names
            try:
                with closing(self._open()) as conn:
                    for rowid, *row in conn.execute(query):
                        if rowid in found:
                            break
                        found[rowid] = tuple(row)
                if way == "ASC":
                    return [*found.values()], True
            except (dbapi2.Error, Unusable):
                continue
        return [found[rowid] for rowid in sorted(found)], False

    def _count(self, table: Table, team_id: str) -> int | None:
        query = f"SELECT count(*) FROM {table.name} WHERE team = ?"  # nosec B608 # own names, bound values
        try:
            with closing(self._open()) as conn:
                return int(conn.execute(query, (team_id,)).fetchone()[0])
        except (dbapi2.Error, Unusable):
            return None

    def _open(self) -> Any:
        return open_connection(self._path, self._key)


def put(conn: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> int:
    """Put rows in, as they were read; returns how many."""
    if rows:
        names = _words(table)
        made = [dict(zip(names, row, strict=True)) for row in rows]
        conn.execute(upsert(table).on_conflict_do_nothing(), made)
    return len(rows)


def set_day_numbers(conn: Connection, team_id: str, last: dict[str, int]) -> None:
    """Let the numbers of reports go on after the last one of each day."""
    if last:
        conn.execute(
            insert(day_number),
            [{"team": team_id, "day": day, "last": number} for day, number in last.items()],
        )


def _whole(rows: Rows, team_id: str) -> Iterator[str]:
    names = _words(blob)
    for row in rows:
        one = dict(zip(names, row, strict=True))
        if one["team"] == team_id and one["complete"]:
            yield str(one["sha256"])


def _words(table: Table) -> list[str]:
    return [str(column.name) for column in table.c]


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.c)
