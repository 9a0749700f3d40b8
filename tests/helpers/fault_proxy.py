"""A line between two real ports that goes wrong as lines do: late, cut, silent, doubled, half.

It knows nothing of what it carries. A plan is drawn for every new connection, so a test says what
befalls the next one.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from collections import deque
from dataclasses import dataclass, replace
from typing import Self

PIECE = 65_536
_ENDS_IN_RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """What befalls one connection; with nothing said it is a good line.

    ``latency_s`` and ``jitter_s`` delay every piece. ``up`` is how many bytes from the client get
    through and ``down`` how many from the server; then comes ``then``: ``cut`` (both ends closed),
    ``reset`` (both ends RST), ``hole`` (bytes vanish, both ends stay open) or ``half`` (the server
    is let go, the client hears nothing of it). ``twice``: what the client sent is sent to the
    server again on a connection of its own after the first answer, and the client gets the second
    answer. ``lose_answer``: the server's whole answer is thrown away and the client cut.
    ``piece`` and ``pause_s``: the client takes so many bytes of the answer at a time.
    """

    latency_s: float = 0.0
    jitter_s: float = 0.0
    up: int | None = None
    down: int | None = None
    then: str = "cut"
    twice: bool = False
    lose_answer: bool = False
    piece: int = PIECE
    pause_s: float = 0.0


GOOD = Plan()


class FaultProxy:
    """Listens on a free port of this computer and carries to ``port``. Use as ``async with``.

    ``plans`` are used up one per connection, then ``always`` holds. ``passed`` counts the bytes of
    all connections up and down, ``connections`` how many there were. ``to`` may be changed.
    """

    def __init__(self, port: int, *, seed: int = 0) -> None:
        self.to = port
        self._luck = random.Random(seed)
        self.plans: deque[Plan] = deque()
        self.always = GOOD
        self.connections = 0
        self.passed = [0, 0]
        self.dead = False
        """While true nobody answers at the address: a new connection is reset at once."""
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._arrived, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.sever()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """The address to give a client."""
        return f"http://127.0.0.1:{self.port}"

    def sever(self) -> None:
        """Reset every connection that stands."""
        for writer in tuple(self._open):
            _reset(writer)

    async def _arrived(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._open.add(writer)
        self.connections += 1
        plan = self.plans.popleft() if self.plans else self.always
        try:
            if self.dead:
                _reset(writer)
            elif plan.twice or plan.lose_answer:
                await self._again(plan, reader, writer)
            else:
                await self._carry(plan, reader, writer)
        except (OSError, asyncio.CancelledError):
            # Ended by ``__aexit__``: the server of asyncio takes a cancelled one for a bug.
            _reset(writer)
        finally:
            self._open.discard(writer)
            await _close(writer)

    async def _carry(
        self, plan: Plan, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        there, onward = await asyncio.open_connection("127.0.0.1", self.to)
        self._open.add(onward)
        try:
            async with asyncio.TaskGroup() as group:
                up = self._way(replace(plan, piece=PIECE, pause_s=0.0), reader, onward, 0)
                down = self._way(plan, there, writer, 1)
                ways = [group.create_task(up), group.create_task(down)]
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                for way in ways:
                    way.cancel()
            if plan.then == "reset" and (plan.up is not None or plan.down is not None):
                _reset(writer)
                _reset(onward)
        finally:
            self._open.discard(onward)
            await _close(onward)

    async def _way(
        self, plan: Plan, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, side: int
    ) -> None:
        """Carry bytes one way until an end is closed or what may pass has passed."""
        left = (plan.up, plan.down)[side]
        stays = plan.then in ("hole", "half") and (plan.up is not None or plan.down is not None)
        try:
            while left is None or left > 0:
                data = await reader.read(PIECE if left is None else min(PIECE, left))
                if not data:
                    break
                await self._pass_on(plan, data, writer)
                self.passed[side] += len(data)
                if left is not None:
                    left -= len(data)
            if not stays:
                return
            if plan.then == "half" and left == 0:
                _reset(writer if side == 0 else reader._transport)  # type: ignore[attr-defined]
            while await reader.read(PIECE):
                pass  # what comes now vanishes
        except OSError:
            if not stays:
                return
        if side == 1:
            # The client hears nothing of it and is let go when it gives up itself.
            await asyncio.Event().wait()

    async def _pass_on(self, plan: Plan, data: bytes, writer: asyncio.StreamWriter) -> None:
        if plan.latency_s or plan.jitter_s:
            await asyncio.sleep(plan.latency_s + self._luck.uniform(0.0, plan.jitter_s))
        for start in range(0, len(data), plan.piece):
            writer.write(data[start : start + plan.piece])
            await writer.drain()
            if plan.pause_s:
                await asyncio.sleep(plan.pause_s)

    async def _again(
        self, plan: Plan, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Have requests done twice, or done and never answered; one request at a time."""
        while request := await _message(reader):
            answer = await self._ask(request)
            if plan.lose_answer:
                return
            writer.write(await self._ask(request) if plan.twice else answer)
            await writer.drain()

    async def _ask(self, request: bytes) -> bytes:
        there, onward = await asyncio.open_connection("127.0.0.1", self.to)
        self._open.add(onward)
        try:
            onward.write(request)
            await onward.drain()
            return await _message(there)
        finally:
            self._open.discard(onward)
            await _close(onward)


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Read one request or answer, by its length or its chunks; empty at the end of the line.

    An answer without either has no body here.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    lines = head.lower().split(b"\r\n")
    for line in lines:
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return head + await reader.readexactly(int(value))
        if name == b"transfer-encoding" and value.strip() == b"chunked":
            return head + await _chunks(reader)
    return head


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = bytearray()
    while True:
        size = await reader.readuntil(b"\r\n")
        found += size + await reader.readexactly(int(size, 16) + 2)
        if int(size, 16) == 0:
            return bytes(found)


def _reset(end: asyncio.StreamWriter | asyncio.WriteTransport) -> None:
    """End a connection so that the other end hears RST."""
    transport = end.transport if isinstance(end, asyncio.StreamWriter) else end
    with contextlib.suppress(OSError, AttributeError):
        own = transport.get_extra_info("socket")
        own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ENDS_IN_RESET)
    transport.abort()


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
