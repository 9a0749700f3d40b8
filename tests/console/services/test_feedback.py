"""The feedback clock: what starts, moves and stops it, and the figures of the month."""

from __future__ import annotations

import random
import statistics
from functools import partial

import pytest

from console.domain.failures import Refused
from console.services.alerts import Alerts
from console.services.desk import Desk, Unit
from console.services.feedback import Feedback
from console.services.ledger import Handoff
from console.services.posts import Posts
from tests.helpers import town
from tests.helpers.clock import HandClock


@pytest.fixture
def feedback(desk: Desk) -> Feedback:
    """The feedback of a desk with an invented village in its file."""
    town.build(desk)
    return Feedback(desk)


def place(desk: Desk, post_id: str, skip: int = 0) -> None:
    """Release a post and place it in every group, but for the last ``skip``."""
    hand = Handoff(desk)
    Posts(desk).release(post_id).result()
    found = hand.ledger(post_id).result()
    assert found is not None
    for row in found.rows[: len(found.rows) - skip]:
        hand.copy(row.id).result()
        hand.placed(row.id).result()


def broadcast(desk: Desk, groups: int = 2) -> str:
    post_id = Posts(desk).from_alert(town.read(desk), group_ids=town.GROUPS[:groups]).result()
    place(desk, post_id)
    return post_id


def answered(desk: Desk, post_id: str, outcome: str, skip: int = 0) -> str:
    service = Feedback(desk)
    draft = service.start(post_id).result()
    service.choose(draft, outcome).result()
    place(desk, draft, skip)
    return draft


def due_at(desk: Desk, post_id: str) -> str:
    return next(row.due_at for row in Feedback(desk).due().result() if row.post_id == post_id)


def test_feedback_starts_with_subject_time_and_the_same_groups(feedback: Feedback) -> None:
    desk = feedback._desk
    post_id = broadcast(desk)
    draft_id = feedback.start(post_id).result()
    draft = Posts(desk).draft(draft_id).result()
    assert draft is not None
    assert draft.values["onderwerp"] == "vermiste man, Lagebrug"
    assert draft.values["tijd"] == "15:00"
    assert draft.outcome == ""
    found = Handoff(desk).ledger(draft_id).result()
    assert found is not None
    assert [row.group_id for row in found.rows] == list(town.GROUPS[:2])
    assert feedback.start(post_id).result() == draft_id


def test_feedback_without_an_outcome_does_not_go_out(feedback: Feedback) -> None:
    desk = feedback._desk
    draft = feedback.start(broadcast(desk)).result()
    page = Posts(desk).preview(draft, town.GROUPS[0]).result()
    assert page is not None
    assert "[hoe is het afgelopen]" in page.text
    with pytest.raises(Refused) as caught:
        Posts(desk).release(draft).result()
    assert caught.value.problem.code == "outcome-missing"


@pytest.mark.parametrize(
    "outcome", "found_well found_other arrested search_ended nothing_found no_information".split()
)
def test_the_clock_stops_when_every_group_was_answered(feedback: Feedback, outcome: str) -> None:
    desk = feedback._desk
    post_id = broadcast(desk)
    answered(desk, post_id, outcome)
    assert feedback.due().result() == []
    done = feedback.done().result()
    assert [(row.post_id, row.outcome) for row in done] == [(post_id, outcome)]


def test_the_clock_runs_while_one_group_waits_and_stops_when_it_is_said_not_to_be_placed(
    feedback: Feedback,
) -> None:
    desk = feedback._desk
    post_id = broadcast(desk)
    draft = answered(desk, post_id, "found_well", skip=1)
    assert [row.post_id for row in feedback.due().result()] == [post_id]
    found = Handoff(desk).ledger(draft).result()
    assert found is not None
    Handoff(desk).not_placed(found.rows[1].id, "shared_already").result()
    assert feedback.due().result() == []


def test_feedback_that_was_placed_nowhere_does_not_stop_the_clock(feedback: Feedback) -> None:
    desk = feedback._desk
    post_id = broadcast(desk)
    draft = answered(desk, post_id, "found_well", skip=2)
    found = Handoff(desk).ledger(draft).result()
    assert found is not None
    for row in found.rows:
        Handoff(desk).not_placed(row.id, "by_phone").result()
    assert [row.post_id for row in feedback.due().result()] == [post_id]


