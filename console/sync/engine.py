"""One loop, one lock: push until empty, pull until there is no more (sync.md §7, §10).

The engine runs on the event loop of ``console.sync.thread`` and reaches the local file only
through ``Local``.
"""

import asyncio
import logging
import random
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from console.domain.changes import Changes
from console.domain.clock import Clock
from console.domain.failures import StorageTrouble
from console.domain.settled import OutboxCounts, Settled
from console.storage.database import Store
from console.sync import policy
from console.sync.failures import Answered, LineDown
from console.sync.gateway import Gateway
from console.sync.local import Local
from console.sync.policy import Jitter, Pace, Verdict
from console.sync.resync import fetch_all, offer_again
from console.sync.status import StatusBoard, SyncState
from contract import routes
from contract.messages import ServiceDocument, Session
from contract.op import Op

log = logging.getLogger(__name__)

SettledListener = Callable[[Settled], None]


class SyncEngine:
    """Carries ops to central and changes back, for the person who is signed in.

    Ops of other persons wait (I13). What central answered and what came in is published through
    ``store.publish``, like every local write.
    """

    def __init__(
        self,
        store: Store,
        gateway: Gateway,
        clock: Clock,
        *,
        pace: Pace | None = None,
        jitter: Jitter = random.uniform,
    ) -> None:
        self.status = StatusBoard()
        self.gateway = gateway
        self._store = store
        self._local = Local(store, clock)
        self._pace = pace or Pace()
        self._jitter = jitter
        self._lock = asyncio.Lock()
        self._woken = asyncio.Event()
        self._urged = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0
        self._limit = routes.MAX_OPS
        self._refusals: dict[str, int] = {}
        self._failures = 0
        self._settled: list[SettledListener] = []
        store.subscribe(self._on_changes)

    def on_settled(self, listener: SettledListener) -> None:
        """Have a listener called with what came of every batch: claims lost, ops to decide.

        It is called on the engine's thread.
        """
        self._settled.append(listener)

    def wake(self) -> None:
        """Look for ops to send soon; from any thread. A pause after a failure is sat out."""
        self._set(self._woken)

    def urge(self) -> None:
        """Try now, a pause after a failure or not; from any thread."""
        self._set(self._urged, self._woken)

    async def service_document(self) -> ServiceDocument:
        """Ask central what it is and, where it runs here, which teams and people it has."""
        return await self.gateway.service_document()

    async def set_up(self, team_name: str, person_id: str, person_name: str) -> Session:
        """Make the first team and person, sign them in and fetch what a team starts with.

        Again for the same person it changes nothing. Raises ``LineDown`` or ``Answered``.
        """
        await self.gateway.set_up(team_name, person_id, person_name)
        return await self.sign_in(person_id)

    async def sign_in(self, person_id: str, *, exchange: bool = True) -> Session:
        """Sign somebody in; the one before is signed out, their ops wait.

        Returns after the first exchange with central, so that what the desk shows is up to date;
        without ``exchange`` the caller asks for one itself (``step``). Raises ``LineDown`` or
        ``Answered`` when central did not let them in.
        """
        async with self._lock:
            session = await self.gateway.sign_in(person_id)
            self._failures = 0
            self.status.change(state=SyncState.CONNECTING, trouble="", sentence="")
        if exchange:
            await self.step()
            self.urge()
        return session

    async def sign_out(self) -> None:
        """Sign out. The line may be down: here it is done at once all the same."""
        async with self._lock:
            try:
                await self.gateway.sign_out()
            except (LineDown, Answered) as trouble:
                log.info("sign-out not heard by central: %s", trouble)
            self.status.change(state=SyncState.SIGNED_OUT, queue=0, oldest_at="", tray=0)

    async def run(self, stopping: asyncio.Event) -> None:
        """Exchange whenever there is something to send, and at every poll, until stopped."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        await self._local.tidy()
        while not stopping.is_set():
            pause = await self.step()
            # After a failure only somebody who asks for it cuts the pause short.
            await self._rest(self._urged if self._failures else self._woken, pause)
            self._woken.clear()
            self._urged.clear()

    async def step(self) -> float:
        """Do one whole exchange; returns the seconds to wait before the next. Never raises."""
        async with self._lock:
            if self.gateway.session is None:
                return self._pace.cap
            try:
                await self._cycle()
                self._failures = 0
                await self._show(
                    state=SyncState.LIVE, at=self._local.now(), trouble="", sentence=""
                )
                return self._pace.poll
            except Answered as answer:
                return await self._refused(answer)
            except Exception as trouble:
                return await self._failed(*_sorted_out(trouble))

    async def _cycle(self) -> None:
        if self.status.now.state is not SyncState.LIVE:
            self.status.change(state=SyncState.CATCHING_UP)
        while True:
            while await self._watched(self._push()):
                pass
            while await self._watched(self._pull()):
                pass
            if not await self._watched(self._push()):
                return

    async def _watched(self, step: Coroutine[Any, Any, bool]) -> bool:
        """Do a step; one that makes no progress for too long is given up and done again."""
        async with asyncio.timeout(self._pace.watchdog):
            return await step

    async def _push(self) -> bool:
        """Send one batch; says whether there was one."""
        session = self._session()
        found = await self._local.next_batch(session.person.id, self._limit)
        if not found:
            return False
        ops = policy.fitting(found, self._limit)
        waiting = list(found)
        try:
            position = await self._local.position(session.team.id)
            reply = await self.gateway.push(session.team.id, ops, position.witness)
            settled = await self._local.settle(session.team.id, ops, reply.results, reply.anchor)
            sent = {op.op_id for op in ops}
            waiting = [op for op in found if op.op_id not in sent]
        except Answered as answer:
            if policy.verdict(answer) is not Verdict.SPLIT:
                raise
            await self._split(ops)
            return True
        finally:
            if waiting:
                self._local.put_back(waiting)
        self._tell(settled)
        self._limit = min(routes.MAX_OPS, self._limit * 2)
        if not {result.op_id for result in reply.results} & sent:
            raise LineDown("central answered none of the ops")
        return True

    async def _split(self, ops: Sequence[Op]) -> None:
        """Halve the batch until what spoils it stands alone; that goes to the tray."""
        if not policy.alone(ops):
            self._limit = max(1, len(ops) // 2)
            return
        first = ops[0].op_id
        self._refusals[first] = self._refusals.get(first, 0) + 1
        if self._refusals[first] < policy.POISON_REFUSALS:
            return
        del self._refusals[first]
        for op in ops:
            self._tell(await self._local.poison(op))

    async def _pull(self) -> bool:
        """Fetch one page and apply it whole; says whether there is more."""
        team = self._session().team.id
        position = await self._local.position(team)
        page = await self.gateway.changes(
            team, position.cursor, limit=routes.PAGE_DEFAULT, witness=position.witness
        )
        if page.cursor == position.cursor and not page.records:
            return page.more
        changes = await self._local.apply(team, page, position.cursor)
        if changes is None:
            return True
        self._publish(changes)
        return page.more

    async def _refused(self, answer: Answered) -> float:
        verdict = policy.verdict(answer)
        code = answer.code.value if answer.code else str(answer.status)
        if verdict is Verdict.SIGNED_OUT:
            return await self._failed(SyncState.SIGNED_OUT, code)
        if verdict is Verdict.UPGRADE:
            return await self._failed(SyncState.UPGRADE_NEEDED, code)
        if verdict in (Verdict.RESYNC, Verdict.REWOUND):
            return await self._resync(code, rewound=verdict is Verdict.REWOUND)
        sentence = answer.detail if code == "storage-unusable" else ""
        return await self._failed(SyncState.OFFLINE, code, sentence, answer.retry_after_s)

    async def _resync(self, code: str, *, rewound: bool) -> float:
        """Fetch everything again; the next step follows at once, unless this goes on and on."""
        self.status.change(state=SyncState.RESYNCING, trouble=code)
        session = self._session()
        try:
            self._publish(await fetch_all(self._local, self.gateway, session.team.id))
            if rewound:
                async for settled in offer_again(self._local, self.gateway, session):
                    self._tell(settled)
        except Exception as trouble:
            return await self._failed(*_sorted_out(trouble))
        self._failures += 1
        if self._failures == 1:
            return 0.0
        return policy.backoff(self._failures, self._pace, self._jitter)

    async def _failed(
        self, state: SyncState, trouble: str, sentence: str = "", after_s: float | None = None
    ) -> float:
        self._failures += 1
        log.info("exchange %s: %s", state.value, trouble)
        await self._show(state=state, trouble=trouble, sentence=sentence)
        return policy.backoff(self._failures, self._pace, self._jitter, after_s)

    async def _show(self, **parts: Any) -> None:
        session = self.gateway.session
        counts = OutboxCounts()
        if session is not None:
            try:
                counts = await self._local.counts(session.person.id)
            except StorageTrouble as trouble:
                parts["sentence"] = trouble.problem.sentence
        self.status.change(
            queue=counts.queue,
            oldest_at=counts.oldest_at,
            tray=counts.tray,
            others=counts.others,
            **parts,
        )

    async def _rest(self, event: asyncio.Event, seconds: float) -> None:
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return

    def _session(self) -> Session:
        session = self.gateway.session
        if session is None:
            raise LineDown("signed out")
        return session

    def _tell(self, settled: Settled) -> None:
        self._publish(settled.changes)
        for listener in tuple(self._settled):
            try:
                listener(settled)
            except Exception:
                log.exception("a listener of settled ops failed")

    def _publish(self, changes: Changes) -> None:
        self._store.publish(changes)

    def _on_changes(self, changes: Changes) -> None:
        # What the engine itself publishes needs no sending.
        if threading.get_ident() != self._thread:
            self.wake()

    def _set(self, *events: asyncio.Event) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            for event in events:
                loop.call_soon_threadsafe(event.set)


def _sorted_out(trouble: Exception) -> tuple[SyncState, str, str]:
    """Return how a failed exchange is shown; what is no failure of the line is logged as a bug."""
    if isinstance(trouble, LineDown):
        return SyncState.OFFLINE, str(trouble) or "line-down", ""
    if isinstance(trouble, Answered):
        return SyncState.OFFLINE, str(trouble), ""
    if isinstance(trouble, TimeoutError):
        return SyncState.OFFLINE, "watchdog", ""
    if isinstance(trouble, StorageTrouble):
        return SyncState.OFFLINE, trouble.problem.code, trouble.problem.sentence
    # The type and the place only: the words of an exception may hold what somebody typed.
    nameless = RuntimeError(type(trouble).__name__)
    log.error("exchange failed", exc_info=(RuntimeError, nameless, trouble.__traceback__))
    return SyncState.OFFLINE, "bug", ""
