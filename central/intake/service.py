"""Taking in reports from outside, and the keys that let them in (F10)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection
from uuid_utils import uuid7

from central.auth.service import Caller
from central.auth.tokens import token_hash
from central.clock import stamp
from central.intake import repository
from central.intake.messages import IntakeReceipt, IntakeReport
from central.journal import repository as journal
from central.journal.chain import Entry
from central.problems import Refusal
from central.sync import repository as records
from central.sync import service as sync
from contract.intake import IntakeKeyMade, IntakeKeySeen
from contract.messages import PushRequest, WireOp, result_from_wire
from contract.problems import ProblemCode
from contract.vocabulary import ACCEPTED, Category, ReportSource, Role

PREFIX = "bdi_"
"""How a key begins, so that one left lying about is recognised."""

YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Sender:
    """An outside form that showed its key."""

    team: str
    key: str
    name: str


def make_key(
    conn: Connection, team: str, name: str, by: str, moment: datetime, device: str = ""
) -> IntakeKeyMade:
    """Make a key; this is the only moment it can be read. Who made it stands in the audit rows."""
    key, key_id, now = PREFIX + secrets.token_urlsafe(32), str(uuid7()), stamp(moment)
    repository.add(
        conn, id=key_id, team=team, name=name, key_hash=token_hash(key), made_at=now, made_by=by
    )
    _note(conn, team, by, device, "intake_key_made", key_id, now)
    return IntakeKeyMade(id=key_id, name=name, made_at=now, key=key)


def keys(conn: Connection, team: str) -> list[IntakeKeySeen]:
    """Return the keys of a team, revoked ones included."""
    return [
        IntakeKeySeen(
            id=row.id,
            name=row.name,
            made_at=row.made_at,
            used_at=row.used_at,
            revoked_at=row.revoked_at,
        )
        for row in repository.of_team(conn, team)
    ]


def revoke(
    conn: Connection, team: str, key_id: str, by: str, moment: datetime, device: str = ""
) -> None:
    """End a key at once; ``not-found`` where this team has none with that id."""
    if not repository.revoke(conn, team, key_id, at=stamp(moment), by=by):
        raise Refusal(ProblemCode.NOT_FOUND)
    _note(conn, team, by, device, "intake_key_ended", key_id, stamp(moment))


def _note(
    conn: Connection, team: str, by: str, device: str, act: str, key_id: str, now: str
) -> None:
    """Write down who did what to which key; neither its name nor the key itself is in it."""
    entry = Entry("", act, "intake_key", key_id, 0, "", "")
    journal.note(conn, team, at=now, person=by, device=device, entries=[entry])


def sender(conn: Connection, key: str, team: str) -> Sender:
    """Return who holds this key; one answer for a wrong key and a key of another team."""
    found = repository.by_hash(conn, token_hash(key)) if key else None
    if found is None or found.team != team:
        raise Refusal(ProblemCode.UNAUTHENTICATED)
    return Sender(found.team, found.id, found.name)


def take_in(conn: Connection, who: Sender, asked: IntakeReport, moment: datetime) -> IntakeReceipt:
    """Make a report of what came in, with a history line that names its origin.

    The same reference with the same contents gets the same receipt; with other contents it is
    ``op-id-reused``.
    """
    happened = _happened(asked)
    mark = hashlib.sha256(f"{who.key}\0{asked.reference}".encode()).hexdigest()
    op_id, now = f"in-{mark[:48]}", stamp(moment)
    record_id, heard_at = str(uuid7()), now
    if found := records.stored(conn, who.team, [op_id]).get(op_id):
        first = result_from_wire(found[1]).record
        if first is not None:
            record_id, heard_at = first.id, str(first.body.get("heard_at") or now)
    report = WireOp(
        op_id=op_id,
        verb="create",
        kind="report",
        id=record_id,
        set={
            "category": _category(asked.category),
            "text": asked.text,
            "place": asked.place,
            "description": _description(asked),
            "acute": asked.acute,
            "called_112": asked.called_112.value,
            "happened_at": happened,
            "heard_at": heard_at,
            "relay_name": who.name,
            "source": ReportSource.API.value,
            "origin_hash": mark,
            "photo_seen": bool(asked.photo),
        },
        group=op_id,
    )
    line = WireOp(
        op_id=f"{op_id}-log",
        verb="create",
        kind="log_entry",
        id=record_id,
        set={
            "subject_kind": "report",
            "subject_id": record_id,
            "what": "created",
            "text": ReportSource.API.value,
            "station": who.name,
        },
        group=op_id,
    )
    caller = Caller(
        who.team,
        f"intake-{who.key}",
        "intake",
        "",
        frozenset({Role.OPERATOR.value}),
        embedded=False,
        second_factor=False,
    )
    answer = orjson.loads(sync.push(conn, caller, PushRequest(ops=(report, line)), "", now))
    result = result_from_wire(answer["results"][0])
    if result.status not in ACCEPTED or result.record is None:
        raise Refusal(ProblemCode.RECORD_INVALID, rule=result.code)
    repository.used(conn, who.key, now)
    body = result.record.body
    return IntakeReceipt(
        id=result.record.id,
        number=str(body.get("number") or ""),
        received_at=str(body.get("heard_at") or ""),
    )


def _category(word: str) -> str:
    known = word.strip().lower()
    return known if known in set(Category) else Category.UNKNOWN.value


def _description(asked: IntakeReport) -> str:
    if not asked.photo:
        return asked.description
    return f"{asked.description}\nFoto bij de afzender: {asked.photo}".strip()


def _happened(asked: IntakeReport) -> str:
    if asked.happened_at is None:
        return ""
    if asked.happened_at.tzinfo is None or asked.happened_at.year not in YEARS:
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/happened_at"])
    return stamp(asked.happened_at)
