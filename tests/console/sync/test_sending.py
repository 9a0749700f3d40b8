"""Two batches under way at once: in order at central, whatever happens to either (sync.md §5)."""

from __future__ import annotations

import asyncio

import pytest

from central.sync import turns
from console.storage import outbox
from console.sync.gateway import PushReply
from console.sync.sending import Batch, Sending
from contract import routes
from tests.console.sync.test_engine import queue, same_everywhere, write_report
from tests.helpers.breakable import Fault
from tests.helpers.joined import Joined

BATCH = 3


@pytest.fixture
def small(joined: Joined, monkeypatch: pytest.MonkeyPatch) -> Joined:
    """Return a desk whose batches hold three ops."""
    monkeypatch.setattr(routes, "MAX_OPS", BATCH)
    joined.engine._exchange.begin()
    return joined


def made(joined: Joined, count: int) -> list[str]:
    """Write reports down while there is no line; returns their ids in that order."""
    joined.line.down = True
    ids = [write_report(joined) for _ in range(count)]
    joined.line.down = False
    return ids


def order_at_central(joined: Joined) -> list[str]:
    """Return the ids of the reports by their number in the feed."""
    found = joined.central.records("report")
    return sorted(found, key=lambda one: int(found[one]["seq"]))


def test_the_third_batch_goes_out_while_the_second_is_being_answered() -> None:
    waiting = [Batch((), full=True, turn=name) for name in ("one", "two", "three", "four")]
    sent: list[tuple[str, str]] = []
    settled: list[str] = []
    third = asyncio.Event()

    async def take() -> Batch | None:
        return waiting.pop(0) if waiting else None

    async def send(batch: Batch, follows: str) -> PushReply:
        sent.append((batch.turn, follows))
        if batch.turn == "three":
            third.set()
        if batch.turn == "two":
            await third.wait()
        return PushReply((), "anchor", batch.turn)

    async def settle(batch: Batch, reply: PushReply) -> None:
        settled.append(reply.turn)

    sending = Sending(take, send, settle, lambda batch: None, patience=30)
    with asyncio.Runner() as runner:
        assert runner.run(sending.run())
        assert not runner.run(sending.run())
    # The first goes alone: nobody knows yet whether central keeps the order.
    assert sent == [("one", ""), ("two", ""), ("three", "two"), ("four", "three")]
    assert settled == ["one", "two", "three", "four"]


def test_a_full_outbox_goes_out_in_order(small: Joined) -> None:
    ids = made(small, 5 * BATCH)
    small.step()
    assert queue(small) == 0
    assert order_at_central(small) == ids
    same_everywhere(small)


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(
    "fault", [Fault.REFUSE, Fault.OVERLOADED, Fault.LOSE_REPLY, Fault.CUT_REPLY]
)
def test_a_fault_at_either_of_two_batches_loses_doubles_and_mixes_nothing(
    small: Joined, fault: Fault, at: int
) -> None:
    ids = made(small, 4 * BATCH)
    small.line.only = "/ops"
    small.line.faults.extend([*[Fault.NONE] * at, fault])
    small.step()
    small.step()
    assert queue(small) == 0
    assert order_at_central(small) == ids
    assert all(one["ver"] == 1 for one in small.central.records("report").values())
    same_everywhere(small)


def test_a_central_that_knows_no_turn_gets_one_batch_at_a_time(
    small: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every push finds a central that has just started: none of its turns is known to the next.
    monkeypatch.setattr(turns, "KEPT", 0)
    monkeypatch.setattr(turns, "OVERTAKEN_S", 0.0)
    ids = made(small, 5 * BATCH)
    small.step()
    assert queue(small) == 0
    assert order_at_central(small) == ids
    asked = [one for one in small.line.asked if one.endswith("/ops")]
    # One went ahead and was sent again, with what followed it.
    assert 5 < len(asked) <= 7
    same_everywhere(small)


def test_what_waits_behind_one_under_way_does_not_go_ahead(small: Joined) -> None:
    first, *rest = made(small, 2 * BATCH)
    small.line.down = True
    small.desk.act(lambda unit: unit.update("report", first, place="Plein")).result()
    small.line.down = False
    small.step()
    assert queue(small) == 0
    assert small.central.records("report")[first]["ver"] == 2
    assert set(order_at_central(small)) == {first, *rest}
    same_everywhere(small)


def test_a_desk_that_ends_while_two_are_under_way_has_both_again(small: Joined) -> None:
    made(small, 3 * BATCH)
    person, now = small.central.person, "2026-03-14T13:00:00.000Z"
    for _ in range(2):
        small.store.write(
            lambda conn: outbox.next_batch(conn, person=person, now=now, limit=BATCH)
        ).result()
    small.shut()
    small.open()
    small.sign_in(person)
    assert queue(small) == 0
    same_everywhere(small)
