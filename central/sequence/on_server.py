"""A commit on PostgreSQL: ONE statement takes the counter of the team and writes everything.

Whoever holds the counter makes all other writers of the team wait; what takes a round trip is done
before it (sync.md §2, decision 0016). ``take_numbers`` came with step 0003.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from central.journal.chain import Entry, halves
from central.sequence.arrays import numbers, texts
from central.sequence.rows import AnswerRow, Author, RecordRow
from contract import routes

_ANSWERS = """
INSERT INTO sync_op (team, op_id, fingerprint, result, seq, at, person)
    SELECT :team, o.op_id, o.fingerprint, o.result, {seq}, :at, :person
    FROM {source}unnest(
        CAST(:op_ids AS text[]), CAST(:prints AS text[]), CAST(:results AS text[]),
        CAST(:places AS bigint[]), CAST(:seqs AS bigint[])
    ) AS o (op_id, fingerprint, result, place, seq)
"""

_ALL = text(
    """
WITH taken AS MATERIALIZED (
    SELECT head, audit_head, links
    FROM take_numbers(:team, :count, CAST(:fronts AS text[]), CAST(:backs AS text[]))
), given AS MATERIALIZED (
    SELECT g.*, taken.head - :count + g.i AS seq
    FROM taken, unnest(
        CAST(:kinds AS text[]), CAST(:ids AS text[]), CAST(:vers AS int[]),
        CAST(:was AS int[]), CAST(:deleted AS boolean[]), CAST(:bodies AS text[]),
        CAST(:parents AS text[]), CAST(:holders AS text[])
    ) WITH ORDINALITY AS g (kind, id, ver, was, deleted, body, parent, holder, i)
), put_commit AS (
    INSERT INTO sync_commit (team, last_seq, nonce, at, device, person)
    SELECT :team, head, :nonce, :at, :device, :person FROM taken
), put_new AS (
    INSERT INTO sync_record
        (team, kind, id, ver, seq, deleted, body, schema_v, at, by, parent, holder)
    SELECT :team, kind, id, ver, seq, deleted, body, :schema, :at, :person, parent, holder
    FROM given WHERE was = 0
), put_changed AS (
    UPDATE sync_record AS r SET ver = g.ver, seq = g.seq, deleted = g.deleted, body = g.body,
        schema_v = :schema, at = :at, by = :person, parent = g.parent, holder = g.holder
    FROM given AS g
    WHERE r.team = :team AND r.kind = g.kind AND r.id = g.id AND r.ver = g.was AND g.was > 0
    RETURNING 1
), put_audit AS (
    INSERT INTO audit (team, n, at, person, device, op_id, act, kind, record, ver,
        before_hash, after_hash, chain)
    SELECT :team, taken.audit_head - cardinality(taken.links) + e.i, :at, :person, :device,
        e.op_id, e.act, e.kind, e.record, e.ver, e.before, e.after, e.chain
    FROM taken, unnest(
        CAST(:e_ops AS text[]), CAST(:e_acts AS text[]), CAST(:e_kinds AS text[]),
        CAST(:e_records AS text[]), CAST(:e_vers AS int[]), CAST(:e_before AS text[]),
        CAST(:e_after AS text[]), taken.links
    ) WITH ORDINALITY AS e (op_id, act, kind, record, ver, before, after, chain, i)
), put_answers AS (
"""
    + _ANSWERS.format(
        seq=(
            "CASE WHEN o.place > 0 THEN taken.head - :count + o.place "
            "WHEN o.seq > 0 THEN o.seq ELSE taken.head END"
        ),
        source="taken, ",
    )
    + ") SELECT head, (SELECT count(*) FROM put_changed) AS changed FROM taken"
)

_ANSWERS_ALONE = text(_ANSWERS.format(seq="o.seq", source=""))


def write(
    conn: Connection,
    author: Author,
    nonce: str,
    rows: Sequence[RecordRow],
    kept: Sequence[AnswerRow],
    entries: Sequence[Entry],
) -> int:
    """Take the numbers and write everything; returns the new head of the team."""
    links = [halves(author.team, author.at, author.person, author.device, e) for e in entries]
    head, changed = conn.execute(
        _ALL,
        {
            **_named(author),
            "device": author.device,
            "nonce": nonce,
            "schema": routes.SCHEMA,
            "count": len(rows),
            "kinds": texts(one.kind for one in rows),
            "ids": texts(one.id for one in rows),
            "vers": numbers(one.ver for one in rows),
            "was": numbers(one.was_ver for one in rows),
            "deleted": numbers(one.deleted for one in rows),
            "bodies": texts(one.body for one in rows),
            "parents": texts(one.parent for one in rows),
            "holders": texts(one.holder for one in rows),
            "fronts": texts(front for front, _ in links),
            "backs": texts(back for _, back in links),
            "e_ops": texts(one.op_id for one in entries),
            "e_acts": texts(one.act for one in entries),
            "e_kinds": texts(one.kind for one in entries),
            "e_records": texts(one.record for one in entries),
            "e_vers": numbers(one.ver for one in entries),
            "e_before": texts(one.before_hash for one in entries),
            "e_after": texts(one.after_hash for one in entries),
            **_answers(kept),
        },
    ).one()
    if changed != sum(1 for one in rows if one.was_ver):
        raise IntegrityError("version", None, ValueError("another writer was first"))
    return int(head)


def keep_answers(conn: Connection, author: Author, kept: Sequence[AnswerRow]) -> None:
    """Store answers of a commit without records."""
    conn.execute(_ANSWERS_ALONE, {**_named(author), **_answers(kept)})


def _named(author: Author) -> dict[str, Any]:
    return {"team": author.team, "at": author.at, "person": author.person}


def _answers(kept: Sequence[AnswerRow]) -> dict[str, Any]:
    return {
        "op_ids": texts(one.op_id for one in kept),
        "prints": texts(one.fingerprint for one in kept),
        "results": texts(one.result for one in kept),
        "places": numbers(one.place for one in kept),
        "seqs": numbers(one.seq for one in kept),
    }
