"""Control room, incident, who asked and consent: recorded, shown, logged, never in the text (F38)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.decided import lines
from console.domain.failures import Refused
from console.services import gate
from console.services.desk import Desk
from console.services.followups import FollowUps
from console.services.handovers import Handovers
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.storage.history import history
from tests.helpers import town
from tests.helpers.profile import PERSON

VALUES = {
    "wie": "een man van 78",
    "tijd": "14:10",
    "plaats": "Stationsstraat",
    "toestand": "te voet",
    "uiterlijk": "blauwe jas",
}
ORDER = "op bevel van de officier van justitie"


@pytest.fixture
def village(desk: Desk) -> Desk:
    """A desk with an invented village in its file."""
    town.build(desk)
    return desk


def missing(desk: Desk, **answers: str) -> str:
    posts = Posts(desk)
    draft = posts.new_draft("missing_person", values=VALUES, group_ids=town.GROUPS[:1]).result()
    for name, text in answers.items():
        posts.keep_field(draft, name, text).result()
    return draft


def test_a_missing_person_leaves_by_no_path_without_consent_or_reason(village: Desk) -> None:
    """Compose, forward, and the copy of a text whose consent went missing after its release."""
    posts, after = Posts(village), FollowUps(village)
    source = missing(village, consent="reason", consent_ground=ORDER)
    posts.release(source).result()
    copy = after.forward(source, (town.GROUPS[1],)).result()
    posts.keep_field(copy, "consent", "").result()
    for draft in (missing(village), missing(village, consent="reason"), copy):
        with pytest.raises(Refused) as caught:
            posts.release(draft).result()
        assert caught.value.problem.code == "guard-consent_missing"
    row = Handoff(village).ledger(source).result()
    assert row is not None
    assert Handoff(village).copy(row.rows[0].id).result().text


def test_the_answers_stand_with_name_and_time_in_card_sheet_and_log(village: Desk) -> None:
    draft = missing(
        village,
        control_room="no",
        incident_ref="2026-000123",
        asked_by="Team Opsporing",
        consent="reason",
        consent_ground=ORDER,
    )
    Posts(village).release(draft).result()
    found = Handoff(village).ledger(draft).result()
    assert found is not None
    said = dict(lines(found.decided))
    assert said == {
        "Toestemming": f"Zonder: {ORDER} ({PERSON.name}, 15:00)",
        "Meldkamer": f"Nee ({PERSON.name}, 15:00)",
        "Incidentnummer": "2026-000123",
        "Gevraagd door": "Team Opsporing",
    }
    assert "000123" not in found.rows[0].text
    assert "Opsporing" not in found.rows[0].text
    log = village.look(lambda conn: history(conn, "post", draft)).result()
    told = {line.what: line.text for line in log}
    assert told["consent_recorded"] == "Nee, wel een reden"
    assert told["control_room_told"] == "Nee"
    assert ORDER in told["decision"]


def test_the_sheet_names_a_draft_that_still_lacks_consent(village: Desk) -> None:
    draft = missing(village, incident_ref="2026-000123")
    sheet = Handovers(village).current().result()
    line = next(one for one in sheet.lines if one.subject_id == draft)
    assert line.severity == "amber"
    assert "Toestemming: nog niet vastgelegd. Incidentnummer: 2026-000123" in line.detail


def test_unknown_is_an_answer_of_its_own_and_takes_its_name_back(village: Desk) -> None:
    draft = missing(village, control_room="yes")
    Posts(village).keep_field(draft, "control_room", "").result()
    found = Posts(village).draft(draft).result()
    assert found is not None
    assert (found.decided.control_room, found.decided.control_room_by) == ("", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [("incident_ref", "9" * 61), ("incident_ref", "1\n2"), ("asked_by", "x" * 121)],
)
def test_a_reference_that_does_not_fit_is_refused_and_changes_nothing(
    village: Desk, name: str, text: str
) -> None:
    draft = missing(village)
    with pytest.raises(Refused) as caught:
        Posts(village).keep_field(draft, name, text).result()
    assert caught.value.problem.code == "too-long"
    found = Posts(village).draft(draft).result()
    assert found is not None
    assert (found.decided.incident_ref, found.decided.asked_by) == ("", "")


def test_a_text_for_one_group_asks_consent_whatever_the_post_is_called(village: Desk) -> None:
    """A feedback or correction dressed as a missing person is no way round it."""
    writing = Posts(village).writing(missing(village)).result()
    assert writing is not None
    for kind in ("feedback", "correction", "overview", "recorded", "forward"):
        seen = gate.inspect(
            replace(writing, type=kind),
            town.GROUPS[0],
            region=village.region,
            now=village.clock.now(),
        )
        assert "consent_missing" in {one.rule for one in seen.findings}
