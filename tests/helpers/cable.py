"""The cable between one desk and central, that a test may pull out and put back."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

PIECE = 65_536
WITHIN_S = 10.0


class Cable:
    """Carries bytes both ways at an address of its own; while out, every connection is broken."""

    def __init__(self, central: str) -> None:
        self._central = urlsplit(central)
        self._out = False
        self._ends: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: asyncio.Server = self._ask(self._listen())
        host, port = self._server.sockets[0].getsockname()[:2]
        self.url = f"http://{host}:{port}"

    def pull(self) -> None:
        """Take the cable out: what is under way breaks off."""
        self._ask(self._break())

    def put_back(self) -> None:
        """Let connections through again."""
        self._out = False

    def close(self) -> None:
        """Break every connection and stop listening."""
        self._ask(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WITHIN_S)
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WITHIN_S)

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._carry, "127.0.0.1", 0)

    async def _break(self) -> None:
        self._out = True
        for end in tuple(self._ends):
            end.transport.abort()

    async def _end(self) -> None:
        self._server.close()
        await self._break()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        far: asyncio.StreamWriter | None = None
        try:
            if self._out:
                return
            back, far = await asyncio.open_connection(self._central.hostname, self._central.port)
            self._ends.add(far)
            await asyncio.gather(_pump(reader, far), _pump(back, writer))
        except OSError:
            return
        finally:
            for end in (writer, far):
                if end is not None:
                    self._ends.discard(end)
                    end.close()
                    with contextlib.suppress(OSError):
                        await end.wait_closed()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        while piece := await source.read(PIECE):
            sink.write(piece)
            await sink.drain()
    finally:
        sink.close()
