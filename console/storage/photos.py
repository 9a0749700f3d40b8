"""The photos of a report, and what central's word about their content does to their ops."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select, update

from console.domain.changes import Changes
from console.domain.photo import ABSENT, COMING, HERE, REFUSED, SENT, WAITING, BlobTask, Photo
from console.domain.settled import Settled
from console.domain.tray import DROP
from console.models.blob import DOWN, OPEN, UP, blob_task
from console.models.local import outbox, tray
from console.models.report import photo
from console.storage import blobs
from console.storage.history import names
from console.storage.settle import refuse
from contract.op import OpResult
from contract.vocabulary import OpStatus

MOST = 50
"""Most photos of one report that are listed."""

WITHDRAWN = "withdrawn"
"""Code of an act that its person took back before it was sent."""

p = photo.c


def of_report(conn: Connection, report_id: str) -> tuple[Photo, ...]:
    """Return the photos of a report in the order they were added, refused ones of this desk last."""
    rows = conn.execute(
        select(p.id, p.name, p.type, p.size, p.sha256, p.ver, p.made_by, p.made_at, p.reason)
        .where(p.parent_id == report_id, p.parent_kind == "report")
        .order_by(p.made_at, p.id)
        .limit(MOST)
    ).all()
    bodies = [(row.id, dict(row._mapping), SENT if row.ver else WAITING) for row in rows]
    bodies += [(id_, body, REFUSED) for id_, body in _refused(conn, report_id)]
    people = names(conn, [body.get("made_by") for _, body, _ in bodies])
    return tuple(_photo(conn, id_, body, state, people) for id_, body, state in bodies)


def one(conn: Connection, photo_id: str) -> Photo | None:
    """Return one photo that is shown; None where it is not here."""
    found = conn.execute(select(p.parent_id).where(p.id == photo_id)).scalar_one_or_none()
    return next((one for one in of_report(conn, found or "") if one.id == photo_id), None)


def is_at(conn: Connection, report_id: str, sha256: str) -> bool:
    """Say whether a report has this very photo already."""
    found = select(p.id).where(p.parent_id == report_id, p.sha256 == sha256).limit(1)
    return conn.execute(found).first() is not None


def withdraw(conn: Connection, photo_id: str, *, person: str, now: str) -> Changes | None:
    """Take back a photo that was never sent; None where it was, or is another person's.

    Its act stays traceable as let go; content that nothing else needs is not sent any more.
    """
    o = outbox.c
    row = conn.execute(
        select(o.op_id, func.json_extract(o.op, "$.set.sha256").label("sha256")).where(
            o.kind == "photo",
            o.id == photo_id,
            o.person == person,
            o.sent_at.is_(None),
            func.json_extract(o.op, "$.verb") == "create",
        )
    ).first()
    if row is None:
        return None
    changes = refuse(conn, OpResult(row.op_id, OpStatus.INVALID, code=WITHDRAWN), now=now).changes
    let_go = update(tray).where(tray.c.op_id == row.op_id)
    conn.execute(let_go.values(settled_at=now, settled_how=DROP))
    if not _ops_of(conn, str(row.sha256), person):
        blobs.done(conn, BlobTask(str(row.sha256), True, person, 0, 0, 0))
    return changes


def refuse_content(
    conn: Connection, task: BlobTask, *, code: str, status: OpStatus, now: str
) -> Settled:
    """Central takes this content never: the photos made of it go to the tray of their person."""
    blobs.done(conn, task)
    changes, count = Changes(), 0
    for op_id in _ops_of(conn, task.sha256, task.person):
        settled = refuse(conn, OpResult(op_id, status, code=code), now=now)
        changes |= settled.changes
        count += settled.trayed
    return Settled(changes, (), count)


def made_of(conn: Connection, sha256: str) -> Changes:
    """Return the photos that show this content."""
    found = conn.execute(select(p.id, p.parent_id).where(p.sha256 == sha256)).all()
    return Changes.of(("photo", row.id) for row in found)


def _ops_of(conn: Connection, sha256: str, person: str) -> list[str]:
    o = outbox.c
    found = conn.execute(
        select(o.op_id)
        .where(
            o.kind == "photo",
            o.person == person,
            func.json_extract(o.op, "$.set.sha256") == sha256,
        )
        .order_by(o.n)
    )
    return list(found.scalars())


def _refused(conn: Connection, report_id: str) -> list[tuple[str, dict[str, Any]]]:
    t = tray.c

    def part(name: str) -> Any:
        return func.json_extract(t.op, f"$.set.{name}")

    fields = ("name", "type", "size", "sha256", "made_by", "made_at", "reason")
    rows = conn.execute(
        select(t.id, *(part(name).label(name) for name in fields))
        .where(
            t.kind == "photo",
            t.settled_at.is_(None),
            func.json_extract(t.op, "$.verb") == "create",
            part("parent_id") == report_id,
        )
        .order_by(t.refused_at)
        .limit(MOST)
    ).all()
    return [(row.id, {name: getattr(row, name) for name in fields}) for row in rows]


def _photo(
    conn: Connection, id_: str, body: dict[str, Any], state: str, people: dict[str, str]
) -> Photo:
    sha256 = str(body.get("sha256") or "")
    t = blob_task.c
    found = conn.execute(
        select(t.way, func.max(t.offset)).where(t.sha256 == sha256, t.state == OPEN).group_by(t.way)
    ).all()
    under_way: dict[str, int] = {row[0]: row[1] for row in found}
    coming = COMING if DOWN in under_way else ABSENT
    return Photo(
        id=id_,
        name=str(body.get("name") or ""),
        type=str(body.get("type") or ""),
        size=int(body.get("size") or 0),
        sha256=sha256,
        state=state,
        sent=under_way.get(UP, 0),
        content=HERE if blobs.has(conn, sha256) else coming,
        made_by_name=people.get(str(body.get("made_by") or ""), ""),
        made_at=str(body.get("made_at") or ""),
        reason=str(body.get("reason") or ""),
    )
