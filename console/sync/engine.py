"""One loop, one lock: exchanges with central, live news beside them (sync.md §7, §8, §10).

The engine runs on the event loop of ``console.sync.thread`` and reaches the local file only
through ``Local``.
"""

import asyncio
import logging
import random
import threading
from collections.abc import Callable, Mapping
from typing import Any

from console.domain.changes import Changes
from console.domain.clock import Clock
from console.domain.failures import StorageTrouble
from console.domain.settled import OutboxCounts, Settled
from console.storage.database import Store
from console.sync import policy
from console.sync.alarm import Alarm
from console.sync.exchange import Exchange, Users
from console.sync.failures import FOREIGN, Answered, LineDown
from console.sync.gateway import Gateway
from console.sync.live import LiveNews
from console.sync.local import Local
from console.sync.looking import LookingKeys
from console.sync.photos import PhotoCarrier
from console.sync.policy import Jitter, Pace, Verdict
from console.sync.selfcheck import SelfCheck
from console.sync.status import StatusBoard, SyncState
from console.sync.witness import AuditWitness
from contract.messages import ServiceDocument, Session

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
        users: Users | None = None,
    ) -> None:
        self.status = StatusBoard()
        self.contact = ""
        """Stamp of the last whole exchange with a central elsewhere, over restarts too."""
        self.gateway = gateway
        self._store = store
        self._local = Local(store, clock)
        self._pace = pace or Pace()
        self._jitter = jitter
        self._exchange = Exchange(self._local, gateway, self._pace, store.publish, self._tell)
        self._exchange.users = users
        self._lock = asyncio.Lock()
        self._alarm = Alarm()

        async def wait() -> None:
            if await self._exchange.wait_for_news(self._lock):
                self._alarm.wake()

        def again() -> None:
            self._exchange.knows_central = False
            self._alarm.wake()

        self._news = LiveNews(
            gateway,
            self.status,
            clock,
            self._pace,
            jitter,
            hint=lambda head: self._alarm.hint(head, self._exchange.head),
            again=again,
            wait=wait,
        )
        self.photos = PhotoCarrier(
            store,
            gateway,
            clock,
            self._pace,
            jitter,
            publish=store.publish,
            tell=self._tell,
            sent=self._alarm.wake,
        )
        """What carries the content of photos, beside the exchanges."""
        self.looking = LookingKeys(store, gateway)
        """What people sign with when they look along, for central to know."""
        self._check = SelfCheck(self._local, gateway, clock, self._pace.check)
        self._thread = 0
        self._failures = 0
        self._person = ""
        self._settled: list[SettledListener] = []
        self._witness = AuditWitness(store, gateway, clock)
        gateway.keep = self._witness.heard
        if not gateway.embedded:
            self._witness.then = self._local.keep_session
            gateway.refused = self._on_session_refused
        store.subscribe(self._on_changes)

    def on_settled(self, listener: SettledListener) -> None:
        """Have a listener called with what came of every batch: claims lost, ops to decide.

        It is called on the engine's thread.
        """
        self._settled.append(listener)

    def wake(self) -> None:
        """Look for ops to send soon; from any thread. A pause after a failure is sat out."""
        self._alarm.wake()

    def urge(self) -> None:
        """Try now, a pause after a failure or not; from any thread."""
        self._alarm.urge()

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
        """Sign somebody in at the embedded central; the one before is signed out, their ops wait.

        Returns after the first exchange with central, so that what the desk shows is up to date;
        without ``exchange`` the caller asks for one itself (``step``). Raises ``LineDown`` or
        ``Answered`` when central did not let them in.
        """
        async with self._lock:
            await self._witness.begin()
            session = await self.gateway.sign_in(person_id)
            self._begin(session)
        await self._first(exchange)
        return session

    async def sign_in_with(
        self,
        account: str,
        password: str,
        code: str = "",
        proof: Mapping[str, str] | None = None,
        *,
        exchange: bool = True,
    ) -> Session:
        """Sign somebody in by account and password at a central elsewhere; else like ``sign_in``.

        ``code``: the six digits of the second factor. ``Answered`` with ``second-factor-required``
        asks for it. ``proof``: what the organisation's provider gave, instead of the first two. The
        session is kept in the encrypted file for ``resume``.
        """
        async with self._lock:
            await self._witness.begin()
            session = await self.gateway.sign_in_with(account, password, code, proof)
            self._begin(session)
        await self._first(exchange)
        return session

    async def resume(self, person_id: str, *, exchange: bool = True) -> Session | None:
        """Go on with the session kept for this person, with or without a line just now.

        None: nothing is kept, they sign in. Where central takes it no longer, the state becomes
        signed_out at the first exchange; the outbox stays. Roles in it are those of last time.
        """
        session = await self._local.kept_session(person_id)
        if session is None:
            return None
        async with self._lock:
            await self._witness.begin()
            self.gateway.resume(session)
            self._begin(session)
        await self._first(exchange)
        return session

    async def sign_out(self) -> None:
        """Sign out and forget the kept session. The line may be down: here it is done at once."""
        async with self._lock:
            session = self.gateway.session
            if session is not None and not self.gateway.embedded:
                self._local.forget_session(session.person.id)
            try:
                await self.gateway.sign_out()
            except (LineDown, Answered) as trouble:
                log.info("sign-out not heard by central: %s", trouble)
            self._nobody()

    async def step_aside(self) -> None:
        """Let somebody else sit down: nothing more is sent for this person, their session is kept.

        ``resume`` goes on with it while central still takes it (sync.md §9). The embedded central
        lets its people in again by itself, so there this signs out.
        """
        if self.gateway.embedded:
            await self.sign_out()
            return
        async with self._lock:
            self.gateway.step_aside()
            self._nobody()

    async def run(self, stopping: asyncio.Event) -> None:
        """Exchange whenever there is something to send, and at every poll, until stopped."""
        self._alarm.here()
        self._thread = threading.get_ident()
        await self._local.tidy(alone=self.gateway.embedded)
        self.contact = self.contact or await self._local.contact()
        async with asyncio.TaskGroup() as group:
            beside = [group.create_task(one.run()) for one in (self._news, self.photos)]
            while not stopping.is_set():
                await self._local.tidy(alone=self.gateway.embedded)
                self._alarm.starting()
                pause = await self.step()
                # The first pause after a failure only spreads the desks: an act ends it too.
                patient = self._failures > 1 or (self._failures == 1 and self.gateway.embedded)
                await self._alarm.rest(pause, self._exchange.head, patient=patient)
            for one in beside:
                one.cancel()

    async def step(self) -> float:
        """Do one whole exchange; returns the seconds to wait before the next. Never raises."""
        async with self._lock:
            if self.gateway.session is None:
                return self._pace.cap
            try:
                if self.status.now.state is not SyncState.LIVE:
                    self.status.change(state=SyncState.CATCHING_UP)
                await self._exchange.learn_central()
                await self.looking.hand_in()
                await self._exchange.cycle()
                if self._failures:
                    self._news.line_works()
                self._failures = 0
                self.photos.ring()
                await self._show(
                    state=SyncState.LIVE, at=self._local.now(), trouble="", sentence=""
                )
                if not self.gateway.embedded:
                    self.contact = self._local.now()
                    await self._local.had_contact()
                if self._check.due and not self.status.now.queue:
                    await self._compare()
                return self._pace.live_poll if self.status.now.live else self._pace.poll
            except Answered as answer:
                return await self._refused(answer)
            except Exception as trouble:
                return await self._failed(*_sorted_out(trouble))

    async def check(self) -> tuple[str, ...] | None:
        """Compare what the desk holds with central now; returns the kinds that differ.

        None: not comparable now. On a difference everything is fetched again (sync.md §7).
        Raises ``LineDown`` or ``Answered``.
        """
        async with self._lock:
            return await self._compare()

    async def _compare(self) -> tuple[str, ...] | None:
        session = self.gateway.session
        if session is None:
            return None
        wrong = await self._check.differing_kinds(session.team.id)
        if wrong is not None:
            self.status.change(suspect=wrong)
        if wrong:
            self.status.change(state=SyncState.RESYNCING)
            await self._exchange.resync(rewound=False)
            await self._show(state=SyncState.LIVE)
        return wrong

    async def _refused(self, answer: Answered) -> float:
        verdict = policy.verdict(answer)
        code = answer.code.value if answer.code else str(answer.status)
        if answer.foreign and answer.status < 500:
            code = FOREIGN
        if verdict is Verdict.SIGNED_OUT:
            return await self._failed(SyncState.SIGNED_OUT, code)
        if verdict is Verdict.UPGRADE:
            return await self._failed(SyncState.UPGRADE_NEEDED, code)
        if verdict is Verdict.REWOUND:
            self._witness.went_back()
        if verdict in (Verdict.RESYNC, Verdict.REWOUND):
            return await self._resync(code, rewound=verdict is Verdict.REWOUND)
        sentence = answer.detail if code == "storage-unusable" else ""
        return await self._failed(SyncState.OFFLINE, code, sentence, answer.retry_after_s)

    async def _resync(self, code: str, *, rewound: bool) -> float:
        """Fetch everything again; the next step follows at once, unless this goes on and on."""
        self.status.change(state=SyncState.RESYNCING, trouble=code)
        try:
            await self._exchange.resync(rewound=rewound)
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
        return policy.pause_after(
            self._failures,
            self._pace,
            self._jitter,
            after_s,
            elsewhere=not self.gateway.embedded,
        )

    async def _show(self, **parts: Any) -> None:
        counts = OutboxCounts()
        if self._person:
            try:
                counts = await self._local.counts(self._person)
            except StorageTrouble as trouble:
                parts["sentence"] = trouble.problem.sentence
        self.status.change(
            queue=counts.queue,
            oldest_at=counts.oldest_at,
            tray=counts.tray,
            others=counts.others,
            skew_s=self.gateway.times.skew_s,
            **parts,
        )

    def _begin(self, session: Session) -> None:
        self._failures = 0
        self._person = session.person.id
        self._exchange.begin()
        self.looking.begin()
        self._news.restart()
        self.status.change(
            state=SyncState.CONNECTING, trouble="", sentence="", suspect=(), colleagues=()
        )

    async def _first(self, exchange: bool) -> None:
        if exchange:
            await self.step()
            self.urge()

    def _nobody(self) -> None:
        self._person = ""
        self._news.restart()
        self.status.change(
            state=SyncState.SIGNED_OUT, queue=0, oldest_at="", tray=0, colleagues=(), live=False
        )

    def _tell(self, settled: Settled) -> None:
        self._store.publish(settled.changes)
        for listener in tuple(self._settled):
            try:
                listener(settled)
            except Exception:
                log.exception("a listener of settled ops failed")

    def _on_changes(self, changes: Changes) -> None:
        # What the engine itself publishes needs no sending.
        if threading.get_ident() != self._thread:
            self.wake()

    def _on_session_refused(self, session: Session) -> None:
        self._local.forget_session(session.person.id)
        self._news.restart()
        self.status.change(
            state=SyncState.SIGNED_OUT, trouble="unauthenticated", colleagues=(), live=False
        )


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
