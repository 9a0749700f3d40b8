"""Taking in the records of a desk that worked alone (sync.md §8a).

They are facts of the past: times, authors and states stay as they were, no command is carried out
and nothing goes out. Every record is taken in once, however often it is sent, so a joining that
broke off half-way is simply sent again. What the desk changed in between comes along then, unless
the team changed it too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from central.auth.service import Caller
from central.clock import local_day
from central.join import repository
from central.join.repository import Brought
from central.journal.chain import Entry, body_hash
from central.sequence import Author, Staged, commit_changes
from central.sync import repository as records
from contract.joining import JoinRecord, JoinReply, JoinRequest, JoinResult
from contract.kinds import KINDS
from contract.op import Record
from contract.rules.fields import check_fields

NOT_TAKEN = frozenset({"setting"})
"""Kinds that stay the team's own."""


@dataclass(frozen=True, slots=True)
class _Taken:
    result: JoinResult
    staged: Staged | None = None


def join(conn: Connection, caller: Caller, join_id: str, asked: JoinRequest, now: str) -> JoinReply:
    """Take in a piece, all of it in one commit; records that are here already stay as they are.

    ``caller`` administers: this fills a team with records that were decided elsewhere.
    """
    keys = [(one.kind, one.id) for one in asked.records]
    here = records.lock(conn, caller.team, keys)
    before = repository.brought(conn, caller.team, join_id, keys)
    taken: list[_Taken] = []
    entries: list[Entry] = []
    for one in asked.records:
        key = one.kind, one.id
        known = here.get(key)
        taken.append(_take(conn, caller, one, known, before.get(key), now))
        staged = taken[-1].staged
        if staged is not None:
            new = here[key] = staged.record
            was, after = body_hash(known.body if known else None), body_hash(new.body)
            entries.append(Entry(join_id, repository.ACT, *key, new.ver, was, after))
            before[key] = Brought(new.ver, after)
    staged_all = [one.staged for one in taken if one.staged is not None]
    if staged_all:
        author = Author(caller.team, caller.person, caller.device, now)
        commit_changes(conn, author, staged_all, (), entries)
    return JoinReply(results=tuple(one.result for one in taken))


def _take(
    conn: Connection,
    caller: Caller,
    one: JoinRecord,
    known: Record | None,
    before: Brought | None,
    now: str,
) -> _Taken:
    def result(status: str, fields: tuple[str, ...] = ()) -> JoinResult:
        return JoinResult(kind=one.kind, id=one.id, status=status, fields=fields)

    kind = KINDS.get(one.kind)
    if kind is None or one.kind in NOT_TAKEN:
        return _Taken(result("invalid", ("kind",)))
    body = _as_taken(one)
    if known is not None:
        if _same(body, known.body) or (before and _unchanged(one.kind, body, known, before)):
            return _Taken(result("same"))
        if before is None or before.ver != known.ver or known.deleted:
            return _Taken(result("differs"))
    plain = {name: v for name, v in body.items() if not _of_central(one.kind, name)}
    wrong = check_fields(one.kind, plain, create=True)
    wrong += tuple(
        name
        for name in body
        if _of_central(one.kind, name) and not isinstance(body[name], str | None)
    )
    if wrong:
        return _Taken(result("invalid", tuple(sorted(wrong))))
    if known is not None:
        # Nobody at the team touched it since this joining brought it: the desk's newest words count.
        body = _with_number_of(known, one.kind, body)
        record = Record(one.kind, one.id, known.ver + 1, body, at=now, by=caller.person)
        return _Taken(result("added"), Staged(record, known.ver))
    if one.kind == "report":
        body = _numbered(conn, caller.team, body, now)
    record = Record(one.kind, one.id, 1, body, at=now, by=caller.person)
    return _Taken(result("added"), Staged(record, 0))


def _unchanged(kind: str, body: dict[str, Any], known: Record, before: Brought) -> bool:
    """Say whether the desk sends what it sent before, whatever the team made of it since."""
    return body_hash(_with_number_of(known, kind, body)) == before.body_hash


def _with_number_of(known: Record, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    if kind != "report":
        return body
    number = str(known.body.get("number") or "")
    return {**body, "number": number, "number_before": str(body.get("number") or "")[:20]}


def _as_taken(one: JoinRecord) -> dict[str, Any]:
    """Return the body as it may stand in the team: nobody comes along with rights."""
    if one.kind == "person":
        return {**one.body, "roles": [], "active": False}
    return dict(one.body)


def _of_central(kind: str, name: str) -> bool:
    field = KINDS[kind].fields.get(name)
    return field is not None and field.central


def _same(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    return {k: v for k, v in mine.items() if k != "number"} == {
        k: v for k, v in theirs.items() if k not in ("number", "number_before")
    }


def _numbered(conn: Connection, team: str, body: dict[str, Any], now: str) -> dict[str, Any]:
    """Give a report a number of this team for the day it was made; the old one is kept beside it."""
    made = str(body.get("created_at") or body.get("heard_at") or now)
    try:
        day = local_day(made)
    except ValueError:
        day = local_day(now)
    number = f"{day[5:7]}{day[8:10]}-{records.next_day_number(conn, team, day):03d}"
    return {**body, "number": number, "number_before": str(body.get("number") or "")[:20]}
