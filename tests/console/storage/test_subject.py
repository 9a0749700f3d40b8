"""What only this desk holds of somebody is found, in every table it has of its own (F52)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, text

from console.models.local import journal, memory, outbox, tray, typing, withheld
from console.storage import subject
from console.storage.database import Store
from contract.sought import Sought

NUMBER, NAME, SPOKEN = "06-12345678", "Wilhelmina Voorbeeldman", "nul zes twaalf 34 56 78"
NOW = "2026-03-01T12:00:00.000Z"


def op(**said: Any) -> str:
    """Return the frozen form of an op that says this."""
    import json

    return json.dumps({"verb": "update", "set": {"text": "rustig"}, **said})


def rows(said: str) -> list[tuple[Any, dict[str, Any]]]:
    """Return a row of each of the desk's own tables, twice where an op or an answer may say it."""
    about = {"kind": "report", "id": "r1", "person": "p2"}
    made = {"made_at": NOW}
    refused = {"status": "conflict", "fields": [], "refused_at": NOW}
    return [
        (outbox, {**about, **made, "op_id": "a1", "op": op(set={"text": said})}),
        (outbox, {**about, **made, "op_id": "a2", "op": op(was={"note": said})}),
        (journal, {**about, "op_id": "b1", "op": op(set={"x": [said]}), "status": "applied",
                   "acked_at": NOW}),
        (tray, {**about, **refused, "op_id": "c1", "op": op(set={"text": said})}),
        (tray, {**about, **refused, "op_id": "c2", "op": op(), "theirs": {"text": said}}),
        (typing, {"subject": "new-report", "field": "text", "person": "p2", "text": said,
                  "at": NOW}),
        (withheld, {"kind": "report", "id": "r2", "ver": 1, "present": 1, "shown_ver": 1,
                    "body": {"place": said}}),
        (memory, {"name": "neighbour_messages", "value": {"messages": [{"text": said}]}}),
    ]  # fmt: skip


def test_every_table_of_this_desk_alone_is_looked_through(store: Store) -> None:
    for said in (f"bel {SPOKEN}", f"volgens {NAME}"):

        def plant(conn: Any, said: str = said) -> None:
            for table in (outbox, journal, tray, typing, withheld, memory):
                conn.execute(table.delete())
            for table, row in rows(said):
                conn.execute(insert(table).values(**row))

        store.write(plant).result()
        found = store.read(lambda conn: subject.held(conn, Sought(NUMBER, NAME))).result()
        planted = [table.name for table, _ in rows(said)]
        assert sorted(one.kind for one in found) == sorted(planted)
        assert {one.sure for one in found} == {SPOKEN in said}
        other = store.read(lambda conn: subject.held(conn, Sought("06-87654321", "Jansen")))
        assert other.result() == []


def test_every_table_of_the_file_is_looked_through_or_has_a_reason(store: Store) -> None:
    names = store.read(
        lambda conn: set(
            conn.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        )
    ).result()
    passed = tuple(subject.NOT_SEARCHED)
    unknown = {
        one
        for one in names
        if one not in subject.SEARCHED and not one.startswith((*passed, "sqlite_"))
    }
    assert unknown == set()
    assert set(subject.SEARCHED) <= names
