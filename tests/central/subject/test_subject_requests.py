"""One bundle of all a team holds of somebody: found in every notation, written down first (F52)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from central.models.journal import audit
from central.models.retention import archive_look
from central.retention import rounds
from contract import subject
from contract.sought import Sought
from tests.helpers.central_line import CentralLine, new_id, op, report

NUMBER = "+31612345678"
WHY = "Verzoek om inzage, brief van 3 maart"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[CentralLine]:
    with CentralLine(tmp_path / "central.db") as made:
        made.set_up()
        yield made


@pytest.mark.parametrize(
    "text",
    [
        "06-12345678",
        "bel 06 12 34 56 78 even",
        "+31 6 1234 5678",
        "0031612345678",
        "+31 (0)6-12345678",
        "06.12.34.56.78.",
        "０６１２３４５６７８",
        "wa.me/31612345678",
        "0687654321 06-12345678",
    ],
)
def test_a_number_is_found_in_every_notation(text: str) -> None:
    assert Sought(NUMBER).fields({"text": text}) == {"text": True}
    assert Sought("06 12345678").fields({"a": [{"b": text}]}) == {"a": True}


@pytest.mark.parametrize("text", ["0612345679", "106123456789", "061234567890", "6.1.2", ""])
def test_another_number_is_not(text: str) -> None:
    assert Sought(NUMBER).fields({"text": text}) == {}


def test_a_name_is_found_by_its_words() -> None:
    sought = Sought(name="José  Jansen")
    assert sought.fields({"text": "Volgens Jansen, Jose was het stil"}) == {"text": False}
    assert sought.fields({"text": "Josephine Jansen"}) == {}
    assert Sought(name="x").empty
    assert Sought(phone="12").empty


def test_all_of_one_person_is_found_and_the_question_is_written_down_first(
    line: CentralLine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ids = plant(line)
    look = ask(line, phone="06-12345678", name="Jansen")
    rows = line.office.database.read_now(
        lambda conn: conn.execute(select(archive_look.c.use, archive_look.c.reason)).all()
    )
    assert [row.reason for row in rows] == [WHY]
    assert acts(line) == ["subject_asked"]

    found = walk(line, look["id"], phone="06-12345678", name="Jansen")
    assert set(found) == set(ids.values()) - {ids["other"], ids["list"]}
    sure = {one for one, hit in found.items() if hit["sure"]}
    assert {ids["person"], ids["seat"], ids["seen"]} <= sure
    assert ids["report"] not in sure
    assert found[ids["note"]]["where"] == ["note"]
    # A list that was read in left a mark of its people: found by the group they have a seat in.
    assert found[ids["linked"]]["where"] == ["(group_administrator)"]

    # Another question than the one that was written down is not answered.
    path = subject.path(line.team, look["id"], "_search")
    assert line.call("POST", path, {"phone": "06-87654321"}).status_code == 403
    given = {"given": 5, "left_out": 1}
    path = subject.path(line.team, look["id"], "deliveries")
    assert line.call("POST", path, given).status_code == 204
    assert acts(line) == ["subject_asked", "subject_given"]

    # What was looked for stands in no log line, address or audit row.
    said = "\n".join([*(str(vars(one)) for one in caplog.records), str(audit_rows(line))])
    assert not any(one in said for one in ("12345678", "612345678", "Jansen"))
    assert all("Jansen" not in row.use and "345" not in row.use[:8] for row in rows)

    # After an hour the question has to be asked anew.
    line.watch.move(minutes=61)
    line.sign_in(line.person)
    path = subject.path(line.team, look["id"], "_search")
    assert line.call("POST", path, {"phone": NUMBER, "name": "Jansen"}).status_code == 404


def test_what_left_the_desks_is_found_too(line: CentralLine) -> None:
    ids = plant(line)
    line.watch.move(days=500)
    rounds.keep_all(line.office.database, line.watch(), at_once=True)
    line.sign_in(line.person)
    look = ask(line, phone=NUMBER)
    found = walk(line, look["id"], phone=NUMBER)
    assert found[ids["report"]]["old"] is True


def test_only_an_account_holder_asks_and_never_without_a_reason(line: CentralLine) -> None:
    asked = {"phone": NUMBER, "reason": WHY}
    path = subject.path(line.team)
    assert line.call("POST", path, {**asked, "reason": "zo"}).status_code == 400
    assert line.call("POST", path, {"phone": "abc", "reason": WHY}).status_code == 400
    assert acts(line) == []
    for role in ("operator", "officer", "auditor", "reader"):
        holder = line.person
        line.sign_in(line.add_person(role, name=role))
        assert line.call("POST", path, asked).status_code == 403
        line.sign_in(holder)
    assert acts(line) == []


def plant(line: CentralLine) -> dict[str, str]:
    """Write records about somebody in every place that may hold them, and one about another."""
    names = "person seat group report log seen note other list linked".split()
    ids = {name: new_id() for name in names}
    person = {"name": "Piet Jansen", "phone": NUMBER, "active": True}
    seat = {
        "group_id": ids["group"],
        "administrator_id": ids["person"],
        "role": "administrator",
    }
    group = {"name": "Duin", "kind": "neighbourhood"}
    linked = {
        "source_id": ids["list"],
        "group_id": ids["group"],
        "ref": "7",
        "said": {"people": "a1b2c3"},
    }
    told = report(text="Gebeld door (06) 12 34 56 78")["set"]
    log = {"subject_kind": "report", "subject_id": ids["report"], "what": "changed"}
    seen = {"subject_kind": "administrator", "subject_id": ids["person"], "what": "card_shown"}
    results = line.push(
        op("create", "administrator", ids["person"], set=person),
        op(
            "create",
            "group",
            ids["group"],
            set={**group, "note": "vraag mevrouw Jansen 0612345678"},
        ),
        op("create", "group_administrator", ids["seat"], set=seat),
        op("create", "register_source", ids["list"], set={"name": "Lijst"}),
        op("create", "register_link", ids["linked"], set=linked),
        op("create", "register_link", new_id(), set={**linked, "group_id": new_id()}),
        op("create", "report", ids["report"], set=told),
        op("create", "log_entry", ids["log"], set={**log, "made_at": line.office.now()}),
        op("create", "log_entry", ids["seen"], set={**seen, "made_at": line.office.now()}),
        op("create", "report", ids["other"], set=report(text="Niets bijzonders")["set"]),
    )
    assert {one["status"] for one in results} == {"applied"}, results
    ids["note"] = ids.pop("group")
    return ids


def ask(line: CentralLine, **terms: str) -> dict[str, Any]:
    """Have a question written down."""
    answer = line.call("POST", subject.path(line.team), {**terms, "reason": WHY})
    assert answer.status_code == 201, answer.text
    noted: dict[str, Any] = answer.json()
    return noted


def walk(line: CentralLine, look: str, **terms: str) -> dict[str, dict[str, Any]]:
    """Return every hit of a question, by id."""
    found, after = {}, ""
    while True:
        path = subject.path(line.team, look, "_search")
        page = line.call("POST", path, {**terms, "after": after}).json()
        found.update({hit["id"]: hit for hit in page["hits"]})
        after = page["after"]
        if not after:
            return found


def acts(line: CentralLine) -> list[str]:
    """Return what the audit says of questions about people."""
    query = select(audit.c.act).where(audit.c.kind == "subject").order_by(audit.c.n)
    return list(line.office.database.read_now(lambda conn: conn.execute(query).scalars().all()))


def audit_rows(line: CentralLine) -> list[Any]:
    """Return every audit row as it stands."""
    assert line.office.database.read_now(
        lambda conn: conn.execute(select(func.count()).select_from(audit)).scalar_one()
    )
    return list(line.office.database.read_now(lambda conn: conn.execute(select(audit)).all()))
