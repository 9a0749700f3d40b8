"""All SQL of content and its pieces."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    true,
    tuple_,
    update,
)

from central.models.blob import blob, blob_piece
from central.models.retention import archive
from central.models.sync import sync_record

_b = blob.c
_p = blob_piece.c

_NAMED = or_(
    exists().where(
        sync_record.c.team == _b.team,
        sync_record.c.kind == "photo",
        sync_record.c.parent == _b.sha256,
        sync_record.c.deleted.is_(False),
    ),
    exists().where(archive.c.team == _b.team, archive.c.content == _b.sha256),
)
"""A photo that is live, or one in the archive: its content goes when that is destroyed."""


@dataclass(frozen=True, slots=True)
class Content:
    """What central holds of a photo: ``held`` of ``size`` bytes, of this type."""

    size: int
    held: int
    type: str
    complete: bool


def find(conn: Connection, team: str, sha256: str, *, lock: bool = False) -> Content | None:
    """Return what is held under this hash; None for nothing. ``lock``: for the open write."""
    query = select(_b.size, _b.held, _b.type, _b.complete).where(_this(team, sha256))
    row = conn.execute(query.with_for_update() if lock else query).one_or_none()
    return Content(row.size, row.held, row.type, row.complete) if row else None


def complete(
    conn: Connection, team: str, sha256: str, *, lock: bool = False
) -> tuple[int, str] | None:
    """Return size and type of content that is whole; None for anything less (I16).

    ``lock``: nobody throws it away before the open write is done.
    """
    found = find(conn, team, sha256, lock=lock)
    return (found.size, found.type) if found and found.complete else None


def begin(conn: Connection, team: str, sha256: str, *, size: int, person: str, at: str) -> None:
    """Begin an upload."""
    conn.execute(
        insert(blob).values(
            team=team, sha256=sha256, size=size, held=0, type="", complete=False,
            person=person, touched_at=at, orphan_at=None,
        )
    )  # fmt: skip


def add(conn: Connection, team: str, sha256: str, start: int, data: bytes, at: str) -> None:
    """Add a piece at the end of what is held."""
    conn.execute(insert(blob_piece).values(team=team, sha256=sha256, start=start, data=data))
    conn.execute(
        update(blob).where(_this(team, sha256)).values(held=start + len(data), touched_at=at)
    )


def finish(conn: Connection, team: str, sha256: str, media_type: str) -> None:
    """Let the content be seen."""
    conn.execute(update(blob).where(_this(team, sha256)).values(complete=True, type=media_type))


def erase(conn: Connection, team: str, sha256: str) -> None:
    """Throw content away, whole or not."""
    conn.execute(delete(blob_piece).where(_p.team == team, _p.sha256 == sha256))
    conn.execute(delete(blob).where(_this(team, sha256)))


def pieces(
    conn: Connection, team: str, sha256: str, start: int = 0, end: int | None = None
) -> Iterator[bytes]:
    """Walk the bytes from ``start`` up to ``end``, piece by piece."""
    query = (
        select(_p.start, func.length(_p.data).label("size"))
        .where(_p.team == team, _p.sha256 == sha256)
        .order_by(_p.start)
    )
    for row in conn.execute(query).all():
        if row.start + row.size <= start or (end is not None and row.start >= end):
            continue
        data = conn.execute(
            select(_p.data).where(_p.team == team, _p.sha256 == sha256, _p.start == row.start)
        ).scalar_one()
        low = max(0, start - row.start)
        high = row.size if end is None else min(row.size, end - row.start)
        yield bytes(data[low:high])


def naming(conn: Connection, team: str, sha256: str) -> list[dict[str, Any]]:
    """Return what all photos say that name this content."""
    s = sync_record.c
    found = conn.execute(
        select(s.body).where(
            s.team == team, s.kind == "photo", s.parent == sha256, s.deleted.is_(False)
        )
    )
    return [json.loads(row.body) for row in found]


def mark_orphans(conn: Connection, at: str) -> None:
    """Note since when no record names content; forget it where one does again."""
    conn.execute(
        update(blob)
        .where(_b.complete == true(), _b.orphan_at.is_(None), not_(_NAMED))
        .values(orphan_at=at)
    )
    conn.execute(update(blob).where(_b.orphan_at.is_not(None), _NAMED).values(orphan_at=None))


def dated(conn: Connection) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return by team and hash what all photos say of whole content that a dated photo names.

    A photo with a last day is one of a post; there are few, and of those that are over no content
    is left to look at again.
    """
    s = sync_record.c
    found = conn.execute(
        select(_b.team, _b.sha256, s.body)
        .join(sync_record, and_(s.team == _b.team, s.kind == "photo", s.parent == _b.sha256))
        .where(s.deleted.is_(False), _b.complete == true())
    )
    bodies: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in found:
        bodies.setdefault((row.team, row.sha256), []).append(json.loads(row.body))
    return {key: held for key, held in bodies.items() if any(one.get("expires_on") for one in held)}


def drop_over(conn: Connection, unfinished_before: str, orphan_before: str) -> int:
    """Throw away uploads not touched since then and content not named since then.

    Locked first, looked at once more then: a record may name content at this very moment.
    """
    over = or_(
        and_(_b.complete == false(), _b.touched_at < unfinished_before),
        and_(_b.complete == true(), _b.orphan_at < orphan_before, not_(_NAMED)),
    )
    found = select(_b.team, _b.sha256).where(over).order_by(_b.team, _b.sha256)
    keys = [(row.team, row.sha256) for row in conn.execute(found.with_for_update(of=blob))]
    dropped = 0
    for start in range(0, len(keys), 200):
        part = tuple_(_b.team, _b.sha256).in_(keys[start : start + 200])
        still = delete(blob).where(part, over).returning(_b.team, _b.sha256)
        gone = [(row.team, row.sha256) for row in conn.execute(still)]
        conn.execute(delete(blob_piece).where(tuple_(_p.team, _p.sha256).in_(gone)))
        dropped += len(gone)
    return dropped


def _this(team: str, sha256: str) -> ColumnElement[bool]:
    return and_(_b.team == team, _b.sha256 == sha256)
