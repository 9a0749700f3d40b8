"""Fetching everything again, and offering again what a set-back central may have lost (§7)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing

from console.domain.changes import Changes
from console.domain.settled import Settled
from console.sync.gateway import Gateway, SnapshotEnd
from console.sync.local import Local
from console.sync.policy import fitting, whole_units
from contract import routes
from contract.messages import Session
from contract.op import Op, Record


async def fetch_all(
    local: Local,
    gateway: Gateway,
    team: str,
    patience: float,
    publish: Callable[[Changes], None],
    *,
    rewound: bool = False,
) -> None:
    """Stream the snapshot beside the copy and swap them; outbox, tray and journal stay.

    A desk that holds nothing yet takes the pieces in as they come. ``publish`` is called with
    what came to show. Raises like the gateway, and ``TimeoutError`` where no piece came for
    ``patience`` seconds; then the present copy stands as it was. ``rewound``: what central
    answered before is owed to it again from then on.
    """
    first = await local.begin_resync()
    adding: asyncio.Future[Changes] | None = None
    lying: list[Record] | SnapshotEnd | None = None
    try:
        async with aclosing(gateway.snapshot(team)) as pieces:
            while True:
                # The next piece is read while the one before is being written.
                async with asyncio.timeout(patience):
                    piece = await anext(pieces)
                # Held until it is written: thousands of records are let go here, and not by the
                # writer, whose time is the longest.
                before, before_it = adding, lying
                adding = (
                    None if isinstance(piece, SnapshotEnd) else local.add_resync(piece, first=first)
                )
                lying = piece
                if before is not None:
                    publish(await before)
                del before, before_it
                if isinstance(piece, SnapshotEnd):
                    break
    finally:
        if adding is not None:
            # What was on its way does no harm: a resync that begins anew drops it.
            adding.cancel()
            adding.add_done_callback(_let_go)
    publish(await local.finish_resync(team, piece.cursor, first=first, rewound=rewound))


def _let_go(adding: asyncio.Future[Changes]) -> None:
    """Take note of a failure that another one came before."""
    if not adding.cancelled():
        adding.exception()


async def offer_again(local: Local, gateway: Gateway, session: Session) -> AsyncIterator[Settled]:
    """Send the journal again in its old order with the old ids (sync.md §7).

    Ops that central still knows answer with their stored result; forgotten ones are done now or
    reach the tray. What is owed is noted in the desk's file, so an offer that broke off goes on
    where it stood, and each person's ops are offered when that person is signed in.
    """
    team, person = session.team.id, session.person.id
    last = await local.owed_from(person)
    if last is None:
        return
    waiting: list[tuple[int, Op]] = []
    while True:
        more = await local.journal_after(person, last)
        last = max((n for n, _ in more), default=last)
        waiting += more
        if not waiting:
            await local.offered(person, None)
            return
        # The last group may go on in the next piece; what else fits is sent first.
        ops = [op for _, op in waiting]
        whole = whole_units(ops) if more else ops
        if not whole:
            continue
        ops = fitting(whole, routes.MAX_OPS)
        # With the witness: a central that was set back once more says so.
        position = await local.position(team)
        reply = await gateway.push(team, ops, position.witness)
        sent = {op.op_id for op in ops}
        waiting = [(n, op) for n, op in waiting if op.op_id not in sent]
        until = min((n - 1 for n, _ in waiting), default=last)
        yield await local.settle(team, ops, reply.results, reply.anchor, offered=(person, until))
