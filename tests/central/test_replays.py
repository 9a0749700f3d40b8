"""Made-up histories of ops, sent again in any way: one effect each, as the rules say (I2, I4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.messages import op_from_wire
from contract.op import Actor, Record
from contract.rules import apply, commit
from contract.vocabulary import ACCEPTED, OpStatus
from tests.helpers.central_line import CentralLine, command, new_id, op, report

SLOTS = st.integers(0, 2)
WORDS = st.sampled_from(["rood", "blauw", "", "groen"])
ACTS = st.one_of(
    st.tuples(st.just("create"), SLOTS, WORDS, WORDS),
    st.tuples(st.just("update"), SLOTS, WORDS, WORDS),
    st.tuples(st.just("unknown_field"), SLOTS, WORDS, WORDS),
    st.tuples(st.just("delete"), SLOTS, WORDS, WORDS),
    st.tuples(st.just("claim"), SLOTS, WORDS, WORDS),
    st.tuples(st.just("release"), SLOTS, WORDS, WORDS),
    st.tuples(st.just("close"), SLOTS, WORDS, WORDS),
    st.tuples(st.just("reopen"), SLOTS, WORDS, WORDS),
)
BATCHES = st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=6), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralLine]:
    """Return one central for all histories; each history has records of its own."""
    path: Path = tmp_path_factory.mktemp("replays") / "central.db"
    with CentralLine(path) as line:
        line.set_up()
        yield line


def write(act: tuple[str, int, str, str], ids: list[str]) -> dict[str, Any]:
    """Write one made-up op on one of three records."""
    verb, slot, new, was = act
    record = ids[slot]
    if verb == "create":
        return report(record, title=new)
    if verb == "update":
        return op("update", "report", record, base_ver=1, set={"title": new}, was={"title": was})
    if verb == "unknown_field":
        return op("update", "report", record, base_ver=1, set={"later": new}, was={"later": was})
    if verb == "delete":
        return op("delete", "report", record, base_ver=len(new))
    args = {"close": {"reason": "handled", "contribution": "no"}, "reopen": {"reason": "toch"}}
    return command("report", record, verb, **args.get(verb, {}))


@settings(max_examples=60)
@given(acts=st.lists(ACTS, min_size=1, max_size=12), batches=BATCHES)
def test_ops_sent_any_number_of_times_take_effect_once_and_as_the_rules_say(
    shared: CentralLine, acts: list[tuple[str, int, str, str]], batches: list[list[int]]
) -> None:
    ids = [report()["id"] for _ in range(3)]
    ops = [write(act, ids) for act in acts]
    actor = Actor(shared.person, frozenset({"operator", "account_holder"}))
    records: dict[str, Record | None] = dict.fromkeys(ids)
    answers: dict[str, dict[str, Any]] = {}
    expected: dict[str, OpStatus] = {}
    for batch in batches:
        sent = [ops[n % len(ops)] for n in batch]
        for one, result in zip(sent, shared.push(*sent), strict=True):
            asked = op_from_wire(one)
            if asked.op_id not in expected:
                now = "2026-03-14T13:00:00.000Z"
                decision = apply(asked, records[asked.id], now=now, actor=actor)
                expected[asked.op_id] = decision.status
                if decision.status in ACCEPTED:
                    records[asked.id] = commit(asked, records[asked.id], decision)
            assert answers.setdefault(asked.op_id, result) == result
            wanted = expected[asked.op_id]
            got = OpStatus(result["status"])
            assert got == wanted or (got, wanted) == (OpStatus.MERGED, OpStatus.APPLIED)
    found = shared.records("report")
    for record_id, record in records.items():
        row = found.get(record_id)
        if record is None:
            assert row is None
            continue
        assert row is not None
        body = {name: value for name, value in row["body"].items() if name != "number"}
        assert (row["ver"], row["del"], body) == (record.ver, record.deleted, record.body)


@settings(max_examples=12)
@given(data=st.data())
def test_one_batch_ten_times_in_any_order_and_with_loss_ends_as_once(
    shared: CentralLine, data: st.DataObject
) -> None:
    ids = [new_id() for _ in range(4)]
    made = [report(one, text=f"Melding {number}") for number, one in enumerate(ids)]
    edits = [
        op("update", "report", one, set={"title": "later"}, was={"title": None}) for one in ids[:2]
    ]
    first = dict(zip([one["op_id"] for one in made], shared.push(*made), strict=True))
    batch = [*made, *edits]
    for turn in range(10):
        order = data.draw(st.permutations(batch))
        # What the line lost on the way there never comes; the last time all of it does.
        kept = order if turn == 9 else order[: data.draw(st.integers(0, len(order)))]
        if not kept:
            continue
        for one, result in zip(kept, shared.push(*kept), strict=True):
            # Whether an answer came back or was lost: the next one says the same.
            assert first.setdefault(one["op_id"], result) == result
    found = shared.records("report")
    assert [found[one]["ver"] for one in ids] == [2, 2, 1, 1]
    assert [found[one]["body"].get("title") for one in ids] == ["later", "later", None, None]
    assert [found[one]["body"]["text"] for one in ids] == [f"Melding {n}" for n in range(4)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
WILD = st.fixed_dictionaries(
    {
        "op_id": st.text(max_size=20),
        "verb": st.sampled_from(["create", "update", "delete", "command", "x"]),
        "kind": st.sampled_from(["report", "post", "person", "setting", "log_entry", "x"]),
        "id": st.text(max_size=10),
    },
    optional={
        "set": JSON,
        "was": JSON,
        "command": st.sampled_from(["claim", "release", "accept", "settle"]) | st.text(max_size=9),
        "base_ver": st.integers() | st.none(),
        "group": JSON,
        "after": JSON,
        "age_ms": JSON,
    },
)


@settings(max_examples=80)
@given(batch=st.lists(WILD, max_size=4) | JSON)
def test_no_batch_however_odd_breaks_central(shared: CentralLine, batch: Any) -> None:
    answer = shared.call("POST", f"/v1/teams/{shared.team}/ops", {"ops": batch})
    assert answer.status_code in (200, 400, 409)
    if answer.status_code == 200:
        assert len(answer.json()["results"]) == len(batch)