def test_still_running_adds_an_hour_once_per_feedback_and_three_times_at_most(
    feedback: Feedback,
    clock: HandClock,
) -> None:
    desk = feedback._desk
    post_id = broadcast(desk)
    assert due_at(desk, post_id) == "2026-03-10T15:00:00.000Z"
    for hour in (16, 17, 18):
        answered(desk, post_id, "still_running")
        assert due_at(desk, post_id) == f"2026-03-10T{hour}:00:00.000Z"
    draft = feedback.start(post_id).result()
    with pytest.raises(Refused) as caught:
        feedback.choose(draft, "still_running").result()
    assert caught.value.problem.code == "extensions-used"


def test_a_waiver_stops_the_clock_and_asks_a_reason(feedback: Feedback) -> None:
    desk = feedback._desk
    post_id = broadcast(desk)
    for reason, note in (("", ""), ("other", "")):
        with pytest.raises(Refused):
            feedback.waive(post_id, reason, note).result()
    feedback.waive(post_id, "investigation").result()
    assert feedback.due().result() == []
    assert feedback.done().result()[0].waiver_reason == "investigation"


def test_sections_are_late_today_and_later_in_local_time(
    feedback: Feedback,
    clock: HandClock,
) -> None:
    desk = feedback._desk
    posts = Posts(desk)
    general = posts.new_draft(
        "general", values={"onderwerp": "a", "bericht": "b"}, group_ids=town.GROUPS[:1]
    ).result()
    place(desk, general)
    late = broadcast(desk)
    rows = {row.post_id: row.section for row in feedback.due().result()}
    assert rows == {late: "today", general: "later"}
    clock.move(minutes=61)
    rows = {row.post_id: row.section for row in feedback.due().result()}
    assert rows == {late: "late", general: "later"}
    ticking = feedback.clock().result()
    assert (ticking.late, ticking.most_urgent_id, ticking.next_post_id) == (1, late, general)


def test_an_ended_action_offers_its_closing_text_and_never_an_outcome(feedback: Feedback) -> None:
    desk = feedback._desk
    post_id = broadcast(desk)
    alert_id = Alerts(desk).rows("now").result()[0].id
    Alerts(desk).say_state(alert_id, "ended", closing_text="De actie is gestopt. Dank u.").result()
    draft = Posts(desk).draft(feedback.start(post_id).result()).result()
    assert draft is not None
    assert draft.values["zin"] == "De actie is gestopt. Dank u."
    assert draft.outcome == ""


def test_nothing_reaches_the_archive_without_feedback_or_waiver(feedback: Feedback) -> None:
    desk = feedback._desk
    post_id = broadcast(desk)
    with pytest.raises(Refused):
        desk.act(lambda unit: unit.command("post", post_id, "close")).result()


def settle(unit: Unit, post_id: str, at: str) -> None:
    unit.command("post", post_id, "settle", outcome="nothing_found", at=at)


def waive(unit: Unit, post_id: str) -> None:
    unit.command("post", post_id, "waive", reason="privacy")


def test_the_figures_equal_a_hand_count_over_fifty_posts(
    feedback: Feedback,
    clock: HandClock,
) -> None:
    """Hand count: asked are all of this month, given those with an outcome, waived apart."""
    desk = feedback._desk
    chance = random.Random(50)
    minutes, waived, asked = [], 0, 0
    for number in range(50):
        takes = chance.randrange(1, 240)
        fate = chance.choice(["given", "given", "waived", "open"])
        last_month = number % 10 == 0
        day = "2026-02-20" if last_month else "2026-03-05"

        def work(unit: Unit, n: int = number, day: str = day) -> str:
            post_id = unit.create(
                "post", {"type": "broadcast", "kind": "general", "title": f"bericht {n}"}
            )
            unit.update("post", post_id, body="tekst")
            place_id = unit.create("placement", {"post_id": post_id, "group_id": town.GROUPS[0]})
            unit.command("post", post_id, "release")
            unit.command("placement", place_id, "placed", at=f"{day}T10:00:00.000Z")
            unit.command("post", post_id, "start_clock", placed_at=f"{day}T10:00:00.000Z")
            return post_id

        post_id = desk.act(work).result()
        settled = f"{day}T{10 + takes // 60:02d}:{takes % 60:02d}:00.000Z"
        if fate == "given":
            desk.act(partial(settle, post_id=post_id, at=settled)).result()
        elif fate == "waived":
            desk.act(partial(waive, post_id=post_id)).result()
        if not last_month:
            asked += 1
            minutes += [takes] if fate == "given" else []
            waived += fate == "waived"
    found = feedback.figures().result()
    assert (found.asked, found.given, found.waived) == (asked, len(minutes), waived)
    assert found.median_minutes == int(statistics.median(minutes))
