"""What only this desk holds of one person: what waits, was refused, was sent, typed or kept (F52).

The records themselves are central's to search. Rows are read one by one, so a long journal asks
time and no memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Connection, select

from console.domain.subject import SubjectRecord
from console.models.local import journal, memory, outbox, tray, typing, withheld

if TYPE_CHECKING:
    from contract.sought import Sought

SEARCHED = ("outbox", "tray", "journal", "typing", "withheld", "memory")
"""The desk's own tables that are looked through, in the order of the bundle."""

_COPY = "Een kopie van wat de centrale heeft; daar wordt gezocht."
_ONLY_IDS = "Alleen nummers, hashes en tijden."
NOT_SEARCHED: Mapping[str, str] = {
    "alembic_version": "Alleen een stand van het schema.",
    "rec_": "Wat de centrale heeft, met wat nog wacht eroverheen; dat staat in de wachtrij.",
    "unread_record": _COPY,
    "shadow": _COPY,
    "directory_entry": "Gemaakt uit de records, om in te zoeken.",
    "directory_fts": "Gemaakt uit de records, om in te zoeken.",
    "report_fts": "Gemaakt uit de records, om in te zoeken.",
    "blob": _ONLY_IDS,
    "blob_piece": "Beeldpunten; de foto wordt gevonden via zijn regel.",
    "blob_task": _ONLY_IDS,
    "pasted": _ONLY_IDS,
    "seen": _ONLY_IDS,
    "cursor": _ONLY_IDS,
    "grave": _ONLY_IDS,
}
"""Why the desk's other tables are not looked through, by how their name begins."""


def held(conn: Connection, sought: Sought) -> list[SubjectRecord]:
    """Return every row of this desk that holds the person, one per row.

    ``id`` tells the rows of a table apart; of an op the record it is about stands in the body.
    """
    found = []
    for table, row_id, at, body in _rows(conn):
        fields = sought.fields(body)
        if fields:
            sure = any(fields.values())
            found.append(SubjectRecord(table, row_id, at, False, sure, tuple(fields), body))
    return found


def _rows(conn: Connection) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for queue, at in ((outbox, "made_at"), (journal, "acked_at")):
        c = queue.c
        for op in conn.execute(select(c.op_id, c.kind, c.id, c.op, c[at].label("at"))):
            yield queue.name, op.op_id, op.at, _op(op.kind, op.id, op.op)
    t = tray.c
    for refused in conn.execute(select(t.op_id, t.kind, t.id, t.op, t.theirs, t.refused_at)):
        body = _op(refused.kind, refused.id, refused.op)
        yield tray.name, refused.op_id, refused.refused_at, {**body, "theirs": refused.theirs}
    y = typing.c
    for typed in conn.execute(select(y.subject, y.field, y.person, y.text, y.at)):
        key = f"{typed.subject}.{typed.field}.{typed.person}"
        yield typing.name, key, typed.at, {"subject": typed.subject, typed.field: typed.text}
    w = withheld.c
    for hidden in conn.execute(select(w.kind, w.id, w.body)):
        yield withheld.name, f"{hidden.kind}.{hidden.id}", "", {**hidden.body, "of": hidden.kind}
    for kept in conn.execute(select(memory.c.name, memory.c.value)):
        yield memory.name, kept.name, "", {kept.name: kept.value}


def _op(kind: str, record_id: str, text: str) -> dict[str, Any]:
    """Return an op as its own fields: what it sets, what was there, and which record it is of."""
    op = orjson.loads(text)
    return {**op.get("set", {}), "was": op.get("was", {}), "of": kind, "of_id": record_id}
