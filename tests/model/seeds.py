"""What every run begins with: a team, its people, and records that all desks hold already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from alembic import command
from alembic.config import Config

from central import migrations
from central.journal.chain import Entry, body_hash
from central.sequence import Author, Staged, commit_changes
from central.sync import repository, service
from console.storage import replica, schema
from contract.messages import record_from_wire
from contract.op import Record
from contract.region import NETHERLANDS
from tests.model.memory import Box

TEAM = "noord"
START = "2026-03-10T14:00:00.000Z"
GOOD = f"Let op uw fiets bij het station.\n\n{NETHERLANDS.closing_general}"
PLAIN = "Zonder slotregel."

_KEEPER = ("account_holder", "operator")
PEOPLE = {"ann": _KEEPER, "bob": ("operator",), "cor": _KEEPER, "dee": _KEEPER}


def new_report(text: str = "rood") -> dict[str, Any]:
    """Return what a report is typed with."""
    return {"category": "person", "text": text, "place": "blauw", "heard_at": START}


def new_log(subject: str) -> dict[str, Any]:
    """Return what a line of history is written with."""
    return {"subject_kind": "report", "subject_id": subject, "what": "noted", "text": "rood"}


def new_template() -> dict[str, Any]:
    """Return what a template is made with."""
    return {"purpose": "broadcast", "kind": "general", "name": "rood", "layout": "rood"}


def _records() -> list[Record]:
    given: list[tuple[str, str, dict[str, Any]]] = [
        *(
            ("person", name, {"name": name, "roles": list(roles), "active": True})
            for name, roles in PEOPLE.items()
        ),
        ("report", "r1", {**new_report(), "status": "open", "toekomst": "?"}),
        ("report", "r2", {**new_report(), "status": "open"}),
        ("report", "r9", {**new_report(), "status": "open"}),
        ("template", "t1", new_template()),
        ("group", "g1", {"name": "rood", "kind": "neighbourhood", "toekomst": ["?"]}),
        (
            "post",
            "b1",
            {
                "type": "broadcast",
                "kind": "prevention",
                "title": "rood",
                "body": GOOD,
                "status": "draft",
                "author": "ann",
                "holder": "ann",
            },
        ),
        *(
            (
                "placement",
                name,
                {"post_id": "b1", "group_id": name, "text": GOOD, "state": "pending"},
            )
            for name in ("p1", "p2")
        ),
        ("handover", "h1", {"from_person": "ann", "made_at": START, "status": "open"}),
        (
            "handover_line",
            "hl1",
            {
                "handover_id": "h1",
                "section": "reports",
                "subject_kind": "report",
                "subject_id": "r1",
                "title": "rood",
            },
        ),
        ("log_entry", "l1", {**new_log("r1"), "at": START, "by": "ann"}),
        ("step", "s1", {"workbook_id": "w1", "scope": "report", "title": "rood"}),
    ]
    return [Record(kind, record_id, 1, body) for kind, record_id, body in given]


def central_template() -> Box:
    """Make central's tables by its own migrations, with the team in them."""
    box = Box()

    def fill(conn: Any) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
        repository.add_team(conn, TEAM, "Noord", START)
        made = _records()
        entries = [Entry("", "set_up", r.kind, r.id, 1, "", body_hash(r.body)) for r in made]
        commit_changes(
            conn, Author(TEAM, "ann", "", START), [Staged(r, 0) for r in made], (), entries
        )

    box.unit(fill)
    return box


def delete_one(central: Box) -> None:
    """Delete a record that the desks hold and do not know to be deleted yet."""
    grave = Record("report", "r9", 2, {}, deleted=True)
    entry = Entry("", "delete", "report", "r9", 2, body_hash(new_report()), "")
    author = Author(TEAM, "ann", "", START)
    central.unit(lambda conn: commit_changes(conn, author, [Staged(grave, 1)], (), [entry]))


def desk_template(central: Box) -> Box:
    """Make a desk's tables as the program makes them, with the first page in them."""
    box = Box()
    page, _ = central.unit(lambda conn: service.changes(conn, TEAM, "", 500, ""))
    *lines, closing = [orjson.loads(line) for line in page.splitlines()]

    def fill(conn: Any) -> None:
        schema.create(conn)
        records = [record_from_wire(line) for line in lines]
        replica.apply_page(conn, TEAM, records, asked_with="", cursor=closing["cursor"], now=START)

    box.unit(fill)
    return box
