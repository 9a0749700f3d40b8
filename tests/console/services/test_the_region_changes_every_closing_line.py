"""F56: the account holder switches the region; desk and central go by the same profile."""

from __future__ import annotations

import pytest

from central.sync.release import region_of
from console.domain.failures import Refused
from console.services.desk import Desk
from console.services.team import Team
from console.storage.projection import shown
from contract.guard import check
from contract.region import BELGIUM, NETHERLANDS
from tests.helpers.profile import OTHER


def test_a_team_that_said_nothing_is_dutch(desk: Desk) -> None:
    assert Team(desk).learn_region().result() is NETHERLANDS


def test_belgium_changes_the_closing_line_and_what_the_guard_asks(desk: Desk) -> None:
    Team(desk).set_region("be").result()
    assert desk.region is BELGIUM
    text = "Let op uw fiets.\n" + desk.region.closing_line(urgent=False)
    assert check(text, "prevention", region=desk.region).outcome == "fine"
    assert check(text, "prevention", region=NETHERLANDS).outcome == "stop"


def test_central_checks_releases_by_the_profile_the_desk_writes_with(desk: Desk) -> None:
    Team(desk).set_region("BE").result()
    record = desk.look(lambda conn: shown(conn, "setting", "region")).result()
    assert region_of(record) is BELGIUM
    desk.region = NETHERLANDS
    assert Team(desk).learn_region().result() is BELGIUM


def test_the_region_can_be_switched_back(desk: Desk) -> None:
    Team(desk).set_region("BE").result()
    Team(desk).set_region("NL").result()
    assert Team(desk).learn_region().result() is NETHERLANDS


def test_only_the_account_holder_switches_and_only_to_a_known_region(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        Team(desk).set_region("XX").result()
    assert refused.value.problem.code == "region-unknown"
    desk.person = OTHER
    with pytest.raises(Refused) as refused:
        Team(desk).set_region("BE").result()
    assert refused.value.problem.code == "not-allowed"
