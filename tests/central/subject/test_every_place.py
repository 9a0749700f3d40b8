"""A number and a name in every text of every kind and every table are all found (F52).

What is not looked through stands in a list with the reason why; a table or a field that nobody
thought of makes this fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from central.models import metadata
from central.models.access import account, device
from central.models.intake import intake_key
from central.models.retention import archive, archive_look
from central.models.sync import sync_op
from central.sequence import Author, Staged, commit_changes
from central.subject import repository
from contract.kinds import KINDS
from contract.kinds.field import Field
from contract.op import Record
from tests.central.subject.test_subject_requests import ask, walk
from tests.helpers.central_line import CentralLine, new_id

NUMBER, NAME = "06-12345678", "Wilhelmina Voorbeeldman"
SPOKEN = "bel nul zes twaalf 34 56 78"
TEXTS = frozenset({"text", "items", "object"})
TOO_SHORT = 10
"""A field of fewer signs holds no number and no such name."""


@pytest.fixture
def line(tmp_path: Path) -> Iterator[CentralLine]:
    with CentralLine(tmp_path / "central.db") as made:
        made.set_up()
        yield made


def words(field: Field, *, name: bool) -> str:
    """Return what is planted in a field, as long as it takes."""
    if name:
        return NAME if field.limit >= len(NAME) or field.type != "text" else ""
    return SPOKEN if field.limit >= len(SPOKEN) or field.type != "text" else "0612345678"


def wrapped(field: Field, text: str) -> Any:
    """Return the text in the shape that the field has."""
    return {"text": text, "items": [{"a": text}], "object": {"a": [{text: 1}]}}[field.type]


def test_what_stands_in_any_text_of_any_kind_or_table_is_found(line: CentralLine) -> None:
    now = line.office.now()
    planted: dict[str, tuple[str, str]] = {}
    live: list[Staged] = []
    old: list[dict[str, Any]] = []
    for kind in KINDS.values():
        for field_name, field in kind.fields.items():
            if field.type not in TEXTS or (field.type == "text" and field.limit < TOO_SHORT):
                continue
            for by_name in (False, True):
                text = words(field, name=by_name)
                if not text:
                    continue
                body = {field_name: wrapped(field, text)}
                one, other = new_id(), new_id()
                planted |= {one: (kind.name, field_name), other: (kind.name, field_name)}
                live.append(Staged(Record(kind.name, one, 1, body), 0))
                old.append(aged(line.team, kind.name, other, body, now))
    assert len(live) > 150

    def write(conn: Any) -> None:
        commit_changes(conn, Author(line.team, line.person, "desk-1", now), live)
        conn.execute(insert(archive), old)
        for made, row in beside(line, now):
            conn.execute(insert(made).values(**row))
            planted[str(row[repository.BESIDE[made.name].key.name])] = (made.name, "")

    line.office.database.write_now(write)
    look = ask(line, phone=NUMBER, name=NAME)
    found = walk(line, look["id"], phone=NUMBER, name=NAME)
    missed = [place for one, place in planted.items() if one not in found]
    assert missed == []
    assert {hit["kind"] for one, hit in found.items() if one not in planted} <= {"sync_op"}
    # Somebody else's question finds nothing of it.
    another = ask(line, phone="06-12345679", name="Jansen")
    assert walk(line, another["id"], phone="06-12345679", name="Jansen") == {}


def test_every_table_is_looked_through_or_has_a_reason_why_not() -> None:
    looked = {"sync_record", "archive", *repository.BESIDE}
    assert looked.isdisjoint(repository.NOT_SEARCHED)
    assert looked | set(repository.NOT_SEARCHED) == set(metadata.tables)


def aged(team: str, kind: str, record_id: str, body: dict[str, Any], now: str) -> dict[str, Any]:
    """Return a row of the archive."""
    import orjson

    row = dict.fromkeys((column.name for column in archive.columns), "")
    own = {"team": team, "kind": kind, "id": record_id, "ver": 1, "at": now, "since": now}
    return {**row, **own, "body": orjson.dumps(body).decode()}


def beside(line: CentralLine, now: str) -> list[tuple[Any, dict[str, Any]]]:
    """Return a row of each table beside the records that holds the person."""
    import orjson

    team = {"team": line.team}
    record = {"kind": "report", "id": new_id(), "ver": 1, "body": {"text": SPOKEN}}
    kept = {"op_id": new_id(), "status": "conflict", "record": record}
    look = {"person": line.person, "device": "d", "use": "work", "found": 0, "at": now}
    return [
        (account, {**team, "name": NAME, "person": new_id(), "created_at": now}),
        (device, {**team, "id": new_id(), "name": NAME, "created_at": now, "seen_at": now}),
        (
            intake_key,
            {**team, "id": new_id(), "name": NAME, "key_hash": "h", "made_at": now, "made_by": "x"},
        ),
        (archive_look, {**team, **look, "id": new_id(), "reason": f"Inzage, {SPOKEN}"}),
        (
            sync_op,
            {
                **team,
                "op_id": kept["op_id"],
                "fingerprint": "f",
                "result": orjson.dumps(kept).decode(),
                "seq": 0,
                "at": now,
                "person": line.person,
            },
        ),
    ]
