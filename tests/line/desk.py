"""A desk's whole client stack behind a line that goes wrong, and what was kept there."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import func, select

from central.models.journal import audit
from central.models.sync import sync_op, sync_record
from console.domain.clock import Clock, SystemClock
from console.domain.failures import Refused
from console.domain.person import Person
from console.models.local import journal, outbox, tray
from console.services.desk import Desk, Unit
from console.storage.database import Store
from console.sync.engine import SyncEngine
from console.sync.failures import LineDown
from console.sync.gateway import Gateway
from console.sync.line import Patience
from console.sync.policy import Pace
from console.sync.status import SyncState
from tests.helpers.accounts_line import PASSWORD
from tests.helpers.profile import KEY
from tests.line.served import Served

T = TypeVar("T")

BRISK = Pace(poll=0.2, live_poll=0.5, base=0.02, cap=0.3, start=0.1, watchdog=5.0, events_again=0.5)
SHORT = Patience(connect=2.0, read=0.6, events=1.2, whole=4.0)
HEALED_WITHIN_S = 60.0
ACCEPTED = ("applied", "merged", "noop")


class LineDesk:
    """Use as ``async with``. ``kept`` holds the id of every op that the file took in."""

    def __init__(
        self,
        path: Path,
        url: str,
        account: str,
        *,
        patience: Patience = SHORT,
        pace: Pace = BRISK,
        clock: Clock | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.account = account
        self.clock = clock or SystemClock()
        self.store = Store.open(path, KEY, clock=self.clock)
        self.gateway = Gateway(
            url, device=account, device_name=account, patience=patience, trust=trust
        )
        self.engine = SyncEngine(
            self.store, self.gateway, self.clock, pace=pace, jitter=lambda low, high: high
        )
        self.desk = Desk(self.store, self.clock, station=account)
        self.kept: list[str] = []

    async def __aenter__(self) -> Self:
        await self.gateway.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.__aexit__()
        self.store.close()

    async def sign_in(self) -> None:
        """Sign in over a good line and fetch everything."""
        session = await self.patiently(lambda: self.engine.sign_in_with(self.account, PASSWORD))
        self.desk.person = Person(session.person.id, session.person.name, session.person.roles)
        await self.heals()

    async def patiently(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask over a good line. The patience of this desk is short, and the machine may be busy."""
        until = time.monotonic() + HEALED_WITHIN_S
        while True:
            try:
                return await ask()
            except LineDown:
                assert time.monotonic() < until

    async def act(self, work: Callable[[Unit], Any]) -> Any:
        """Do one act; what the rules of the desk refuse is not done. Returns what it gave."""
        made: list[str] = []

        def noted(unit: Unit) -> Any:
            result = work(unit)
            made[:] = unit.made
            return result

        try:
            result = await asyncio.wrap_future(self.desk.act(noted))
        except Refused:
            return None
        known = await self.look(lambda conn: conn.execute(select(outbox.c.op_id)).scalars().all())
        done = await self.look(lambda conn: conn.execute(select(journal.c.op_id)).scalars().all())
        refused = await self.look(lambda conn: conn.execute(select(tray.c.op_id)).scalars().all())
        # An op that changes nothing is not queued.
        self.kept += [one for one in made if one in {*known, *done, *refused}]
        return result

    async def report(self, text: str = "Busje rijdt rondjes") -> str:
        """Write a report down; returns its id."""
        made: str = await self.act(
            lambda unit: unit.create(
                "report",
                {
                    "category": "vehicle",
                    "text": text,
                    "place": "Havenweg",
                    "heard_at": unit.now,
                },
            )
        )
        return made

    async def look(self, work: Callable[[Any], Any]) -> Any:
        """Read the file."""
        return await asyncio.wrap_future(self.store.read(work))

    async def waiting(self) -> int:
        """Return how many ops wait for central."""
        count: int = await self.look(
            lambda conn: conn.execute(select(func.count()).select_from(outbox)).scalar_one()
        )
        return count

    async def refused(self) -> list[str]:
        """Return the ops that wait for a decision."""
        found = await self.look(
            lambda conn: (
                conn.execute(select(tray.c.op_id).where(tray.c.settled_at.is_(None)))
                .scalars()
                .all()
            )
        )
        return list(found)

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until something has come about while the engine runs."""
        until = time.monotonic() + HEALED_WITHIN_S
        while not condition():
            assert time.monotonic() < until, f"{what}: {self.engine.status.now}"
            await asyncio.sleep(0.01)

    async def heals(self) -> None:
        """Exchange by hand until nothing waits; the line is good."""
        until = time.monotonic() + HEALED_WITHIN_S
        while True:
            await self.engine.step()
            state = self.engine.status.now.state
            if state is SyncState.LIVE and not await self.waiting():
                return
            assert state is not SyncState.SIGNED_OUT, "signed out"
            assert time.monotonic() < until, self.engine.status.now

    async def nothing_lost_nothing_doubled(self, served: Served) -> None:
        """I1, I2, I3, I8: every kept op is answered and counts once, and both sides add up."""
        assert await self.waiting() == 0
        assert await self.patiently(self.engine.check) == ()
        rows = await self.look(lambda conn: conn.execute(select(journal)).all())
        came = Counter(row.op_id for row in rows)
        for op_id in await self.look(
            lambda conn: conn.execute(select(tray.c.op_id)).scalars().all()
        ):
            came[op_id] += 1
        assert set(self.kept) <= set(came), set(self.kept) - set(came)
        assert max(came.values(), default=1) == 1
        answers, effects = await served.office.database.read(_answers_and_effects)
        for row in rows:
            if row.status in ACCEPTED:
                assert answers[row.op_id] == row.status
        assert max(effects.values(), default=1) == 1
        applied = {op_id for op_id in self.kept if answers.get(op_id) in ("applied", "merged")}
        assert applied <= {op_id for op_id, _, _ in effects}


def _answers_and_effects(conn: Any) -> tuple[dict[str, str], Counter[tuple[str, str, str]]]:
    rows = conn.execute(select(sync_op.c.op_id, sync_op.c.result))
    answers = {row.op_id: json.loads(row.result)["status"] for row in rows}
    done = conn.execute(select(audit.c.op_id, audit.c.kind, audit.c.record)).all()
    effects = Counter((row.op_id, row.kind, row.record) for row in done if row.op_id)
    return answers, effects


def version_at(served: Served, record_id: str) -> int:
    """Return the version of a record at central; 0 where it never came."""
    found = served.office.database.read_now(
        lambda conn: conn.execute(
            select(sync_record.c.ver).where(sync_record.c.id == record_id)
        ).scalar()
    )
    return int(found or 0)
