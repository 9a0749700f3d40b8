"""A desk in a process that will be killed: real file, real line, somebody who keeps working.

After every act that was kept it writes ``kept OP KIND ID FIELD VALUE`` and, when central's answer
is in its file, ``came OP STATUS``. A line is one write to a file, so a kill leaves it whole or out.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from console.domain.clock import SystemClock
from console.domain.failures import Refused
from console.domain.person import Person
from console.models import RECORDS
from console.models.local import journal
from console.services.desk import Desk, Unit
from console.storage.database import Store
from console.sync.engine import SyncEngine
from console.sync.failures import Answered, LineDown
from console.sync.gateway import Gateway
from console.sync.policy import Pace
from console.sync.status import SyncState
from console.sync.thread import SyncThread
from contract import routes
from tests.faults.mutants import AT_DESK, GAP
from tests.faults.places import DeskPlace
from tests.faults.readable import use_temporary
from tests.helpers.accounts_line import PASSWORD
from tests.helpers.profile import KEY

BRISK = Pace(poll=0.2, live_poll=0.5, base=0.03, cap=0.4, start=0.1, events_again=1.0)
PATIENCE_S = 60.0
SMALL_BATCH = 4
"""Ops in a batch here: after each time without a line some fill up, and two are under way."""

OUTBOX_FULL = 300
"""Nobody types on while this much waits: central must have a chance to catch up."""


class Desktop:
    """One desk with somebody at it."""

    def __init__(self, at: DeskPlace) -> None:
        self.at = at
        routes.MAX_OPS = SMALL_BATCH
        self.clock = SystemClock()
        self.store = Store.open(at.path, KEY, clock=self.clock)
        self.gateway = Gateway(at.url, device=at.name, device_name=at.name)
        self.engine = SyncEngine(self.store, self.gateway, self.clock, pace=BRISK)
        self.desk = Desk(self.store, self.clock, station=at.name)
        self.desk.person = Person(at.person, at.account, ("operator",))
        self.luck = random.Random(at.seed)
        self._said = os.open(at.said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._read = 0
        self._tried_kept = False

    def say(self, *words: object) -> None:
        """Tell one thing in one write."""
        os.write(self._said, (" ".join(map(str, words)) + "\n").encode())

    async def come_in(self) -> bool:
        """Go on with the kept session, or sign in; says whether central let them in."""
        if not self._tried_kept:
            self._tried_kept = True
            if await self.engine.resume(self.at.person, exchange=False) is not None:
                return True
        try:
            await self.engine.sign_in_with(self.at.account, PASSWORD, exchange=False)
        except (LineDown, Answered):
            return False
        return True

    # --- working -------------------------------------------------------------------------

    def work(self) -> None:
        """Act until the process is killed."""
        thread = SyncThread(self.engine)
        thread.start()
        pause = threading.Event()
        here = False
        while True:
            if not here or self.engine.status.now.state is SyncState.SIGNED_OUT:
                here = thread.submit(self.come_in()).result()
                thread.urge()
            if self.engine.status.now.queue < OUTBOX_FULL:
                self.act()
            self.tell_what_came()
            pause.wait(self.luck.uniform(0.0, 0.02))

    def act(self) -> None:
        """Do one act and say so once it is kept."""
        kinds = (self.create, self.edit, self.claim, self.release, self.place, self.delete)
        chosen = self.luck.choices(kinds, weights=(40, 30, 8, 4, 14, 4))[0]
        told: list[tuple[Any, ...]] = []

        def work(unit: Unit) -> None:
            told.clear()
            found = chosen(unit)
            # Saying again what already stands there makes no op.
            if found is not None and unit.changes:
                told.append((unit.made[-1], *found))

        try:
            self.desk.act(work).result()
        except Refused:
            return
        for one in told:
            self.say("kept", *one)

    def tell_what_came(self) -> None:
        """Say what central answered since the last look."""
        query = select(journal.c.n, journal.c.op_id, journal.c.status)
        rows = self.store.read(
            lambda conn: conn.execute(query.where(journal.c.n > self._read)).all()
        ).result()
        for row in rows:
            self._read = max(self._read, row.n)
            self.say("came", row.op_id, row.status)

    def create(self, unit: Unit) -> tuple[str, str, str, str]:
        """Write a report down."""
        text = f"Waarneming-{self.luck.getrandbits(60):x}"
        body = {"category": "person", "text": text, "place": "Kerkplein", "heard_at": unit.now}
        return "report", unit.create("report", body), "text", text

    def edit(self, unit: Unit) -> tuple[str, str, str, str] | None:
        """Change a report that either desk made."""
        found = self._one_of(unit, "report")
        if found is None:
            return None
        field = self.luck.choice(("description", "title"))
        value = f"{field}-{self.luck.getrandbits(60):x}"
        unit.update("report", found, **{field: value})
        return "report", found, field, value

    def claim(self, unit: Unit) -> tuple[str, str, str, str] | None:
        """Take a report."""
        return self._command(unit, "report", "claim")

    def release(self, unit: Unit) -> tuple[str, str, str, str] | None:
        """Let a report go."""
        return self._command(unit, "report", "release")

    def place(self, unit: Unit) -> tuple[str, str, str, str] | None:
        """Say that a text was copied, or stands in its group."""
        return self._command(unit, "placement", self.luck.choice(("copied", "placed", "unknown")))

    def delete(self, unit: Unit) -> tuple[str, str, str, str] | None:
        """Throw a report away."""
        found = self._one_of(unit, "report")
        if found is None:
            return None
        unit.delete("report", found)
        return "report", found, "-", "-"

    def _command(self, unit: Unit, kind: str, name: str) -> tuple[str, str, str, str] | None:
        found = self._one_of(unit, kind)
        if found is None:
            return None
        unit.command(kind, found, name)
        return kind, found, "-", name

    def _one_of(self, unit: Unit, kind: str) -> str | None:
        table = RECORDS[kind]
        query = select(table.c.id).order_by(table.c.n.desc()).limit(60)
        ids = unit.conn.execute(query).scalars().all()
        return str(self.luck.choice(ids)) if ids else None

    # --- healing -------------------------------------------------------------------------

    def settle(self) -> None:
        """Exchange until nothing waits, then end in order. Raises when that does not come."""
        with asyncio.Runner() as runner:
            runner.run(self._settle())
        self.tell_what_came()
        self.store.close()

    async def _settle(self) -> None:
        until = time.monotonic() + PATIENCE_S
        async with self.gateway:
            while True:
                now = self.engine.status.now
                if now.state is not SyncState.SIGNED_OUT or await self.come_in():
                    await self.engine.step()
                now = self.engine.status.now
                if now.state is SyncState.LIVE and not self._waiting():
                    return
                if time.monotonic() > until:
                    raise TimeoutError(f"{self.at.name} stays {now.state}: {now.trouble}")
                await asyncio.sleep(0.05)

    def _waiting(self) -> int:
        query = "SELECT count(*) FROM outbox WHERE state <> 'blocked'"
        return int(self.store.read(lambda conn: conn.exec_driver_sql(query).scalar_one()).result())


def live(at: DeskPlace) -> None:
    """Be that desk until killed; one that only settles ends with code 0."""
    log = os.open(at.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 2)
    use_temporary(at.path.parent)
    logging.basicConfig(level=logging.WARNING)
    if at.mutant:
        AT_DESK[at.mutant](lambda: os.write(log, GAP))
    desktop = Desktop(at)
    step: Callable[[], None] = desktop.work if at.acts else desktop.settle
    step()
