"""Forwarding, recording afterwards, an addition, and the fixed answer for an administrator."""

from __future__ import annotations

import pytest

from console.domain.failures import Refused
from console.domain.post import RecordedPost
from console.services.desk import Desk
from console.services.feedback import Feedback
from console.services.followups import FollowUps
from console.services.ledger import Handoff
from console.services.posts import Posts
from console.storage.history import history
from contract.region import NETHERLANDS
from tests.helpers import town

TEXT = "Fietsendieven bij het station. Zij woont op Stationsstraat 14."


@pytest.fixture
def after(desk: Desk) -> FollowUps:
    """What follows, on a desk with an invented village in its file."""
    town.build(desk)
    return FollowUps(desk)


def recorded(**change: object) -> RecordedPost:
    values: dict[str, object] = {
        "kind": "general",
        "title": "Fietsendieven",
        "text": TEXT,
        "group_ids": town.GROUPS[:2],
        "placed_at": "2026-03-10T13:10:00.000Z",
        **change,
    }
    return RecordedPost(**values)  # type: ignore[arg-type]


def test_a_post_from_the_phone_is_recorded_with_what_the_guard_would_have_stopped(
    after: FollowUps,
) -> None:
    post_id, findings = after.record_afterwards(recorded()).result()
    assert {"closing_line_missing", "address"} <= {one.rule for one in findings}
    found = Handoff(after._desk).ledger(post_id).result()
    assert found is not None
    assert [(row.state, row.text) for row in found.rows] == [("placed", TEXT)] * 2
    assert found.rows[0].state_at == "2026-03-10T13:10:00.000Z"
    due = Feedback(after._desk).due().result()
    assert [row.due_at for row in due] == ["2026-03-11T13:10:00.000Z"]
    log = after._desk.look(lambda conn: history(conn, "post", post_id)).result()
    assert any(line.what == "recorded" and "address" in line.text for line in log)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": "  "}, "text-missing"),
        ({"text": "a" * 8001}, "too-long"),
        ({"group_ids": ()}, "no-groups"),
        ({"kind": "quick_answer"}, "no-kind"),
        ({"kind": "onzin"}, "no-kind"),
        ({"placed_at": "2026-03-10T15:00:00.000Z"}, "bad-time"),
        ({"placed_at": "gisteren"}, "bad-time"),
    ],
)
def test_what_is_missing_is_asked_in_a_sentence(
    after: FollowUps, change: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        after.record_afterwards(recorded(**change)).result()
    assert caught.value.problem.code == code


def test_an_addition_goes_to_the_same_groups_with_the_missing_line(after: FollowUps) -> None:
    post_id, _ = after.record_afterwards(recorded()).result()
    draft = after.follow_up(post_id).result()
    Posts(after._desk).release(draft).result()
    found = Handoff(after._desk).ledger(draft).result()
    assert found is not None
    assert [row.group_id for row in found.rows] == list(town.GROUPS[:2])
    assert "Aanvulling op ons bericht van 14:10" in found.rows[0].text
    assert found.rows[0].text.endswith(NETHERLANDS.closing_general)


def test_a_forwarded_post_says_where_it_stood_and_carries_the_consent(after: FollowUps) -> None:
    desk = after._desk
    posts = Posts(desk)
    first = posts.from_alert(
        town.read(desk), group_ids=town.GROUPS[:1], area_id="area-lagebrug"
    ).result()
    posts.release(first).result()
    copy = after.forward(first, town.GROUPS[1:2]).result()
    page = posts.preview(copy, town.GROUPS[1]).result()
    assert page is not None
    assert page.text.splitlines()[2] == "Eerder geplaatst in Lagebrug."
    posts.release(copy).result()
    row = Handoff(desk).ledger(copy).result()
    assert row is not None
    assert after.already_placed(first, town.GROUPS).result() == []
    Handoff(desk).placed(row.rows[0].id).result()
    standing = after.already_placed(first, town.GROUPS).result()
    assert standing == [(town.GROUPS[1], "Regiegroep Elzenkade", "2026-03-10T14:00:00.000Z")]


def test_the_ready_answer_is_logged_on_the_report(after: FollowUps) -> None:
    desk = after._desk
    report = desk.act(
        lambda unit: unit.create(
            "report",
            {"category": "person", "text": "a", "place": "b", "heard_at": unit.now},
        )
    ).result()
    answer = after.quick_answer(report).result()
    assert answer.text == NETHERLANDS.quick_answers["call_emergency_first"].text
    log = desk.look(lambda conn: history(conn, "report", report)).result()
    assert log[-1].what == "answer_copied"
    with pytest.raises(Refused):
        after.quick_answer(report, "onbekend").result()


@pytest.mark.parametrize("key", sorted(NETHERLANDS.quick_answers))
def test_every_fixed_answer_of_the_region_passes_the_gate(after: FollowUps, key: str) -> None:
    assert after.quick_answer("", key).result().findings == ()
