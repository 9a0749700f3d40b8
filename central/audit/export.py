"""Audit rows as lines of JSON, with their checkpoints, and the check of such a file (F54).

A head per team, then the rows in order with each checkpoint after the row of its size, then an end. A
desk puts the checkpoints that it kept itself right after the head, as ``seen``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from central.audit import repository, signing
from central.audit.check import Checked, Row, Signed, Why, check, merged
from contract.checkpoint import Key, read_key

FORM = "buurtdesk-audit"
VERSION = 1
LINE_LONGEST = 65_536
SEEN_MOST = 2_000


class NoExport(ValueError):
    """This file is no export of audit rows, or of a form that this program does not know."""


@dataclass(frozen=True, slots=True)
class OfTeam:
    """What the check of one team's part of a file found; ``keys``: what it was checked with."""

    team: str
    name: str
    found: Checked
    keys: tuple[Key, ...]


def lines(conn: Connection, team: str, name: str, at: str) -> Iterator[bytes]:
    """Walk the export of a team, line by line."""
    keys = [key.text() for key in signing.keys(conn, team)]
    head = {"form": FORM, "version": VERSION, "team": team, "name": name, "at": at, "keys": keys}
    yield orjson.dumps(head) + b"\n"
    notes = ((row.size, row.note) for row in list(repository.checkpoints(conn, team)))
    rows, last = 0, ""
    for one in merged(repository.walk(conn, team), notes):
        if isinstance(one, Row):
            rows, last = rows + 1, str(one.values["chain"])
            yield orjson.dumps(one.values) + b"\n"
        else:
            yield orjson.dumps({"checkpoint": one.note}) + b"\n"
    yield orjson.dumps({"end": rows, "link": last}) + b"\n"


def check_file(found: Iterable[bytes], trusted: Iterable[Key] = ()) -> Iterator[OfTeam]:
    """Check an export line by line; one answer per team. Raises ``NoExport``.

    ``trusted``: keys known from elsewhere, in place of those that the file names itself.
    """
    given = tuple(trusted)
    walk = _Lines(found)
    head = walk.take()
    while head is not None:
        if head.get("form") != FORM or head.get("version") != VERSION:
            raise NoExport
        team, name = str(head.get("team") or ""), str(head.get("name") or "")
        try:
            keys = given or tuple(read_key(str(one)) for one in head.get("keys") or ())
        except ValueError:
            raise NoExport from None
        seen: list[str] = []
        while (line := walk.peek()) is not None and "seen" in line and len(seen) < SEEN_MOST:
            walk.take()
            seen.append(str(line["seen"]))
        part = _Part(walk)
        result = check(team, part, keys, seen=seen)
        if result.line is None and (part.end != result.rows):
            result = Checked(
                result.rows,
                result.notes,
                result.signed_to,
                result.rows + 1,
                Why.CUT,
                result.last,
            )
        yield OfTeam(team, name, result, keys)
        if result.line is not None:
            return
        head = walk.take()


class _Lines:
    """Reads lines one at a time, with a look ahead of one."""

    def __init__(self, found: Iterable[bytes]) -> None:
        self._found = iter(found)
        self._ahead: dict[str, Any] | None = None

    def take(self) -> dict[str, Any] | None:
        line, self._ahead = self.peek(), None
        return line

    def peek(self) -> dict[str, Any] | None:
        if self._ahead is None:
            raw = next(self._found, None)
            if raw is None:
                return None
            try:
                said = orjson.loads(raw)
            except orjson.JSONDecodeError:
                said = None
            # What cannot be read is a line that does not fit, and is named as one.
            self._ahead = said if isinstance(said, dict) else {}
        return self._ahead


class _Part:
    """Walks rows and checkpoints up to the end of a team; ``end``: how many rows it says."""

    def __init__(self, walk: _Lines) -> None:
        self._walk = walk
        self.end: int | None = None

    def __iter__(self) -> Iterator[Row | Signed]:
        while (line := self._walk.peek()) is not None:
            if line.get("form") == FORM:
                return
            self._walk.take()
            if "checkpoint" in line:
                yield Signed(str(line["checkpoint"]))
            elif "end" in line:
                self.end = line["end"] if isinstance(line["end"], int) else None
                return
            else:
                yield Row(line)
