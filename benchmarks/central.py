"""A real central in a process of its own for the benchmarks, with bare answers to measure against.

Beside central's own paths it answers ``/bench/…``: a file streamed as it stands, and an echo of
server-sent events without any rule behind it. Both run in the same server and the same process.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson

from benchmarks.someone import KEY, PERSON
from console.sync.gateway import Gateway
from contract import routes
from contract.messages import Session

SECRET = "the secret of a benchmark"
TEAM_NAME = "Basisteam Wielderland"
DOWNLOAD = "/bench/download"
ECHO = "/bench/echo"
COMMITS = "/bench/commits"
PIECE = 262_144

_LISTENS = "Buurtdesk centrale luistert op "
_PLACE, _FILE = "BUURTDESK_BENCH_PLACE", "BUURTDESK_BENCH_FILE"

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Bare:
    """Answers ``/bench/…`` itself and hands everything else to central.

    ``commits`` grows by a monotonic time for each commit that central tells of.
    """

    def __init__(self, app: Any, file: Path) -> None:
        self._app = app
        self._file = file
        self._mailboxes: set[asyncio.Queue[bytes]] = set()
        self.commits: list[float] = []
        database = app.state.office.database
        ring = database.on_commit

        def note(team: str) -> None:
            self.commits.append(time.monotonic())
            ring(team)

        database.on_commit = note

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "")
        if path == DOWNLOAD:
            await self._download(send)
        elif path == COMMITS:
            await _whole(send, orjson.dumps(self.commits))
        elif path == ECHO and scope["method"] == "POST":
            said = b"event: head\ndata: %d\n\n" % time.monotonic_ns()
            for mailbox in self._mailboxes:
                mailbox.put_nowait(said)
            await _whole(send, b"{}")
        elif path == ECHO:
            await self._listen(receive, send)
        else:
            await self._app(scope, receive, send)

    async def _download(self, send: Send) -> None:
        await _start(send, routes.NDJSON)
        with self._file.open("rb") as file:
            while piece := file.read(PIECE):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def _listen(self, receive: Receive, send: Send) -> None:
        mailbox: asyncio.Queue[bytes] = asyncio.Queue()
        self._mailboxes.add(mailbox)
        try:
            async with asyncio.TaskGroup() as group:
                writing = group.create_task(_write(mailbox, send))
                while (await receive())["type"] != "http.disconnect":
                    pass
                writing.cancel()
        finally:
            self._mailboxes.discard(mailbox)


async def _write(mailbox: asyncio.Queue[bytes], send: Send) -> None:
    await _start(send, routes.EVENT_STREAM)
    await send({"type": "http.response.body", "body": b": here\n\n", "more_body": True})
    while True:
        said = await mailbox.get()
        await send({"type": "http.response.body", "body": said, "more_body": True})


async def _start(send: Send, media: str) -> None:
    headers = [(b"content-type", media.encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


async def _whole(send: Send, body: bytes) -> None:
    await _start(send, "application/json")
    await send({"type": "http.response.body", "body": body})


def serve() -> None:
    """Run central, as its command line does, until a signal comes."""
    from central.app import build_app, close_app
    from central.operations.serve import Listening
    from central.operations.serve import serve as answer
    from central.settings import Settings

    place = os.environ[_PLACE]
    if place.startswith("postgresql:"):
        settings = Settings(secret=SECRET, database=place, device_rate=0.0)
    else:
        settings = Settings(Path(place), KEY, SECRET, device_rate=0.0)
    app = build_app(settings)
    try:
        answer(Bare(app, Path(os.environ[_FILE])), Listening(port=0), app.state.office.stop)
    finally:
        close_app(app)


class Running:
    """A central that runs: its address, its process and the team in it."""

    def __init__(self, url: str, process: int, team: str) -> None:
        self.url = url
        self.process = process
        self.team = team

    def session(self, device: str) -> Session:
        """Sign the person of the benchmarks in at a device."""
        body = {
            "grant": "embedded",
            "person": PERSON,
            "secret": SECRET,
            "device": {"id": device, "name": device},
        }
        answer = httpx.post(f"{self.url}{routes.SESSIONS}", json=body, trust_env=False)
        return Session.model_validate_json(answer.raise_for_status().content)

    @asynccontextmanager
    async def gateway(self, device: str) -> AsyncIterator[Gateway]:
        """Give a desk's own line to this central, signed in."""
        async with Gateway(self.url, device=device, device_name=device) as line:
            line.resume(self.session(device))
            yield line

    def get(self, path: str) -> Any:
        """Ask for one of the bare answers."""
        return httpx.get(f"{self.url}{path}", trust_env=False).raise_for_status().json()


@contextmanager
def running(place: Path | str, download: Path) -> Iterator[Running]:
    """Run a central with one team and one person for as long as the block lasts.

    ``place``: a file that need not be there yet, or the address of an empty database;
    ``download``: what ``/bench/download`` streams.
    """
    environment = {**os.environ, _PLACE: str(place), _FILE: str(download)}
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.central"],
        cwd=Path(__file__).resolve().parents[1],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    watch = threading.Timer(60, process.kill)
    watch.start()
    try:
        url = next(
            line.removeprefix(_LISTENS).strip()
            for line in process.stdout
            if line.startswith(_LISTENS)
        )
        watch.cancel()
        setup = {
            "team_name": TEAM_NAME,
            "person": {"id": PERSON, "name": "Lotte Brakel"},
            "secret": SECRET,
        }
        team = httpx.post(f"{url}{routes.SETUP}", json=setup, trust_env=False, timeout=30)
        yield Running(url, process.pid, team.raise_for_status().json()["id"])
    finally:
        watch.cancel()
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


if __name__ == "__main__":
    serve()
