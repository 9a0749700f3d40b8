"""A request for signs goes its steps, advice has an author, and counters only grow (F19, F20)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.kinds import KINDS
from contract.op import Actor, Op, Record
from contract.rules import apply, commit
from contract.rules.sign import STEPS
from contract.signs import sign_request_id, signup_count_id
from contract.vocabulary import OpStatus, SignState, SignupCount

NOW = "2026-11-22T10:00:00.000Z"
ACTOR = Actor("person-1", frozenset({"operator"}), "balie-1")
SPOTS = [{"text": "Havenkade"}, {"text": "Dorpsplein", "x": 99000, "y": 478000}]


def request(**body: Any) -> Record:
    """A request that was just made."""
    made = {"title": "Havenkade", "asked_on": "2026-11-22", "spots": SPOTS}
    op = Op("op-0", "create", "sign_request", "r1", {**made, **body}, made_at=NOW)
    decision = apply(op, None, now=NOW, actor=ACTOR)
    found = commit(op, None, decision)
    assert found is not None
    return found


def do(record: Record, name: str, **args: Any) -> tuple[Record, Any]:
    """Do a command; the record as it stands after it, and the decision."""
    op = Op("op-1", "command", record.kind, record.id, args, command=name, made_at=NOW)
    decision = apply(op, record, now=NOW, actor=ACTOR)
    after = commit(op, record, decision)
    assert after is not None
    return after, decision


def test_a_request_begins_as_asked_whatever_a_desk_says() -> None:
    made = request(state="placed", advice="Prima", advice_by="Niemand")
    assert made.body["state"] == SignState.ASKED
    assert made.body["state_by"] == "person-1"
    assert "advice" not in made.body


def test_a_request_without_a_place_is_none() -> None:
    op = Op("op-0", "create", "sign_request", "r1", {"title": "x", "asked_on": "2026-11-22"})
    decision = apply(op, None, now=NOW, actor=ACTOR)
    assert (decision.status, decision.code) == (OpStatus.INVALID, "spots-missing")


@pytest.mark.parametrize("to", SignState)
@pytest.mark.parametrize("here", SignState)
def test_only_the_steps_of_the_table_are_gone(here: SignState, to: SignState) -> None:
    record = Record("sign_request", "r1", 1, {"state": str(here), "spots": SPOTS})
    _, decision = do(record, "move", to=to, seen=here, why="Geen plek")
    if here == to:
        assert decision.status == OpStatus.NOOP
    elif to in STEPS[here]:
        assert decision.status == OpStatus.APPLIED
    else:
        assert (decision.status, decision.code) == (OpStatus.INVALID, "sign-step")


def test_every_state_has_a_way_on_or_back_and_placing_needs_advice_first() -> None:
    assert set(STEPS) == set(SignState)
    way = (SignState.ASKED, SignState.ADVICE_ASKED), (SignState.ADVISED, SignState.ORDERED)
    for here, to in (*way, (SignState.ORDERED, SignState.PLACED)):
        assert STEPS[here][0] == to
    # No row leads to advised but from further on: there is no advised without an advice.
    assert {here for here, steps in STEPS.items() if SignState.ADVISED in steps} == {
        SignState.ORDERED
    }


@pytest.mark.parametrize("left_out", ["text", "by", "on"])
def test_an_advice_has_a_text_an_author_and_a_day(left_out: str) -> None:
    whole = {"text": "Bij de brug", "by": "Wijkagent Voorbeeld", "on": "2026-11-20"}
    after, decision = do(request(), "advise", **{**whole, left_out: " "})
    assert decision.code == "advice-incomplete"
    after, decision = do(request(), "advise", **whole)
    assert decision.status == OpStatus.APPLIED
    assert after.body["state"] == SignState.ADVISED
    assert after.body["advice_by"] == "Wijkagent Voorbeeld"
    assert after.body["advice_on"] == "2026-11-20"


def test_an_advice_that_nobody_saw_is_not_written_over() -> None:
    first, _ = do(request(), "advise", text="Bij de brug", by="A. Voorbeeld", on="2026-11-20")
    args = {"by": "B. Voorbeeld", "on": "2026-11-21"}
    _, decision = do(first, "advise", text="Bij de kerk", **args)
    assert decision.status == OpStatus.CONFLICT
    after, decision = do(first, "advise", text="Bij de kerk", seen="Bij de brug", **args)
    assert decision.status == OpStatus.APPLIED
    assert after.body["advice_by"] == "B. Voorbeeld"


def test_refusing_asks_a_reason_and_a_stale_step_is_a_conflict() -> None:
    made = request()
    assert do(made, "move", to="refused", seen="asked")[1].code == "reason-missing"
    gone, _ = do(made, "move", to="refused", seen="asked", why="Geen plek")
    assert gone.body["why"] == "Geen plek"
    _, late = do(gone, "move", to="advice_asked", seen="asked")
    assert late.status == OpStatus.CONFLICT
    again, _ = do(gone, "move", to="asked", seen="refused")
    assert again.body["why"] == ""


@pytest.mark.parametrize("field", ["state", "advice", "advice_by", "why", "asked_on"])
def test_what_a_step_sets_is_not_typed_over(field: str) -> None:
    op = Op("op-1", "update", "sign_request", "r1", {field: "advised"}, {field: None})
    decision = apply(op, request(), now=NOW, actor=ACTOR)
    assert (decision.status, decision.code) == (OpStatus.INVALID, "frozen")


def test_no_field_of_these_kinds_could_hold_a_resident() -> None:
    names = {name for kind in ("signup_count", "task") for name in KINDS[kind].fields}
    assert not names & {"name", "address", "phone", "email", "text", "note"}
    assert set(KINDS["signup_count"].fields) == {"month", "what", "group_id", "area_id", "count"}


COUNT = {"month": "2026-11", "what": SignupCount.HANDED_OVER, "group_id": "g1"}
COUNT_ID = signup_count_id("2026-11", SignupCount.HANDED_OVER, "g1")


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["create", "add"]), max_size=12))
def test_desks_that_count_at_the_same_time_lose_no_one(acts: list[str]) -> None:
    record: Record | None = None
    added = 0
    for number, act in enumerate(["create", *acts]):
        body = {**COUNT, "count": 99} if act == "create" else {}
        verb = "create" if act == "create" else "command"
        op = Op(
            f"op-{number}", verb, "signup_count", COUNT_ID, body, command=act if body == {} else ""
        )
        decision = apply(op, record, now=NOW, actor=ACTOR)
        assert decision.status in (OpStatus.APPLIED, OpStatus.NOOP)
        record = commit(op, record, decision)
        added += act == "add"
    assert record is not None
    assert record.body["count"] == added


def test_a_counter_is_not_typed_over() -> None:
    record = Record("signup_count", COUNT_ID, 2, {**COUNT, "count": 4})
    op = Op("op-1", "update", "signup_count", COUNT_ID, {"count": 1}, {"count": 4})
    assert apply(op, record, now=NOW, actor=ACTOR).code == "frozen"
    # A create of another counter under this id is a clash, not the same counter.
    other = Op("op-2", "create", "signup_count", COUNT_ID, {**COUNT, "group_id": "g2"})
    assert apply(other, record, now=NOW, actor=ACTOR).code == "exists"


def test_the_same_places_on_a_day_are_one_request_in_whatever_order() -> None:
    one = sign_request_id("2026-11-22", ["Havenkade, bij de brug", "Dorpsplein"], "a1")
    assert one == sign_request_id("2026-11-22", ["dorpsplein ", "HAVENKADE bij de Brug"], "a1")
    others = [
        one,
        sign_request_id("2026-11-23", ["Havenkade, bij de brug", "Dorpsplein"], "a1"),
        sign_request_id("2026-11-22", ["Havenkade, bij de brug"], "a1"),
        sign_request_id("2026-11-22", ["Havenkade, bij de brug", "Dorpsplein"], "a2"),
    ]
    assert all(first != second for first, second in pairwise(others))
