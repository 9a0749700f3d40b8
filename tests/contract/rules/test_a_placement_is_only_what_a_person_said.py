"""F28, F30, F34, I12: no state of a placement is better than what a person said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.op import Actor, Decision, Op, Record
from contract.rules import apply, commit
from contract.rules.post import due_at
from contract.vocabulary import ACCEPTED, OpStatus

NOW = "2026-11-12T15:32:00.000Z"
LOTTE, RUBEN = Actor("lotte"), Actor("ruben")


def made(record_kind: str, **fields: object) -> Record:
    op = Op("c", "create", record_kind, "x", fields)
    record = commit(op, None, apply(op, None, now=NOW, actor=LOTTE))
    assert record is not None
    return record


def placement() -> Record:
    return made("placement", post_id="p", group_id="g", text="POLITIE")


def post(**fields: object) -> Record:
    return made(
        "post",
        **{"type": "broadcast", "kind": "warning", "title": "Let op", "body": "Tekst", **fields},
    )


def do(record: Record, command: str, who: Actor = LOTTE, **args: object) -> Decision:
    op = Op("o", "command", record.kind, "x", args, command=command)
    return apply(op, record, now=NOW, actor=who)


def after(record: Record, command: str, who: Actor = LOTTE, **args: object) -> Record:
    op = Op("o", "command", record.kind, "x", args, command=command)
    done = commit(op, record, apply(op, record, now=NOW, actor=who))
    assert done is not None
    return done


def test_copied_is_not_placed() -> None:
    assert after(placement(), "copied").body["state"] == "copied"


def test_after_a_crash_a_copied_row_is_unknown_until_a_person_answers() -> None:
    unknown = after(after(placement(), "copied"), "unknown")
    assert unknown.body["state"] == "unknown"
    assert do(unknown, "copied").status is OpStatus.CONFLICT
    assert after(unknown, "placed").body["state"] == "placed"


def test_placed_stays_placed() -> None:
    placed = after(placement(), "placed")
    for command in ("copied", "not_placed", "unknown"):
        assert do(placed, command, reason="other").status is OpStatus.CONFLICT


def test_not_placed_asks_why() -> None:
    assert do(placement(), "not_placed").code == "reason-missing"
    assert after(placement(), "not_placed", reason="by_phone").body["reason"] == "by_phone"


def test_two_desks_that_answer_differently_do_not_overwrite_each_other() -> None:
    placed = after(after(placement(), "copied"), "placed")
    answer = do(placed, "not_placed", RUBEN, reason="other", seen="copied")
    assert answer.code == "answered-otherwise"


def test_no_edit_moves_a_placement() -> None:
    op = Op("o", "update", "placement", "x", {"state": "placed"}, {"state": "pending"})
    assert apply(op, placement(), now=NOW, actor=LOTTE).code == "frozen"


@given(st.lists(st.sampled_from(["copied", "placed", "not_placed", "unknown"]), max_size=10))
def test_a_placement_is_placed_only_after_somebody_said_placed(words: list[str]) -> None:
    record, said = placement(), False
    for command in words:
        decision = do(record, command, reason="other")
        if decision.status in ACCEPTED:
            record = commit(Op("o", "command", "placement", "x"), record, decision) or record
            said = said or command == "placed"
        assert (record.body["state"] == "placed") == said


def test_feedback_is_due_an_hour_after_a_burgernet_post_and_a_day_after_another() -> None:
    assert due_at({"alert_id": "a"}, NOW) == "2026-11-12T16:32:00.000Z"
    assert due_at({}, NOW) == "2026-11-13T15:32:00.000Z"


def test_the_clock_starts_at_the_first_placement_and_not_again() -> None:
    running = after(post(alert_id="a"), "start_clock", placed_at=NOW)
    assert running.body["feedback_due_at"] == "2026-11-12T16:32:00.000Z"
    later = do(running, "start_clock", placed_at="2026-11-12T15:50:00.000Z")
    assert later.status is OpStatus.NOOP


@pytest.mark.parametrize("kind", ["feedback", "correction", "overview"])
def test_feedback_on_feedback_is_not_asked(kind: str) -> None:
    assert do(post(type=kind), "start_clock", placed_at=NOW).status is OpStatus.NOOP


def test_still_running_adds_an_hour_three_times_at_most() -> None:
    record = after(post(alert_id="a"), "start_clock", placed_at=NOW)
    for _ in range(3):
        record = after(record, "settle", outcome="still_running")
        assert not record.body.get("settled_at")
    assert record.body["feedback_due_at"] == "2026-11-12T19:32:00.000Z"
    assert do(record, "settle", outcome="still_running").code == "extensions-used"


def test_the_clock_stops_on_an_outcome_or_a_reasoned_waiver_and_on_nothing_else() -> None:
    running = after(post(), "start_clock", placed_at=NOW)
    assert do(running, "close").code == "feedback-due"
    assert after(running, "settle", outcome="arrested").body["settled_at"] == NOW
    assert do(running, "waive").code == "reason-missing"
    assert do(running, "waive", reason="other").code == "reason-missing"
    assert after(running, "waive", reason="privacy").body["settled_by"] == "lotte"


def test_after_release_the_text_is_frozen() -> None:
    released = after(post(), "release")
    op = Op("o", "update", "post", "x", {"body": "anders"}, {"body": "Tekst"})
    assert apply(op, released, now=NOW, actor=LOTTE).code == "frozen"


def test_an_empty_text_is_not_released() -> None:
    assert do(post(body="  "), "release").code == "text-missing"


def test_a_draft_of_another_is_taken_with_a_reason_or_after_its_lease() -> None:
    draft = post()
    assert do(draft, "hold", RUBEN).code == "held"
    assert after(draft, "hold", RUBEN, reason="Lotte is weg.").body["author"] == "ruben"


def test_ended_is_never_found() -> None:
    alert = made("alert", source="burgernet_text", original="x", original_sha256="y")
    ended = after(alert, "say_state", state="ended")
    assert ended.body["state"] == "ended"
    assert "outcome" not in ended.body
    op = Op("o", "update", "alert", "x", {"original": "anders"}, {})
    assert apply(op, ended, now=NOW, actor=LOTTE).code == "frozen"
