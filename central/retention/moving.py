"""One step of a round: records leave the desks for the archive, or are destroyed, as one commit.

The record becomes a grave that says so (``PURGED``), and goes to every desk as any other change.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from central.clock import stamp
from central.journal import repository as journal
from central.journal.chain import Entry, canonical, text_hash
from central.retention import repository
from central.retention.repository import Key, Old
from central.sequence import Author, Staged, commit_changes
from central.sync import repository as records
from contract.op import Record
from contract.retention import ARCHIVED, DESTROYED, PURGED, marks_of, parents_of

DEVICE = "central"


def archive(conn: Connection, team: str, found: Sequence[Record], moment: datetime) -> int:
    """Move these records to the archive where they still stand as they were found."""
    there = _still(conn, team, found)
    parents = [parents_of(one.kind, one.body) for one in there]
    known = repository.roots(conn, team, {key for keys in parents for key in keys})
    now = stamp(moment)
    rows = []
    for one, above in zip(there, parents, strict=True):
        kind, record_id = next((known[key] for key in above if key in known), ("", ""))
        marks = marks_of(one.kind, one.body)
        row = (team, one.kind, one.id, one.ver, canonical(one.body).decode(), one.at, one.by, now)
        content = str(one.body.get("sha256") or "") if one.kind == "photo" else ""
        day_at = marks.day_at or one.at
        rows.append((*row, kind, record_id, marks.number, marks.place, day_at, content))
    repository.put(conn, rows)
    _bury(conn, team, there, now, ARCHIVED)
    return len(there)


def destroy_at_once(conn: Connection, team: str, found: Sequence[Record], moment: datetime) -> int:
    """Destroy these live records, which have no archive, where they still stand as found."""
    there = _still(conn, team, found)
    now = stamp(moment)
    repository.bury(conn, team, [(one.kind, one.id) for one in there], now[:10])
    _bury(conn, team, there, now, DESTROYED)
    return len(there)


def destroy(conn: Connection, team: str, rows: Sequence[Old], moment: datetime) -> None:
    """Destroy these rows of the archive; what stays is an id, a date and a line in the audit."""
    now = stamp(moment)
    repository.destroy(conn, team, rows, now[:10])
    entries = [
        Entry("", DESTROYED, one.kind, one.id, one.ver, text_hash(canonical(one.body)), "")
        for one in rows
    ]
    journal.note(conn, team, at=now, person="", device=DEVICE, entries=entries)


def _still(conn: Connection, team: str, found: Sequence[Record]) -> list[Record]:
    """Return the records that nobody changed since they were found, locked."""
    seen: Mapping[Key, Record] = records.lock(conn, team, [(one.kind, one.id) for one in found])
    return [
        one
        for one in found
        if (now := seen.get((one.kind, one.id))) and not now.deleted and now.ver == one.ver
    ]


def _bury(conn: Connection, team: str, there: Sequence[Record], now: str, act: str) -> None:
    if not there:
        return
    repository.blank_answers(conn, team, {(one.kind, one.id) for one in there})
    body: Mapping[str, Any] = {PURGED: act}
    staged = [
        Staged(Record(one.kind, one.id, one.ver + 1, body, True, at=now), one.ver) for one in there
    ]
    commit_changes(conn, Author(team, "", DEVICE, now), staged, (), list(_entries(there, act)))


def _entries(there: Iterable[Record], act: str) -> Iterable[Entry]:
    for one in there:
        yield Entry("", act, one.kind, one.id, one.ver + 1, text_hash(canonical(one.body)), "")
