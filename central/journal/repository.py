"""All SQL of the audit rows."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from central.journal.chain import START, Entry, link
from central.models.journal import audit


def add(
    conn: Connection,
    team: str,
    *,
    first: int,
    at: str,
    person: str,
    device: str,
    entries: Sequence[Entry],
) -> None:
    """Write the rows ``first``, ``first + 1``, ...; the numbers were taken by the caller."""
    if not entries:
        return
    before = conn.execute(
        select(audit.c.chain).where(audit.c.team == team, audit.c.n == first - 1)
    ).scalar()
    chain = START if before is None else str(before)
    rows = []
    for number, entry in enumerate(entries, first):
        row = {
            "team": team,
            "n": number,
            "at": at,
            "person": person,
            "device": device,
            "op_id": entry.op_id,
            "act": entry.act,
            "kind": entry.kind,
            "record": entry.record,
            "ver": entry.ver,
            "before_hash": entry.before_hash,
            "after_hash": entry.after_hash,
        }
        chain = link(chain, row)
        rows.append({**row, "chain": chain})
    conn.execute(insert(audit), rows)


def rows_of(conn: Connection, team: str) -> list[dict[str, object]]:
    """Return every row of a team in order, for a check of the chain."""
    found = conn.execute(select(audit).where(audit.c.team == team).order_by(audit.c.n))
    return [{str(name): value for name, value in row.items()} for row in found.mappings()]
