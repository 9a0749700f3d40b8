"""``commit_changes``: the one function that writes records (sync.md §2).

The counter of the team is taken last and once: from there to the commit nothing is decided and
nothing is read but the last audit row, so the order of ``seq`` is the order of the commits.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.exc import IntegrityError

from central.database.news import note_change
from central.journal import repository as journal
from central.journal.chain import Entry
from central.models.sync import sync_commit, sync_op, sync_record, team_head
from contract import routes
from contract.messages import result_to_wire
from contract.op import OpResult, Record
from contract.vocabulary import PostStatus, ReportStatus

_PARENT = {"placement": "post_id", "handover_line": "handover_id"}
_HELD_UNTIL = {"report": ReportStatus.CLOSED, "post": PostStatus.CLOSED}


@dataclass(frozen=True, slots=True)
class Author:
    """In whose name a commit is made."""

    team: str
    person: str
    device: str
    at: str


@dataclass(frozen=True, slots=True)
class Staged:
    """A record as it must stand after the commit; ``was_ver`` 0: it is new."""

    record: Record
    was_ver: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer for one op; ``kept``: the answer is stored under its id."""

    result: OpResult
    fingerprint: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Committed:
    """What the commit gave: the head of the team, the nonce that holds it, the final answers."""

    seq: int
    nonce: str
    results: tuple[OpResult, ...]


def commit_changes(
    conn: Connection,
    author: Author,
    staged: Sequence[Staged],
    answers: Sequence[Answer] = (),
    entries: Sequence[Entry] = (),
) -> Committed:
    """Write the records, their numbers, the answers and the audit rows in the open transaction.

    Without records no number is taken; the answers are stored all the same. Raises
    ``IntegrityError`` where another writer was first: the caller decides the batch again.
    """
    seq, nonce, seqs = 0, "", {}
    if staged:
        note_change(conn, author.team)
        head, audit_n = conn.execute(
            update(team_head)
            .where(team_head.c.team == author.team)
            .values(seq=team_head.c.seq + len(staged), audit_n=team_head.c.audit_n + len(entries))
            .returning(team_head.c.seq, team_head.c.audit_n)
        ).one()
        base, seq, nonce = head - len(staged), head, secrets.token_urlsafe(9)
        seqs = {(s.record.kind, s.record.id): base + i for i, s in enumerate(staged, 1)}
        conn.execute(
            insert(sync_commit).values(
                team=author.team,
                last_seq=head,
                nonce=nonce,
                at=author.at,
                device=author.device,
                person=author.person,
            )
        )
        _write_records(conn, author, staged, seqs)
        journal.add(
            conn,
            author.team,
            first=audit_n - len(entries) + 1,
            at=author.at,
            person=author.person,
            device=author.device,
            entries=entries,
        )
    results = tuple(_final(answer.result, seqs) for answer in answers)
    _keep_answers(conn, author, answers, results, seq)
    return Committed(seq, nonce, results)


def index_values(record: Record) -> dict[str, str | None]:
    """Return what central looks records up by: what it belongs to and who holds it."""
    body = record.body
    parent = body.get(_PARENT.get(record.kind, ""))
    done = _HELD_UNTIL.get(record.kind)
    held = body.get("holder") if done and body.get("status") != done else None
    return {"parent": str(parent) if parent else None, "holder": str(held) if held else None}


def _write_records(
    conn: Connection,
    author: Author,
    staged: Sequence[Staged],
    seqs: Mapping[tuple[str, str], int],
) -> None:
    new, changed = [], []
    for one in staged:
        record = one.record
        row: dict[str, Any] = {
            "ver": record.ver,
            "seq": seqs[record.kind, record.id],
            "deleted": record.deleted,
            "body": orjson.dumps(record.body).decode(),
            "schema_v": routes.SCHEMA,
            "at": author.at,
            "by": author.person,
            **index_values(record),
        }
        keys = {"team": author.team, "kind": record.kind, "id": record.id}
        if one.was_ver:
            marks = {f"at_{name}": value for name, value in keys.items()}
            changed.append({**row, **marks, "at_ver": one.was_ver})
        else:
            new.append({**row, **keys})
    if new:
        conn.execute(insert(sync_record), new)
    for row in changed:
        if conn.execute(_CHANGE, row).rowcount != 1:
            raise IntegrityError("version", None, ValueError("another writer was first"))


_CHANGE = (
    update(sync_record)
    .where(
        sync_record.c.team == bindparam("at_team"),
        sync_record.c.kind == bindparam("at_kind"),
        sync_record.c.id == bindparam("at_id"),
        sync_record.c.ver == bindparam("at_ver"),
    )
    .values(
        {
            name: bindparam(name)
            for name in "ver seq deleted body schema_v at by parent holder".split()
        }
    )
)


def _final(result: OpResult, seqs: Mapping[tuple[str, str], int]) -> OpResult:
    record = result.record
    if record is None or (record.kind, record.id) not in seqs:
        return result
    return replace(result, record=replace(record, seq=seqs[record.kind, record.id]))


def _keep_answers(
    conn: Connection,
    author: Author,
    answers: Sequence[Answer],
    results: Sequence[OpResult],
    seq: int,
) -> None:
    rows = [
        {
            "team": author.team,
            "op_id": result.op_id,
            "fingerprint": answer.fingerprint,
            "result": orjson.dumps(result_to_wire(result)).decode(),
            "seq": result.record.seq if result.record else seq,
            "at": author.at,
            "person": author.person,
        }
        for answer, result in zip(answers, results, strict=True)
        if answer.kept
    ]
    if rows:
        conn.execute(insert(sync_op), rows)
