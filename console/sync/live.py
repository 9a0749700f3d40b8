"""Live news: central's events, and the long poll where events do not come through (sync.md §8).

An event is only a hint that something came. What came is always pulled.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from console.domain.clock import Clock
from console.sync import policy
from console.sync.failures import Answered, LineDown, Silent
from console.sync.gateway import Gateway
from console.sync.line import Event
from console.sync.policy import Jitter, Pace
from console.sync.status import Colleague, StatusBoard

log = logging.getLogger(__name__)

SILENT_TRIES = 2
MOST_COLLEAGUES = 500
LONGEST = 120


class LiveNews:
    """Listens to central beside the exchanges, for whoever is signed in.

    ``hint`` is called with central's number after every commit there, ``again`` when the line
    was lost or central changed its ways, ``wait`` is one long poll. Never raises.
    """

    def __init__(
        self,
        gateway: Gateway,
        board: StatusBoard,
        clock: Clock,
        pace: Pace,
        jitter: Jitter,
        *,
        hint: Callable[[int], None],
        again: Callable[[], None],
        wait: Callable[[], Awaitable[None]],
    ) -> None:
        self._gateway = gateway
        self._board = board
        self._clock = clock
        self._pace = pace
        self._jitter = jitter
        self._hint = hint
        self._again = again
        self._wait = wait
        self._restart = asyncio.Event()
        self._last_id = ""
        self._silent = 0
        self._failures = 0
        self._retry_s: float | None = None
        self._events_after = 0.0
        self._works = asyncio.Event()
        self._firm = False

    def line_works(self) -> None:
        """An exchange came through after an outage: do not sit out a pause that it began.

        Desks that come back are spread already by their exchanges. A pause that central itself
        asked for is kept.
        """
        if not self._firm:
            self._works.set()

    def restart(self) -> None:
        """Begin anew: another person signed in, or nobody is signed in any more."""
        self._last_id, self._silent, self._failures, self._retry_s = "", 0, 0, None
        self._restart.set()

    async def run(self) -> None:
        """Listen until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._restart.clear()
                listening = group.create_task(self._listen())
                try:
                    await self._restart.wait()
                finally:
                    listening.cancel()
                await asyncio.wait([listening])

    async def _listen(self) -> None:
        try:
            while self._gateway.session is not None:
                if self._must_poll():
                    pause = await self._tried(self._poll())
                else:
                    pause = await self._tried(self._hear())
                await self._rest(pause)
        finally:
            self._stands(False)

    async def _rest(self, pause: float) -> None:
        self._works.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._works.wait(), pause)

    def _must_poll(self) -> bool:
        """Say whether events do not come through here, for now."""
        if self._silent < SILENT_TRIES:
            return False
        if self._clock.monotonic() < self._events_after:
            return True
        # Once more: the proxy that held the events back may be gone.
        self._silent = SILENT_TRIES - 1
        return False

    async def _tried(self, attempt: Awaitable[None]) -> float:
        """Do one attempt; returns the seconds to wait before the next."""
        self._firm = False
        try:
            await attempt
            self._failures = 0
        except Answered as refused:
            self._failures += 1
            self._firm = True
            log.info("no live news: %s", refused)
            self._again()
            if refused.status in (404, 405, 406, 501) and self._silent < SILENT_TRIES:
                self._no_events()
            return policy.backoff(self._failures, self._pace, self._jitter, refused.retry_after_s)
        except LineDown as trouble:
            self._failures += 1
            log.info("live news stopped: %s", trouble)
        except Exception as bug:
            self._failures += 1
            nameless = RuntimeError(type(bug).__name__)
            log.error("live news failed", exc_info=(RuntimeError, nameless, bug.__traceback__))
        if self._failures == 0:
            return 0.0
        if self._failures == 1 and self._retry_s is not None:
            return self._jitter(0.0, 2 * self._retry_s)
        return policy.pause_after(
            self._failures, self._pace, self._jitter, elsewhere=not self._gateway.embedded
        )

    async def _hear(self) -> None:
        session = self._gateway.session
        if session is None:
            return
        heard = False
        try:
            async with self._gateway.events(session.team.id, self._last_id) as events:
                async for event in events:
                    heard = True
                    self._silent = self._failures = 0
                    self._stands(True)
                    if await self._take(event):
                        return
            raise LineDown("the stream ended")
        except Silent:
            if not heard:
                self._silent += 1
                if self._silent >= SILENT_TRIES:
                    self._no_events()
            raise
        finally:
            self._stands(False)

    def _no_events(self) -> None:
        self._silent = SILENT_TRIES
        self._events_after = self._clock.monotonic() + self._pace.events_again

    async def _poll(self) -> None:
        try:
            await self._wait()
        except BaseException:
            self._stands(False)
            raise
        self._stands(True)

    async def _take(self, event: Event) -> bool:
        """Do what an event asks; True: the stream must be opened anew."""
        self._last_id = event.id or self._last_id
        if event.retry_s is not None:
            self._retry_s = min(max(event.retry_s, 0.0), self._pace.cap)
        if event.name == "head":
            number = event.data.get("head")
            if isinstance(number, int):
                self._hint(number)
        elif event.name == "presence":
            self._board.change(colleagues=_colleagues(event.data, self._gateway.device))
        elif event.name == "session-expiring":
            await self._gateway.renew_ahead()
            return True
        elif event.name == "schema-changed":
            self._again()
        return False

    def _stands(self, up: bool) -> None:
        was = self._board.now.live
        if up:
            self._board.change(live=True)
        else:
            self._board.change(live=False, colleagues=())
            if was:
                self._again()


def _colleagues(data: dict[str, Any], own: str) -> tuple[Colleague, ...]:
    """Read who is there; this desk itself and what has another shape are left out."""
    people = data.get("people")
    if not isinstance(people, list):
        return ()
    found = {
        Colleague(*(str(one.get(name) or "")[:LONGEST] for name in Colleague._fields))
        for one in people[:MOST_COLLEAGUES]
        if isinstance(one, dict) and one.get("device") != own and one.get("person")
    }
    return tuple(sorted(found))
