"""Taking content in part by part, and giving it out whole or by range (sync.md §8)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlalchemy import Connection

from central.blobs import repository
from central.blobs.repository import Content
from central.clock import stamp
from central.problems import Refusal
from contract import blobs
from contract.problems import ProblemCode


class Outcome(Enum):
    """What became of one part."""

    KEPT = auto()
    COMPLETE = auto()
    ELSEWHERE = auto()
    WRONG_HASH = auto()
    WRONG_TYPE = auto()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one part, and where the upload stands now."""

    outcome: Outcome
    held: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an upload: bytes from ``offset`` of content of ``length`` bytes."""

    sha256: str
    offset: int
    length: int
    data: bytes

    def check(self) -> None:
        """Raise the refusal that the shape of a part deserves, before anything is read."""
        if self.length > blobs.MAX_BYTES or len(self.data) > blobs.CHUNK:
            raise Refusal(ProblemCode.TOO_LARGE)
        if not blobs.is_hash(self.sha256):
            raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/sha256"])
        if not self.length >= 1 or not 0 <= self.offset <= self.length:
            raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/Upload-Offset", "/Upload-Length"])
        if not self.data or self.offset + len(self.data) > self.length:
            raise Refusal(ProblemCode.BATCH_INVALID, "The part does not fit the length")


def take(conn: Connection, team: str, person: str, part: Part, now: str) -> Taken:
    """Keep one part, or say where the upload really stands.

    On the last byte the hash is checked; content that has another one, or that is no picture we
    keep, is thrown away, and that must be committed: the caller refuses after the transaction.
    """
    found = repository.find(conn, team, part.sha256, lock=True)
    if found is None:
        if part.offset:
            return Taken(Outcome.ELSEWHERE, 0)
        repository.begin(conn, team, part.sha256, size=part.length, person=person, at=now)
        found = Content(part.length, 0, "", False)
    if found.complete:
        return Taken(Outcome.COMPLETE, found.size)
    if found.size != part.length:
        raise Refusal(ProblemCode.BATCH_INVALID, pointers=["/Upload-Length"])
    if found.held != part.offset:
        return Taken(Outcome.ELSEWHERE, found.held)
    if part.offset == 0 and len(part.data) >= blobs.SNIFF and blobs.type_of(part.data) is None:
        repository.erase(conn, team, part.sha256)
        return Taken(Outcome.WRONG_TYPE, 0)
    repository.add(conn, team, part.sha256, part.offset, part.data, now)
    held = part.offset + len(part.data)
    if held < part.length:
        return Taken(Outcome.KEPT, held)
    return _finish(conn, team, part.sha256, held)


def sweep(conn: Connection, now: datetime) -> int:
    """Throw away what nobody finished or names any more; returns how much was thrown away."""
    repository.mark_orphans(conn, stamp(now))
    return repository.drop_over(
        conn,
        stamp(now - timedelta(days=blobs.UNFINISHED_DAYS)),
        stamp(now - timedelta(days=blobs.ORPHAN_DAYS)),
    )


def _finish(conn: Connection, team: str, sha256: str, held: int) -> Taken:
    digest, start = hashlib.sha256(), b""
    for piece in repository.pieces(conn, team, sha256):
        digest.update(piece)
        start = (start + piece)[: blobs.SNIFF] if len(start) < blobs.SNIFF else start
    media_type = blobs.type_of(start)
    if digest.hexdigest() != sha256 or media_type is None:
        repository.erase(conn, team, sha256)
        wrong = Outcome.WRONG_TYPE if digest.hexdigest() == sha256 else Outcome.WRONG_HASH
        return Taken(wrong, 0)
    repository.finish(conn, team, sha256, media_type)
    return Taken(Outcome.COMPLETE, held)
