"""What a team gets of the teams beside it: nothing unless they share, and only what stood in a group."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box as square

from central.journal.repository import rows_of
from central.neighbours import rules
from central.neighbours.service import GIVEN, READ
from central.team.service import make_team
from contract.messages import FirstPerson
from contract.neighbours import HOURS, NeighbourMessage, path
from contract.outline import box_of, encoded
from contract.region import NETHERLANDS
from tests.helpers.central_line import CentralLine, command, new_id, op

SECRETS = ("06-12345678", "Notitie voor ons", "2026-000123", "Team Opsporing", "p-geheim")
TEXT = f"*POLITIE Kust – Duinrand*\n*Vreemden aan de deur*\n\n{NETHERLANDS.closing_general}"
OWN, BESIDE, FAR = (
    square(100e3, 450e3, 101e3, 451e3),
    square(101e3, 450e3, 102e3, 451e3),
    square(150e3, 450e3, 151e3, 451e3),
)


class Two:
    """The team that asks, signed in, and the team that may share; each with one area."""

    def __init__(self, line: CentralLine) -> None:
        self.line = line
        self.asking = (line.team, line.person)
        moment = line.office.moment()
        keeper = FirstPerson(id=new_id(), name="Wil Voorbeeld")
        made = line.office.database.write_now(
            lambda conn: make_team(conn, "Team Duinrand", keeper, moment)
        )
        self.giving = (made.id, keeper.id)
        self.area = new_id()

    def at(self, team: tuple[str, str]) -> CentralLine:
        """Go on as somebody of this team."""
        self.line.team = team[0]
        self.line.sign_in(team[1], device=f"desk-{team[0][-4:]}")
        return self.line

    def place(self, team: tuple[str, str], area: str, outline: Any, **fields: Any) -> None:
        """Give a team an area with an outline."""
        body = {"name": "Duinrand", "level": "village", **fields}
        shape = {"area_id": area, "shape": encoded(outline), "box": box_of(outline)}
        done = self.at(team).push(
            op("create", "area", area, set=body), op("create", "area_shape", area, set=shape)
        )
        assert {one["status"] for one in done} == {"applied"}

    def share(self, value: Any) -> None:
        """The other team makes its choice."""
        made = op("create", "setting", "neighbours", set={"value": value})
        assert self.at(self.giving).push(made)[0]["status"] == "applied"

    def release(self, **fields: Any) -> str:
        """The other team releases a message; returns its id."""
        post_id = new_id()
        body = {
            "type": "broadcast",
            "kind": "general",
            "title": "Vreemden aan de deur 06-12345678",
            "body": TEXT,
            "area_id": self.area,
            "fields": {"onderwerp": "Notitie voor ons"},
            "incident_ref": "2026-000123",
            "asked_by": "Team Opsporing",
            "holder": "p-geheim",
            **fields,
        }
        placement = {"post_id": post_id, "group_id": new_id(), "text": TEXT}
        done = self.at(self.giving).push(
            op("create", "post", post_id, set=body),
            op("create", "placement", new_id(), set=placement),
            command("post", post_id, "release"),
        )
        assert done[2]["status"] == "applied", done
        return post_id

    def ask(self, status: int = 200) -> list[dict[str, Any]]:
        """The first team asks what is shared with it."""
        answer = self.at(self.asking).call("GET", path(self.asking[0]))
        assert answer.status_code == status, answer.text
        return list(answer.json()["messages"]) if status == 200 else []

    def acts(self, team: tuple[str, str]) -> list[tuple[str, str, str]]:
        """Return the audit rows of a team about sharing."""
        found = self.line.office.database.read_now(lambda conn: rows_of(conn, team[0]))
        wanted = [row for row in found if row["act"] in (READ, GIVEN)]
        return [(str(row["act"]), str(row["person"]), str(row["record"])) for row in wanted]


@pytest.fixture
def two(line: CentralLine) -> Two:
    """Two teams on one central whose areas touch."""
    made = Two(line)
    made.place(made.giving, made.area, BESIDE)
    made.place(made.asking, new_id(), OWN)
    return made


@pytest.mark.parametrize("value", [None, {}, {"share": False}, {"share": "yes"}, {"share": 1}])
def test_nothing_is_shared_without_a_plain_yes(two: Two, value: Any) -> None:
    if value is not None:
        two.share(value)
    two.release()
    assert two.ask() == []
    assert two.acts(two.asking) == two.acts(two.giving) == []


def test_only_what_stood_in_the_group_goes_and_both_teams_can_see_that_it_went(two: Two) -> None:
    two.share({"share": True})
    post_id = two.release()
    found = two.ask()
    assert [set(one) for one in found] == [set(NeighbourMessage.model_fields)]
    assert (found[0]["id"], found[0]["team"], found[0]["area"]) == (
        post_id,
        "Team Duinrand",
        "Duinrand",
    )
    assert (found[0]["text"], found[0]["state"]) == (TEXT, "running")
    told = json.dumps(found)
    assert not [one for one in (*SECRETS, two.giving[1]) if one in told]
    assert two.acts(two.asking) == [(READ, two.asking[1], "")]
    assert two.acts(two.giving) == [(GIVEN, "", two.asking[0])]


def test_a_team_farther_off_gets_nothing(two: Two) -> None:
    two.share({"share": True})
    two.area = new_id()
    two.place(two.giving, two.area, FAR)
    two.release()
    assert two.ask() == []
    assert two.acts(two.giving) == []


@pytest.mark.parametrize("noted", [False, True])
def test_codes_do_where_there_is_no_outline(two: Two, noted: bool) -> None:
    two.share({"share": True})
    two.area, other = new_id(), new_id()
    body = {"name": "Dorp", "level": "village", "code": "BU99020109"}
    two.at(two.giving).push(op("create", "area", two.area, set=body))
    if noted:
        two.line.push(
            op("create", "area", other, set={**body, "code": "BU99020101"}),
            op(
                "create",
                "area_neighbour",
                new_id(),
                set={"area_id": other, "neighbour_id": two.area},
            ),
        )
    two.release()
    assert two.ask() == []
    code = "BU99020101" if noted else "BU99020109"
    mine = {"name": "Eigen", "level": "village", "code": code}
    two.line.push(op("create", "area", new_id(), set=mine))
    assert len(two.ask()) == 1


def test_an_outcome_an_ended_action_or_a_correction_ends_it_and_it_goes_after_three_days(
    two: Two,
) -> None:
    two.share({"share": True})
    settled, corrected, running = two.release(), two.release(), two.release()
    two.at(two.giving).push(command("post", settled, "waive", reason="privacy"))
    two.release(type="correction", kind="correction", corrects=corrected)
    states = {one["id"]: one["state"] for one in two.ask()}
    assert states == {settled: "ended", corrected: "ended", running: "running"}
    two.line.watch.move(hours=HOURS + 1)
    assert two.ask() == []


@pytest.mark.parametrize("fields", [{"area_id": ""}, {"type": "recorded"}, {"type": "feedback"}])
def test_what_is_no_message_of_its_own_stays_inside(two: Two, fields: dict[str, Any]) -> None:
    two.share({"share": True})
    two.release(**fields)
    assert two.ask() == []


@pytest.mark.parametrize("role", ["reader", "auditor"])
def test_who_may_not_pass_on_may_not_look(two: Two, role: str) -> None:
    two.share({"share": True})
    two.release()
    person = two.at(two.asking).add_person(role)
    two.asking = (two.asking[0], person)
    two.ask(403)
    assert two.acts(two.giving) == []


def test_another_team_cannot_ask_in_this_ones_name(two: Two) -> None:
    two.share({"share": True})
    answer = two.at(two.asking).call("GET", path(two.giving[0]))
    assert answer.status_code == 403


edges = st.integers(-20, 20)


@settings(max_examples=60)
@given(edges, edges, st.integers(1, 9), st.integers(1, 9))
def test_outlines_adjoin_exactly_where_they_touch(x: int, y: int, width: int, height: int) -> None:
    west, south = 120_000 + x * 100, 450_000 + y * 100
    theirs = square(west, south, west + width * 100, south + height * 100)
    mine = square(120_000, 450_000, 120_500, 450_500)
    place = rules.Place("p", "P", frozenset(), encoded(theirs), rules.box_of(box_of(theirs)))
    own: list[dict[str, Any]] = [
        {"shape": "geen omtrek", "box": box_of(mine)},
        {"shape": encoded(mine), "box": "geen doos"},
        {"shape": encoded(mine), "box": box_of(mine)},
    ]
    assert bool(rules.adjoining([place], (), own)) is (theirs.distance(mine) <= 1.0)
