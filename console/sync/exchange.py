"""One exchange with central: push until empty, pull until there is no more (sync.md §5, §7).

Whoever calls holds the engine's lock, so there is one request of these in flight per team.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from console.domain.changes import Changes
from console.domain.settled import Settled
from console.sync import policy
from console.sync.ahead import Ahead, after
from console.sync.collecting import seldom
from console.sync.failures import Answered, LineDown, Slow
from console.sync.gateway import Gateway, Page, PushReply
from console.sync.local import Local
from console.sync.policy import Pace, Verdict
from console.sync.resync import fetch_all, offer_again
from console.sync.sending import Batch, Sending
from contract import routes
from contract.messages import Session
from contract.op import Op

Users = Callable[[], frozenset[str]]

PAGE_LEAST = 20
"""Records to ask for at once over the thinnest line."""


class Exchange:
    """Carries one person's ops up and the team's changes down.

    ``publish`` and ``tell`` are called with what a page or a batch of answers touched. ``head`` is
    central's number at the last whole page; ``serves`` the newest schema central takes, once ``knows_central``.
    ``users`` gives the ids of everybody with a passphrase here; without it nothing is let go.
    """

    def __init__(
        self,
        local: Local,
        gateway: Gateway,
        pace: Pace,
        publish: Callable[[Changes], None],
        tell: Callable[[Settled], None],
    ) -> None:
        self._local = local
        self._gateway = gateway
        self._pace = pace
        self._publish = publish
        self._tell = tell
        self._limit = routes.MAX_OPS
        self._rows = routes.PAGE_MAX
        self._ahead: Ahead | None = None
        self._refusals: dict[str, int] = {}
        self._sending = Sending(
            self._take, self._send, self._settle, self._back, patience=pace.watchdog
        )
        self.head = -1
        self.serves = routes.SCHEMA
        self.knows_central = False
        self.users: Users | None = None
        self._roles_turned = True

    def begin(self) -> None:
        """Forget what belonged to another session."""
        self.head, self.serves, self._limit = -1, routes.SCHEMA, routes.MAX_OPS
        self._ahead = None
        self.knows_central, self._roles_turned = False, True

    async def learn_central(self) -> None:
        """Ask a central elsewhere once which schema it takes and what time it is there."""
        if self.knows_central or self._gateway.embedded:
            return
        document = await self._gateway.service_document()
        self.serves = max((document.schema_version, *document.schema_versions))
        self.knows_central = True

    async def cycle(self) -> None:
        """Do one whole exchange. Raises what stopped it; what was answered is taken in by then.

        A desk that is too old to send still reads before it says so (sync.md §9).
        """
        too_old: Answered | None = None
        if not (await self._local.position(self._session().team.id)).cursor:
            await self.resync(rewound=False)
        await self.offer()
        while True:
            try:
                while too_old is None and await self.push():
                    pass
            except Answered as answer:
                if policy.verdict(answer) is not Verdict.UPGRADE:
                    raise
                too_old = answer
            while await self._watched(self.pull()):
                pass
            if self._roles_turned:
                await self._let_go_contact()
            if too_old is not None:
                raise too_old
            if not await self.push():
                return

    async def push(self) -> bool:
        """Send everything that waits; says whether there was anything.

        A batch that took too long, or that central cannot read, goes out again with less.
        """
        try:
            return await self._sending.run()
        except Answered as answer:
            if policy.verdict(answer) is not Verdict.SPLIT:
                raise
            await self._split(self._sending.stopped_at)
            return True
        except (TimeoutError, Slow):
            self._take_less()
            raise

    async def _take(self) -> Batch | None:
        found = await self._local.next_batch(self._session().person.id, self._limit, self.serves)
        ops = policy.fitting(found, self._limit)
        sent = {op.op_id for op in ops}
        rest = [op for op in found if op.op_id not in sent]
        if rest:
            self._local.put_back(rest)
        return Batch(ops, full=bool(rest) or len(ops) >= routes.MAX_OPS) if ops else None

    async def _send(self, batch: Batch, follows: str) -> PushReply:
        team = self._session().team.id
        position = await self._local.position(team)
        return await self._gateway.push(team, batch.ops, position.witness, batch.turn, follows)

    async def _settle(self, batch: Batch, reply: PushReply) -> None:
        team = self._session().team.id
        self._tell(await self._local.settle(team, batch.ops, reply.results, reply.anchor))
        self._limit = min(routes.MAX_OPS, self._limit * 2)
        if not {result.op_id for result in reply.results} & {op.op_id for op in batch.ops}:
            raise LineDown("central answered none of the ops")

    def _back(self, batch: Batch) -> None:
        self._local.put_back(batch.ops)

    async def pull(self) -> bool:
        """Fetch one page and apply it whole; says whether there is more.

        What follows it is fetched meanwhile. When that fails, this says so, and the page stands.
        """
        team = self._session().team.id
        position = await self._local.position(team)
        ahead, self._ahead = self._ahead, None
        with seldom:
            if ahead is not None and (ahead.team, ahead.asked_with) == (team, position.cursor):
                page = ahead.page
            else:
                page = await self._gateway.changes(
                    team, position.cursor, limit=self._rows, witness=position.witness
                )
            more, following = await asyncio.gather(
                self.apply(team, page, position.cursor),
                after(self._gateway, team, page, self._rows),
                return_exceptions=True,
            )
        if isinstance(more, BaseException):
            raise more
        if isinstance(following, BaseException):
            raise following
        self._ahead = following
        self._rows = min(routes.PAGE_MAX, self._rows * 2)
        return more

    async def wait_for_news(self, lock: asyncio.Lock) -> bool:
        """Ask for a page and wait for it to come (long poll); says whether there is more.

        Only applying it holds the lock: what somebody does meanwhile is sent meanwhile.
        """
        session = self._session()
        position = await self._local.position(session.team.id)
        page = await self._gateway.changes(
            session.team.id,
            position.cursor,
            wait=routes.WAIT_MAX_S,
            witness=position.witness,
        )
        async with lock:
            if self._session().team.id != session.team.id:
                return False
            return await self.apply(session.team.id, page, position.cursor)

    async def apply(self, team: str, page: Page, asked_with: str) -> bool:
        """Make a page part of the copy; says whether to ask for another."""
        if page.cursor != asked_with or page.records:
            changes = await self._local.apply(team, page, asked_with)
            if changes is None:
                return True
            self._roles_turned = self._roles_turned or changes.touches("person")
            self._publish(changes)
        if not page.more:
            self.head = page.head
        return page.more

    async def resync(self, *, rewound: bool) -> None:
        """Fetch everything again; after a rewind the journal is offered again (sync.md §7)."""
        session = self._session()
        with seldom:
            await fetch_all(
                self._local,
                self._gateway,
                session.team.id,
                self._pace.watchdog,
                self._publish,
                rewound=rewound,
            )
        if rewound:
            await self.offer()

    async def offer(self) -> None:
        """Offer again what a set-back central may have lost, as far as it is still owed."""
        async for settled in offer_again(self._local, self._gateway, self._session()):
            self._tell(settled)

    async def _let_go_contact(self) -> None:
        """Let numbers go where nobody who works at this desk may see them; then fetch anew.

        Not where central's own records lie beside the desk's file.
        """
        if self.users is not None and not self._gateway.embedded:
            session = self._session()
            here = self.users() | {session.person.id}
            gone = await self._local.let_go_contact(session.team.id, here)
            if gone:
                self._publish(gone)
                await self.resync(rewound=False)
        self._roles_turned = False

    async def _watched(self, step: Coroutine[Any, Any, bool]) -> bool:
        """Do a step; one that is not done in time is given up and done again, with less at once.

        A thin line that never gets a whole page through in that time would else stay behind for
        good.
        """
        try:
            async with asyncio.timeout(self._pace.watchdog):
                return await step
        except (TimeoutError, Slow):
            self._take_less()
            raise

    def _take_less(self) -> None:
        self._limit = max(1, self._limit // 2)
        self._rows = max(PAGE_LEAST, self._rows // 2)

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
        # Of a group the first goes to the tray; the rest is decided with it.
        self._tell(await self._local.poison(ops[0]))

    def _session(self) -> Session:
        session = self._gateway.session
        if session is None:
            raise LineDown("signed out")
        return session
