"""Bringing the records of a desk that worked alone to a team's central (sync.md §8a)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

from console.domain.joining import pieces
from console.sync.gateway import Gateway, SnapshotEnd
from contract import routes
from contract.joining import MAX_RECORDS, JoinReply, JoinResult
from contract.messages import record_to_wire
from contract.op import Record

Told = Callable[[int, int], None]
"""Called with how many of how many records were taken in."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it. ``left`` names what the team's central did not take, with the reason."""

    added: int = 0
    same: int = 0
    left: tuple[JoinResult, ...] = ()


async def collect(gateway: Gateway, team: str) -> tuple[list[Record], str]:
    """Return every live record of a team and the cursor they stand at, whole or not at all.

    Raises like the gateway.
    """
    found: list[Record] = []
    async for piece in gateway.snapshot(team):
        if isinstance(piece, SnapshotEnd):
            return found, piece.cursor
        found += piece
    raise AssertionError("a snapshot ends with its closing line")


async def bring(
    gateway: Gateway, team: str, join_id: str, records: Sequence[Record], told: Told
) -> Brought:
    """Send everything in order. Raises like the gateway; sent again, what arrived stays single."""
    added, same = 0, 0
    left: list[JoinResult] = []
    done = 0
    for piece in pieces(records, MAX_RECORDS, _weight, routes.BATCH_BYTES):
        body = {"records": [record_to_wire(record) for record in piece]}
        reply = await gateway.ask(JoinReply, "POST", routes.joining(team, join_id), body)
        for result in reply.results:
            added += result.status == "added"
            same += result.status == "same"
            if result.status not in ("added", "same"):
                left.append(result)
        done += len(piece)
        told(done, len(records))
    return Brought(added, same, tuple(left))


def _weight(record: Record) -> int:
    return len(orjson.dumps(record_to_wire(record))) + 1
