"""What only this desk remembers: who saw a record, and which pasted messages became reports."""

from collections.abc import Sequence

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from console.models.local import pasted, seen


def look_at(conn: Connection, kind: str, ids: Sequence[str], *, person: str, now: str) -> None:
    """Remember that a person saw these records; the first time counts."""
    for record_id in ids:
        conn.execute(
            insert(seen)
            .values(person=person, kind=kind, id=record_id, at=now)
            .on_conflict_do_nothing()
        )


def remember_pasted(conn: Connection, origin_hash: str, report_id: str, *, now: str) -> None:
    """Remember the keyed hash of a message that became a report (F59)."""
    conn.execute(
        insert(pasted)
        .values(hash=origin_hash, report_id=report_id, at=now)
        .on_conflict_do_nothing()
    )


def known_hashes(conn: Connection, hashes: Sequence[str]) -> set[str]:
    """Return which of these hashes became a report before (F59)."""
    found: set[str] = set()
    for start in range(0, len(hashes), 500):
        part = list(hashes[start : start + 500])
        found |= set(conn.execute(select(pasted.c.hash).where(pasted.c.hash.in_(part))).scalars())
    return found
