"""What a team holds of one person: written down first, then found page by page (F52)."""

import hmac
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
from contract.subject import (
    PAGE,
    VALID_MINUTES,
    Sought,
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
    old, kind, record_id = _place(asked.after)
    held = repository.page(conn, caller.team, (kind, record_id), PAGE, old=old)
    own = {one.id for one in repository.administrators(conn, caller.team) if _is_own(one, sought)}
    above = {key for one in held if one.kind in BELONGING for key in parents_of(one.kind, one.body)}
    parents = repository.bodies(conn, caller.team, above)
    holding = {key for key, body in parents.items() if sought.fields(body)}
    hits = [hit for one in held if (hit := _hit(one, sought, own, holding, old=old)) is not None]
    if len(held) == PAGE:
        after = f"{'old' if old else 'live'}/{held[-1].kind}/{held[-1].id}"
    else:
        after = "" if old else "old//"
    return SubjectPage(hits=tuple(hits), seen=len(held), after=after)


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


def _place(after: str) -> tuple[bool, str, str]:
    if not after:
        return False, "", ""
    parts = after.split("/", 2)
    if len(parts) != 3 or parts[0] not in ("live", "old"):
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/after"])
    return parts[0] == "old", parts[1], parts[2]


def _is_own(one: Held, sought: Sought) -> bool:
    by_number = sought.fields({"phone": one.body.get("phone")})
    return bool(by_number) or sought.is_name(one.body.get("name"))


def _hit(
    one: Held, sought: Sought, own: set[str], holding: set[tuple[str, str]], *, old: bool
) -> SubjectHit | None:
    fields = sought.fields(one.body)
    named = [name for name, value in one.body.items() if isinstance(value, str) and value in own]
    sure = one.id in own or bool(named) or bool(fields.get("phone"))
    where = [*fields, *(name for name in named if name not in fields)]
    if not where and one.kind in BELONGING:
        where = [
            f"({kind})" for kind, key in parents_of(one.kind, one.body) if (kind, key) in holding
        ]
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
