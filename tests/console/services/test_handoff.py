"""The hand-off: two acts per group, the truth after a crash, and what stops a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.failures import Refused
from console.domain.post import Ledger
from console.services.alerts import Alerts
from console.services.desk import Desk
from console.services.followups import FollowUps
from console.services.ledger import CANNOT_SEE, Handoff, next_row
from console.services.posts import Posts
from console.storage.database import Store
from tests.helpers import town
from tests.helpers.clock import HandClock
from tests.helpers.profile import KEY, PERSON, STATION


@pytest.fixture
def hand(desk: Desk) -> Handoff:
    """The hand-off of a desk with an invented village in its file."""
    town.build(desk)
    return Handoff(desk)


def released(hand: Handoff, groups: int = 3) -> str:
    posts = Posts(hand._desk)
    draft = posts.from_alert(town.read(hand._desk), group_ids=town.GROUPS[:groups]).result()
    posts.release(draft).result()
    return draft


def ledger(hand: Handoff, post_id: str) -> Ledger:
    found = hand.ledger(post_id).result()
    assert found is not None
    return found


def states(hand: Handoff, post_id: str) -> list[str]:
    return [row.state for row in ledger(hand, post_id).rows]


def refused(act: object) -> str:
    with pytest.raises(Refused) as caught:
        act.result()  # type: ignore[attr-defined]
    return caught.value.problem.code


def test_two_acts_per_group_and_the_next_is_offered_not_copied(hand: Handoff) -> None:
    post_id = released(hand)
    for number in range(3):
        row = next_row(ledger(hand, post_id))
        assert row is not None
        assert row.position == number + 1
        passed = hand.copy(row.id).result()
        assert passed.text == row.text
        hand.placed(row.id).result()
    assert states(hand, post_id) == ["placed"] * 3
    assert next_row(ledger(hand, post_id)) is None


def test_the_clock_starts_at_the_first_placement_and_stays(hand: Handoff, clock: HandClock) -> None:
    post_id = released(hand)
    assert ledger(hand, post_id).feedback_due_at == ""
    rows = ledger(hand, post_id).rows
    hand.copy(rows[0].id).result()
    hand.placed(rows[0].id).result()
    due = ledger(hand, post_id).feedback_due_at
    assert due == "2026-03-10T15:00:00.000Z"
    clock.move(minutes=5)
    hand.placed(rows[1].id).result()
    assert ledger(hand, post_id).feedback_due_at == due
    assert ledger(hand, post_id).first_placed_at == "2026-03-10T14:00:00.000Z"


def test_unconfirmed_rows_are_counted_with_their_age(hand: Handoff) -> None:
    post_id = released(hand)
    assert hand.unconfirmed().result() == (0, "")
    hand.copy(ledger(hand, post_id).rows[0].id).result()
    assert hand.unconfirmed().result() == (1, "2026-03-10T14:00:00.000Z")


def test_not_placed_asks_a_reason_and_other_asks_words(hand: Handoff) -> None:
    row = ledger(hand, released(hand)).rows[0]
    assert refused(hand.not_placed(row.id, "")) == "reason-missing"
    assert refused(hand.not_placed(row.id, "other")) == "reason-missing"
    hand.not_placed(row.id, "other", "Henk belt zelf rond").result()
    found = ledger(hand, released(hand)).rows
    assert found is not None


def test_after_a_crash_a_copied_row_is_unknown_and_asked_first(
    tmp_path: Path,
    clock: HandClock,
) -> None:
    path = tmp_path / "crash.db"
    store = Store.open(path, KEY, clock=clock)
    desk = Desk(store, clock, station=STATION)
    desk.person = PERSON
    town.build(desk)
    hand = Handoff(desk)
    post_id = released(hand)
    rows = ledger(hand, post_id).rows
    hand.copy(rows[0].id).result()
    hand.placed(rows[0].id).result()
    hand.copy(rows[1].id).result()
    store.close()

    again = Store.open(path, KEY, clock=clock)
    desk = Desk(again, clock, station=STATION)
    desk.person = PERSON
    hand = Handoff(desk)
    assert hand.recover().result() == 1
    assert hand.recover().result() == 0
    assert states(hand, post_id) == ["placed", "unknown", "pending"]
    row = next_row(ledger(hand, post_id))
    assert row is not None
    assert row.id == rows[1].id
    assert refused(hand.copy(rows[2].id)) == "look-first"
    hand.answer_unknown(rows[1].id, 3).result()
    assert ledger(hand, post_id).rows[1].note == CANNOT_SEE
    assert states(hand, post_id)[1] == "unknown"
    hand.copy(rows[2].id).result()
    again.close()


@pytest.mark.parametrize(("answer", "state"), [(1, "placed"), (2, "copied"), (3, "unknown")])
def test_an_unknown_row_is_only_ever_resolved_by_a_person(
    hand: Handoff, answer: int, state: str
) -> None:
    post_id = released(hand, groups=1)
    row = ledger(hand, post_id).rows[0]
    hand.copy(row.id).result()
    hand.recover().result()
    passed = hand.answer_unknown(row.id, answer).result()
    assert states(hand, post_id) == [state]
    assert (passed is not None) == (answer == 2)


def test_a_row_that_another_desk_copied_is_left_alone(hand: Handoff) -> None:
    post_id = released(hand, groups=1)
    row = ledger(hand, post_id).rows[0]
    hand._desk.act(lambda unit: unit.command("placement", row.id, "copied")).result()
    assert hand.recover().result() == 0
    assert states(hand, post_id) == ["copied"]


def test_an_ended_action_stops_the_rows_that_are_left(hand: Handoff) -> None:
    post_id = released(hand)
    rows = ledger(hand, post_id).rows
    hand.copy(rows[0].id).result()
    hand.placed(rows[0].id).result()
    Alerts(hand._desk).say_state(ledger(hand, post_id).alert_id, "ended").result()
    assert refused(hand.copy(rows[1].id)) == "guard-action_ended"
    assert states(hand, post_id) == ["placed", "pending", "pending"]


def test_an_action_nobody_saw_for_an_hour_asks_for_a_look_or_a_reason(
    hand: Handoff,
    clock: HandClock,
) -> None:
    post_id = released(hand)
    row = ledger(hand, post_id).rows[0]
    clock.move(minutes=61)
    assert refused(hand.copy(row.id)) == "guard-action_unknown"
    Alerts(hand._desk).say_state(ledger(hand, post_id).alert_id, "active").result()
    hand.copy(row.id).result()


def test_a_placed_text_is_never_copied_again(hand: Handoff) -> None:
    row = ledger(hand, released(hand)).rows[0]
    hand.copy(row.id).result()
    hand.placed(row.id).result()
    assert refused(hand.copy(row.id)) == "placed"


def test_a_draft_is_not_copied(hand: Handoff) -> None:
    posts = Posts(hand._desk)
    draft = posts.from_alert(town.read(hand._desk), group_ids=town.GROUPS[:1]).result()
    assert refused(hand.copy(ledger(hand, draft).rows[0].id)) == "not-released"


def test_a_post_that_reached_no_group_is_closed_without_a_clock(hand: Handoff) -> None:
    post_id = released(hand, groups=1)
    hand.not_placed(ledger(hand, post_id).rows[0].id, "group_gone").result()
    found = ledger(hand, post_id)
    assert (found.status, found.feedback_due_at) == ("closed", "")


def test_giving_personal_data_is_logged_with_who_and_why(hand: Handoff) -> None:
    post_id = released(hand, groups=1)
    row = ledger(hand, post_id).rows[0]
    hand.copy(row.id).result()
    hand.placed(row.id).result()
    from console.storage.history import history

    found = hand._desk.look(lambda conn: history(conn, "post", post_id)).result()
    provided = next(line for line in found if line.what == "provided")
    assert provided.by_name == PERSON.name
    assert provided.text == "toestemming: via_control_room"


def test_a_correction_is_three_acts_from_a_placed_row_and_leaves_the_clock(hand: Handoff) -> None:
    post_id = released(hand, groups=2)
    row = ledger(hand, post_id).rows[0]
    hand.copy(row.id).result()
    hand.placed(row.id).result()
    correction = FollowUps(hand._desk).correction(row.id).result()  # X
    Posts(hand._desk).release(correction).result()  # Ctrl+Enter
    text = hand.copy(ledger(hand, correction).rows[0].id).result().text  # Ctrl+Shift+C
    assert "*Ons bericht van 15:00 vervalt*" in text
    assert [one.group_id for one in ledger(hand, correction).rows] == [row.group_id]
    assert ledger(hand, post_id).feedback_due_at
    assert ledger(hand, correction).corrects == post_id
    hand.placed(ledger(hand, correction).rows[0].id).result()
    assert ledger(hand, correction).status == "closed"
    assert ledger(hand, correction).feedback_due_at == ""


def test_only_a_placed_row_can_be_corrected(hand: Handoff) -> None:
    row = ledger(hand, released(hand)).rows[0]
    assert refused(FollowUps(hand._desk).correction(row.id)) == "not-placed"


def test_the_minutes_to_delete_are_a_setting(hand: Handoff) -> None:
    assert hand.delete_minutes().result() == 60
    hand._desk.act(
        lambda unit: unit.create("setting", {"value": {"delete_minutes": 15}}, "whatsapp")
    ).result()
    assert hand.delete_minutes().result() == 15
