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
from contract.bare import is_bare
from contract.problems import ProblemCode
from contract.rules.photo import is_over


class Outcome(Enum):
    """What became of one part."""

    KEPT = auto()
    COMPLETE = auto()
    ELSEWHERE = auto()
    WRONG_HASH = auto()
    WRONG_TYPE = auto()
    NOT_BARE = auto()


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
    """Throw away what nobody finished or names any more, and photos after their last day.

    Returns how much was thrown away.
    """
    over = erase_over(conn, now)
    repository.mark_orphans(conn, stamp(now))
    return over + repository.drop_over(
        conn,
        stamp(now - timedelta(days=blobs.UNFINISHED_DAYS)),
        stamp(now - timedelta(days=blobs.ORPHAN_DAYS)),
    )


def erase_over(conn: Connection, now: datetime) -> int:
    """Erase the bytes of photos after their last day (F27); returns of how many.

    The record stays, with its hash and who allowed what. Content that another photo shows, one
    that is not over, stays too.
    """
    at = stamp(now)
    erased = 0
    for (team, sha256), bodies in repository.dated(conn).items():
        if all(is_over(body, at) for body in bodies):
            repository.erase(conn, team, sha256)
            erased += 1
    return erased


def is_past(conn: Connection, team: str, sha256: str, now: str) -> bool:
    """Say whether content is of photos after their last day only: it is given to nobody any more.

    Looked at when it is asked for; the round that erases it comes within the hour.
    """
    named = repository.naming(conn, team, sha256)
    return bool(named) and all(is_over(body, now) for body in named)


def erase(conn: Connection, team: str, sha256: str) -> None:
    """Erase the bytes of a photo now, whoever names it: its record is destroyed (F52)."""
    repository.erase(conn, team, sha256)


def _finish(conn: Connection, team: str, sha256: str, held: int) -> Taken:
    # At most ten mebibyte: a picture is looked through as a whole.
    data = b"".join(repository.pieces(conn, team, sha256))
    media_type = blobs.type_of(data[: blobs.SNIFF])
    wrong = None
    if hashlib.sha256(data).hexdigest() != sha256:
        wrong = Outcome.WRONG_HASH
    elif media_type is None:
        wrong = Outcome.WRONG_TYPE
    elif not is_bare(data):
        wrong = Outcome.NOT_BARE
    if wrong is not None or media_type is None:
        repository.erase(conn, team, sha256)
        return Taken(wrong or Outcome.WRONG_TYPE, 0)
    repository.finish(conn, team, sha256, media_type)
    return Taken(Outcome.COMPLETE, held)
