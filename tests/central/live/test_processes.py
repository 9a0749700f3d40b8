"""Live news over several processes of one central on PostgreSQL (sync.md §8)."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest

from central.live.hub import Pace
from contract import routes
from tests.helpers.central_line import SECRET, CentralLine, report
from tests.helpers.streams import PATIENCE_S, come_about, desks

ROOT = Path(__file__).resolve().parents[3]
NEVER = 3600.0


@pytest.fixture
def two(postgres_url: str) -> Iterator[tuple[CentralLine, CentralLine]]:
    """Two centrals on one database, as two processes would be."""
    with CentralLine(postgres_url) as first, CentralLine(postgres_url) as second:
        first.set_up()
        second.team, second.person = first.team, first.person
        second.sign_in(first.person, device="desk-2")
        yield first, second


def hurry(line: CentralLine, **pace: float) -> None:
    """Let a central go at this pace from its next round on."""
    line.office.live.pace = Pace(**pace)  # type: ignore[arg-type]
    line.office.bells.ring(line.team)


def test_a_commit_of_one_process_is_heard_in_the_other_without_a_look(
    two: tuple[CentralLine, CentralLine],
) -> None:
    first, second = two
    for line in two:
        hurry(line, look=NEVER, presence=0.02)

    async def scenario() -> None:
        async with (
            desks(first) as here,
            desks(second) as there,
            here.listen() as one,
            there.listen() as other,
        ):
            # Both wires are up once each knows of the other's desk.
            await one.until(lambda: len(one.people()) == 2)
            await other.until(lambda: len(other.people()) == 2)
            start = one.head()
            for number in range(1, 6):
                await here.push(report())
                await other.until(lambda n=number: other.head() == start + n)  # type: ignore[misc]
            await there.push(report())
            await one.until(lambda: one.head() == start + 6)

    with asyncio.Runner() as runner:
        runner.run(scenario())


def test_who_is_there_is_known_in_every_process_and_goes_with_the_stream(
    two: tuple[CentralLine, CentralLine],
) -> None:
    first, second = two
    for line in two:
        hurry(line, look=NEVER, presence=0.02)

    async def scenario() -> None:
        async with desks(first) as here, desks(second) as there, here.listen() as one:
            async with there.listen() as other:
                await one.until(lambda: len(one.people()) == 2)
                await other.until(lambda: len(other.people()) == 2)
                assert {seen["station"] for seen in one.people()} == {"Desk 1"}
                assert {seen["device"] for seen in one.people()} == {"desk-1", "desk-2"}
            await one.until(lambda: len(one.people()) == 1)

    with asyncio.Runner() as runner:
        runner.run(scenario())


def test_a_process_that_dies_silently_is_forgotten(two: tuple[CentralLine, CentralLine]) -> None:
    first, second = two
    hurry(first, look=0.1, presence=0.02, forget=0.5)
    # It tells once and never again: as if it were killed.
    hurry(second, look=NEVER, repeat=NEVER)

    async def scenario() -> None:
        async with (
            desks(first) as here,
            desks(second) as there,
            here.listen() as one,
            there.listen() as other,
        ):
            await other.until(lambda: other.of("head"))
            await one.until(lambda: [len(e["people"]) for e in one.of("presence")][-2:] == [2, 1])

    with asyncio.Runner() as runner:
        runner.run(scenario())


def test_without_the_wire_the_look_of_every_second_finds_the_news(
    two: tuple[CentralLine, CentralLine],
) -> None:
    first, second = two
    hurry(second, look=0.1, presence=0.02)
    second.office.live._connect = None
    second.office.live.bells.attach(lambda team: None, second.office.live._wake)

    async def scenario() -> None:
        async with desks(first) as here, desks(second) as there, there.listen() as other:
            await other.until(lambda: other.of("head"))
            start = other.head()
            await here.push(report())
            await other.until(lambda: other.head() == start + 1)

    with asyncio.Runner() as runner:
        runner.run(scenario())


def test_a_lost_wire_is_laid_again(two: tuple[CentralLine, CentralLine], postgres_url: str) -> None:
    first, second = two
    hurry(first, look=0.2, presence=0.02)
    hurry(second, look=0.2, presence=0.02)
    cut = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = 'buurtdesk-live'"
    )

    async def scenario() -> None:
        async with (
            desks(first) as here,
            desks(second) as there,
            here.listen() as one,
            there.listen() as other,
        ):
            await one.until(lambda: len(one.people()) == 2)
            await other.until(lambda: len(other.people()) == 2)
            with psycopg.connect(postgres_url, autocommit=True) as connection:
                (count,) = connection.execute(cut).fetchone() or (0,)
            assert count == 2
            start = one.head()
            await here.push(report())
            await other.until(lambda: other.head() == start + 1)
            async with here.listen(await here.sign_in(device="desk-3")):
                await other.until(lambda: len(other.people()) == 3)

    with asyncio.Runner() as runner:
        runner.run(scenario())


@dataclass
class Served:
    """A central in a process of its own."""

    process: subprocess.Popen[str]
    url: str


CHILD = """
import sys
from central.app import build_app, close_app
from central.operations.serve import Listening, serve
from central.settings import Settings
app = build_app(Settings(database=sys.argv[1], secret=sys.argv[2]))
office = app.state.office
try:
    serve(app, Listening(port=0), stop=lambda: office.live.farewell(office.now()))
