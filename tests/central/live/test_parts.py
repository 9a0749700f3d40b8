"""The pure parts of live news: frames, mailboxes, who is there, messages between processes."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import timedelta

import pytest
from httpx_sse._decoders import SSEDecoder
from hypothesis import given
from hypothesis import strategies as st

from central.clock import stamp
from central.live.frames import PING, frame, retry
from central.live.mailbox import ORDER, Mailbox
from central.live.roster import Roster, Seat
from central.live.rules import Fate, fate
from central.live.waker import Waker
from central.live.wire import PAYLOAD, Told, read, written
from tests.helpers.central_line import START

WORDS = st.text(max_size=40)
SEATS = st.builds(
    Seat,
    stream=st.sampled_from(["s1", "s2", "s3"]),
    team=st.sampled_from(["a", "b"]),
    person=st.sampled_from(["p", "q"]),
    device=st.sampled_from(["d", "e"]),
    since=st.sampled_from(["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"]),
)


@given(event=st.sampled_from(ORDER), data=st.dictionaries(WORDS, WORDS), mark=st.just("djEuYQ"))
def test_an_event_is_read_back_as_it_was_written(
    event: str, data: dict[str, str], mark: str
) -> None:
    decoder = SSEDecoder()
    lines = frame(event, data, mark).decode().removesuffix("\n").split("\n")
    found = [decoder.decode(line) for line in lines]
    (one,) = [each for each in found if each is not None]
    assert (one.event, json.loads(one.data), one.id) == (event, data, mark)


def test_a_ping_and_a_pause_are_no_events() -> None:
    decoder = SSEDecoder()
    assert [decoder.decode(line) for line in PING.decode().split("\n")] == [None] * 3
    (one,) = [one for one in map(decoder.decode, retry(1234).decode().split("\n")) if one]
    assert (one.event, one.data, one.retry) == ("message", "", 1234)


def test_ten_thousand_changes_leave_one_event_and_wake_the_loop_once() -> None:
    async def scenario() -> None:
        box = Mailbox()

        def fill() -> None:
            for number in range(10_000):
                box.put("head", str(number).encode())
                box.put("presence", b"p")

        worker = threading.Thread(target=fill)
        worker.start()
        worker.join()
        assert box.waiting == 2
        assert await box.take(5) == ([b"9999", b"p"], True)
        assert await box.take(0.01) == ([], True)
        box.put("maintenance", b"m")
        box.close()
        box.put("head", b"too late")
        assert await box.take(5) == ([b"m"], False)

    with asyncio.Runner() as runner:
        runner.run(scenario())


def test_a_mailbox_of_a_loop_that_has_ended_takes_nothing_more() -> None:
    async def make() -> Mailbox:
        return Mailbox()

    with asyncio.Runner() as runner:
        box = runner.run(make())
    box.put("head", b"1")
    box.put("head", b"2")
    assert box.waiting == 1


@given(
    here=st.lists(SEATS, max_size=4),
    away=st.lists(st.tuples(st.sampled_from(["x", "y"]), SEATS, st.integers(0, 9)), max_size=8),
    now=st.integers(0, 10),
)
def test_who_is_there_is_each_person_once_per_device_as_long_as_it_was_told(
    here: list[Seat], away: list[tuple[str, Seat, int]], now: int
) -> None:
    roster = Roster()
    for seat in here:
        roster.sit(seat)
    told: dict[tuple[str, str], tuple[Seat, int]] = {}
    for process, seat, until in away:
        roster.told(process, [seat], until)
        told[process, seat.stream] = (seat, until)
    roster.expire(now)
    alive = [seat for seat, until in told.values() if until > now]
    alive += list({seat.stream: seat for seat in here}.values())
    for team in ("a", "b"):
        ours = [seat for seat in alive if seat.team == team]
        shown = roster.people(team)
        keys = [(seat.person, seat.device) for seat in shown]
        assert sorted(set(keys)) == sorted(keys)
        assert set(keys) == {(seat.person, seat.device) for seat in ours}
        for seat in shown:
            same = [o for o in ours if (o.person, o.device) == (seat.person, seat.device)]
            assert seat.since == min(one.since for one in same)


def test_a_process_that_says_a_stream_left_is_believed_about_its_own_streams_only() -> None:
    roster = Roster()
    seat = Seat("s", "team", "p", "d", "t")
    assert roster.told("x", [seat], 9) == {"team"}
    assert roster.told("x", [seat], 12) == set()
    assert roster.left("y", ["s"]) == set()
    assert roster.expire(11) == set()
    assert roster.left("x", ["s", "other"]) == {"team"}
    assert roster.people("team") == []


@given(
    rang=st.lists(WORDS, max_size=300),
    seats=st.lists(SEATS, max_size=200),
    left=st.lists(st.uuids().map(str), max_size=300),
    asks=st.booleans(),
)
def test_a_message_between_processes_arrives_whole_in_short_parts(
    rang: list[str], seats: list[Seat], left: list[str], asks: bool
) -> None:
    parts = list(written(Told("me", tuple(rang), tuple(seats), tuple(left), asks)))
    assert all(len(part.encode()) < PAYLOAD + 900 for part in parts)
    back = [read(part) for part in parts]
    assert all(one is not None and one.process == "me" for one in back)
    told = [one for one in back if one is not None]
    assert [team for one in told for team in one.rang] == rang
    assert [seat for one in told for seat in one.seats] == seats
    assert [stream for one in told for stream in one.left] == left
    assert any(one.asks for one in told) is asks


@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["process", "rang", "seats", "left", "asks"]) | st.text(), inner
            )
        ),
    ).map(json.dumps)
)
def test_what_no_process_of_ours_would_say_is_left_out(payload: str) -> None:
    found = read(payload)
    assert found is None or isinstance(found.process, str)


@pytest.mark.parametrize(
    ("left", "may_read", "expected"),
    [
        (61, True, Fate.STAYS),
        (60, True, Fate.EXPIRING),
        (1, True, Fate.EXPIRING),
        (0, True, Fate.ENDS),
        (-1, True, Fate.ENDS),
        (600, False, Fate.ENDS),
        (None, True, Fate.ENDS),
    ],
)
def test_a_stream_lives_as_long_as_its_session_and_the_right_to_read(
    left: int | None, may_read: bool, expected: Fate
) -> None:
    until = "" if left is None else stamp(START + timedelta(seconds=left))
    assert fate(until, START, may_read=may_read) is expected


def test_a_wake_before_the_wait_is_not_lost() -> None:
    waker = Waker()
    for _ in range(3):
        waker.wake()
    waker.wait(None)
    waker.wait(0)
    waker.stop()
    waker.wait(None)
    assert waker.stopping
    waker.close()
