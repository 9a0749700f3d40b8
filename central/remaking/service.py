"""Making central's file anew: the records of the desk, and what the damaged file still gives.

The new file is nobody's until it is whole: whoever asked for it gives it central's name then. So
nothing here has to be done twice in one file.
"""

import re
import shutil
from calendar import isleap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from central.clock import local_day, stamp
from central.database import Database
from central.journal import repository as journal
from central.journal.chain import Entry, body_hash
from central.models.blob import blob, blob_piece
from central.models.journal import audit
from central.models.retention import archive
from central.models.sync import sync_record
from central.remaking import repository
from central.remaking.repository import Damaged
from central.sequence import Author, Staged, commit_changes
from central.sync import repository as records_of
from contract.audited import REMADE
from contract.op import Record
from contract.remaking import Left, Remade, Told

PIECE = 1000
_NUMBER = re.compile(r"(\d\d)(\d\d)-(\d{3,9})")


def left_in(path: Path, key: bytes, team: str) -> Left:
    """Say what a damaged file still tells; nothing in it is changed."""
    with _copy(path, key) as damaged:
        return damaged.left(team) if damaged is not None else Left()


def remake(
    database: Database,
    damaged: Path,
    key: bytes,
    team: tuple[str, str],
    records: Sequence[Record],
    moment: datetime,
    told: Told,
) -> Remade:
    """Fill a new file with these records, as they are, and with what the damaged one still gives.

    ``team``: its id, which stays the same, and its name. Records keep their version and their graves;
    who changed each last and when comes along where it can be read.
    """
    team_id, now = team[0], stamp(moment)
    with _copy(damaged, key) as found:
        database.write_now(lambda conn: records_of.add_team(conn, team_id, team[1], now))
        log, old, photos = False, 0, frozenset[str]()
        last: dict[tuple[str, str], tuple[str, str]] = {}
        numbers_there: dict[str, int] = {}
        if found is not None:
            log = _take_log(database, found, team_id)
            old = _take_beside(database, found)
            photos = _take_photos(database, found, team_id)
            last = _last_changes(found, team_id)
            numbers_there = found.day_numbers(team_id)
    author = Author(team_id, "", "", now)
    for start in range(0, len(records), PIECE):
        piece = [_dated(one, last, now) for one in records[start : start + PIECE]]
        database.write_now(lambda conn, piece=piece: _commit(conn, author, piece))  # type: ignore[misc]
        told(min(start + PIECE, len(records)), len(records))
    numbers = _day_numbers(records)
    for day, number in numbers_there.items():
        numbers[day] = max(number, numbers.get(day, 0))
    database.write_now(lambda conn: repository.set_day_numbers(conn, team_id, numbers))
    return Remade(len(records), log, old, photos)


@contextmanager
def _copy(path: Path, key: bytes) -> Iterator[Damaged | None]:
    """Lend a copy of the damaged file: reading one may write to the log beside it. None: no file."""
    copy = path.with_name(f"{path.stem}-look{path.suffix}")
    try:
        for end in ("-wal", ""):
            part = path.with_name(path.name + end)
            if part.exists():
                shutil.copyfile(part, copy.with_name(copy.name + end))
        yield Damaged(copy, key) if copy.exists() and copy.stat().st_size else None
    finally:
        for end in ("-wal", "-shm", ""):
            copy.with_name(copy.name + end).unlink(missing_ok=True)


def _take_log(database: Database, found: Damaged, team: str) -> bool:
    tables = found.log(team)
    if tables is None:
        return False

    def work(conn: Connection) -> None:
        for table in repository.LOG:
            repository.put(conn, table, tables[table.name])
        journal.go_on_from(conn, team, len(tables[audit.name]))

    database.write_now(work)
    return True


def _take_beside(database: Database, found: Damaged) -> int:
    """Take over what stands beside the records; returns how many old records there are among it."""
    old = 0
    for table in repository.BESIDE:
        rows = found.readable(table)
        taken = database.write_now(lambda conn, t=table, r=rows: repository.put(conn, t, r))  # type: ignore[misc]
        old += taken if table is archive else 0
    return old


def _take_photos(database: Database, found: Damaged, team: str) -> frozenset[str]:
    kept = set()
    for row, pieces in found.content(team):
        digest = sha256()
        for piece in pieces:
            digest.update(piece[-1])
        name = str(row[1])
        if digest.hexdigest() != name:
            continue

        def work(conn: Connection, row: Any = row, pieces: Any = pieces) -> None:
            repository.put(conn, blob, [row])
            repository.put(conn, blob_piece, pieces)

        database.write_now(work)
        kept.add(name)
    return frozenset(kept)


def _last_changes(found: Damaged, team: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Return by kind, id and version who changed a record last and when, where that can be read."""
    names = [column.name for column in sync_record.c]
    last = {}
    for row in found.readable(sync_record):
        one = dict(zip(names, row, strict=True))
        if one["team"] == team:
            last[str(one["kind"]), f"{one['id']}/{one['ver']}"] = (str(one["at"]), str(one["by"]))
    return last


def _dated(record: Record, last: dict[tuple[str, str], tuple[str, str]], now: str) -> Record:
    at, by = last.get((record.kind, f"{record.id}/{record.ver}"), (now, ""))
    return replace(record, at=at, by=by)


def _commit(conn: Connection, author: Author, records: Sequence[Record]) -> None:
    entries = [
        Entry("", REMADE, one.kind, one.id, one.ver, "", "" if one.deleted else body_hash(one.body))
        for one in records
    ]
    commit_changes(conn, author, [Staged(one, 0, dated=True) for one in records], (), entries)


def _day_numbers(records: Sequence[Record]) -> dict[str, int]:
    """Return the last number of each day that reports hold: the day central took them in."""
    last: dict[str, int] = {}
    for one in records:
        if one.kind != "report" or one.deleted:
            continue
        number = _NUMBER.fullmatch(str(one.body.get("number") or ""))
        made = str(one.body.get("created_at") or one.body.get("heard_at") or "")
        day = _day_of(number[1], number[2], made) if number and made else ""
        if number and day:
            last[day] = max(last.get(day, 0), int(number[3]))
    return last


def _day_of(month: str, day: str, made: str) -> str:
    """Return the day of a number; its year is the one that lies nearest to when it was made."""
    try:
        near = date.fromisoformat(local_day(made))
        found = [
            date(year, int(month), int(day))
            for year in (near.year - 1, near.year, near.year + 1)
            if (month, day) != ("02", "29") or isleap(year)
        ]
    except ValueError:
        return ""
    return min(found, key=lambda one: abs(one - near)).isoformat()