finally:
    close_app(app)
"""


@contextmanager
def served(url: str) -> Iterator[Served]:
    """Run a central as a process on this database."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, url, SECRET],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = re.search(r"http://\S+", process.stdout.readline())
        assert said is not None
        yield Served(process, said[0])
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


class Reader:
    """Reads a stream over a real socket on a thread of its own."""

    def __init__(self, url: str, team: str, token: str) -> None:
        self.lines: list[str] = []
        self.ended = threading.Event()
        self._url = f"{url}{routes.events(team)}"
        self._token = token
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            with httpx.stream("GET", self._url, headers=headers, timeout=PATIENCE_S) as answer:
                for line in answer.iter_lines():
                    self.lines.append(line)
        except httpx.HTTPError as cut:
            self.lines.append(f"cut: {type(cut).__name__}")
        self.ended.set()

    def last(self, sort: str) -> dict[str, object] | None:
        """Return the newest data of a sort of event."""
        lines = list(self.lines)
        found = [i for i, line in enumerate(lines) if line == f"event: {sort}"]
        if not found or found[-1] + 1 >= len(lines):
            return None
        data: dict[str, object] = json.loads(lines[found[-1] + 1].removeprefix("data: "))
        return data

    def join(self) -> None:
        """Wait for the end of the stream."""
        assert self.ended.wait(PATIENCE_S)
        self._thread.join()


def sign_in(url: str, person: str, device: str) -> str:
    body = {
        "grant": "embedded",
        "person": person,
        "secret": SECRET,
        "device": {"id": device, "name": device},
    }
    answer = httpx.post(f"{url}{routes.SESSIONS}", json=body, timeout=PATIENCE_S)
    return str(answer.json()["access_token"])


def wait(condition: object) -> None:
    with asyncio.Runner() as runner:
        runner.run(come_about(condition))  # type: ignore[arg-type]


def test_two_real_processes_tell_each_other_and_end_in_order(postgres_url: str) -> None:
    with CentralLine(postgres_url) as line:
        line.set_up()
        team, person = line.team, line.person
    with ExitStack() as stack:
        one, other = (stack.enter_context(served(postgres_url)) for _ in range(2))
        mine, theirs = sign_in(one.url, person, "desk-1"), sign_in(other.url, person, "desk-2")
        near, far = Reader(one.url, team, mine), Reader(other.url, team, theirs)
        wait(lambda: len((far.last("presence") or {}).get("people", ())) == 2)  # type: ignore[arg-type]
        wait(lambda: len((near.last("presence") or {}).get("people", ())) == 2)  # type: ignore[arg-type]
        head = near.last("head")
        assert head is not None
        httpx.post(
            f"{one.url}{routes.ops(team)}",
            json={"ops": [report()]},
            headers={"Authorization": f"Bearer {mine}"},
            timeout=PATIENCE_S,
        ).raise_for_status()
        expected = {"head": int(str(head["head"])) + 1}
        wait(lambda: far.last("head") == expected)
        wait(lambda: near.last("head") == expected)
        one.process.send_signal(signal.SIGTERM)
        near.join()
        assert near.last("maintenance") is not None
        assert not near.lines[-1].startswith("cut")
        assert one.process.wait(PATIENCE_S) == 0
        wait(lambda: len((far.last("presence") or {}).get("people", ())) == 1)  # type: ignore[arg-type]
        other.process.kill()
        far.join()
        assert far.lines[-1].startswith("cut")


def test_a_connection_taken_by_central_is_given_up_when_its_other_end_is_silent() -> None:
    from central.live.lines import SILENCE_S, give_up_the_dead

    with socket.create_server(("127.0.0.1", 0)) as listening:
        give_up_the_dead(listening)
        with socket.create_connection(listening.getsockname()) as far:
            near, _ = listening.accept()
            with near:
                assert near.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
                if hasattr(socket, "TCP_USER_TIMEOUT"):
                    held = near.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
                    assert held == SILENCE_S * 1000
            far.close()
