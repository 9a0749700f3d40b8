"""F04, F05, F07: a report is held by one person, and closed with exactly one reason."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.op import Actor, Decision, Op, Record
from contract.rules import COMMANDS, apply, commit
from contract.vocabulary import ACCEPTED, CloseReason, Contribution, OpStatus

NOW = "2026-11-12T15:00:00.000Z"
SOON = "2026-11-12T15:05:00.000Z"
LATER = "2026-11-12T15:11:00.000Z"
LOTTE, RUBEN = Actor("lotte"), Actor("ruben")
NEW = {
    "category": "person",
    "text": "Iemand voelt aan deuren.",
    "place": "Vlierpad",
    "heard_at": NOW,
}


def report(**fields: object) -> Record:
    op = Op("op-1", "create", "report", "r1", {**NEW, **fields})
    made = commit(op, None, apply(op, None, now=NOW, actor=LOTTE))
    assert made is not None
    return made


def do(record: Record, command: str, who: Actor, at: str = NOW, **args: object) -> Decision:
    op = Op(f"op-{command}", "command", "report", "r1", args, command=command)
    return apply(op, record, now=at, actor=who)


def after(record: Record, command: str, who: Actor, at: str = NOW, **args: object) -> Record:
    op = Op(f"op-{command}", "command", "report", "r1", args, command=command)
    done = commit(op, record, apply(op, record, now=at, actor=who))
    assert done is not None
    return done


def test_a_new_report_belongs_to_nobody() -> None:
    assert report().body["status"] == "open"
    assert not report().body.get("holder")


def test_who_types_a_report_can_hold_it_at_once() -> None:
    made = report(holder="lotte")
    assert (made.body["status"], made.body["holder"]) == ("claimed", "lotte")


def test_nobody_can_make_a_report_in_another_persons_name() -> None:
    made = report(holder="ruben", created_by="ruben", status="closed")
    assert made.body["created_by"] == "lotte"
    assert made.body["status"] == "open"


def test_the_second_who_claims_within_the_lease_is_told_who_was_first() -> None:
    held = after(report(), "claim", LOTTE)
    refused = do(held, "claim", RUBEN, SOON)
    assert (refused.status, refused.code, refused.fields) == (
        OpStatus.CONFLICT,
        "held",
        ("holder",),
    )


def test_a_lapsed_lease_can_be_taken_by_another() -> None:
    held = after(report(), "claim", LOTTE)
    assert after(held, "claim", RUBEN, LATER).body["holder"] == "ruben"


def test_the_holder_keeps_a_report_for_ten_minutes_more() -> None:
    held = after(report(), "claim", LOTTE)
    kept = after(held, "claim", LOTTE, SOON)
    assert kept.body["lease_until"] == "2026-11-12T15:15:00.000Z"


def test_a_lease_is_only_broken_with_a_reason() -> None:
    held = after(report(), "claim", LOTTE)
    assert do(held, "break_lease", RUBEN, SOON).code == "reason-missing"
    broken = after(held, "break_lease", RUBEN, SOON, reason="Lotte is bij de balie.")
    assert broken.body["holder"] == "ruben"


def test_breaking_a_lease_fails_when_another_holds_it_by_now() -> None:
    held = after(report(), "claim", LOTTE)
    decision = do(held, "break_lease", RUBEN, SOON, reason="x", holder="joris")
    assert decision.status is OpStatus.CONFLICT


@pytest.mark.parametrize("answer", ["", "unknown"])
def test_an_acute_report_cannot_close_while_112_is_unanswered(answer: str) -> None:
    record = report(acute=True, called_112=answer) if answer else report(acute=True)
    decision = do(record, "close", LOTTE, reason="handled", contribution="no")
    assert decision.code == "called-112-unanswered"


def test_an_acute_report_where_112_was_not_called_closes_with_a_reason() -> None:
    record = report(acute=True, called_112="no")
    assert do(record, "close", LOTTE, reason="handled", contribution="no").code == (
        "no-call-reason-missing"
    )
    closed = after(
        record, "close", LOTTE, reason="handled", contribution="no", no_call_reason="al ter plaatse"
    )
    assert closed.body["status"] == "closed"


@pytest.mark.parametrize("reason", list(CloseReason))
@pytest.mark.parametrize("contribution", list(Contribution))
def test_every_reason_and_every_answer_closes(
    reason: CloseReason, contribution: Contribution
) -> None:
    closed = after(report(), "close", LOTTE, reason=reason, contribution=contribution)
    assert closed.body["close_reason"] == reason
    assert closed.body["contribution"] == contribution
    assert not closed.body["holder"]


def test_closing_asks_a_reason_and_an_answer() -> None:
    assert do(report(), "close", LOTTE, contribution="no").code == "reason-missing"
    assert do(report(), "close", LOTTE, reason="handled").code == "contribution-missing"


def test_a_closed_report_closes_no_second_time() -> None:
    closed = after(report(), "close", LOTTE, reason="handled", contribution="no")
    again = do(closed, "close", RUBEN, reason="duplicate", contribution="no")
    assert again.status is OpStatus.CONFLICT


def test_a_report_that_another_holds_is_not_closed_over_his_head() -> None:
    held = after(report(), "claim", LOTTE)
    decision = do(held, "close", RUBEN, SOON, reason="handled", contribution="no")
    assert decision.code == "held"


def test_a_closed_report_opens_again_with_a_reason_and_loses_its_old_one() -> None:
    closed = after(report(), "close", LOTTE, reason="handled", contribution="no")
    assert do(closed, "reopen", RUBEN).code == "reason-missing"
    opened = after(closed, "reopen", RUBEN, reason="Nieuwe tip.")
    assert (opened.body["status"], opened.body["close_reason"]) == ("open", "")


def test_taking_over_at_handover_leaves_alone_what_another_holds() -> None:
    held = after(report(), "claim", LOTTE)
    moved = after(held, "take_over", RUBEN, **{"from": "lotte"})
    assert moved.body["holder"] == "ruben"
    nothing = do(moved, "take_over", RUBEN, **{"from": "lotte"})
    assert (nothing.status, nothing.code) == (OpStatus.NOOP, "already-with-other")


def test_state_and_holder_never_change_by_a_plain_edit() -> None:
    for name in ("status", "holder", "close_reason", "number"):
        op = Op("op", "update", "report", "r1", {name: "x"}, {})
        assert apply(op, report(), now=NOW, actor=LOTTE).status is OpStatus.INVALID


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(name for kind, name in COMMANDS if kind == "report")),
            st.sampled_from([LOTTE, RUBEN]),
            st.sampled_from([NOW, SOON, LATER]),
            st.dictionaries(
                st.sampled_from(
                    ["reason", "contribution", "on", "answer", "from", "to", "no_call_reason"]
                ),
                st.sampled_from(["handled", "no", "yes", "lotte", "ruben", "", "gemeente"]),
            ),
        ),
        max_size=12,
    )
)
def test_whatever_happens_a_report_has_one_state_and_a_closed_one_has_one_reason(
    acts: list[tuple[str, Actor, str, dict[str, str]]],
) -> None:
    record = report(acute=True)
    for number, (command, who, at, args) in enumerate(acts):
        if command == "create":
            continue
        op = Op(f"op-{number}", "command", "report", "r1", args, command=command)
        before = replace(record)
        decision = apply(op, record, now=at, actor=who)
        assert before == record
        if decision.status in ACCEPTED:
            record = commit(op, record, decision) or record
        body = record.body
        assert body["status"] in ("open", "claimed", "waiting", "closed")
        assert (body["status"] == "closed") == bool(body.get("close_reason"))
        assert body["status"] != "claimed" or body["holder"]
        if body["status"] == "closed":
            assert body["called_112"] in ("yes", "no")
