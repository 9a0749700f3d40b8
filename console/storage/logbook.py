"""What this desk knows of the records that audit rows speak of: titles, and reasons given (F54)."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from console.domain.logbook import Entry
from console.models import RECORDS
from console.models.handover import log_entry
from contract.audited import LOGGED

TITLES = ("number", "title", "name", "label")
"""Which field names a record, the first that its kind has."""

Key = tuple[str, str]


def titles(conn: Connection, keys: Collection[Key]) -> dict[Key, str]:
    """Return how records are called, as far as this desk holds them; one query per kind."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, record in keys:
        wanted[kind].add(record)
    found: dict[Key, str] = {}
    for kind, ids in wanted.items():
        table = RECORDS.get(kind)
        name = next((one for one in TITLES if table is not None and one in table.c), "")
        if table is None or not name:
            continue
        query = select(table.c.id, table.c[name]).where(table.c.id.in_(sorted(ids)))
        found |= {(kind, row[0]): str(row[1]) for row in conn.execute(query) if row[1]}
    return found


def reasons(conn: Connection, entries: Sequence[Entry]) -> dict[int, str]:
    """Return the reason and the recipient of rows that are lines of a history, by their number."""
    lines = {
        (one.kind, one.record, one.act.removeprefix(LOGGED), one.at): one.n
        for one in entries
        if one.act.startswith(LOGGED)
    }
    if not lines:
        return {}
    c = log_entry.c
    query = select(c.subject_kind, c.subject_id, c.what, c.at, c.reason, c.recipient).where(
        c.subject_id.in_(sorted({record for _, record, _, _ in lines})),
        c.subject_kind.in_(sorted({kind for kind, _, _, _ in lines})),
        c.at.in_(sorted({at for _, _, _, at in lines})),
    )
    found = {}
    for kind, record, what, at, reason, recipient in conn.execute(query):
        number = lines.get((kind, record, what, at))
        words = " · ".join(
            part for part in (reason, f"aan {recipient}" if recipient else "") if part
        )
        if number is not None and words:
            found[number] = words
    return found
