"""Looking in the audit rows, and telling desks how far they are signed (F54, security.md §6)."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from central.audit import checkpoints, repository, signing
from central.audit.repository import ACT, PART_ROWS, PERSON, AnyRow
from central.auth import service as auth
from central.auth.service import Caller
from central.clock import stamp
from central.database import Database
from central.journal import repository as journal
from central.journal.chain import Entry
from central.problems import Refusal
from central.sync import repository as records
from contract import rights
from contract.audit import AuditEntry, AuditPage, AuditSearch
from contract.audited import EXPORTED, RESTORED, SEARCHED
from contract.messages import AuditState
from contract.problems import ProblemCode

EVERY_S = 3600.0
KIND = "audit"


def reader(conn: Connection, token: str, team: str, moment: datetime) -> Caller:
    """Return the caller, who must be account holder or auditor of this team."""
    caller = auth.of_team(conn, token, team, moment)
    if not rights.may_read_audit(caller.roles):
        raise Refusal(ProblemCode.FORBIDDEN)
    return caller


def note_search(conn: Connection, caller: Caller, about: str, now: str) -> None:
    """Write down that somebody looks, and at whom; before anything is shown."""
    _note(conn, caller, SEARCHED, about, now)


def note_export(conn: Connection, caller: Caller, now: str) -> None:
    """Write down that somebody takes the rows along; before the first of them goes."""
    _note(conn, caller, EXPORTED, "", now)


def find(conn: Connection, team: str, asked: AuditSearch) -> AuditPage:
    """Return one page, the youngest row first, found by indexes and never by a walk over all."""
    last = repository.counted(conn, team)
    first = 1
    if asked.since is not None:
        first = repository.number_at(conn, team, stamp(asked.since), last)
    if asked.until is not None:
        last = repository.number_at(conn, team, stamp(asked.until), last) - 1
    if asked.before is not None:
        last = min(last, asked.before - 1)
    found = _rows(conn, team, asked, first, last)
    items = tuple(AuditEntry(**repository.values_of(row)) for row in found[: asked.limit])
    return AuditPage(items=items, before=items[-1].n if len(found) > asked.limit else 0)


def _rows(
    conn: Connection, team: str, asked: AuditSearch, first: int, last: int
) -> Sequence[AnyRow]:
    record = (asked.kind, asked.record) if asked.record else None
    pick = partial(
        repository.rows,
        conn,
        team,
        person=asked.person or "",
        acts=asked.acts,
        record=record,
    )
    more = asked.limit + 1
    if record is not None or not (asked.person or asked.acts):
        return pick(first, last, limit=more)
    # Up to the newest checkpoint it is known in which parts somebody or something stands.
    known = min(repository.summed_up(conn, team), last)
    found = list(pick(max(first, known + 1), last, limit=more))
    for part in _parts(conn, team, asked, first, known):
        if len(found) >= more:
            break
        low, high = part * PART_ROWS + 1, (part + 1) * PART_ROWS
        found += pick(max(first, low), min(known, high), limit=more - len(found))
    return found


def _parts(conn: Connection, team: str, asked: AuditSearch, first: int, known: int) -> list[int]:
    low, high = (first - 1) // PART_ROWS, (known - 1) // PART_ROWS
    if high < low:
        return []
    most = high - low + 1
    sets = []
    if asked.person:
        sets.append(repository.parts_with(conn, team, PERSON, [asked.person], low, high, most))
    if asked.acts:
        sets.append(repository.parts_with(conn, team, ACT, asked.acts, low, high, most))
    return sorted(set.intersection(*map(set, sets)), reverse=True)


def state(conn: Connection, team: str, size: int) -> AuditState:
    """Return how far the rows are signed, and the link that row ``size`` has at this moment."""
    last = repository.newest(conn, team)
    keys = signing.keys(conn, team)
    return AuditState(
        checkpoint=last.note if last is not None else "",
        key=keys[0].text() if keys else "",
        size=size,
        link=repository.link_at(conn, team, size) if size else "",
        restored_at=repository.restored_at(conn, team, RESTORED),
    )


def due(conn: Connection, team: str, moment: datetime) -> bool:
    """Say whether rows have waited an hour for a checkpoint."""
    last = repository.newest(conn, team)
    since = last.at if last is not None else repository.first_at(conn, team)
    if not since or repository.counted(conn, team) == (last.size if last is not None else 0):
        return False
    waited = moment - datetime.fromisoformat(since)
    return waited.total_seconds() >= EVERY_S


def make_due(database: Database, seed: bytes, moment: datetime, team: str) -> None:
    """Make the checkpoint of a team when it is time; for a central without rounds of its own."""
    if database.read_now(partial(due, team=team, moment=moment)):
        checkpoints.make(database, seed, moment, team)


def note_restored(conn: Connection, dump_at: str, now: str) -> None:
    """Write down in every team that these records were put back from a copy of that moment."""
    for team, _name in records.teams(conn):
        entry = Entry(dump_at, RESTORED, "team", team, 0, "", "")
        journal.note(conn, team, at=now, person="central", device="central", entries=[entry])


def note_taken(conn: Connection, now: str) -> None:
    """Write down in every team that the rows were taken out from the command line."""
    for team, _name in records.teams(conn):
        entry = Entry("", EXPORTED, KIND, "", 0, "", "")
        journal.note(conn, team, at=now, person="central", device="central", entries=[entry])


def counted(conn: Connection, team: str) -> int:
    """Return how many rows there are."""
    return repository.counted(conn, team)


def _note(conn: Connection, caller: Caller, act: str, about: str, now: str) -> None:
    entry = Entry("", act, KIND, about, 0, "", "")
    journal.note(
        conn, caller.team, at=now, person=caller.person, device=caller.device, entries=[entry]
    )
