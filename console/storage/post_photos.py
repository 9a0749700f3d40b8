"""Queries on the photo of a post and on where it is still to be taken away (F27)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from console.domain.photo import ABSENT, COMING, HERE, SENT, WAITING
from console.domain.post_photo import DuePhoto, PostPhoto, Removal, said_of
from console.models.blob import DOWN, OPEN, blob_task
from console.models.handover import log_entry
from console.models.post import placement, post
from console.models.report import photo
from console.models.sign import task
from console.storage import blobs
from console.storage.history import names
from contract.rules.photo import is_over
from contract.vocabulary import TaskKind

p, t, pl = photo.c, task.c, placement.c

PREVIEWED = "photo_previewed"


def of_post(conn: Connection, post_id: str, me: str, now: str) -> PostPhoto | None:
    """Return a post with its photo; None where there is no such post."""
    row = conn.execute(
        select(post.c.kind, post.c.title, post.c.status, post.c.report_id).where(
            post.c.id == post_id
        )
    ).one_or_none()
    if row is None:
        return None
    about = (post_id, row.kind or "", row.title or "", row.status or "", row.report_id or "")
    one = conn.execute(
        select(photo)
        .where(p.parent_id == post_id, p.parent_kind == "post")
        .order_by(p.made_at, p.id)
        .limit(1)
    ).one_or_none()
    if one is None:
        return PostPhoto(*about, removals=removals(conn, post_id))
    body = dict(one._mapping)
    over = is_over(body, now)
    return PostPhoto(
        *about,
        id=one.id,
        name=one.name or "",
        type=one.type or "",
        state=SENT if one.ver else WAITING,
        content=_content(conn, one.sha256 or ""),
        said=said_of(body),
        made_by_name=names(conn, [one.made_by]).get(one.made_by or "", ""),
        made_at=one.made_at or "",
        over=over,
        previewed=was_previewed(conn, one.id, me),
        removals=removals(conn, post_id),
    )


def id_of(conn: Connection, post_id: str) -> str:
    """Return the id of the photo of a post; empty for none."""
    found = select(p.id).where(p.parent_id == post_id, p.parent_kind == "post").limit(1)
    return str(conn.execute(found).scalar_one_or_none() or "")


def was_previewed(conn: Connection, photo_id: str, person: str) -> bool:
    """Say whether this person had this photo on the screen beside its text."""
    c = log_entry.c
    found = select(c.id).where(
        c.subject_kind == "photo", c.subject_id == photo_id, c.what == PREVIEWED, c.by == person
    )
    return conn.execute(found.limit(1)).first() is not None


def removal_of(conn: Connection, placement_id: str) -> tuple[str, str]:
    """Return id and state of the task to take the photo away in this group; empty for none."""
    found = conn.execute(
        select(t.id, t.state)
        .where(t.subject_id == placement_id, t.what == TaskKind.PHOTO_REMOVAL)
        .limit(1)
    ).one_or_none()
    return (found.id, found.state or "") if found else ("", "")


def removals(conn: Connection, post_id: str) -> tuple[Removal, ...]:
    """Return where the photo of a post is, or was, to be taken away."""
    rows = conn.execute(
        select(t.id, t.title, t.state, t.due_at, t.done_by, t.done_at)
        .select_from(placement.join(task, t.subject_id == pl.id))
        .where(pl.post_id == post_id, t.what == TaskKind.PHOTO_REMOVAL)
        .order_by(pl.position, t.n)
    ).all()
    people = names(conn, [row.done_by for row in rows])
    return tuple(
        Removal(
            row.id,
            row.title or "",
            row.state or "",
            row.due_at or "",
            people.get(row.done_by or "", ""),
            row.done_at or "",
        )
        for row in rows
    )


def due(conn: Connection, now: str) -> list[DuePhoto]:
    """Return the posts whose photo must be taken away by now, the one due longest first."""
    rows = conn.execute(
        select(pl.post_id, post.c.title, t.due_at)
        .select_from(
            task.join(placement, t.subject_id == pl.id).join(post, post.c.id == pl.post_id)
        )
        .where(t.state == "open", t.due_at <= now, t.what == TaskKind.PHOTO_REMOVAL)
        .order_by(t.due_at, t.n)
    ).all()
    found: dict[str, DuePhoto] = {}
    for row in rows:
        one = found.get(row.post_id) or DuePhoto(row.post_id, row.title or "", 0, row.due_at)
        found[row.post_id] = replace(one, groups=one.groups + 1)
    return list(found.values())


def _content(conn: Connection, sha256: str) -> str:
    if blobs.has(conn, sha256):
        return HERE
    b = blob_task.c
    asked = select(b.sha256).where(b.sha256 == sha256, b.way == DOWN, b.state == OPEN)
    return COMING if conn.execute(asked.limit(1)).first() is not None else ABSENT
