"""Running alerts: read, kept once, seen by a person, ended and never found."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.alert_state import state_now
from console.domain.failures import Refused
from console.services.alerts import Alerts, read_text
from console.services.desk import Desk
from console.services.ledger import Handoff
from console.services.posts import Posts
from tests.helpers import town
from tests.helpers.clock import HandClock


@pytest.fixture
def alerts(desk: Desk) -> Alerts:
    """Alerts of a desk with an invented village in its file."""
    town.build(desk)
    return Alerts(desk)


def test_reading_keeps_nothing_and_finds_the_area(alerts: Alerts) -> None:
    read = alerts.read(town.MISSING).result()
    assert read.area_ids == ("area-lagebrug",)
    assert read.known_alert_id == ""
    assert alerts.rows("all").result() == []
    labels = [fact.label for fact in read.facts if fact.label]
    assert len(labels) == len(set(labels))
    assert [fact.value for fact in read.facts if fact.name == "plate"] == [""]


def test_two_areas_with_one_name_ask_for_a_choice(alerts: Alerts) -> None:
    alerts._desk.act(
        lambda unit: unit.create("area", {"name": "lagebrug", "level": "village"}, "area-twee")
    ).result()
    read = alerts.read(town.MISSING).result()
    assert read.area_ids == ()
    assert {one[0] for one in read.area_choices} == {"area-lagebrug", "area-twee"}


def test_the_same_bytes_are_one_alert(alerts: Alerts) -> None:
    first = alerts.keep(alerts.read(town.MISSING).result()).result()
    again = alerts.read(town.MISSING).result()
    assert again.known_alert_id == first
    assert alerts.keep(again).result() == first
    assert len(alerts.rows().result()) == 1


def test_an_alert_is_listed_by_what_is_looked_for_and_not_by_name(alerts: Alerts) -> None:
    alerts.keep(alerts.read(town.MISSING).result()).result()
    row = alerts.rows().result()[0]
    assert (row.title, row.place, row.section) == ("Vermiste man (78)", "Lagebrug", "running")
    assert row.done == "niet doorgezet"


def test_a_card_shows_the_original_as_it_came(alerts: Alerts) -> None:
    alert_id = alerts.keep(alerts.read(town.MISSING).result()).result()
    card = alerts.card(alert_id).result()
    assert card is not None
    assert card.original == town.MISSING
    assert alerts.card("niets").result() is None


def test_what_the_team_did_stands_behind_each_alert(alerts: Alerts) -> None:
    desk = alerts._desk
    posts, hand = Posts(desk), Handoff(desk)
    draft = posts.from_alert(town.read(desk), group_ids=town.GROUPS[:1]).result()
    row = alerts.rows().result()[0]
    assert (row.done, row.draft_id) == ("concept van Ruben Voorbeeld", draft)
    posts.release(draft).result()
    found = hand.ledger(draft).result()
    assert found is not None
    hand.placed(found.rows[0].id).result()
    row = alerts.rows().result()[0]
    assert (row.done, row.post_id) == ("1 groep kreeg het", draft)


def test_a_person_says_what_they_see(alerts: Alerts, clock: HandClock) -> None:
    alert_id = alerts.keep(alerts.read(town.MISSING).result()).result()
    clock.move(minutes=61)
    assert alerts.rows().result()[0].section == "unknown"
    alerts.say_state(alert_id, "active").result()
    assert alerts.rows().result()[0].section == "running"
    alerts.say_state(alert_id, "ended").result()
    assert alerts.rows().result()[0].section == "ended"
    assert alerts.rows("now").result() == []
    with pytest.raises(Refused):
        alerts.say_state(alert_id, "found").result()


def test_a_closing_message_ends_a_known_alert_and_names_the_posts_that_wait(alerts: Alerts) -> None:
    desk = alerts._desk
    posts, hand = Posts(desk), Handoff(desk)
    post_id = posts.from_alert(town.read(desk), group_ids=town.GROUPS[:1]).result()
    posts.release(post_id).result()
    found = hand.ledger(post_id).result()
    assert found is not None
    hand.placed(found.rows[0].id).result()
    closing = town.read(desk, "Burgernet: de actie is om 14:50 beëindigd. Dank voor uw hulp.")
    assert alerts.close_with(found.alert_id, closing).result() == [post_id]
    card = alerts.card(found.alert_id).result()
    assert card is not None
    assert card.row.state == "ended"
    assert card.closing_text.startswith("Burgernet: de actie")


@pytest.mark.parametrize(
    ("text", "code"), [("  ", "empty"), ("a" * 20_001, "too_large"), ("a\x00b", "damaged")]
)
def test_a_paste_that_cannot_be_used_gets_a_sentence(alerts: Alerts, text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        alerts.read(text).result()
    assert caught.value.problem.code == code


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused(clock: HandClock, data: bytes) -> None:
    try:
        read = read_text(data, clock.now())
    except Refused:
        return
    assert read.original == data


def test_a_sighting_grows_old_and_ended_stays_ended(clock: HandClock) -> None:
    seen = "2026-03-10T13:00:00.000Z"
    assert state_now("active", seen, clock.now()) == "active"
    clock.move(seconds=1)
    assert state_now("active", seen, clock.now()) == "unknown"
    assert state_now("ended", seen, clock.now()) == "ended"
    assert state_now("active", "", clock.now()) == "unknown"
