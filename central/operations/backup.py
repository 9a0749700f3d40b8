"""Backup and restore of all records, from either kind of database to either kind (operations.md).

A dump is read in one transaction while central works: it shows one moment. It holds every table but
the sessions and what is only good for minutes; after a restore everybody signs in again, so a token
that was ended after the dump stays ended.
"""

import base64
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection

from central import migrations
from central.audit import service as audit
from central.clock import stamp, system_time
from central.database import Database, upgrade
from central.operations import dump
from central.operations import repository as keeping
from central.operations.failures import Failed
from central.sync import repository
from central.sync.service import digest

FORMAT = 1
LEFT_OUT = frozenset(("alembic_version", "session", "one_time_code", "sign_in_try"))

NOT_EMPTY = (
    "Hier staan al gegevens. Geef --replace als de kopie ze moet vervangen. Er is niets gewijzigd."
)
NEWER = "De kopie is van een nieuwere versie. Installeer die eerst. Er is niets gewijzigd."
DIFFERS = (
    "De kopie is teruggelezen, maar de telling per team klopt niet met de slotregels. "
    "Er is niets gewijzigd."
)


@dataclass(frozen=True, slots=True)
class Made:
    """What a dump holds: its moment (a stamp), how many teams, how many rows in all.

    ``undone``: what was done with accounts and desks after it and is undone by putting it back, by
    the word of the act; only where that could still be read.
    """

    at: str
    teams: int
    rows: int
    undone: Mapping[str, int] = field(default_factory=dict)


def write(database: Database, path: Path, key: bytes) -> Made:
    """Write a dump of one moment, while others read and write. Raises ``Failed``, ``OSError``."""
    made = Made("", 0, 0)

    def note(found: Made) -> None:
        nonlocal made
        made = found

    with database.backend.streamer.connect() as conn, conn.begin():
        dump.write_lines(path, key, _lines(conn, note))
    return made


def _lines(conn: Connection, note: Any) -> Iterator[Any]:
    at = stamp(system_time())
    yield {"buurtdesk": "dump", "format": FORMAT, "revision": upgrade.revision(conn), "at": at}
    rows = 0
    for table in keeping.tables(conn, LEFT_OUT):
        yield {"table": table.name, "columns": keeping.columns(table)}
        for row in keeping.walk(conn, table):
            rows += 1
            yield [_out(value) for value in row]
    digests = _digests(conn)
    yield {"digests": digests, "rows": rows}
    note(Made(at, len(digests), rows))


def restore(database: Database, path: Path, key: bytes, *, replace: bool = False) -> Made:
    """Put a dump in place of what is there, in one transaction. Raises ``Failed``.

    The whole dump is read and checked before anything is touched, and once more while it is put
    back. Records of an older program are brought up to date in the same transaction. An encrypted
    file is copied first where ``replace`` throws something away.
    """
    header = _check(path, key)
    at, known = database.revision(), list[tuple[str, int, str]]()
    if at is not None:
        if at not in migrations.KNOWN:
            raise database.backend.newer
        if database.read_now(keeping.any_team):
            if not replace:
                raise Failed(NOT_EMPTY)
            known = database.read_now(keeping.access_rows)
            database.backend.keep_copy(f"restore-{stamp(system_time()).replace(':', '')}")
    with database.backend.writer.connect() as conn, conn.begin():
        database.backend.begin_migration(conn)
        keeping.allow_idling(conn)
        if at is not None:
            upgrade.downgrade(conn, "base")
        upgrade.upgrade(conn, header["revision"])
        end = _fill(conn, path, key)
        upgrade.upgrade(conn)
        if _digests(conn) != end["digests"]:
            raise Failed(DIFFERS)
        last = keeping.last_rows(conn)
        undone = Counter(act for team, n, act in known if n > last.get(team, 0))
        audit.note_restored(conn, header["at"], stamp(system_time()))
    return Made(header["at"], len(end["digests"]), end["rows"], undone)


def _check(path: Path, key: bytes) -> dict[str, Any]:
    """Read a dump from end to end; return its first line."""
    lines = dump.read_lines(path, key)
    header = next(lines, None)
    if not isinstance(header, dict) or header.get("buurtdesk") != "dump":
        raise Failed(dump.CUT)
    if header.get("format") != FORMAT or header.get("revision") not in migrations.KNOWN:
        raise Failed(NEWER)
    last: Any = None
    for line in lines:
        last = line
    if not isinstance(last, dict) or "digests" not in last:
        raise Failed(dump.CUT)
    return header


def _fill(conn: Connection, path: Path, key: bytes) -> dict[str, Any]:
    """Write every row of the dump; return its line of sums."""
    tables = {table.name: table for table in keeping.tables(conn, LEFT_OUT)}
    into: Any = None
    columns: list[str] = []
    blobs: set[str] = set()
    waiting: list[dict[str, Any]] = []
    rows, most = 0, 1

    def pour() -> None:
        if into is not None:
            keeping.put(conn, into, waiting)
        waiting.clear()

    lines = dump.read_lines(path, key)
    next(lines)
    last: dict[str, Any] = {}
    for line in lines:
        if isinstance(line, list):
            rows += 1
            values = dict(zip(columns, line, strict=True))
            for name in blobs:
                if values[name] is not None:
                    values[name] = base64.b64decode(values[name]["b64"])
            waiting.append(values)
            if len(waiting) >= most:
                pour()
            continue
        pour()
        last = line
        if "table" in line:
            into = tables.get(line["table"])
            if into is None:
                raise Failed(NEWER)
            columns = line["columns"]
            blobs, most = keeping.bytes_columns(into), keeping.at_once(into)
    if last.get("rows") != rows:
        raise Failed(dump.CUT)
    return last


def _out(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"b64": base64.b64encode(bytes(value)).decode()}
    return value


def _digests(conn: Connection) -> dict[str, Any]:
    """Return the head and the digest of every team, to compare before and after."""
    return {
        team: {
            "seq": (repository.head(conn, team) or repository.Head(0, 0)).seq,
            "kinds": orjson.loads(digest(conn, team))["kinds"],
        }
        for team, _ in sorted(repository.teams(conn))
    }
