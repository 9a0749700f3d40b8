"""What was done here with messages of neighbours: passed on, ticked off, ended (F21)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from console.domain.clock import moment, stamp
from console.domain.district import PassedOn, has_ended
from console.domain.neighbours import SharedMessage, from_kept, kept_form
from console.domain.post import Twin
from console.models.alert import alert
from console.models.handover import log_entry
from console.models.post import placement, post
from console.storage import memory
from console.storage.history import names
from console.storage.projection import shown
from contract.neighbours import HOURS

SHARED = "shared_by_administrator"
TAKEN_BACK = "share_taken_back"
"""What the log says where somebody ticked a message off, and where they took that back."""

p = post.c
pl = placement.c
log = log_entry.c

_OUT = ("released", "closed")
_KEPT = "neighbour_messages"


def passed_on(
    conn: Connection, source_ids: Collection[str], me: str
) -> dict[str, tuple[PassedOn, ...]]:
    """Return the copies of each of these messages, what went out first; none put away unposted."""
    found = conn.execute(
        select(p.id, p.forwards, p.status, p.author, p.released_by, p.released_at, p.created_at)
        .where(p.forwards.in_(source_ids), p.type == "forward")
        .order_by(p.n)
    ).all()
    people = names(conn, [row.released_by or row.author for row in found])
    made: dict[str, list[PassedOn]] = {}
    for row in found:
        if row.status == "closed" and not row.released_at:
            continue
        who = row.released_by or row.author or ""
        copy = PassedOn(
            row.id,
            people.get(who, ""),
            row.released_at or row.created_at or "",
            row.status in _OUT,
            who == me,
        )
        made.setdefault(row.forwards, []).append(copy)
    return {
        key: tuple(sorted(part, key=lambda one: not one.released)) for key, part in made.items()
    }


def open_copy(conn: Connection, source_id: str, me: str) -> str:
    """Return the copy of a message that this person is still writing; empty: none."""
    copies = passed_on(conn, [source_id], me).get(source_id, ())
    return next((one.post_id for one in copies if one.mine and not one.released), "")


def ticked_off(conn: Connection, post_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return who said, and when, that the administrator shared these already."""
    found = conn.execute(
        select(log.subject_id, log.what, log.by, log.made_at)
        .where(
            log.subject_kind == "post",
            log.subject_id.in_(post_ids),
            log.what.in_((SHARED, TAKEN_BACK)),
        )
        .order_by(log.made_at, log.n)
    ).all()
    last = {row.subject_id: row for row in found}
    people = names(conn, [row.by for row in last.values()])
    return {
        key: (people.get(row.by or "", "Een collega"), row.made_at or "")
        for key, row in last.items()
        if row.what == SHARED
    }


def keep_shared(conn: Connection, messages: Sequence[SharedMessage], now: str) -> None:
    """Remember what teams beside share; what they share no longer goes. Never sent."""
    memory.remember(conn, _KEPT, kept_form(messages, now))


def tidy(conn: Connection, now: str) -> int:
    """Forget what was shared longer ago than it may be shown; returns how many messages."""
    present = moment(now)
    asked_at, messages = shared(conn)
    if present is None or not messages:
        return 0
    until = stamp(present - timedelta(hours=HOURS))
    left = [one for one in messages if one.at >= until]
    if len(left) < len(messages):
        memory.remember(conn, _KEPT, kept_form(left, asked_at))
    return len(messages) - len(left)


def shared(conn: Connection) -> tuple[str, tuple[SharedMessage, ...]]:
    """Return when central was asked last, and what teams beside shared then."""
    return from_kept(memory.recall(conn, _KEPT))


def shared_message(conn: Connection, post_id: str) -> SharedMessage | None:
    """Return one message of a team beside; None where it is not shared any more."""
    return next((one for one in shared(conn)[1] if one.id == post_id), None)


def ended(conn: Connection, post_id: str) -> bool:
    """Say whether a message is over; one that is not known here is not known to be."""
    row = conn.execute(
        select(p.settled_at, p.outcome, alert.c.state)
        .select_from(post)
        .outerjoin(alert, alert.c.id == p.alert_id)
        .where(p.id == post_id)
    ).one_or_none()
    if row is None:
        theirs = shared_message(conn, post_id)
        return theirs is not None and theirs.ended
    return has_ended(row.settled_at or "", row.outcome or "", row.state or "")


def twin(conn: Connection, post_id: str, body: Mapping[str, Any], me: str) -> Twin | None:
    """Return a colleague's copy of the same message for one of the same groups, if there is one.

    Copies for different groups are what passing on is for. Of two drafts the later gives way.
    """
    source = str(body.get("forwards") or "")
    own = _groups(conn, post_id)
    for one in passed_on(conn, [source], me).get(source, ()) if source else ():
        if one.mine or one.post_id == post_id or not (one.released or one.post_id < post_id):
            continue
        if own & _groups(conn, one.post_id):
            return Twin(one.post_id, one.by_name, one.released, passed_on=True)
    return None


def source_of(conn: Connection, body: Mapping[str, Any]) -> tuple[str, str, bool]:
    """Return where a copy came from: id, name of the place, and whether that is over."""
    source = str(body.get("forwards") or "")
    if not source:
        return "", "", False
    record = shown(conn, "post", source)
    return (source if record else "", str(body.get("forwards_from") or ""), ended(conn, source))


def _groups(conn: Connection, post_id: str) -> set[str]:
    found = conn.execute(select(pl.group_id).where(pl.post_id == post_id)).scalars()
    return {str(one) for one in found}
