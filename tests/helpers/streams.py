"""Listens to live news of a real central inside the process, event by event."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from console.sync.inprocess import InProcess
from contract import routes
from tests.helpers.central_line import SECRET, CentralLine, new_id

PATIENCE_S = 30


@dataclass(frozen=True)
class Event:
    """One event as it came."""

    sort: str
    data: dict[str, Any]
    mark: str = ""


@dataclass
class Listener:
    """One open stream; ``events`` grows while it is read."""

    events: list[Event] = field(default_factory=list)
    retry_ms: int = 0
    pings: int = 0
    ended: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def of(self, sort: str) -> list[dict[str, Any]]:
        """Return the data of every event of a sort so far."""
        return [event.data for event in self.events if event.sort == sort]

    def head(self) -> int:
        """Return the newest head told; -1 before the first."""
        heads = self.of("head")
        return int(heads[-1]["head"]) if heads else -1

    def people(self) -> list[dict[str, Any]]:
        """Return who is there by the newest word of it."""
        found = self.of("presence")
        return list(found[-1]["people"]) if found else []

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until something has come about."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                assert not self.ended, f"the stream ended before {what}: {self.events}"
                self.changed.clear()
                await self.changed.wait()

    async def end(self) -> None:
        """Wait until central ends the stream."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.ended:
                self.changed.clear()
                await self.changed.wait()

    async def read(self, answer: httpx.Response) -> None:
        """Read the stream to its end."""
        block: dict[str, str] = {}
        try:
            async for line in answer.aiter_lines():
                self._line(line, block)
        finally:
            self.ended = True
            self.changed.set()

    def _line(self, line: str, block: dict[str, str]) -> None:
        if line.startswith(":"):
            self.pings += 1
        elif line:
            name, _, value = line.partition(": ")
            block[name] = value
        elif block:
            if "retry" in block:
                self.retry_ms = int(block["retry"])
            if "event" in block:
                event = Event(block["event"], json.loads(block["data"]), block.get("id", ""))
                self.events.append(event)
            block.clear()
        self.changed.set()


class Desks:
    """Several desks at one central, all in one event loop."""

    def __init__(self, http: httpx.AsyncClient, line: CentralLine, group: asyncio.TaskGroup):
        self.http = http
        self.line = line
        self._group = group

    async def sign_in(self, person: str = "", device: str = "") -> str:
        """Sign somebody in at a device of their own; returns the token."""
        device = device or new_id()
        answer = await self.http.post(
            routes.SESSIONS,
            json={
                "grant": "embedded",
                "person": person or self.line.person,
                "secret": SECRET,
                "device": {"id": device, "name": f"Post {device[-4:]}"},
            },
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["access_token"])

    async def push(self, *ops: dict[str, Any], token: str = "") -> httpx.Response:
        """Push ops as the first person, or whoever the token stands for."""
        answer = await self.http.post(
            routes.ops(self.line.team), json={"ops": list(ops)}, headers=self._who(token)
        )
        assert answer.status_code == 200, answer.text
        results = answer.json()["results"]
        assert all(one["status"] == "applied" for one in results), results
        return answer

    @contextlib.asynccontextmanager
    async def listen(self, token: str = "", **headers: str) -> AsyncIterator[Listener]:
        """Listen for as long as the block lasts."""
        listener = Listener()
        sent = {**self._who(token), **{k.replace("_", "-"): v for k, v in headers.items()}}
        async with self.http.stream("GET", routes.events(self.line.team), headers=sent) as answer:
            assert answer.status_code == 200, await answer.aread()
            task = self._group.create_task(listener.read(answer))
            try:
                yield listener
            finally:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    def _who(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token or self.line.token}"}


async def come_about(condition: Callable[[], object]) -> None:
    """Wait until something that tells nobody has come about."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.002)


@contextlib.asynccontextmanager
async def desks(line: CentralLine) -> AsyncIterator[Desks]:
    """Give desks at a central inside the process."""
    async with (
        InProcess(line.app) as transport,
        asyncio.TaskGroup() as group,
        httpx.AsyncClient(
            transport=transport, base_url="http://central", timeout=PATIENCE_S
        ) as http,
    ):
        yield Desks(http, line, group)
