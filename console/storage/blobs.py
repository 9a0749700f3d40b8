"""The content of photos in the local file, and what still travels of it (sync.md §8, §10).

Content stands in pieces in the encrypted file, never as a loose file. An op that makes a photo is
held back as long as a task to send its content is open.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, literal, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from console.domain.clock import moment, stamp
from console.domain.photo import BlobTask
from console.models.blob import DOWN, GONE, OPEN, UP, blob, blob_piece, blob_task
from console.models.local import outbox, tray
from console.models.report import photo
from console.storage.frozen import from_json
from contract import blobs
from contract.rules.photo import day_of

PIECE = 256 * 1024
"""Bytes of one piece of content that was made here."""

KEPT_DAYS = 30
"""How long content that central has is kept here after it was last shown."""

LONGEST_REST = timedelta(minutes=11)

MOST_TRIES = 5
"""How often content is sent anew because central says that it has none."""


def keep(conn: Connection, sha256: str, data: bytes, now: str) -> None:
    """Keep content that is whole; what is here already stays as it is."""
    if has(conn, sha256):
        return
    drop(conn, sha256)
    conn.execute(insert(blob), {"sha256": sha256, "size": len(data), "whole": 1, "used_at": now})
    conn.execute(
        insert(blob_piece),
        [
            {"sha256": sha256, "start": start, "data": data[start : start + PIECE]}
            for start in range(0, len(data), PIECE)
        ],
    )


def has(conn: Connection, sha256: str) -> bool:
    """Say whether content is here whole."""
    found = select(blob.c.whole).where(blob.c.sha256 == sha256)
    return bool(conn.execute(found).scalar_one_or_none())


def content(conn: Connection, sha256: str) -> bytes | None:
    """Return content that is here whole; None for any other (I16)."""
    return b"".join(_pieces(conn, sha256)) if has(conn, sha256) else None


def part(conn: Connection, sha256: str, start: int, most: int) -> bytes | None:
    """Return at most so many bytes of whole content from ``start`` on; None: not here."""
    if not has(conn, sha256):
        return None
    found = conn.execute(
        select(blob_piece.c.start, blob_piece.c.data)
        .where(
            blob_piece.c.sha256 == sha256,
            blob_piece.c.start < start + most,
            blob_piece.c.start + func.length(blob_piece.c.data) > start,
        )
        .order_by(blob_piece.c.start)
    ).all()
    if not found:
        return b""
    first = start - found[0].start
    return b"".join(row.data for row in found)[first : first + most]


def drop(conn: Connection, sha256: str) -> None:
    """Let content go."""
    conn.execute(delete(blob_piece).where(blob_piece.c.sha256 == sha256))
    conn.execute(delete(blob).where(blob.c.sha256 == sha256))


def forget(conn: Connection, photo_id: str) -> None:
    """Erase the content of a photo that may no longer be seen here, unless another shows it."""
    named = select(photo.c.sha256).where(photo.c.id == photo_id)
    sha256 = conn.execute(named).scalar_one_or_none()
    others = select(photo.c.id).where(photo.c.sha256 == sha256, photo.c.id != photo_id).limit(1)
    if sha256 is None or conn.execute(others).first() is not None:
        return
    erase(conn, sha256)


def is_sound(conn: Connection, sha256: str) -> bool:
    """Say whether the content here still fits its hash."""
    digest = hashlib.sha256()
    for piece in _pieces(conn, sha256):
        digest.update(piece)
    return digest.hexdigest() == sha256


def send(conn: Connection, sha256: str, *, size: int, person: str, now: str) -> None:
    """Have content sent for a person, from where central says that it stands."""
    _open_task(conn, sha256, UP, size=size, person=person, now=now)


def send_all(conn: Connection) -> None:
    """Have all content that a photo names sent, by anybody: another central lacks it."""
    named = select(literal(1)).where(photo.c.sha256 == blob.c.sha256).exists()
    found = conn.execute(
        select(blob.c.sha256, blob.c.size, blob.c.used_at).where(blob.c.whole == 1, named)
    ).all()
    for row in found:
        send(conn, row.sha256, size=row.size, person="", now=row.used_at)


def want(conn: Connection, sha256: str, *, size: int, now: str) -> bool:
    """Have content fetched, unless it is here; says whether that was not asked yet.

    One that central did not have is asked anew.
    """
    if has(conn, sha256):
        conn.execute(update(blob).where(blob.c.sha256 == sha256).values(used_at=now))
        return False
    t = blob_task.c
    asked = select(t.state).where(t.sha256 == sha256, t.way == DOWN, t.state == OPEN)
    if conn.execute(asked).first() is not None:
        return False
    _open_task(conn, sha256, DOWN, size=size, person="", now=now)
    return True


def due(conn: Connection, person: str, now: str) -> BlobTask | None:
    """Return what to carry next for this person: what is looked at first, then the oldest."""
    present = moment(now)
    # No rest is longer than that: the clock of this computer was put back since.
    latest = stamp(present + LONGEST_REST) if present else now
    t = blob_task.c
    row = conn.execute(
        select(blob_task)
        .where(
            t.state == OPEN,
            t.person.in_([person, ""]),
            or_(t.next_at <= now, t.next_at > latest),
        )
        .order_by(t.way, t.made_at, t.sha256)
        .limit(1)
    ).first()
    if row is None:
        return None
    return BlobTask(row.sha256, row.way == UP, row.person, row.size, row.offset, row.tries)


def moved(conn: Connection, task: BlobTask, offset: int) -> None:
    """Note how far content came."""
    conn.execute(update(blob_task).where(_is(task)).values(offset=offset))


def rest(conn: Connection, task: BlobTask, next_at: str) -> None:
    """Try again later; every such rest counts."""
    conn.execute(
        update(blob_task).where(_is(task)).values(next_at=next_at, tries=blob_task.c.tries + 1)
    )


def done(conn: Connection, task: BlobTask) -> None:
    """This is carried, or will never be: nothing is held back for it any more."""
    conn.execute(delete(blob_task).where(_is(task)))


def gone(conn: Connection, task: BlobTask) -> None:
    """Central has no such content now."""
    conn.execute(update(blob_task).where(_is(task)).values(state=GONE))


def fetched(conn: Connection, sha256: str) -> int:
    """Return how many bytes of content that is being fetched are here, without a hole."""
    found = select(func.coalesce(func.sum(func.length(blob_piece.c.data)), 0)).where(
        blob_piece.c.sha256 == sha256
    )
    return int(conn.execute(found).scalar_one())


def take(conn: Connection, task: BlobTask, start: int, data: bytes, now: str) -> bool:
    """Add what came; on the last byte the hash is checked. Says whether it is whole now.

    Content of another hash is thrown away, and the next byte asked for is the first.
    """
    if has(conn, task.sha256):
        done(conn, task)
        return True
    conn.execute(
        insert(blob)
        .values(sha256=task.sha256, size=task.size, whole=0, used_at=now)
        .on_conflict_do_nothing()
    )
    if start != fetched(conn, task.sha256):
        return False
    conn.execute(insert(blob_piece), {"sha256": task.sha256, "start": start, "data": data})
    moved(conn, task, start + len(data))
    if start + len(data) < task.size:
        return False
    if start + len(data) > task.size or not is_sound(conn, task.sha256):
        drop(conn, task.sha256)
        moved(conn, task, 0)
        return False
    conn.execute(update(blob).where(blob.c.sha256 == task.sha256).values(whole=1))
    done(conn, task)
    return True


def held(conn: Connection, op_ids: Sequence[str]) -> set[str]:
    """Return which of these ops make a photo whose content central does not have yet."""
    o, t = outbox.c, blob_task.c
    content_of = func.json_extract(o.op, "$.set.sha256")
    found = select(o.op_id).join(
        blob_task,
        and_(t.sha256 == content_of, t.way == UP, t.person == o.person, t.state == OPEN),
    )
    return set(conn.execute(found.where(o.op_id.in_(op_ids), o.kind == "photo")).scalars())


def send_again(conn: Connection, op: str, person: str, now: str, tries: int = 0) -> bool:
    """Have content sent that central turned out not to have; False: it is not here either.

    ``op``: the frozen op that makes the photo.
    """
    sha256 = str(from_json(op).get("set", {}).get("sha256", ""))
    size = conn.execute(
        select(blob.c.size).where(blob.c.sha256 == sha256, blob.c.whole == 1)
    ).scalar_one_or_none()
    if size is None or tries >= MOST_TRIES:
        return False
    send(conn, sha256, size=size, person=person, now=now)
    return True


def drop_over(conn: Connection, now: str) -> int:
    """Erase here the content of photos after their last day (F27); returns of how many.

    The record stays, with its hash. Content that a photo shows which is not over, stays.
    """
    today = day_of(now).isoformat()
    over = select(photo.c.sha256).where(photo.c.expires_on < today)
    named = conn.execute(
        select(photo.c.sha256, photo.c.expires_on).where(photo.c.sha256.in_(over))
    ).all()
    kept = {row.sha256 for row in named if not row.expires_on or row.expires_on >= today}
    gone = [one for one in {row.sha256 for row in named} - kept if _is_held(conn, one)]
    for sha256 in gone:
        erase(conn, sha256)
    return len(gone)


def is_past(conn: Connection, sha256: str, now: str) -> bool:
    """Say whether all photos of this content are after their last day: nobody sees it any more."""
    found = conn.execute(select(photo.c.expires_on).where(photo.c.sha256 == sha256)).scalars().all()
    today = day_of(now).isoformat()
    return bool(found) and all(one and one < today for one in found)


def erase(conn: Connection, sha256: str) -> None:
    """Let content go and have it neither sent nor fetched any more."""
    conn.execute(delete(blob_task).where(blob_task.c.sha256 == sha256))
    drop(conn, sha256)


def _is_held(conn: Connection, sha256: str) -> bool:
    tables = (blob.c.sha256, blob_task.c.sha256)
    return any(conn.execute(select(c).where(c == sha256).limit(1)).first() for c in tables)


def tidy(conn: Connection, now: str, *, alone: bool = False) -> int:
    """Let go what no photo names, and what was not shown for 30 days; returns how much.

    What is still to be sent, and what a refused photo in the tray needs, stays. ``alone``: central
    is in this program, so what a photo names stays too: it must go along to a team one day.
    """
    present = moment(now)
    if present is None:
        return 0
    over = drop_over(conn, now)
    until = stamp(present - timedelta(days=KEPT_DAYS))
    named = select(literal(1)).where(photo.c.sha256 == blob.c.sha256).exists()
    busy = select(literal(1)).where(blob_task.c.sha256 == blob.c.sha256).exists()
    needed = [
        select(literal(1))
        .where(
            table.c.kind == "photo",
            func.json_extract(table.c.op, "$.set.sha256") == blob.c.sha256,
            *more,
        )
        .exists()
        for table, more in ((outbox, ()), (tray, (tray.c.settled_at.is_(None),)))
    ]
    day = stamp(present - timedelta(days=1))
    found = conn.execute(
        select(blob.c.sha256).where(
            ~busy,
            *(~one for one in needed),
            blob.c.used_at < day,
            ~named if alone else or_(blob.c.used_at < until, ~named),
        )
    ).scalars()
    dropped = found.all()
    for sha256 in dropped:
        drop(conn, sha256)
    conn.execute(delete(blob_task).where(blob_task.c.way == DOWN, blob_task.c.made_at < until))
    return over + len(dropped)


def _pieces(conn: Connection, sha256: str) -> Sequence[bytes]:
    return (
        conn.execute(
            select(blob_piece.c.data)
            .where(blob_piece.c.sha256 == sha256)
            .order_by(blob_piece.c.start)
        )
        .scalars()
        .all()
    )


def _open_task(
    conn: Connection, sha256: str, way: str, *, size: int, person: str, now: str
) -> None:
    if not blobs.is_hash(sha256) or not 0 < size <= blobs.MAX_BYTES:
        return
    values = {"size": size, "offset": 0, "state": OPEN, "next_at": "", "made_at": now, "tries": 0}
    statement = insert(blob_task).values(sha256=sha256, way=way, person=person, **values)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=[blob_task.c.sha256, blob_task.c.way, blob_task.c.person],
            set_={"state": OPEN, "next_at": ""},
        )
    )


def _is(task: BlobTask) -> Any:
    t = blob_task.c
    way = UP if task.upward else DOWN
    return and_(t.sha256 == task.sha256, t.way == way, t.person == task.person)
