"""Queries on the hand-off ledger: what people said about one post in each group (F28)."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from console.domain.decided import Decided
from console.domain.post import Ledger, PlacementRow
from console.models.alert import alert
from console.models.directory import administrator, group, group_administrator, group_parent
from console.models.post import placement, post
from console.storage.decided import decided_by_post
from console.storage.feeds import good_at, last_seen
from console.storage.history import names
from console.storage.memory import recall_all, remember

p = post.c
pl = placement.c

_MARK = "copied:"


def ledger(conn: Connection, post_id: str, *, me: str) -> Ledger | None:
    """Return the ledger of one post, its rows in order; None where the post is not there."""
    row = conn.execute(
        select(
            p.id,
            p.type,
            p.kind,
            p.title,
            p.urgent,
            p.status,
            p.feedback_due_at,
            p.settled_at,
            p.alert_id,
            p.corrects,
            p.answers,
            p.holder,
            p.author,
            alert.c.state.label("alert_state"),
            alert.c.state_at.label("alert_state_at"),
            alert.c.source.label("alert_source"),
            alert.c.seen_by.label("alert_seen_by"),
            alert.c.started_at.label("alert_started_at"),
        )
        .select_from(post)
        .outerjoin(alert, alert.c.id == p.alert_id)
        .where(p.id == post_id)
    ).one_or_none()
    if row is None:
        return None
    rows = placement_rows(conn, post_id)
    placed = [one.state_at for one in rows if one.state == "placed"]
    people = names(conn, [row.holder])
    return Ledger(
        row.id,
        row.type or "",
        row.kind or "",
        row.title or "",
        bool(row.urgent),
        row.status or "draft",
        rows,
        row.feedback_due_at or "",
        min(placed, default=""),
        row.settled_at or "",
        row.alert_id or "",
        row.alert_state or "",
        last_seen(
            good_at(conn) if row.alert_id else {},
            row.alert_source,
            row.alert_state,
            row.alert_state_at or "",
            row.alert_seen_by,
        ),
        row.alert_started_at or "",
        row.corrects or "",
        row.answers or "",
        me in (row.holder, row.author),
        people.get(row.holder or "", ""),
        decided_by_post(conn, [post_id]).get(post_id, Decided()),
    )


def placement_rows(conn: Connection, post_id: str) -> tuple[PlacementRow, ...]:
    """Return the rows of a ledger in order, with how each group is reached and how big it is."""
    found = conn.execute(
        select(
            pl.id,
            pl.group_id,
            pl.position,
            pl.state,
            pl.state_at,
            pl.by,
            pl.reason,
            pl.note,
            pl.text,
            pl.chosen_by_hand,
            pl.pending,
            group.c.name,
            group.c.reach,
            group.c.reach_via,
            group.c.members,
        )
        .select_from(placement)
        .outerjoin(group, group.c.id == pl.group_id)
        .where(pl.post_id == post_id)
        .order_by(pl.position, pl.n)
    ).all()
    people = names(conn, [row.by for row in found])
    ids = [row.group_id for row in found]
    sizes = administrators_of(conn, ids)
    below = members_below(conn, ids)
    return tuple(
        PlacementRow(
            row.id,
            row.group_id,
            row.name or "",
            row.position or 0,
            row.reach or "direct",
            row.reach_via or "",
            sizes.get(row.group_id, 0),
            row.members or below.get(row.group_id, 0),
            row.state or "pending",
            row.state_at or "",
            people.get(row.by or "", ""),
            row.reason or "",
            row.note or "",
            row.text or "",
            bool(row.chosen_by_hand),
            bool(row.pending),
        )
        for row in found
    )


def administrators_of(conn: Connection, group_ids: Sequence[str]) -> dict[str, int]:
    """Count the active administrators each group reaches: its own and of the groups under it.

    Somebody who runs two groups under one administrators' group is one person.
    """
    link, who, parent = group_administrator.c, administrator.c, group_parent.c
    own = (
        select(link.group_id.label("over"), link.administrator_id.label("who"))
        .join(administrator, who.id == link.administrator_id)
        .where(link.group_id.in_(group_ids), func.coalesce(who.active, 1) != 0)
    )
    below = (
        select(parent.parent_id.label("over"), link.administrator_id.label("who"))
        .select_from(group_parent)
        .join(group_administrator, link.group_id == parent.group_id)
        .join(administrator, who.id == link.administrator_id)
        .where(parent.parent_id.in_(group_ids), func.coalesce(who.active, 1) != 0)
    )
    both = own.union(below).subquery()
    found = conn.execute(
        select(both.c.over, func.count().label("n")).select_from(both).group_by(both.c.over)
    )
    return {row.over: row.n for row in found}


def members_below(conn: Connection, group_ids: Sequence[str]) -> dict[str, int]:
    """Add up the members of the groups under each administrators' group."""
    found = conn.execute(
        select(group_parent.c.parent_id, func.sum(group.c.members).label("n"))
        .select_from(group_parent)
        .join(group, group.c.id == group_parent.c.group_id)
        .where(group_parent.c.parent_id.in_(group_ids))
        .group_by(group_parent.c.parent_id)
    )
    return {row.parent_id: int(row.n or 0) for row in found}


