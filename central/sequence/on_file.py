"""A commit in the encrypted file: plain statements, since one writer is alone in it."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.exc import IntegrityError

from central.database.many import put_many
from central.journal import repository as journal
from central.journal.chain import Entry
from central.models.sync import sync_commit, sync_op, sync_record, team_head
from central.sequence.rows import AnswerRow, Author, RecordRow
from contract import routes

_CHANGED = "ver seq deleted body schema_v at by parent holder".split()
_RECORD = [*_CHANGED, "team", "kind", "id"]
_ANSWER = "team op_id fingerprint result seq at person".split()

_CHANGE = (
    update(sync_record)
    .where(
        sync_record.c.team == bindparam("at_team"),
        sync_record.c.kind == bindparam("at_kind"),
        sync_record.c.id == bindparam("at_id"),
        sync_record.c.ver == bindparam("at_ver"),
    )
    .values({name: bindparam(name) for name in _CHANGED})
)


def write(
    conn: Connection,
    author: Author,
    nonce: str,
    rows: Sequence[RecordRow],
    kept: Sequence[AnswerRow],
    entries: Sequence[Entry],
) -> int:
    """Take the numbers and write everything; returns the new head of the team."""
    head, audit_n = conn.execute(
        update(team_head)
        .where(team_head.c.team == author.team)
        .values(seq=team_head.c.seq + len(rows), audit_n=team_head.c.audit_n + len(entries))
        .returning(team_head.c.seq, team_head.c.audit_n)
    ).one()
    base = int(head) - len(rows)
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
    _write_records(conn, author, rows, base)
    journal.add(
        conn,
        author.team,
        first=audit_n - len(entries) + 1,
        at=author.at,
        person=author.person,
        device=author.device,
        entries=entries,
    )
    if kept:
        keep_answers(conn, author, kept, base=base, head=int(head))
    return int(head)


def keep_answers(
    conn: Connection, author: Author, kept: Sequence[AnswerRow], *, base: int = 0, head: int = 0
) -> None:
    """Store answers; ``head`` 0: of a commit without records."""
    rows = [
        (
            author.team,
            one.op_id,
            one.fingerprint,
            one.result,
            base + one.place if one.place else one.seq or head,
            author.at,
            author.person,
        )
        for one in kept
    ]
    put_many(conn, sync_op, _ANSWER, rows)


def _write_records(conn: Connection, author: Author, rows: Sequence[RecordRow], base: int) -> None:
    new, changed = [], []
    for seq, one in enumerate(rows, base + 1):
        row = (
            one.ver,
            seq,
            one.deleted,
            one.body,
            routes.SCHEMA,
            one.at or author.at,
            one.by or author.person,
            one.parent,
            one.holder,
        )
        if one.was_ver:
            marks = {"at_team": author.team, "at_kind": one.kind, "at_id": one.id}
            values = dict(zip(_CHANGED, row, strict=True))
            changed.append({**values, **marks, "at_ver": one.was_ver})
        else:
            new.append((*row, author.team, one.kind, one.id))
    put_many(conn, sync_record, _RECORD, new)
    if changed and conn.execute(_CHANGE, changed).rowcount != len(changed):
        raise IntegrityError("version", None, ValueError("another writer was first"))
