"""Who gave consent or told the control room follows from whose op it was (F38)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from contract.op import Actor, Op, Record
from contract.rules import apply, commit
from contract.vocabulary import Consent, Told

ANSWERS = {
    "consent": (*Consent, "", None),
    "consent_ground": ("", "levensgevaar", "op bevel"),
    "control_room": (*Told, "", None),
    "title": ("Vermiste man", "Vermiste vrouw"),
}
SIGNED = {"consent": "consent", "consent_ground": "consent", "control_room": "control_room"}
acts = st.lists(
    st.sampled_from(sorted(ANSWERS)).flatmap(
        lambda name: st.tuples(
            st.just(name), st.sampled_from(ANSWERS[name]), st.sampled_from(("anna", "bram"))
        )
    ),
    max_size=12,
)


def at(minute: int) -> str:
    return f"2026-03-14T13:{minute:02}:00.000Z"


@settings(max_examples=60)
@given(acts)
def test_the_last_who_changed_an_answer_stands_for_it(
    given_acts: list[tuple[str, object, str]],
) -> None:
    body = {"type": "broadcast", "kind": "missing_person", "title": "Vermist", "status": "draft"}
    record = Record("post", "p1", 1, body)
    signed: dict[str, tuple[str, str]] = {}
    for minute, (name, value, who) in enumerate(given_acts):
        seen = record.body.get(name)
        op = Op("o", "update", "post", "p1", {name: value}, {name: seen}, made_at=at(minute))
        decision = apply(op, record, now=at(59), actor=Actor(who))
        record = commit(op, record, decision) or record
        part = SIGNED.get(name, "")
        if part and (seen or "") != (value or ""):
            answered = record.body.get(part) not in (None, "")
            signed[part] = (who, at(minute)) if answered else ("", "")
    for part in ("consent", "control_room"):
        found = (record.body.get(f"{part}_by", ""), record.body.get(f"{part}_at", ""))
        assert found == signed.get(part, ("", ""))


def test_a_time_ahead_of_the_clock_is_not_believed() -> None:
    record = Record("post", "p1", 1, {"type": "broadcast", "kind": "general", "title": "Vermist"})
    op = Op("o", "update", "post", "p1", {"control_room": "no"}, {}, made_at=at(40))
    decision = apply(op, record, now=at(30), actor=Actor("anna"))
    assert decision.body is not None
    assert (decision.body["control_room_by"], decision.body["control_room_at"]) == ("anna", at(30))
