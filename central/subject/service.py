"""What a team holds of one person: written down first, then found page by page (F52)."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection
from uuid_utils import uuid7

from central.auth.service import Caller
from central.clock import stamp
from central.journal import repository as journal
from central.journal.chain import Entry, body_hash
from central.problems import Refusal
from central.retention import repository as kept
from central.subject import repository
from central.subject.repository import Held
from contract.problems import ProblemCode
from contract.retention import moment_of, parents_of
from contract.sought import Sought
from contract.subject import (
    PAGE,
    VALID_MINUTES,
    SubjectAsked,
    SubjectGiven,
    SubjectHit,
    SubjectNext,
    SubjectNoted,
    SubjectPage,
    SubjectTerms,
)

ASKED, GIVEN = "subject_asked", "subject_given"
"""The acts in the audit: that a question was asked, and that a bundle was made of the answer."""

BELONGING = frozenset({"photo", "placement", "log_entry"})
"""Kinds that are found too where the record they belong to holds the person."""

LISTED = "register_link"
"""What a list said of a group: a mark of its people, found by the group they have a seat in."""

_LIVE, _OLD, _BESIDE = "live", "old", "beside"
_TABLES = tuple(repository.BESIDE)


@dataclass(frozen=True, slots=True)
class _Above:
    """What makes a record one of this person: their ids, records that hold them, their groups."""

    own: frozenset[str]
    holding: frozenset[tuple[str, str]]
    seats: frozenset[str]


def note(conn: Connection, caller: Caller, asked: SubjectAsked, moment: datetime) -> SubjectNoted:
    """Write who asks and why; of what is asked only a keyed mark, which nobody reads back.

    Raises ``batch-invalid`` where there is nothing to look for.
    """
    sought, look, at = _sought(asked), str(uuid7()), stamp(moment)
    total = repository.total(conn, caller.team)
    kept.note_look(
        conn,
        team=caller.team,
        id=look,
        at=at,
        person=caller.person,
        device=caller.device,
        use=_mark(conn, caller.team, sought),
        reason=asked.reason,
        found=0,
    )
    _write(conn, caller, Entry(look, ASKED, "subject", look, 0, "", body_hash({"id": look})), at)
    return SubjectNoted(id=look, total=total)


def find(
    conn: Connection, caller: Caller, look: str, asked: SubjectNext, moment: datetime
) -> SubjectPage:
    """Return the next page of a question that was written down; for its asker, within the hour."""
    sought = _sought(asked)
    _written(conn, caller, look, moment, sought)
    where, kind, record_id = _place(asked.after)
    if where == _BESIDE:
        return _page_beside(conn, caller.team, sought, kind, record_id)
    old = where == _OLD
    held = repository.page(conn, caller.team, (kind, record_id), PAGE, old=old)
    own = {one.id for one in repository.administrators(conn, caller.team) if _is_own(one, sought)}
    listed = any(one.kind == LISTED for one in held)
    seats = repository.seats(conn, caller.team, own) if listed else set()
    above = {key for one in held if one.kind in BELONGING for key in parents_of(one.kind, one.body)}
    parents = repository.bodies(conn, caller.team, above)
    holding = {key for key, body in parents.items() if sought.fields(body)}
    above_it = _Above(frozenset(own), frozenset(holding), frozenset(seats))
    hits = [hit for one in held if (hit := _hit(one, sought, above_it, old=old)) is not None]
    if len(held) == PAGE:
        after = f"{where}/{held[-1].kind}/{held[-1].id}"
    else:
        after = f"{_BESIDE}/{_TABLES[0]}/" if old else f"{_OLD}//"
    return SubjectPage(hits=tuple(hits), seen=len(held), after=after)


def _page_beside(
    conn: Connection, team: str, sought: Sought, table: str, after: str
) -> SubjectPage:
    """Return a page of one of the tables beside the records."""
    held = repository.page_beside(conn, team, table, after, PAGE)
    found = {one.id: fields for one in held if (fields := sought.fields(one.body))}
    shown: set[str] = set()
    if table == "sync_op":
        shown = _shown_already(conn, team, sought, [one for one in held if one.id in found])
    hits = [
        SubjectHit(
            kind=table,
            id=one.id,
            at=one.at,
            by=one.by,
            sure=any(fields.values()),
            where=tuple(fields),
            body=dict(one.body),
        )
        for one in held
        if one.id in found and one.id not in shown and (fields := found[one.id])
    ]
    if len(held) == PAGE:
        return SubjectPage(
            hits=tuple(hits), seen=len(held), after=f"{_BESIDE}/{table}/{held[-1].id}"
        )
    later = _TABLES[_TABLES.index(table) + 1 :]
    after = f"{_BESIDE}/{later[0]}/" if later else ""
    return SubjectPage(hits=tuple(hits), seen=len(held), after=after)


def _shown_already(conn: Connection, team: str, sought: Sought, answers: list[Held]) -> set[str]:
    """Return the kept answers whose record is found by itself, so that nothing is shown twice."""
    keys = {}
    for one in answers:
        result = one.body.get("result")
        record = result.get("record") if isinstance(result, dict) else None
        if record and record.get("kind") and record.get("id"):
            keys[one.id] = (str(record["kind"]), str(record["id"]))
    bodies = repository.bodies(conn, team, keys.values())
    return {one for one, key in keys.items() if sought.fields(bodies.get(key, {}))}


def given(
    conn: Connection, caller: Caller, look: str, counts: SubjectGiven, moment: datetime
) -> None:
    """Write down that a bundle is made, before it is, with how much was left out."""
    _written(conn, caller, look, moment, None)
    said = body_hash({"id": look, "given": counts.given, "left_out": counts.left_out})
    _write(conn, caller, Entry(look, GIVEN, "subject", look, 0, "", said), stamp(moment))


def _write(conn: Connection, caller: Caller, entry: Entry, at: str) -> None:
    journal.note(
        conn, caller.team, at=at, person=caller.person, device=caller.device, entries=[entry]
    )


def _sought(terms: SubjectTerms) -> Sought:
    sought = Sought(terms.phone, terms.name)
    if sought.empty or (terms.phone and Sought(terms.phone).empty):
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/phone", "/name"])
    return sought


def _mark(conn: Connection, team: str, sought: Sought) -> str:
    key = kept.key_of(conn, team)
    return f"subject:{hmac.new(key, sought.mark().encode(), sha256).hexdigest()[:32]}"


def _written(
    conn: Connection, caller: Caller, look: str, moment: datetime, sought: Sought | None
) -> None:
    found = repository.look(conn, caller.team, look, caller.person)
    if found is None or not found[1].startswith("subject:"):
        raise Refusal(ProblemCode.NOT_FOUND)
    began = moment_of(found[0])
    if began is None or moment - began > timedelta(minutes=VALID_MINUTES):
        raise Refusal(ProblemCode.NOT_FOUND)
    if sought is not None and not hmac.compare_digest(found[1], _mark(conn, caller.team, sought)):
        raise Refusal(ProblemCode.FORBIDDEN)


def _place(after: str) -> tuple[str, str, str]:
    """Return where a page goes on: in which part, and behind which kind and id."""
    if not after:
        return _LIVE, "", ""
    parts = after.split("/", 2)
    known = len(parts) == 3 and parts[0] in (_LIVE, _OLD, _BESIDE)
    if not known or (parts[0] == _BESIDE and parts[1] not in _TABLES):
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/after"])
    return parts[0], parts[1], parts[2]


def _is_own(one: Held, sought: Sought) -> bool:
    by_number = sought.fields({"phone": one.body.get("phone")})
    return bool(by_number) or sought.is_name(one.body.get("name"))


def _hit(one: Held, sought: Sought, above: _Above, *, old: bool) -> SubjectHit | None:
    own, holding = above.own, above.holding
    fields = sought.fields(one.body)
    named = [name for name, value in one.body.items() if isinstance(value, str) and value in own]
    sure = one.id in own or bool(named) or bool(fields.get("phone"))
    where = [*fields, *(name for name in named if name not in fields)]
    if not where and one.kind in BELONGING:
        where = [
            f"({kind})" for kind, key in parents_of(one.kind, one.body) if (kind, key) in holding
        ]
    if not where and one.kind == LISTED and str(one.body.get("group_id")) in above.seats:
        where = ["(group_administrator)"]
    if not where:
        return None
    return SubjectHit(
        kind=one.kind,
        id=one.id,
        at=one.at,
        by=one.by,
        old=old,
        sure=sure,
        where=tuple(where),
        body=dict(one.body),
    )
