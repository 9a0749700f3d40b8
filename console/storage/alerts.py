"""Queries on running alerts: the list, one card, areas by name (F35-F37)."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from console.domain.alert import AlertCard, AlertRow
from console.domain.alert_state import state_now
from console.domain.clock import moment
from console.domain.post import Twin
from console.models.alert import alert
from console.models.directory import area, group
from console.models.post import placement, post
from console.storage.feeds import good_at, last_seen
from console.storage.history import history, names
from console.storage.projection import shown
from contract.alerts import alert_id as alert_id_of
from contract.vocabulary import FEEDS

a = alert.c
p = post.c
pl = placement.c

MOST = 300

_SECTIONS = {"active": "running", "unknown": "unknown", "ended": "ended"}

_ROW = (
    a.id,
    a.title,
    a.kind,
    a.source,
    a.state,
    a.state_at,
    a.seen_by,
    a.test,
    a.municipality,
    a.places,
    a.area_id,
    a.started_at,
    a.ended_at,
    a.received_at,
)


def rows(conn: Connection, *, now: str, since: str = "") -> list[AlertRow]:
    """Return alerts as running, unknown, ended; newest first. ``since``: ended ones from then."""
    found: list[Any] = []
    for state in ("active", "unknown", "ended"):
        wanted = select(*_ROW).where(a.state == state)
        if state == "ended" and since:
            wanted = wanted.where(func.coalesce(a.ended_at, a.state_at, a.received_at) >= since)
        found += conn.execute(wanted.order_by(a.started_at.desc()).limit(MOST)).all()
    made = _snapshots(conn, found, now)
    order = {"running": 0, "unknown": 1, "ended": 2}
    return sorted(made, key=lambda row: order[row.section])


def card(conn: Connection, alert_id: str, *, now: str) -> AlertCard | None:
    """Return everything about one alert."""
    row = conn.execute(
        select(
            *_ROW, a.text, a.original, a.closing_text, a.plates, a.phone_lines, a.external_id
        ).where(a.id == alert_id)
    ).one_or_none()
    if row is None:
        return None
    posts = conn.execute(
        select(p.id, p.title, p.status).where(p.alert_id == alert_id).order_by(p.n.desc()).limit(50)
    ).all()
    original = original_bytes(row.original or "").decode("utf-8", "replace")
    if row.source in FEEDS:
        # Kept as it came, version by version; a person reads the words in it.
        original = row.text or ""
    return AlertCard(
        _snapshots(conn, [row], now)[0],
        row.municipality or "",
        original or row.text or "",
        row.closing_text or "",
        row.external_id or "",
        tuple(row.plates or ()),
        tuple(row.phone_lines or ()),
        tuple((one.id, one.title or "", one.status or "draft") for one in posts),
        tuple(history(conn, "alert", alert_id)),
    )


def by_original(conn: Connection, sha256: str) -> str:
    """Return the alert that was kept from these very bytes before; empty: none (F35)."""
    found = conn.execute(
        select(a.id).where(a.original_sha256 == sha256).order_by(a.n).limit(1)
    ).scalar_one_or_none()
    return str(found or "")


def kept_before(conn: Connection, sha256: str, text: str) -> str:
    """Return the alert that was kept from these bytes, or from this text elsewhere; empty: none."""
    own_id = alert_id_of(text)
    if own_id and shown(conn, "alert", own_id) is not None:
        return own_id
    return by_original(conn, sha256)


def twin(conn: Connection, post_id: str, alert_id: str, me: str) -> Twin | None:
    """Return the message of a colleague about the same action that this one would double.

    One that was given out, or was begun before this one and is still being written: of two drafts
    the later one gives way.
    """
    if not alert_id:
        return None
    found = conn.execute(
        select(p.id, p.status, p.author, p.released_by)
        .where(
            p.alert_id == alert_id,
            p.type == "broadcast",
            p.id != post_id,
            p.status.in_(("draft", "ready", "released")),
        )
        .order_by(p.id)
    ).all()
    for one in found:
        who = str(one.released_by or one.author or "")
        if who not in ("", me) and (one.status == "released" or one.id < post_id):
            return Twin(one.id, names(conn, [who]).get(who, ""), one.status == "released")
    return None


def open_draft(conn: Connection, alert_id: str) -> str:
    """Return the broadcast of an alert that is still being written; empty: none."""
    found = conn.execute(
        select(p.id)
        .where(p.alert_id == alert_id, p.type == "broadcast", p.status.in_(("draft", "ready")))
        .order_by(p.n.desc())
        .limit(1)
    ).scalar_one_or_none()
    return str(found or "")


def broadcasts(conn: Connection, alert_id: str) -> list[str]:
    """Return the posts of an alert that stand in a group and still wait for feedback."""
    found = conn.execute(
        select(p.id)
        .where(
            p.alert_id == alert_id,
            p.status == "released",
            p.feedback_due_at > "",
            p.settled_at.is_(None),
        )
        .order_by(p.n)
    )
    return list(found.scalars())


def areas_named(conn: Connection, wanted: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return areas with one of these names: id, name, level; the smallest areas first."""
    folded = [one.casefold() for one in wanted if one.strip()][:50]
    if not folded:
        return []
    found = conn.execute(
        select(area.c.id, area.c.name, area.c.level)
        .where(func.lower(area.c.name).in_(folded))
        .limit(100)
    ).all()
    order = ["neighbourhood", "district", "village", "municipality", "team"]
    return sorted(
        ((row.id, row.name, row.level or "") for row in found),
        key=lambda row: order.index(row[2]) if row[2] in order else len(order),
    )


