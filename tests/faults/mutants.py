"""Faults sown on purpose: each must be found by the oracle, so the oracle is known to bite.

They replace one function inside the process that is going to be killed; no shipped module knows
of them. Each says when the moment has come in which a kill does harm, and stays in it for a while,
so that the killer need not be lucky.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

GAP_S = 0.3
"""How long the harmful moment lasts."""

GAP = b"in the gap\n"
_NEVER = threading.Event()
Announce = Callable[[], object]


def op_deleted_on_send(announce: Announce) -> None:
    """The desk forgets an op when it sends it, not when it is answered."""
    from sqlalchemy import delete

    from console.models.local import outbox
    from console.sync.local import Local

    honest = Local.next_batch

    async def next_batch(self: Any, person: str, limit: int, serves: int) -> Any:
        ops = await honest(self, person, limit, serves)
        if ops:
            gone = delete(outbox).where(outbox.c.op_id.in_([op.op_id for op in ops]))
            await asyncio.wrap_future(self._store.write(lambda conn: conn.execute(gone)))
            announce()
            await asyncio.sleep(GAP_S)
        return ops

    Local.next_batch = next_batch  # type: ignore[method-assign]


def kept_said_before_commit(announce: Announce) -> None:
    """The desk says that an act is kept before the COMMIT that keeps it."""
    from console.storage.writer import Writer

    def commit(self: Any, connection: Any, jobs: Any) -> None:
        for job in jobs:
            raw = connection.connection.dbapi_connection
            before = raw.total_changes
            try:
                with connection.begin():
                    job.result = job.work(connection)
                    self._finish([job], None)
                    if raw.total_changes != before:
                        announce()
                        _NEVER.wait(GAP_S)
            except Exception as trouble:
                self._finish([job], trouble)

    Writer._commit = commit  # type: ignore[method-assign]


def answered_before_commit(announce: Announce) -> None:
    """Central answers a push that changes records before the COMMIT that keeps it."""
    from central.database import Database
    from central.database.news import taken_changes

    async def write(self: Any, work: Callable[[Any], Any]) -> Any:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()

        def job() -> None:
            changed: frozenset[str] = frozenset()
            try:
                with self.backend.writer.connect() as connection:
                    taken_changes(connection)
                    with connection.begin():
                        done = work(connection)
                        changed = taken_changes(connection)
                        if changed:
                            loop.call_soon_threadsafe(answer.set_result, done)
                            # Time for the answer to reach the desk and its file.
                            _NEVER.wait(GAP_S)
                            announce()
                            _NEVER.wait(GAP_S)
                if not changed:
                    loop.call_soon_threadsafe(answer.set_result, done)
            except Exception as trouble:
                loop.call_soon_threadsafe(answer.set_exception, trouble)
            for team in changed:
                self.on_commit(team)

        self._write_line.submit(job)
        return await answer

    Database.write = write  # type: ignore[method-assign]


def cursor_before_rows(announce: Announce) -> None:
    """The desk moves its cursor in one transaction and writes the page in the next."""
    from sqlalchemy import select

    from console.models import RECORDS
    from console.storage import replica
    from console.storage.confirm import take
    from console.sync.local import Local

    report = RECORDS["report"]

    async def apply(self: Any, team: str, page: Any, asked_with: str) -> Any:
        now = self.now()
        brought = {one.id for one in page.records if one.kind == "report" and not one.deleted}

        def move(conn: Any) -> Any:
            moved = replica.apply_page(
                conn, team, [], asked_with=asked_with, cursor=page.cursor, now=now
            )
            held = set(conn.execute(select(report.c.id).where(report.c.id.in_(brought))).scalars())
            return moved, brought - held

        moved, news = await asyncio.wrap_future(self._store.write(move))
        if moved is None:
            return None
        if news:
            announce()
            await asyncio.sleep(GAP_S)
        return await asyncio.wrap_future(self._store.write(lambda conn: take(conn, page.records)))

    Local.apply = apply  # type: ignore[method-assign]


def file_without_a_key(announce: Announce) -> None:
    """The desk's file is made and opened without its key: all of it can be read by anybody."""
    import sqlcipher3.dbapi2 as driver

    honest = driver.connect

    class Bare(driver.Connection):  # type: ignore[misc]  # the driver has no types
        def execute(self, statement: str, *values: Any) -> Any:
            return super().execute("SELECT 1" if "PRAGMA key" in statement else statement, *values)

    def connect(*asked: Any, **named: Any) -> Any:
        announce()
        return honest(*asked, factory=Bare, **named)

    driver.connect = connect


Mutant = Callable[[Announce], None]
AT_DESK: dict[str, Mutant] = {
    "op deleted on send": op_deleted_on_send,
    "kept said before commit": kept_said_before_commit,
    "cursor before rows": cursor_before_rows,
    "file without a key": file_without_a_key,
}
ALWAYS = frozenset({"file without a key"})
"""Faults that do harm at any moment, and that whoever only heals has too."""

AT_CENTRAL: dict[str, Mutant] = {"answered before commit": answered_before_commit}
