"""The desk's own side of an exchange: what to send, what came of it, what came in.

Every method is one transaction of the local file, awaited from the event loop.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from console.domain.changes import Changes
from console.domain.clock import Clock, stamp
from console.domain.failures import StorageTrouble
from console.domain.settled import OutboxCounts, Settled
from console.storage import (
    blobs,
    confirm,
    contact,
    digest,
    neighbours,
    outbox,
    owed,
    purged,
    put_aside,
    replica,
    retention,
    sessions,
    settle,
)
from console.storage.database import Store
from console.storage.replica import Position
from console.sync.gateway import Page
from contract.messages import Session
from contract.op import Op, OpResult, Record

TIDY_S = 6 * 3600.0
"""How often what is kept long enough is let go."""

CONTACT_S = 60.0
"""How often it is kept that central answered, for the offline rule."""


class Local:
    """The store as the engine uses it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._contact_at: float | None = None
        self._to_wipe = False
        self._tidied_at: float | None = None

    def now(self) -> str:
        """Return the desk's own time as a stamp."""
        return stamp(self._clock.now())

    async def next_batch(self, person: str, limit: int, serves: int) -> list[Op]:
        """Return what to send next, marked as under way; nothing of a schema above ``serves``."""
        now = self.now()
        ops = await asyncio.wrap_future(
            self._store.write(
                lambda conn: outbox.next_batch(
                    conn, person=person, now=now, limit=limit, serves=serves
                )
            )
        )
        mark, made = self._clock.monotonic(), self._store.made
        # What was made in this run is as old as the monotonic clock says, however clocks are set.
        return [
            replace(op, age_ms=max(0, int((mark - made[op.op_id]) * 1000)))
            if op.op_id in made
            else op
            for op in ops
        ]

    def put_back(self, ops: Sequence[Op]) -> None:
        """Let ops that central did not answer wait again.

        Not awaited, so that it also happens while the loop is ending; the writer keeps the order,
        so whoever asks for the next batch sees them.
        """
        ids = [op.op_id for op in ops]
        self._store.write(lambda conn: outbox.back_to_pending(conn, ids))

    async def settle(
        self,
        team: str,
        ops: Sequence[Op],
        results: Sequence[OpResult],
        anchor: str,
        *,
        offered: tuple[str, int] | None = None,
    ) -> Settled:
        """Take in the answers to a batch; ops without an answer wait again.

        ``offered``: whose journal was offered again, up to which number of it.
        """
        asked = {op.op_id for op in ops}
        heard = [result for result in results if result.op_id in asked]
        silent = sorted(asked - {result.op_id for result in heard})
        now = self.now()
        settled = await asyncio.wrap_future(
            self._store.write(lambda conn: _settle(conn, team, heard, silent, anchor, now, offered))
        )
        for result in heard:
            self._store.made.pop(result.op_id, None)
        return settled

    async def poison(self, op: Op) -> Settled:
        """Park an op that spoils every batch."""
        now = self.now()
        return await asyncio.wrap_future(
            self._store.write(lambda conn: settle.poison(conn, op.op_id, now=now))
        )

    async def position(self, team: str) -> Position:
        """Return where the desk stands in the feed."""
        return await asyncio.wrap_future(
            self._store.read(lambda conn: replica.position(conn, team))
        )

    async def apply(self, team: str, page: Page, asked_with: str) -> Changes | None:
        """Apply a page; None when it no longer fits where the desk stands."""
        now = self.now()
        # Here and not in the writer: the page before may be on its way to the disk meanwhile.
        sifted = replica.sift(page.records)
        changes = await asyncio.wrap_future(
            self._store.write(
                lambda conn: replica.apply_page(
                    conn,
                    team,
                    page.records,
                    asked_with=asked_with,
                    cursor=page.cursor,
                    now=now,
                    sifted=sifted,
                ),
                again=True,
            )
        )
        if sifted.erases:
            self._to_wipe = True
            await self._wipe()
        return changes

    async def let_go_contact(self, team: str, users: Collection[str]) -> Changes:
        """Erase numbers of administrators where nobody at this desk may see them (security.md §6)."""
        gone = await asyncio.wrap_future(
            self._store.write(lambda conn: contact.let_go(conn, team, users))
        )
        if gone:
            self._to_wipe = True
            await self._wipe()
        return gone

    async def _wipe(self) -> None:
        """Leave nothing of what was erased beside the file; who reads meanwhile makes it wait."""
        if self._to_wipe:
            self._to_wipe = not await asyncio.to_thread(self._store.wipe)

    async def tidy(self, *, alone: bool) -> None:
        """Let go what is kept long enough, a few times a day; a full disk leaves it."""
        beat = self._clock.monotonic()
        if self._tidied_at is not None and beat - self._tidied_at < TIDY_S:
            return
        self._tidied_at = beat
        now = self.now()
        try:
            for work in (
                outbox.purge_journal,
                purged.tidy,
                neighbours.tidy,
                partial(blobs.tidy, alone=alone),
            ):
                gone = await asyncio.wrap_future(self._store.write(partial(work, now=now)))
                self._to_wipe = self._to_wipe or bool(gone)
            await self._wipe()
            terms = await asyncio.wrap_future(self._store.read(retention.terms))
        except StorageTrouble:
            return
        present = self._clock.now()
        await asyncio.to_thread(put_aside.drop_over, self._store.path, present, terms)

    async def counts(self, person: str) -> OutboxCounts:
        """Count what waits."""
        return await asyncio.wrap_future(self._store.read(lambda conn: outbox.counts(conn, person)))

    async def begin_resync(self) -> bool:
        """Start collecting a snapshot; says whether it is the first of an empty desk."""
        return await asyncio.wrap_future(self._store.write(_begin_resync))

    def add_resync(
        self, records: Sequence[Record], *, first: bool = False
    ) -> asyncio.Future[Changes]:
        """Begin to add a piece of the snapshot; only the first one of a desk shows at once."""
        # Here and not in the writer: the piece before is on its way to the disk meanwhile.
        parts = confirm.sort_out(records, lay=True) if first else None

        def work(conn: Any) -> Changes:
            if first:
                return replica.add_first(conn, records, parts)
            replica.add_resync(conn, records)
            return Changes()

        return asyncio.wrap_future(self._store.write(work, again=True))

    async def finish_resync(
        self, team: str, cursor: str, *, first: bool = False, rewound: bool = False
    ) -> Changes:
        """Make the snapshot the copy, in pieces, so that nobody at the desk waits for it.

        ``rewound``: with the last of them it is noted that the journal is owed to central again.
        """
        now, changes, last = self.now(), Changes(), replica.START
        if first:
            await asyncio.wrap_future(
                self._store.write(lambda conn: replica.finish_first(conn, team, cursor, now=now))
            )
            return changes
        while True:
            swap = partial(replica.swap_piece, team=team, after=last)
            piece, last = await asyncio.wrap_future(self._store.write(swap))
            changes |= piece
            if last == replica.START:
                break
        return changes | await asyncio.wrap_future(
            self._store.write(lambda conn: _end_resync(conn, team, cursor, now, rewound))
        )

    async def sums(self, team: str) -> tuple[str, dict[str, digest.KindSum]]:
        """Return the cursor and what the desk holds there, read at one moment."""
        return await asyncio.wrap_future(
            self._store.read(lambda conn: (replica.position(conn, team).cursor, digest.sums(conn)))
        )

    async def keep_session(self, session: Session) -> None:
        """Keep a session's refresh token for the next start, in the encrypted file."""
        kept = sessions.to_keep(session)
        await asyncio.wrap_future(
            self._store.write(lambda conn: sessions.keep(conn, session.person.id, kept))
        )

    async def kept_session(self, person: str) -> Session | None:
        """Return the session kept for a person, without an access token; None without one."""
        # By the writer, which keeps the order: one that was just forgotten is not found any more.
        found = await asyncio.wrap_future(
            self._store.write(lambda conn: sessions.kept(conn, person))
        )
        if found is None:
            return None
        try:
            return Session.model_validate({**found, "access_token": "", "expires_in_s": 0})
        except ValueError:
            return None

    def forget_session(self, person: str) -> None:
        """Forget a kept session. Not awaited: it also happens while the loop is ending."""
        self._store.write(lambda conn: sessions.forget(conn, person))

    async def contact(self) -> str:
        """Return the stamp of the last whole exchange with central."""
        return await asyncio.wrap_future(self._store.read(sessions.contact))

    async def had_contact(self) -> None:
        """Keep that central answered now, at most once a minute; a full disk keeps nothing."""
        mark, now = self._clock.monotonic(), self.now()
        if self._contact_at is not None and mark - self._contact_at < CONTACT_S:
            return
        self._contact_at = mark
        try:
            await asyncio.wrap_future(
                self._store.write(lambda conn: sessions.had_contact(conn, now))
            )
        except StorageTrouble:
            return

    async def owed_from(self, person: str) -> int | None:
        """Return the number in the journal from which ops are owed again; None: nothing is."""
        return await asyncio.wrap_future(
            self._store.read(lambda conn: owed.owed_from(conn, person))
        )

    async def offered(self, person: str, n: int | None) -> None:
        """Note how far a journal was offered again; None: to its end."""
        await asyncio.wrap_future(self._store.write(lambda conn: owed.offered(conn, person, n)))

    async def journal_after(self, person: str, n: int) -> list[tuple[int, Op]]:
        """Return acknowledged ops with their number, to offer again."""
        return await asyncio.wrap_future(
            self._store.read(lambda conn: outbox.journal_after(conn, person, n))
        )


def _begin_resync(conn: Any) -> bool:
    replica.begin_resync(conn)
    return replica.is_empty(conn)


def _end_resync(conn: Any, team: str, cursor: str, now: str, rewound: bool) -> Changes:
    changes = replica.end_resync(conn, team, cursor, now=now)
    if rewound:
        owed.owe_all(conn)
    return changes


def _settle(
    conn: Any,
    team: str,
    heard: Sequence[OpResult],
    silent: Sequence[str],
    anchor: str,
    now: str,
    offered: tuple[str, int] | None,
) -> Settled:
    settled = settle.settle(conn, heard, now=now)
    replica.keep_witness(conn, team, anchor)
    if silent:
        outbox.back_to_pending(conn, silent)
    elif offered is not None:
        owed.offered(conn, *offered)
    return settled