def groups_in(conn: Connection, area_ids: Sequence[str]) -> int:
    """Count the administrators' and regie groups of these areas, for "4 in het gebied"."""
    return int(
        conn.execute(
            select(func.count())
            .select_from(group)
            .where(group.c.area_id.in_(area_ids), group.c.kind.in_(("administrators", "regie")))
        ).scalar_one()
    )


def original_bytes(kept: str) -> bytes:
    """Return the bytes as they came; empty where what was kept is not base64."""
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _snapshots(conn: Connection, found: Sequence[Any], now: str) -> list[AlertRow]:
    at = moment(now)
    ids = [row.id for row in found]
    done = _done(conn, ids)
    waiting = set(
        conn.execute(
            select(p.alert_id).where(
                p.alert_id.in_(ids), p.feedback_due_at > "", p.settled_at.is_(None)
            )
        ).scalars()
    )
    areas = {
        row.id: row.name
        for row in conn.execute(
            select(area.c.id, area.c.name).where(
                area.c.id.in_({row.area_id for row in found if row.area_id})
            )
        )
    }
    good = good_at(conn)
    made = []
    for row in found:
        seen = last_seen(good, row.source, row.state, row.state_at or "", row.seen_by)
        words, post_id, draft_id, author = done.get(row.id, ("niet doorgezet", "", "", ""))
        state = state_now(row.state or "unknown", seen, at) if at else row.state or "unknown"
        places = [str(one) for one in row.places or ()]
        made.append(
            AlertRow(
                row.id,
                row.title or "",
                areas.get(row.area_id) or (places[-1] if places else "") or row.municipality or "",
                row.source or "",
                row.kind or "",
                _SECTIONS.get(state, "unknown"),
                state,
                seen,
                row.started_at or "",
                row.ended_at or "",
                row.received_at or "",
                bool(row.test),
                words,
                post_id,
                draft_id,
                author,
                row.id in waiting,
            )
        )
    return made


def _done(conn: Connection, ids: Sequence[str]) -> dict[str, tuple[str, str, str, str]]:
    """Say in words what this team did with each alert, with its post, draft and author."""
    found = conn.execute(
        select(p.id, p.alert_id, p.type, p.status, p.author, p.feedback_due_at, p.settled_at)
        .where(p.alert_id.in_(ids), p.type.in_(("broadcast", "forward", "recorded")))
        .order_by(p.n)
    ).all()
    counts = {
        row.post_id: row.n
        for row in conn.execute(
            select(pl.post_id, func.count().label("n"))
            .where(pl.post_id.in_([row.id for row in found]), pl.state == "placed")
            .group_by(pl.post_id)
        )
    }
    people = names(conn, [row.author for row in found])
    made: dict[str, tuple[str, str, str, str]] = {}
    for row in found:
        words, post_id, draft_id, author = made.get(row.alert_id, ("niet doorgezet", "", "", ""))
        if row.status in ("draft", "ready"):
            draft_id, author = row.id, people.get(row.author or "", "")
            if not post_id:
                words = f"concept van {author}" if author else "concept"
        elif counts.get(row.id):
            post_id, n = row.id, counts[row.id]
            words = "1 groep kreeg het" if n == 1 else f"{n} groepen kregen het"
            if row.settled_at:
                words = "terugkoppeling gedaan"
        made[row.alert_id] = (words, post_id, draft_id, author)
    return made
