"""What a failure asks, and how a batch is cut (sync.md §5, §9)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sync import policy
from console.sync.failures import Answered
from console.sync.policy import Pace, Verdict
from contract import routes
from contract.op import Op
from contract.problems import PROBLEMS, ProblemCode


def most(low: float, high: float) -> float:
    return high


def test_pauses_double_to_a_cap_and_centrals_word_wins() -> None:
    pace = Pace(base=1, cap=60)
    assert [policy.backoff(n, pace, most) for n in (1, 2, 3, 7, 100)] == [1, 2, 4, 60, 60]
    assert policy.backoff(9, pace, most, 3.0) == 3.0


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_a_pause_is_never_negative_nor_above_the_cap(tries: int, random: object) -> None:
    pause = policy.backoff(tries, Pace(), random.uniform)  # type: ignore[attr-defined]
    assert 0 <= pause <= Pace().cap


@pytest.mark.parametrize("code", list(ProblemCode))
def test_every_problem_has_a_verdict(code: ProblemCode) -> None:
    assert policy.verdict(Answered(PROBLEMS[code].status, code)) in set(Verdict)


def test_an_unknown_problem_asks_to_wait_or_to_split() -> None:
    assert policy.verdict(Answered(500, None)) is Verdict.WAIT
    assert policy.verdict(Answered(413, None)) is Verdict.SPLIT
    assert policy.verdict(Answered(400, None)) is Verdict.SPLIT


OPS = st.lists(
    st.tuples(st.sampled_from([None, None, "a", "b", "c"]), st.integers(0, 400_000)), max_size=12
)


@given(OPS, st.integers(1, 6))
def test_a_cut_batch_keeps_groups_whole_and_always_sends_something(
    plan: list[tuple[str | None, int]], limit: int
) -> None:
    ops = [
        Op(f"op{n}", "create", "report", f"r{n}", {"text": "x" * size}, group=group)
        for n, (group, size) in enumerate(plan)
    ]
    chosen = policy.fitting(ops, limit)
    assert bool(chosen) == bool(ops)
    ids = {op.op_id for op in chosen}
    for group in {op.group for op in ops if op.group}:
        members = {op.op_id for op in ops if op.group == group}
        assert members <= ids or not members & ids
    size = sum(len(str(op.set.get("text"))) for op in chosen)
    assert policy.alone(chosen) or (size <= routes.BATCH_BYTES and len(chosen) <= limit)
    assert [op for op in ops if op.op_id in ids] == chosen


def test_a_refusal_that_is_not_centrals_never_splits_a_batch_save_for_its_size() -> None:
    assert policy.verdict(Answered(400, None, foreign=True)) is Verdict.WAIT
    assert policy.verdict(Answered(413, None, foreign=True)) is Verdict.SPLIT
    assert policy.verdict(Answered(401, None, foreign=True)) is Verdict.WAIT


def test_nobody_keeps_a_desk_away_for_longer_than_ten_minutes() -> None:
    assert policy.backoff(1, Pace(), most, 31_536_000.0) == policy.LONGEST_WAIT_S == 600
