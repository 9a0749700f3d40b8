"""Batch after batch to central; the next one goes out while the last one is being answered (§5).

What one batch waits for (the line, central's processor, its disk) the other does not use. Central
decides them in their order, and says so with its answers; until it did, one is under way at a time.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from uuid_utils import uuid7

from console.sync.collecting import seldom
from console.sync.failures import Answered
from console.sync.gateway import PushReply
from contract.op import Op
from contract.problems import ProblemCode

AT_ONCE = 2
"""How many batches of one desk are under way at most."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Ops that go out together; ``full``: more of them wait, as far as one can see."""

    ops: Sequence[Op]
    full: bool = False
    turn: str = field(default_factory=lambda: str(uuid7()))


Take = Callable[[], Awaitable[Batch | None]]
Send = Callable[[Batch, str], Awaitable[PushReply]]
Settle = Callable[[Batch, PushReply], Awaitable[None]]
Back = Callable[[Batch], None]


@dataclass(frozen=True, slots=True)
class _Under:
    """A batch under way; ``follows``: the turn of the one before it that was then under way."""

    batch: Batch
    follows: str
    sent: asyncio.Task[PushReply | Exception]


class Sending:
    """Sends what waits, batch after batch, and hands each answer on in the order of the batches.

    ``take`` gives the next batch, whose ops touch no record of those still under way; None: nothing
    waits. ``send`` sends it, with the turn it follows. ``back`` lets ops wait again that were not
    settled. ``patience``: seconds for one batch.
    """

    def __init__(
        self, take: Take, send: Send, settle: Settle, back: Back, *, patience: float
    ) -> None:
        self._take = take
        self._send = send
        self._settle = settle
        self._back = back
        self._patience = patience
        self._in_order: bool | None = None
        self.stopped_at: Sequence[Op] = ()
        """The ops of the batch at which the last run stopped."""

    def begin(self) -> None:
        """Forget what was known of this central."""
        self._in_order = None

    async def run(self) -> bool:
        """Send until nothing is left; says whether there was anything.

        Raises what stopped it. What was answered by then is settled, all else waits again.
        """
        under: deque[_Under] = deque()
        trouble: Exception | None = None
        any_sent = False
        with seldom:
            async with asyncio.TaskGroup() as group:
                try:
                    while True:
                        async with asyncio.timeout(self._patience):
                            while self._room(under) and (batch := await self._take()):
                                follows = under[-1].batch.turn if under else ""
                                sent = group.create_task(self._sent(batch, follows))
                                under.append(_Under(batch, follows, sent))
                            if not under:
                                break
                            any_sent = True
                            await self._answered(under[0])
                        under.popleft()
                except Exception as found:
                    trouble = found
                finally:
                    self.stopped_at = under[0].batch.ops if under else ()
                    for one in under:
                        one.sent.cancel()
                        self._back(one.batch)
        if trouble is not None:
            raise trouble
        return any_sent

    def _room(self, under: Sequence["_Under"]) -> bool:
        if not under:
            return True
        return bool(self._in_order) and len(under) < AT_ONCE and under[-1].batch.full

    async def _answered(self, one: "_Under") -> None:
        found = await one.sent
        if one.follows and isinstance(found, Answered) and found.code is ProblemCode.TOO_EARLY:
            # Another process of central has it, or it was started anew: one at a time from here on.
            self._in_order = False
            self._back(one.batch)
            return
        if isinstance(found, Exception):
            raise found
        await self._settle(one.batch, found)
        if self._in_order is None and found.turn == one.batch.turn:
            self._in_order = True

    async def _sent(self, batch: Batch, follows: str) -> PushReply | Exception:
        """Return what came of a request: a failure of one that went ahead must not end the first."""
        try:
            return await self._send(batch, follows)
        except Exception as trouble:
            return trouble
