"""Who may do what, at receipt: every role, kind, verb, own and other area (security.md §3, §7).

What is expected is written down here anew, from the table in docs/security.md §3.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract import routes
from contract.kinds import KINDS
from contract.vocabulary import Role
from tests.helpers.accounts_line import KEEPER, AccountsLine, problem
from tests.helpers.area_town import BODIES, BY_LINK, PLACED, Town
from tests.helpers.central_line import CentralLine, command, new_id, op, report

KEPT = {
    "template",
    "workbook",
    "step",
    "setting",
    "person",
    "area_shape",
    "register_source",
    "register_link",
}
WORK = {"operator", "officer", "account_holder"}
VERBS = ("create", "update", "delete", "command")


@pytest.fixture
def line(tmp_path: Path) -> Iterator[CentralLine]:
    """Return a line to a central on a file; rights are decided above the database."""
    with CentralLine(tmp_path / "central.db") as made:
        made.set_up()
        yield made


def expected(role: str, kind: str, place: str) -> tuple[str, str]:
    """Return what the table says: denied with a code, or let through to the rules."""
    if role not in (WORK if kind not in KEPT else {"account_holder"}):
        return "denied", "role"
    bound = kind in PLACED or kind in BY_LINK or kind == "area"
    if role == "officer" and bound and place == "other":
        return "denied", "area"
    return "", ""


@pytest.mark.parametrize("role", list(Role))
def test_every_role_kind_verb_and_area_is_answered_as_the_table_says(
    line: CentralLine, role: Role
) -> None:
    town = Town(line)
    person = new_id()
    body = {"name": "Joris Bakker", "roles": [role], "area_id": town.areas["own"]}
    assert line.push(op("create", "person", person, set=body))[0]["status"] == "applied"
    line.sign_in(person)
    wrong = []
    for kind, verb, place in itertools.product(KINDS, VERBS, ("own", "below", "other")):
        if verb != "create" and kind in (*BY_LINK, "area_role", "area_neighbour"):
            continue  # asked below, on links that exist
        asked = town.ask(kind, verb, place)
        if verb == "delete":
            asked["base_ver"] = 999  # never really deleted: the next question needs it
        found = line.push(asked)[0]
        status, code = expected(role, kind, place)
        told = (found["status"], found.get("code", ""))
        if told != (status, code) if status else found["status"] == "denied":
            wrong.append((kind, verb, place, told))
    assert not wrong


@pytest.mark.parametrize("where", ["own", "other"])
def test_what_belongs_to_an_area_through_another_record_follows_it(
    line: CentralLine, where: str
) -> None:
    town = Town(line)
    links = {
        "placement": {
            "post_id": town.records["post", where],
            "group_id": town.records["group", where],
        },
        "group_parent": {
            "group_id": town.records["group", where],
            "parent_kind": "area",
            "parent_id": town.areas[where],
        },
        "area_role": {"area_id": town.areas[where], "role": "coordinator", "name": "Wim"},
        "report_link": {
            "report_id": town.records["report", "own"],
            "other_id": town.records["report", where],
        },
    }
    ids = {kind: new_id() for kind in links}
    made = line.push(*(op("create", kind, ids[kind], set=body) for kind, body in links.items()))
    assert {one["status"] for one in made} == {"applied"}
    officer = new_id()
    body = {"name": "Joris", "roles": ["officer"], "area_id": town.areas["own"]}
    line.push(op("create", "person", officer, set=body))
    line.sign_in(officer)
    for kind, record in ids.items():
        for verb in ("update", "delete"):
            parts = {"set": {"x_note": "x"}, "was": {}} if verb == "update" else {}
            found = line.push(op(verb, kind, record, **parts))[0]
            if where == "other":
                assert (found["status"], found["code"]) == ("denied", "area"), (kind, verb)
            else:
                assert found["status"] in ("applied", "merged"), (kind, verb, found)


def test_an_officer_moves_nothing_into_or_out_of_an_area_of_others(line: CentralLine) -> None:
    town = Town(line)
    officer = new_id()
    body = {"name": "Joris", "roles": ["officer"], "area_id": town.areas["own"]}
    line.push(op("create", "person", officer, set=body))
    line.sign_in(officer)
    mine, theirs = town.records["report", "own"], town.records["report", "other"]
    out = op(
        "update",
        "report",
        mine,
        set={"area_id": town.areas["other"]},
        was={"area_id": town.areas["own"]},
    )
    into = op(
        "update",
        "report",
        theirs,
        set={"area_id": town.areas["own"]},
        was={"area_id": town.areas["other"]},
    )
    lift = op("update", "area", town.areas["other"], set={"parent_id": town.areas["own"]}, was={})
    self_made = op(
        "create",
        "area_role",
        new_id(),
        set={
            "area_id": town.areas["other"],
            "role": "officer",
            "name": "Joris",
            "person_id": officer,
        },
    )
    found = line.push(out, into, lift, self_made, command("report", theirs, "claim"))
    assert [(one["status"], one["code"]) for one in found] == [("denied", "area")] * 5
    below = op(
        "update",
        "report",
        mine,
        set={"area_id": town.areas["below"]},
        was={"area_id": town.areas["own"]},
    )
    assert line.push(below, report(), report(area_id="nowhere"))[0]["status"] == "applied"


def test_an_officer_works_in_the_area_they_just_made_inside_their_own(line: CentralLine) -> None:
    town = Town(line)
    officer, fresh = new_id(), new_id()
    body = {"name": "Joris", "roles": ["officer"], "area_id": town.areas["own"]}
    line.push(op("create", "person", officer, set=body))
    line.sign_in(officer)
    street = {"name": "Hofje", "level": "neighbourhood", "parent_id": town.areas["below"]}
    group = {**BODIES["group"], "area_id": fresh}
    found = line.push(
        op("create", "area", fresh, set=street), op("create", "group", new_id(), set=group)
    )
    assert [one["status"] for one in found] == ["applied", "applied"]


@pytest.mark.parametrize("roles", [["officer"], ["officer", "operator"]])
def test_without_an_area_or_with_a_wider_role_an_officer_works_for_the_whole_team(
    line: CentralLine, roles: list[str]
) -> None:
    town = Town(line)
    officer = new_id()
    area = town.areas["own"] if len(roles) > 1 else ""
    line.push(op("create", "person", officer, set={"name": "J", "roles": roles, "area_id": area}))
    line.sign_in(officer)
    assert line.push(report(area_id=town.areas["other"]))[0]["status"] == "applied"


def test_a_narrower_area_counts_at_the_next_request(line: CentralLine) -> None:
    town = Town(line)
    keeper = line.token
    officer = line.add_person("officer")
    line.sign_in(officer)
    asked = report(area_id=town.areas["other"])
    assert line.push(asked)[0]["status"] == "applied"
    bind = op("update", "person", officer, set={"area_id": town.areas["own"]}, was={})
    assert line.send(bind, token=keeper).json()["results"][0]["status"] == "applied"
    found = line.push(command("report", asked["id"], "claim"))[0]
    assert (found["status"], found["code"]) == ("denied", "area")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[AccountsLine]:
    """Return a line to a central where people sign in with accounts."""
    with AccountsLine(tmp_path / "central.db") as made:
        made.begin()
        yield made


def test_people_and_settings_change_only_after_a_second_factor(desk: AccountsLine) -> None:
    keeper = desk.token
    anna = desk.add_account("anna", "account_holder")
    desk.enter("anna")
    asked = [
        op("create", "person", new_id(), set={"name": "Wim", "roles": ["operator"]}),
        op("update", "person", anna, set={"roles": ["auditor"]}, was={"roles": ["account_holder"]}),
        op("update", "person", anna, set={"shift_until": "23:00", "name": "A"}, was={}),
        op("create", "setting", new_id(), set={"value": {"a": 1}}),
        op("delete", "setting", "region"),
    ]
    before = desk.records()
    found = desk.push(*asked)
    assert {(one["status"], one["code"]) for one in found} == {("denied", "second-factor")}
    assert desk.records() == before
    shift = op("update", "person", anna, set={"shift_until": "23:00"}, was={})
    layout = {"purpose": "broadcast", "kind": "warning", "name": "x", "layout": "x"}
    daily = desk.push(report(), shift, op("create", "template", new_id(), set=layout))
    assert [one["status"] for one in daily] == ["applied"] * 3
    desk.prove()
    assert desk.push({**asked[0], "op_id": new_id()})[0]["status"] == "applied"
    assert desk.send(report(), token=keeper).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_accounts_are_for_account_holders_only(desk: AccountsLine, role: Role) -> None:
    person = desk.add_account("joris", role)
    desk.enter("joris")
    desk.prove()
    body = {"person": person, "account": "joris"}
    seen = desk.call("GET", routes.accounts(desk.team))
    given = desk.call("POST", routes.accounts(desk.team), body)
    gone = desk.call("DELETE", routes.accounts(desk.team, new_id()))
    if role is Role.ACCOUNT_HOLDER:
        assert (seen.status_code, gone.status_code) == (200, 404)
    else:
        assert {problem(one) for one in (seen, given, gone)} == {(403, "forbidden")}


def test_a_role_lowered_meanwhile_counts_at_the_next_request(desk: AccountsLine) -> None:
    keeper = desk.token
    anna = desk.add_account("anna", "account_holder")
    desk.enter("anna")
    desk.prove()
    assert desk.call("GET", routes.accounts(desk.team)).status_code == 200
    lower = op(
        "update", "person", anna, set={"roles": ["reader"]}, was={"roles": ["account_holder"]}
    )
    assert desk.send(lower, token=keeper).json()["results"][0]["status"] == "applied"
    assert problem(desk.call("GET", routes.accounts(desk.team))) == (403, "forbidden")
    found = desk.push(report())[0]
    assert (found["status"], found["code"]) == ("denied", "role")
    none = op("update", "person", anna, set={"roles": []}, was={"roles": ["reader"]})
    assert desk.send(none, token=keeper).json()["results"][0]["status"] == "applied"
    assert problem(desk.call("GET", routes.changes(desk.team))) == (403, "forbidden")


def test_a_desk_asks_at_most_ten_times_a_second(tmp_path: Path) -> None:
    with AccountsLine(tmp_path / "c.db", device_rate=10.0, device_burst=20) as line:
        line.begin()
        line.watch.move(minutes=1)
        found = [line.call("GET", routes.digest(line.team)) for _ in range(25)]
        assert [one.status_code for one in found] == [200] * 20 + [429] * 5
        assert problem(found[-1]) == (429, "rate-limited")
        assert found[-1].headers["Retry-After"] == "1"
        assert line.send(report()).status_code == 429
        line.watch.move(seconds=1)
        found = [line.call("GET", routes.digest(line.team)) for _ in range(12)]
        assert [one.status_code for one in found] == [200] * 10 + [429] * 2
        # Another desk of the same person has its own.
        line.watch.move(seconds=30)
        line.enter(KEEPER, code=line.digits(), device="desk-2")
        assert line.call("GET", routes.digest(line.team)).status_code == 200


def test_what_a_desk_may_not_say_itself_is_filled_in_by_central(line: CentralLine) -> None:
    other = line.add_person("operator")
    lie = {"created_by": other, "created_at": "2001-01-01T00:00:00.000Z", "number": "9999-001"}
    asked, post, placed = (
        report(status="closed", closed_by=other, **{k: v for k, v in lie.items() if k != "number"}),
        new_id(),
        new_id(),
    )
    group = new_id()
    line.push(
        asked,
        op("create", "group", group, set=BODIES["group"]),
        op(
            "create",
            "post",
            post,
            set={**BODIES["post"], "author": other, "released_by": other, **lie},
        ),
        op(
            "create",
            "placement",
            placed,
            set={"post_id": post, "group_id": group, "by": other, "state": "placed"},
        ),
        op("update", "post", post, set={"author": other}, was={"author": line.person}),
    )
    kept = line.records()
    body = kept[asked["id"]]["body"]
    assert (body["created_by"], body["status"]) == (line.person, "open")
    assert body["created_at"] != lie["created_at"]
    assert "closed_by" not in body
    body = kept[post]["body"]
    assert (body["created_by"], body["author"], body["status"]) == (
        line.person,
        line.person,
        "draft",
    )
    assert "released_by" not in body
    assert (kept[placed]["body"]["state"], "by" in kept[placed]["body"]) == ("pending", False)
    assert {row["by"] for row in kept.values()} == {line.person}
