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
from contract.op import Op


async def fetch_all(
    local: Local,
    gateway: Gateway,
    team: str,
    patience: float,
    publish: Callable[[Changes], None],
) -> None:
    """Stream the snapshot beside the copy and swap them; outbox, tray and journal stay.

    A desk that holds nothing yet takes the pieces in as they come. ``publish`` is called with
    what came to show. Raises like the gateway, and ``TimeoutError`` where no piece came for
    ``patience`` seconds; then the present copy stands as it was.
    """
    first = await local.begin_resync()
    async with aclosing(gateway.snapshot(team)) as pieces:
        while True:
            async with asyncio.timeout(patience):
                piece = await anext(pieces)
                if not isinstance(piece, SnapshotEnd):
                    publish(await local.add_resync(piece, first=first))
                    continue
            publish(await local.finish_resync(team, piece.cursor, first=first))
            return


async def offer_again(local: Local, gateway: Gateway, session: Session) -> AsyncIterator[Settled]:
    """Send the journal again in its old order with the old ids (sync.md §7).

    Ops that central still knows answer with their stored result; forgotten ones are done now or
    reach the tray.
    """
    team, last = session.team.id, 0
    waiting: list[Op] = []
    while True:
        more = await local.journal_after(session.person.id, last)
        last = max((n for n, _ in more), default=last)
        waiting += [op for _, op in more]
        if not waiting:
            return
        # The last group may go on in the next piece; what else fits is sent first.
        whole = whole_units(waiting) if more else waiting
        if not whole:
            continue
        ops = fitting(whole, routes.MAX_OPS)
        reply = await gateway.push(team, ops)
        yield await local.settle(team, ops, reply.results, reply.anchor)
        sent = {op.op_id for op in ops}
        waiting = [op for op in waiting if op.op_id not in sent]
