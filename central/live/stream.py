"""One open stream on the line: an ASGI answer that ends when the reader does, or the session."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import Response

from central.live.frames import PING, retry
from central.live.hub import Live
from contract import routes

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]


class EventStream(Response):
    """Sends what comes into the mailbox, a ping where nothing does; never compressed.

    A reader that takes nothing for ``pace.send`` seconds is dropped.
    """

    media_type = routes.EVENT_STREAM

    def __init__(
        self, live: Live, *, team: str, person: str, device: str, access_hash: str, seen: str
    ) -> None:
        super().__init__(headers={"X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._live = live
        self._who = (team, person, device, access_hash, seen)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Run the stream to its end."""
        stream = self._live.join(*self._who)
        try:
            async with asyncio.TaskGroup() as group:
                writing = group.create_task(self._write(stream.mailbox, send))
                leaving = group.create_task(_left(receive))
                await asyncio.wait((writing, leaving), return_when=asyncio.FIRST_COMPLETED)
                writing.cancel()
                leaving.cancel()
        finally:
            self._live.leave(stream)

    async def _write(self, mailbox: Any, send: Send) -> None:
        pace = self._live.pace
        spread = pace.retry_to_ms - pace.retry_from_ms
        pause = pace.retry_from_ms + secrets.randbelow(spread + 1)
        try:
            await self._give(
                send,
                {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                },
            )
            await self._give(send, _piece(retry(pause)))
            more = True
            while more:
                events, more = await mailbox.take(pace.ping)
                if events or more:
                    await self._give(send, _piece(b"".join(events) or PING))
            await self._give(send, {"type": "http.response.body", "body": b"", "more_body": False})
        except (TimeoutError, OSError):
            return  # nobody takes it any more

    async def _give(self, send: Send, message: Message) -> None:
        async with asyncio.timeout(self._live.pace.send):
            await send(message)


def _piece(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": True}


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
