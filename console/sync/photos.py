"""Carries the content of photos beside the exchanges: up part by part, down by range (sync.md §8).

It never holds the engine's lock: reports, posts and claims go on while a photo is under way, and
every part is kept note of, so that a desk that dies goes on where central says it was.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TypeVar

from console.domain.changes import Changes
from console.domain.clock import Clock, stamp
from console.domain.failures import StorageTrouble
from console.domain.photo import BlobTask
from console.domain.settled import Settled
from console.storage import blobs as content
from console.storage import photos
from console.storage.database import Connection, Store
from console.sync import policy
from console.sync.blobs import BlobLine, Elsewhere
from console.sync.failures import Answered, LineDown, Slow
from console.sync.gateway import Gateway
from console.sync.policy import Jitter, Pace
from contract import blobs
from contract.problems import ProblemCode
from contract.vocabulary import OpStatus

log = logging.getLogger(__name__)

T = TypeVar("T")

PART_LEAST = 16 * 1024
"""Bytes to send or fetch at once over the thinnest line."""

QUICK_S = 10.0
"""A part that took longer is not made larger the next time."""

DETOURS = 8
"""How often central may name another offset before the desk comes back later."""

ANEW = 3
"""How often an upload whose sum was wrong is begun anew."""

_REFUSED = {
    ProblemCode.BLOB_TYPE: OpStatus.INVALID,
    ProblemCode.BLOB_NOT_BARE: OpStatus.INVALID,
    ProblemCode.TOO_LARGE: OpStatus.INVALID,
    ProblemCode.BATCH_INVALID: OpStatus.INVALID,
    ProblemCode.FORBIDDEN: OpStatus.DENIED,
}


class PhotoCarrier:
    """One content at a time. ``publish``, ``tell`` and ``sent`` hear what came of it.

    ``sent`` is called when an op that waited for its content may go.
    """

    def __init__(
        self,
        store: Store,
        gateway: Gateway,
        clock: Clock,
        pace: Pace,
        jitter: Jitter,
        *,
        publish: Callable[[Changes], None],
        tell: Callable[[Settled], None],
        sent: Callable[[], None],
    ) -> None:
        self._store = store
        self._gateway = gateway
        self._line = BlobLine(gateway)
        self._clock = clock
        self._pace = pace
        self._jitter = jitter
        self._publish = publish
        self._tell = tell
        self._sent = sent
        self._rung = asyncio.Event()
        self._part = blobs.CHUNK

    def ring(self) -> None:
        """An exchange came through: look for content to carry. On the engine's loop only."""
        self._rung.set()

    async def run(self) -> None:
        """Carry whatever is due after every exchange that came through, until cancelled."""
        while True:
            await self._rung.wait()
            self._rung.clear()
            while await self.step():
                pass

    async def step(self) -> bool:
        """Carry one content as far as it goes; says whether to look for another. Never raises."""
        session = self._gateway.session
        if session is None:
            return False
        task = None
        try:
            task = await self._write(
                partial(content.due, person=session.person.id, now=self._now())
            )
            if task is None:
                return False
            if task.upward:
                await self._up(session.team.id, task)
            else:
                await self._down(session.team.id, task)
            return True
        except (LineDown, Answered) as trouble:
            return await self._troubled(task, trouble)
        except StorageTrouble as trouble:
            log.warning("a photo waits: %s", trouble.problem.code)
        except Exception as trouble:
            # The type and the place only: the words of an exception may hold what somebody typed.
            nameless = RuntimeError(type(trouble).__name__)
            log.error("photo failed", exc_info=(RuntimeError, nameless, trouble.__traceback__))
            with suppress(StorageTrouble):
                await self._rest(task, None)
        return False

    async def _up(self, team: str, task: BlobTask) -> None:
        held = await self._line.look(team, task.sha256)
        detours = 0
        while held is not None:
            if held >= task.size:
                raise LineDown("central holds all bytes and not the whole")
            part = await self._write(
                partial(content.part, sha256=task.sha256, start=held, most=self._part)
            )
            if not part:
                # Neither central nor this desk has it any more.
                await self._refuse(task, "blob-missing", OpStatus.INVALID)
                return
            self._same_person(task)
            began = self._clock.monotonic()
            try:
                held = await self._line.send(team, task.sha256, held, task.size, part)
            except Elsewhere as there:
                detours += 1
                if detours > DETOURS:
                    raise LineDown("central names another offset every time") from None
                held = there.offset
            else:
                self._grow(began)
                held = None if held >= task.size else held
            if held is not None:
                await self._write(partial(content.moved, task=task, offset=held))
                await self._show(task)
        await self._write(partial(content.done, task=task))
        await self._show(task)
        self._sent()

    async def _down(self, team: str, task: BlobTask) -> None:
        while True:
            start = await self._write(partial(content.fetched, sha256=task.sha256))
            end = min(start + self._part, task.size)
            began = self._clock.monotonic()
            piece = await self._line.fetch(team, task.sha256, start, end)
            self._grow(began)
            whole = await self._write(
                partial(content.take, task=task, start=start, data=piece, now=self._now())
            )
            if whole:
                await self._show(task)
                return
            if end == task.size:
                raise LineDown("the content does not fit its hash")

    def _grow(self, began: float) -> None:
        if self._clock.monotonic() - began < QUICK_S:
            self._part = min(blobs.CHUNK, self._part * 2)

    async def _troubled(self, task: BlobTask | None, trouble: LineDown | Answered) -> bool:
        """Decide what a failure asks; says whether other content may still be carried."""
        log.info("photo not carried: %s", trouble)
        if task is None:
            return False
        try:
            if isinstance(trouble, Answered) and not trouble.foreign:
                return await self._answered(task, trouble)
            if isinstance(trouble, Slow) or (
                isinstance(trouble, Answered) and trouble.status == 413
            ):
                self._part = max(PART_LEAST, self._part // 2)
            await self._rest(task, None)
        except StorageTrouble as full:
            log.warning("a photo waits: %s", full.problem.code)
        return False

    async def _answered(self, task: BlobTask, answer: Answered) -> bool:
        code = answer.code
        if not task.upward and answer.status == 404:
            await self._write(partial(content.gone, task=task))
            await self._show(task)
            return True
        if not task.upward and code is ProblemCode.RANGE_NOT_SATISFIABLE:
            await self._write(partial(content.drop, sha256=task.sha256))
        if task.upward and code in _REFUSED and (task.person or code is not ProblemCode.FORBIDDEN):
            await self._refuse(task, code.value, _REFUSED[code])
            return True
        if task.upward and code is ProblemCode.CHECKSUM:
            sound = await self._write(partial(content.is_sound, sha256=task.sha256))
            if not sound or task.tries + 1 >= ANEW:
                await self._refuse(task, code.value, OpStatus.INVALID)
                return True
            await self._write(partial(content.moved, task=task, offset=0))
        await self._rest(task, answer.retry_after_s)
        # Signed out or a full disk at central holds for every photo.
        return False

    async def _refuse(self, task: BlobTask, code: str, status: OpStatus) -> None:
        now = self._now()
        settled = await self._write(
            partial(photos.refuse_content, task=task, code=code, status=status, now=now)
        )
        self._tell(settled)

    async def _rest(self, task: BlobTask | None, after_s: float | None) -> None:
        if task is None:
            return
        wait = policy.backoff(task.tries + 1, self._pace, self._jitter, after_s)
        next_at = stamp(self._clock.now() + timedelta(seconds=wait))
        await self._write(partial(content.rest, task=task, next_at=next_at))

    async def _show(self, task: BlobTask) -> None:
        self._publish(await self._write(partial(photos.made_of, sha256=task.sha256)))

    def _same_person(self, task: BlobTask) -> None:
        """Raise where somebody else sits here by now: they do not send it (I13)."""
        session = self._gateway.session
        if session is None or task.person not in (session.person.id, ""):
            raise LineDown("signed out meanwhile")

    async def _write(self, work: Callable[[Connection], T]) -> T:
        return await asyncio.wrap_future(self._store.write(work))

    def _now(self) -> str:
        return stamp(self._clock.now())
