"""The order of pushes that are under way together (sync.md §5)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from central.problems import Refusal
from central.sync import turns
from central.sync.turns import Turn, Turns
from contract.problems import ProblemCode

T = TypeVar("T")
DESK = "desk-a"


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end."""
    with asyncio.Runner() as runner:
        return runner.run(work)


def refused(turn: Turn) -> bool:
    """Say whether a push may not be decided now."""
    with pytest.raises(Refusal) as found:
        run(turn.come())
    return found.value.code is ProblemCode.TOO_EARLY


def test_a_push_waits_for_the_one_it_follows_whichever_came_in_first() -> None:
    async def both(overtaken: bool) -> list[str]:
        known, said = Turns(), list[str]()
        first = None if overtaken else known.open(DESK, "one", "")

        async def follow() -> None:
            await known.open(DESK, "two", "one").come()
            said.append("two")

        async with asyncio.TaskGroup() as group:
            group.create_task(follow())
            for _ in range(5):
                await asyncio.sleep(0)
            first = first or known.open(DESK, "one", "")
            await first.come()
            for _ in range(5):
                await asyncio.sleep(0)
            said.append("one")
            first.end(done=True)
        return said

    assert run(both(False)) == ["one", "two"]
    assert run(both(True)) == ["one", "two"]


def test_a_push_is_refused_after_one_that_was_not_committed() -> None:
    known = Turns()
    known.open(DESK, "one", "").end(done=False)
    assert refused(known.open(DESK, "two", "one"))


def test_a_push_that_came_twice_counts_as_done_when_one_of_them_was() -> None:
    known = Turns()
    first, again = known.open(DESK, "one", ""), known.open(DESK, "one", "")
    first.end(done=True)
    again.end(done=False)
    assert run(known.open(DESK, "two", "one").come()) is None


def test_nobody_waits_for_ever_for_a_turn_that_never_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "OVERTAKEN_S", 0.0)
    monkeypatch.setattr(turns, "LONGEST_S", 0.0)
    known = Turns()
    # One that follows itself, one that follows another desk's, one that follows what was forgotten.
    assert refused(known.open(DESK, "self", "self"))
    known.open("desk-b", "one", "").end(done=True)
    assert refused(known.open(DESK, "two", "one"))
    known.open(DESK, "old", "").end(done=True)
    monkeypatch.setattr(turns, "KEPT", 2)
    for number in range(3):
        known.open(DESK, f"n{number}", "").end(done=True)
    assert refused(known.open(DESK, "late", "old"))
