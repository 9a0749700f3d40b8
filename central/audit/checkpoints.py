"""Checkpoints of every team: made each hour and at the end, over rows that were checked first."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from central.audit import repository, signing
from central.audit.repository import ACT, PART_ROWS, PERSON, Part
from central.clock import stamp
from central.database import Database
from central.journal.chain import START, first_broken
from central.sync import repository as records
from contract.checkpoint import Checkpoint, origin_of, sign

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """What the next checkpoint of a team would say; ``broken``: the first row that does not fit."""

    team: str
    size: int
    link: str
    parts: frozenset[Part] = frozenset()
    broken: int | None = None


@dataclass(slots=True)
class _Walk:
    """Hands rows on, and remembers the last of them and who and what stands in which part."""

    rows: Iterable[Mapping[str, Any]]
    size: int
    link: str
    parts: set[Part] = field(default_factory=set)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        for row in self.rows:
            n = int(row["n"])
            part = (n - 1) // PART_ROWS
            self.parts.add((PERSON, row["person"], part))
            self.parts.add((ACT, row["act"], part))
            self.size, self.link = n, row["chain"]
            yield row


def look(conn: Connection, team: str) -> Ready | None:
    """Check the rows since the newest checkpoint; None where there are none."""
    last = repository.newest(conn, team)
    size, link = (int(last.size), str(last.link)) if last is not None else (0, START)
    count = repository.counted(conn, team)
    if count == size:
        return None
    if size and repository.link_at(conn, team, size) != link:
        return Ready(team, count, "", broken=size)
    walk = _Walk(repository.walk(conn, team, size), size, link)
    broken = first_broken(walk, link, size)
    if broken is None and walk.size != count:
        broken = walk.size + 1
    return Ready(team, walk.size, walk.link, frozenset(walk.parts), broken)


def put(conn: Connection, ready: Ready, seed: bytes, moment: datetime) -> bool:
    """Sign and keep a checkpoint; False where another central was first."""
    checkpoint = Checkpoint(origin_of(ready.team), ready.size, ready.link)
    note = sign(checkpoint, ready.team, signing.seeds(conn, seed, moment))
    return repository.keep(
        conn,
        ready.team,
        size=ready.size,
        at=stamp(moment),
        link=ready.link,
        note=note,
        parts=ready.parts,
    )


def make(database: Database, seed: bytes, moment: datetime, only: str = "") -> dict[str, int]:
    """Make a checkpoint for every team with new rows, or for one; returns the broken ones.

    Rows are walked while others write; only the keeping takes a turn. Over rows that do not fit
    nothing is signed: the id of the team comes back with the number of the first.
    """
    broken: dict[str, int] = {}
    for team, _name in database.read_now(records.teams):
        if only and team != only:
            continue
        ready = database.read_now(partial(look, team=team))
        if ready is None:
            continue
        if ready.broken is not None:
            log.error("audit rows do not fit: no checkpoint", extra={"count": ready.broken})
            broken[team] = ready.broken
            continue
        database.write_now(partial(put, ready=ready, seed=seed, moment=moment))
    return broken