def open_groups(conn: Connection, broadcast_id: str) -> tuple[set[str], int]:
    """Return the groups that still wait for a final feedback, and how many got one placed (F30).

    A group that got the broadcast is done when any released feedback other than "still running"
    was placed there or was said not to be placed.
    """
    got = set(
        conn.execute(
            select(pl.group_id).where(pl.post_id == broadcast_id, pl.state == "placed")
        ).scalars()
    )
    answers = [
        row.id
        for row in conn.execute(
            select(p.id, p.fields).where(
                p.answers == broadcast_id, p.status.in_(("released", "closed"))
            )
        )
        if (row.fields or {}).get("_outcome") not in (None, "", "still_running")
    ]
    found = conn.execute(
        select(pl.group_id, pl.state).where(
            pl.post_id.in_(answers), pl.state.in_(("placed", "not_placed"))
        )
    ).all()
    placed = sum(1 for row in found if row.state == "placed" and row.group_id in got)
    return got - {row.group_id for row in found}, placed


def states(conn: Connection, post_id: str) -> dict[str, int]:
    """Count the rows of one post per state."""
    found = conn.execute(
        select(pl.state, func.count().label("n")).where(pl.post_id == post_id).group_by(pl.state)
    )
    return {row.state or "pending": row.n for row in found}


def unanswered(conn: Connection, post_id: str, cannot_see: str) -> bool:
    """Say whether a row is unknown and nobody looked yet; ``cannot_see`` is the note that did."""
    found = conn.execute(
        select(pl.id)
        .where(
            pl.post_id == post_id, pl.state == "unknown", func.coalesce(pl.note, "") != cannot_see
        )
        .limit(1)
    )
    return found.first() is not None


def unconfirmed(conn: Connection) -> tuple[int, str]:
    """Count the rows that are copied or unknown, and since when the oldest is (status bar)."""
    row = conn.execute(
        select(func.count().label("n"), func.min(pl.state_at).label("since")).where(
            pl.state.in_(("copied", "unknown"))
        )
    ).one()
    return int(row.n), row.since or ""


def first_unconfirmed(conn: Connection) -> tuple[int, str]:
    """Count the unknown rows, and name the post a person should look at first; "" for none.

    Unknown rows come before copied ones, the oldest first.
    """
    rows = conn.execute(
        select(pl.post_id, pl.state)
        .where(pl.state.in_(("copied", "unknown")))
        .order_by(pl.state.desc(), pl.state_at, pl.n)
    ).all()
    unknown = sum(1 for row in rows if row.state == "unknown")
    return unknown, str(rows[0].post_id) if rows else ""


def mark_copied(conn: Connection, placement_id: str, at: str) -> None:
    """Remember on this desk that a text went to its clipboard."""
    remember(conn, _MARK + placement_id, at)


def forget_copied(conn: Connection, placement_id: str) -> None:
    """Forget it: a person said what happened."""
    remember(conn, _MARK + placement_id, None)


def copied_here(conn: Connection) -> list[str]:
    """Return the rows that were copied at this desk and never confirmed."""
    return [name.removeprefix(_MARK) for name in recall_all(conn, _MARK)]
