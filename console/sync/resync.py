"""Fetching everything again, and offering again what a set-back central may have lost (§7)."""

from collections.abc import AsyncIterator

from console.domain.changes import Changes
from console.domain.settled import Settled
from console.sync.gateway import Gateway, SnapshotEnd
from console.sync.local import Local
from console.sync.policy import fitting
from contract import routes
from contract.messages import Session


async def fetch_all(local: Local, gateway: Gateway, team: str) -> Changes:
    """Stream the snapshot beside the copy and swap them; outbox, tray and journal stay.

    Raises like the gateway; then the present copy stands as it was.
    """
    await local.begin_resync()
    async for piece in gateway.snapshot(team):
        if isinstance(piece, SnapshotEnd):
            return await local.finish_resync(team, piece.cursor)
        await local.add_resync(piece)
    raise AssertionError("a snapshot ends with its closing line")


async def offer_again(local: Local, gateway: Gateway, session: Session) -> AsyncIterator[Settled]:
    """Send the journal again in its old order with the old ids (sync.md §7).

    Ops that central still knows answer with their stored result; forgotten ones are done now or
    reach the tray.
    """
    team, last = session.team.id, 0
    while kept := await local.journal_after(session.person.id, last):
        ops = fitting([op for _, op in kept], routes.MAX_OPS)
        sent = {op.op_id for op in ops}
        last = max(n for n, op in kept if op.op_id in sent)
        reply = await gateway.push(team, ops)
        yield await local.settle(team, ops, reply.results, reply.anchor)
