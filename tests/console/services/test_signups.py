"""A sign-up is checked, handed over and counted; the resident reaches no act (F19)."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from console.domain.failures import Refused
from console.domain.signup import Recipient, Resident, SignupGroup
from console.models.local import outbox
from console.services.desk import Desk, Unit
from console.services.signups import WHY, Signups
from tests.helpers import town
from tests.helpers.clock import HandClock

RESIDENT = Resident("Havenkade 12, 1234 AB Dorp", "Proef Bewoner", "06-12345678")
TO = Recipient("administrator:admin-1", "Truus Verzonnen", "beheerder")
GROUP = SignupGroup("group-1", "Groep Kade", "", "", "straat Havenkade", "direct", "", (TO,))


@pytest.fixture
def signups(desk: Desk) -> Signups:
    """A desk with one group and its administrator."""

    def work(unit: Unit) -> None:
        body = {"name": "Groep Kade", "kind": "neighbourhood", "streets": ["Havenkade"]}
        unit.create("group", body, "group-1")
        unit.create("administrator", {"name": TO.name}, "admin-1")
        link = {"group_id": "group-1", "administrator_id": "admin-1", "role": "administrator"}
        unit.create("group_administrator", link)

    desk.act(work).result(10)
    return Signups(desk)


def sent(desk: Desk) -> list[str]:
    """What waits for central, as text."""
    found = desk.look(
        lambda conn: list(conn.execute(select(outbox).order_by(outbox.c.n)).mappings())
    )
    return [json.dumps(dict(row), default=str) for row in found.result(10)]


def test_the_way_and_the_text_leave_no_trace_in_what_is_sent(desk: Desk, signups: Signups) -> None:
    before = len(sent(desk))
    found = signups.route(RESIDENT.address).result(10)
    (group,) = found.groups
    handed = signups.text(RESIDENT, group, group.recipients[0])
    assert all(one in handed.copyable.text for one in RESIDENT.given)
    assert repr(handed) == "Handed()"
    assert len(sent(desk)) == before, "asking and making keep nothing"
    signups.hand_over(group.group_id, group.recipients[0]).result(10)
    new = sent(desk)[before:]
    assert not [one for one in new if any(part in one for part in (*RESIDENT.given, "1234"))]
    (line,) = [one for one in new if "signup_passed_on" in one]
    assert WHY in line
    assert "administrator:admin-1" in line


@pytest.mark.parametrize(
    ("resident", "rule"),
    [
        (Resident("Havenkade 12", "Bewoner, BSN 111222333"), "bsn"),
        (Resident("Havenkade 12, rekening NL91ABNA0417164300"), "iban"),
        (Resident("Havenkade 12", "Bewoner", "bewoner@voorbeeld.nl"), "email"),
        (Resident("Havenkade 12", "Bewoner, geboren 1-2-1980"), "birth_date"),
    ],
)
def test_what_does_not_belong_in_a_sign_up_stops_it(
    signups: Signups, resident: Resident, rule: str
) -> None:
    with pytest.raises(Refused) as caught:
        signups.text(resident, GROUP, TO)
    assert caught.value.problem.code == f"guard-{rule}"
    assert not any(part in caught.value.problem.sentence for part in resident.given)


def test_without_an_address_or_somebody_to_get_it_there_is_no_text(signups: Signups) -> None:
    with pytest.raises(Refused) as caught:
        signups.text(Resident(" "), GROUP, TO)
    assert caught.value.problem.code == "bad-address"
    with pytest.raises(Refused) as caught:
        signups.text(RESIDENT, GROUP, Recipient("", "", ""))
    assert caught.value.problem.code == "bad-recipient"
    with pytest.raises(Refused) as caught:
        signups.route(" ,").result(10)
    assert caught.value.problem.code == "bad-address"


def test_in_training_the_text_says_so(desk: Desk, signups: Signups) -> None:
    desk.training = True
    assert signups.text(RESIDENT, GROUP, TO).copyable.text.startswith("OEFENING")


def test_only_numbers_of_the_month_remain(desk: Desk, signups: Signups, clock: HandClock) -> None:
    for _ in range(3):
        signups.hand_over("group-1", TO).result(10)
    signups.count_gap().result(10)
    found = signups.counts().result(10)
    assert (found.handed_over, found.no_group) == (3, 1)
    assert found.by_place == {"Groep Kade": 3, "gebied onbekend": 1}
    clock.move(days=40)
    assert signups.counts().result(10).handed_over == 0


def test_a_reader_hands_nobody_over(desk: Desk, signups: Signups) -> None:
    desk.person = town.READER
    for act in (signups.hand_over("group-1", TO), signups.count_gap()):
        with pytest.raises(Refused) as caught:
            act.result(10)
        assert caught.value.problem.code == "not-allowed"
