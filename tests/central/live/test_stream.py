"""Live news as a desk hears it: heads, who is there, and the end of a stream (sync.md §8)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection

from central.live.hub import Pace
from central.sequence import Author, Staged, commit_changes
from contract import routes
from contract.op import Record
from tests.helpers.central_line import CentralLine, new_id, op, report
from tests.helpers.streams import Desks, come_about, desks

Scenario = Callable[[Desks], Awaitable[None]]


def run(line: CentralLine, scenario: Scenario) -> None:
    async def whole() -> None:
        async with desks(line) as there:
            await scenario(there)

    with asyncio.Runner() as runner:
        runner.run(whole())


def quick(line: CentralLine, **words: Any) -> None:
    line.office.live.pace = Pace(look=0.05, presence=0.02, **words)


def test_a_stream_begins_with_the_head_and_who_is_there(line: CentralLine) -> None:
    cursor, head = (line.page()[1][name] for name in ("cursor", "head"))

    async def scenario(there: Desks) -> None:
        async with there.listen() as heard:
            await heard.until(lambda: heard.people() and heard.of("head"))
            assert [event.mark for event in heard.events if event.sort == "head"] == [cursor]
            assert heard.head() == head
            assert 1000 <= heard.retry_ms <= 5000
            (me,) = heard.people()
            assert (me["person"], me["device"]) == (line.person, "desk-1")
            assert me["station"] == "Desk 1"
            assert me["since"] == "2026-03-14T13:00:00.000Z"

    run(line, scenario)


def test_a_push_of_anybody_rings_at_every_desk_but_tells_no_content(line: CentralLine) -> None:
    async def scenario(there: Desks) -> None:
        second = await there.sign_in()
        async with there.listen() as one, there.listen(second) as other:
            await one.until(lambda: one.head() > 0)
            await other.until(lambda: other.head() > 0)
            before = one.head()
            await there.push(report(text="Woorden die niemand hoort"), token=second)
            await one.until(lambda: one.head() == before + 1)
            await other.until(lambda: other.head() == before + 1)
            assert "Woorden" not in repr(one.events + other.events)

    run(line, scenario)


def test_who_comes_back_at_the_same_head_gets_no_needless_poke(line: CentralLine) -> None:
    cursor = line.page()[1]["cursor"]

    async def scenario(there: Desks) -> None:
        async with there.listen(last_event_id=cursor) as heard:
            await heard.until(heard.people)
            assert heard.of("head") == []
            await there.push(report())
            await heard.until(lambda: heard.of("head"))
        async with there.listen(last_event_id=cursor) as again:
            await again.until(lambda: again.of("head"), "the head that was missed")
        async with there.listen(last_event_id="no cursor at all") as odd:
            await odd.until(lambda: odd.of("head"))

    run(line, scenario)


def test_a_stream_is_refused_with_a_problem_before_it_begins(line: CentralLine) -> None:
    ours, theirs = routes.events(line.team), routes.events("other")
    anchor = line.send(report()).json()["anchor"]
    for path, token, witness, code in (
        (ours, "guess", "", "unauthenticated"),
        (theirs, line.token, "", "forbidden"),
        (ours, line.token, "rubbish", "bad-cursor"),
    ):
        answer = line.call(
            "GET", path, token=token, headers={routes.WITNESS_HEADER: witness} if witness else {}
        )
        assert answer.json()["type"] == f"/problems/{code}"
        assert answer.headers["content-type"] == routes.PROBLEM_JSON

    async def scenario(there: Desks) -> None:
        async with there.listen(**{routes.WITNESS_HEADER: anchor}) as heard:
            await heard.until(lambda: heard.of("head"))

    run(line, scenario)


def test_a_central_that_was_set_back_says_so_to_whoever_saw_more(line: CentralLine) -> None:
    from central.sync import cursor as cursors
    from central.sync.cursor import Anchor

    later = cursors.write(line.team, Anchor(10_000, "abc"))
    answer = line.call("GET", routes.events(line.team), headers={routes.WITNESS_HEADER: later})
    assert answer.json()["type"] == "/problems/timeline-changed"


def test_signing_out_ends_the_stream(line: CentralLine) -> None:
    quick(line)

    async def scenario(there: Desks) -> None:
        token = await there.sign_in()
        async with there.listen(token) as heard, there.listen() as other:
            await heard.until(lambda: heard.of("head"))
            await there.http.delete(routes.SESSION, headers={"Authorization": f"Bearer {token}"})
            await heard.end()
            await other.until(lambda: len(other.people()) == 1)
            assert not other.ended

    run(line, scenario)


@pytest.mark.parametrize("change", [{"roles": []}, {"active": False}])
def test_losing_the_right_to_read_ends_the_stream(
    line: CentralLine, change: dict[str, object]
) -> None:
    quick(line)
    person = line.add_person("operator")

    async def scenario(there: Desks) -> None:
        token = await there.sign_in(person)
        async with there.listen(token) as heard, there.listen() as keeper:
            await heard.until(lambda: heard.of("head"))
            was = {"roles": ["operator"], "active": True}
            asked = op("update", "person", person, set=change, was={k: was[k] for k in change})
            await there.push(asked)
            await heard.end()
            assert not keeper.ended

    run(line, scenario)


def test_a_session_that_runs_out_is_told_a_minute_before_and_then_ended(line: CentralLine) -> None:
    quick(line)

    async def scenario(there: Desks) -> None:
        async with there.listen() as heard:
            await heard.until(lambda: heard.of("head"))
            line.watch.move(minutes=14, seconds=10)
            await heard.until(lambda: heard.of("session-expiring"))
            line.watch.move(seconds=50)
            await heard.end()
            assert len(heard.of("session-expiring")) == 1

    run(line, scenario)


def test_two_desks_of_one_person_show_twice_and_go_with_their_streams(line: CentralLine) -> None:
    async def scenario(there: Desks) -> None:
        second = await there.sign_in(device="desk-2")
        async with there.listen() as one:
            async with there.listen(second):
                await one.until(lambda: len(one.people()) == 2)
                assert {seen["device"] for seen in one.people()} == {"desk-1", "desk-2"}
                assert {seen["person"] for seen in one.people()} == {line.person}
                async with there.listen(second):  # the same desk coming back shows once
                    await one.until(lambda: len(line.office.live.streams()) == 3)
                assert len(one.people()) == 2
            await one.until(lambda: len(one.people()) == 1)

    run(line, scenario)


def test_who_is_there_is_kept_nowhere(line: CentralLine) -> None:
    from central.models import metadata

    assert not [name for name in metadata.tables if "presence" in name or "seat" in name]

    async def scenario(there: Desks) -> None:
        async with there.listen() as heard:
            await heard.until(heard.people)

        await come_about(lambda: not line.office.live.streams())

    run(line, scenario)


def test_a_ping_shows_that_the_line_is_alive(line: CentralLine) -> None:
    quick(line, ping=0.05)

    async def scenario(there: Desks) -> None:
        async with there.listen() as heard:
            await heard.until(lambda: heard.pings > 3)

    run(line, scenario)


def test_a_graceful_stop_says_when_and_ends_every_stream(line: CentralLine) -> None:
    async def scenario(there: Desks) -> None:
        async with there.listen() as one, there.listen() as two:
            await one.until(lambda: one.of("head"))
            await two.until(lambda: two.of("head"))
            line.office.live.farewell("2026-03-14T13:05:00.000Z")
            await one.end()
            await two.end()
            assert one.of("maintenance") == [{"at": "2026-03-14T13:05:00.000Z"}]
            assert two.events[-1].sort == "maintenance"
        async with there.listen() as late:
            await late.end()

    run(line, scenario)


def test_a_device_that_opens_too_many_streams_loses_its_oldest(line: CentralLine) -> None:
    quick(line, device_streams=2)

    async def scenario(there: Desks) -> None:
        async with there.listen() as first, there.listen() as second, there.listen() as third:
            await first.end()
            await third.until(lambda: third.of("head"))
            assert not second.ended

    run(line, scenario)


def commit(line: CentralLine) -> None:
    """Write one record the way every writer inside central does."""
    made = Record("area", new_id(), 1, {"name": "Noord", "level": "area"})
    author = Author(line.team, line.person, "", line.office.now())
    line.office.database.write_now(
        lambda conn: commit_changes(conn, author, [Staged(made, 0)]),
    )


def test_a_burst_of_commits_becomes_few_events_at_two_hundred_desks(line: CentralLine) -> None:
    count, commits = 200, 100

    async def scenario(there: Desks) -> None:
        async with AsyncExitStack() as stack:
            heard = []
            for number in range(count):
                token = await there.sign_in(device=f"desk-{number}")
                heard.append(await stack.enter_async_context(there.listen(token)))
            for one in heard:
                await one.until(partial(one.of, "head"))
            start = heard[0].head()
            before = [len(one.of("head")) for one in heard]
            for _ in range(commits):
                commit(line)  # the event loop stands still: nobody can take anything meanwhile
            assert all(stream.mailbox.waiting <= 5 for stream in line.office.live.streams())
            for one, had in zip(heard, before, strict=True):
                await one.until(lambda one=one: one.head() == start + commits)  # type: ignore[misc]
                assert len(one.of("head")) - had <= 3
                assert one.of("head") == sorted(one.of("head"), key=lambda data: data["head"])
        await come_about(lambda: not line.office.live.streams())

    run(line, scenario)


@pytest.mark.parametrize("writer", ["push", "inside"])
def test_every_commit_rings_whoever_made_it(line: CentralLine, writer: str) -> None:
    async def scenario(there: Desks) -> None:
        # No look of its own can be the reason.
        async with there.listen() as heard:
            await heard.until(lambda: heard.of("head"))
            start = heard.head()
            if writer == "push":
                await there.push(report())
            else:
                await asyncio.to_thread(commit, line)
            await heard.until(lambda: heard.head() == start + 1)

    line.office.live.pace = Pace(look=3600)
    run(line, scenario)


def test_what_was_rolled_back_does_not_ring(line: CentralLine) -> None:
    rung: list[str] = []
    line.office.database.on_commit = rung.append

    def fails(conn: Connection) -> None:
        made = Record("area", new_id(), 1, {"name": "Noord", "level": "area"})
        commit_changes(conn, Author(line.team, "p", "", "t"), [Staged(made, 0)])
        raise ValueError

    with pytest.raises(ValueError):
        line.office.database.write_now(fails)
    line.office.database.write_now(lambda conn: None)
    assert rung == []
    commit(line)
    assert rung == [line.team]


def test_a_long_poll_is_woken_by_a_commit_of_anybody(line: CentralLine) -> None:
    cursor = line.page()[1]["cursor"]
    path = f"{routes.changes(line.team)}?after={cursor}&wait=25"
    line.office.live.pace = Pace(look=3600)

    async def scenario(there: Desks) -> None:
        headers = {"Authorization": f"Bearer {line.token}"}
        async with asyncio.TaskGroup() as group, asyncio.timeout(20):
            polls = [group.create_task(there.http.get(path, headers=headers)) for _ in range(3)]
            await come_about(line.office.bells.teams)
            await asyncio.to_thread(commit, line)
            for poll in polls:
                assert len((await poll).text.splitlines()) == 2

    run(line, scenario)
    assert line.office.bells.teams() == set()


async def _stuck(line: CentralLine, takes: int) -> None:
    """Be a reader that takes some pieces and then nothing, without going away."""
    taken = 0

    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()
        return {}

    async def send(message: object) -> None:
        nonlocal taken
        taken += 1
        if taken > takes:
            await asyncio.Event().wait()

    request = httpx.Request(
        "GET",
        f"http://central{routes.events(line.team)}",
        headers={"Authorization": f"Bearer {line.token}"},
    )
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": request.url.path, "raw_path": request.url.raw_path,
        "query_string": b"", "root_path": "", "headers": request.headers.raw,
        "server": ("central", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    scope["headers"] = [(name.lower(), value) for name, value in request.headers.raw]
    await line.app(scope, receive, send)


@pytest.mark.parametrize("takes", [0, 1, 2, 3])
def test_a_reader_that_takes_nothing_is_dropped_and_holds_no_more_than_one_of_each_sort(
    line: CentralLine, takes: int
) -> None:
    quick(line, send=0.3, ping=0.1)

    async def scenario(there: Desks) -> None:
        async with there.listen(await there.sign_in(device=new_id())) as other:
            await other.until(lambda: other.of("head"))
            async with asyncio.timeout(20):
                await _stuck(line, takes)
            await other.until(lambda: len(other.people()) == 1)
            assert len(line.office.live.streams()) == 1

    run(line, scenario)
