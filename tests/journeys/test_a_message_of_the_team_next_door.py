"""A team beside shares its messages: an officer reads one, passes it on, and records the consent anew."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from shapely import box as square
from sqlalchemy import Connection

from central.auth.service import Caller
from central.clock import stamp
from central.journal.repository import rows_of
from central.sync.repository import teams
from central.sync.service import push
from central.team.service import make_team
from contract.messages import FirstPerson, PushRequest
from contract.outline import box_of, encoded
from contract.region import NETHERLANDS
from contract.vocabulary import Role
from tests.helpers.central_line import command, new_id, op
from tests.helpers.journey import Person, Seat

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]

KEY = Qt.Key
TEXT = (
    "*POLITIE Duinrand – Duinrand*\n*Vermist: de heer Voorbeeld, 78 jaar*\n\n"
    f"Te voet, met een blauwe jas.\n\n{NETHERLANDS.closing_urgent}"
)
OWN, THEIRS = square(100e3, 450e3, 101e3, 451e3), square(101e3, 450e3, 102e3, 451e3)


def own_district(unit: Any) -> str:
    """Give the person an area with a group in it; returns the group."""
    area = unit.create("area", {"name": "Oostwiel", "level": "village"})
    unit.create("area_shape", {"area_id": area, "shape": encoded(OWN), "box": box_of(OWN)}, area)
    role = {"area_id": area, "role": "officer", "name": unit.person.name}
    unit.create("area_role", {**role, "person_id": unit.person.id})
    group = {"name": "Beheerders Oostwiel", "kind": "administrators", "area_id": area}
    return str(unit.create("group", group))


def next_door(conn: Connection, moment: Any) -> str:
    """A second team on the same central, which shares and released one message; returns its id."""
    keeper = FirstPerson(id=new_id(), name="Wil Voorbeeld")
    team = make_team(conn, "Team Duinrand", keeper, moment)
    roles = frozenset({Role.ACCOUNT_HOLDER, Role.OPERATOR})
    caller = Caller(team.id, keeper.id, "d", "f", roles, embedded=True, second_factor=True)
    area, post, group = new_id(), new_id(), new_id()
    body = {
        "type": "broadcast",
        "kind": "missing_person",
        "title": "Vermiste man",
        "body": TEXT,
        "urgent": True,
        "area_id": area,
        "consent": "family",
    }
    ops = (
        op("create", "setting", "neighbours", set={"value": {"share": True}}),
        op("create", "area", area, set={"name": "Duinrand", "level": "village"}),
        op(
            "create",
            "area_shape",
            area,
            set={"area_id": area, "shape": encoded(THEIRS), "box": box_of(THEIRS)},
        ),
        op("create", "post", post, set=body),
        op(
            "create",
            "placement",
            new_id(),
            set={"post_id": post, "group_id": group, "text": TEXT},
        ),
        command("post", post, "release"),
    )
    answer = push(conn, caller, PushRequest.model_validate({"ops": ops}), "", stamp(moment))
    assert answer.count(b'"applied"') == len(ops), answer
    return post


def test_a_message_of_the_team_next_door_is_passed_on_with_its_own_consent(seat: Seat) -> None:
    person: Person = seat(begin=True)
    group = person.bulk(own_district)
    person.run.exchanged()
    office = person.run.central.switch.central._app.state.office
    moment = office.moment()
    shared = office.database.write_now(lambda conn: next_door(conn, moment))

    person.run.program.shell.open("feedback", segment="mine")
    person.until_here("feedback")
    view = person.screen
    row = f"beside:{shared}"
    person.until(lambda: view.due.list.current_id() == row, "the message of next door")
    person.until(view.beside.isVisible, "its text")
    person.look("neighbour-team")
    person.count()
    person.press(KEY.Key_D)
    person.until_here("compose")
    compose = person.screen
    person.until(lambda: "consent" in compose.form.entries, "consent is asked")
    person.until(lambda: not compose.footer.issue.isEnabled(), "stopped without it")
    assert compose.original.isVisible(), "the source stands beside the fields"
    post_id = compose.event_subject()[1]
    draft = person.settled(person.services.posts.draft(post_id))
    assert (draft.kind, draft.consent) == ("missing_person", "")
    compose.form.entries["consent"].keyboard().setFocus()
    person.press(KEY.Key_Down)
    person.press(KEY.Key_Down)
    person.until(compose.footer.issue.isEnabled, "nothing left open")
    person.look("neighbour-copy")
    person.confirm()
    person.until_here("issue")
    ledger = person.settled(person.services.ledger.ledger(post_id))
    assert [one.group_id for one in ledger.rows] == [group]
    assert "Eerder geplaatst in Duinrand, door Team Duinrand." in ledger.rows[0].text

    acts = office.database.read_now(
        lambda conn: {one["act"] for team, _ in teams(conn) for one in rows_of(conn, team)}
    )
    assert {"neighbours_read", "neighbours_given"} <= acts
