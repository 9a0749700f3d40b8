"""A commit on PostgreSQL: ONE statement takes the counter of the team and writes everything.

Whoever holds the counter makes all other writers of the team wait; what takes a round trip is done
before it (sync.md §2, decision 0016). A few audit rows are linked by ``take_numbers``, which came
with step 0003. The rows of a large batch are linked here beforehand, on the chance that nobody
writes in between; somebody did where the counter moved, and then the database links them after all.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from central.journal.chain import Entry, halves, links
from central.journal.repository import last_link
from central.sequence.arrays import joined, numbers, texts
from central.sequence.rows import AnswerRow, Author, RecordRow
from contract import routes

LINKED_FROM = 20
"""From how many audit rows on it pays to link them beforehand: it takes a round trip of its own."""

_ANSWERS = """
INSERT INTO sync_op (team, op_id, fingerprint, result, seq, at, person)
    SELECT :team, o.op_id, o.fingerprint, o.result, {seq}, :at, :person
    FROM {source}unnest(
        {op_ids}, {prints}, {results}, CAST(:places AS bigint[]), CAST(:seqs AS bigint[])
    ) AS o (op_id, fingerprint, result, place, seq)
"""

_ALL = """
WITH taken AS MATERIALIZED (
    {taken}
), given AS MATERIALIZED (
    SELECT g.*, taken.head - :count + g.i AS seq
    FROM taken, unnest(
        {kinds}, {ids}, CAST(:vers AS int[]),
        CAST(:was AS int[]), CAST(:deleted AS boolean[]), {bodies},
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
        coalesce(e.op_id, ''), coalesce(e.act, ''), e.kind, e.record, e.ver,
        coalesce(e.before, ''), coalesce(e.after, ''), e.chain
    FROM taken, unnest(
        {e_ops}, {e_acts}, {e_kinds}, {e_records}, CAST(:e_vers AS int[]), {e_before},
        {e_after}, taken.links
    ) WITH ORDINALITY AS e (op_id, act, kind, record, ver, before, after, chain, i)
), put_answers AS (
    {answers}
) SELECT head, (SELECT count(*) FROM put_changed) AS changed FROM taken
"""

_LINK_THERE = """
    SELECT head, audit_head, links
    FROM take_numbers(:team, :count, CAST(:fronts AS text[]), CAST(:backs AS text[]))
"""
_LINKED_HERE = """
    UPDATE team_head SET seq = seq + :count, audit_n = audit_n + :entries
    WHERE team = :team AND audit_n = :linked_to
    RETURNING seq AS head, audit_n AS audit_head, {links} AS links
"""

# Written out once: what ``joined`` put together is taken apart where it is used.
_JOINED = {
    name: f"string_to_array(CAST(:{name} AS text), E'\\x1f', E'\\x1e')"
    for name in (
        "op_ids prints results kinds ids bodies e_ops e_acts e_kinds e_records e_before e_after "
        "links"
    ).split()
}


def _written(taken: str) -> str:
    numbered = (
        "CASE WHEN o.place > 0 THEN taken.head - :count + o.place "
        "WHEN o.seq > 0 THEN o.seq ELSE taken.head END"
    )
    answers = _ANSWERS.format(seq=numbered, source="taken, ", **_JOINED)
    return _ALL.format(taken=taken.format(**_JOINED), answers=answers, **_JOINED)


LINK_THERE = text(_written(_LINK_THERE))
LINKED_HERE = text(_written(_LINKED_HERE))
_ANSWERS_ALONE = text(_ANSWERS.format(seq="o.seq", source="", **_JOINED))


def write(
    conn: Connection,
    author: Author,
    nonce: str,
    rows: Sequence[RecordRow],
    kept: Sequence[AnswerRow],
    entries: Sequence[Entry],
) -> int:
    """Take the numbers and write everything; returns the new head of the team."""
    sides = list(halves(author.team, author.at, author.person, author.device, entries))
    given = {
        **_named(author),
        "device": author.device,
        "nonce": nonce,
        "schema": routes.SCHEMA,
        "count": len(rows),
        "kinds": joined([one.kind for one in rows]),
        "ids": joined([one.id for one in rows]),
        "vers": numbers([one.ver for one in rows]),
        "was": numbers([one.was_ver for one in rows]),
        "deleted": numbers([one.deleted for one in rows]),
        "bodies": joined([one.body for one in rows]),
        "parents": texts([one.parent for one in rows]),
        "holders": texts([one.holder for one in rows]),
        "e_ops": joined([one.op_id for one in entries]),
        "e_acts": joined([one.act for one in entries]),
        "e_kinds": joined([one.kind for one in entries]),
        "e_records": joined([one.record for one in entries]),
        "e_vers": numbers([one.ver for one in entries]),
        "e_before": joined([one.before_hash for one in entries]),
        "e_after": joined([one.after_hash for one in entries]),
        **_answers(kept),
    }
    done = None
    if len(entries) >= LINKED_FROM:
        last, chain = last_link(conn, author.team)
        ready = {
            "linked_to": last,
            "entries": len(entries),
            "links": joined(links(chain, last + 1, sides)),
        }
        done = conn.execute(LINKED_HERE, {**given, **ready}).one_or_none()
    if done is None:
        there = {
            "fronts": texts(front for front, _ in sides),
            "backs": texts(back for _, back in sides),
        }
        done = conn.execute(LINK_THERE, {**given, **there}).one()
    if done.changed != sum(1 for one in rows if one.was_ver):
        raise IntegrityError("version", None, ValueError("another writer was first"))
    return int(done.head)


def keep_answers(conn: Connection, author: Author, kept: Sequence[AnswerRow]) -> None:
    """Store answers of a commit without records."""
    conn.execute(_ANSWERS_ALONE, {**_named(author), **_answers(kept)})


def _named(author: Author) -> dict[str, Any]:
    return {"team": author.team, "at": author.at, "person": author.person}


def _answers(kept: Sequence[AnswerRow]) -> dict[str, Any]:
    return {
        "op_ids": joined([one.op_id for one in kept]),
        "prints": joined([one.fingerprint for one in kept]),
        "results": joined([one.result for one in kept]),
        "places": numbers([one.place for one in kept]),
        "seqs": numbers([one.seq for one in kept]),
    }
