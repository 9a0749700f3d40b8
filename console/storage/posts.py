"""Queries on posts: the list, the groups of one, and what the guard must know (F22-F28)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from console.domain.post import PostRow
from console.domain.writing import Target
from console.models.directory import administrator, area, area_role, group
from console.models.post import placement, post
from console.models.workbook import setting
from console.storage.history import names
from contract.guard import terms

p = post.c
pl = placement.c

MOST = 200
_OPEN = ("pending", "copied", "unknown")
_LIVE = ("released", "closed")

_ROW = (
    p.id,
    p.type,
    p.kind,
    p.title,
    p.status,
    p.author,
    p.holder,
    p.created_at,
    p.released_at,
    p.feedback_due_at,
    p.settled_at,
)


def rows(conn: Connection, *, me: str, limit: int = MOST) -> list[PostRow]:
    """Return posts for the list: busy, ready, unconfirmed, then placed; newest first in each."""
    made: list[PostRow] = []
    for status in ("draft", "ready"):
        made += _with_counts(conn, _by_status(conn, (status,), limit), me)
    live = _with_counts(conn, _by_status(conn, _LIVE, limit), me)
    order = {"busy": 0, "ready": 1, "unconfirmed": 2, "placed": 3}
    return sorted([*made, *live], key=lambda row: order[row.section])


def rows_of(conn: Connection, ids: Sequence[str], *, me: str) -> list[PostRow]:
    """Return these posts as rows, in the order asked for."""
    found = conn.execute(select(*_ROW).where(p.id.in_(ids))).all()
    by_id = {row.id: row for row in _with_counts(conn, found, me)}
    return [by_id[one] for one in ids if one in by_id]


def _by_status(conn: Connection, states: Sequence[str], limit: int) -> Sequence[Any]:
    found: list[Any] = []
    for state in states:
        wanted = select(*_ROW).where(p.status == state)
        if state == "closed":
            # A draft that was put away is closed too; it never went out.
            wanted = wanted.where(p.released_at > "")
        found += conn.execute(wanted.order_by(p.created_at.desc()).limit(limit)).all()
    return sorted(found, key=lambda row: row.created_at or "", reverse=True)[:limit]


def _with_counts(conn: Connection, found: Sequence[Any], me: str) -> list[PostRow]:
    people = names(conn, [one for row in found for one in (row.author, row.holder)])
    counted: dict[str, dict[str, int]] = {}
    for part in conn.execute(
        select(pl.post_id, pl.state, func.count().label("n"))
        .where(pl.post_id.in_([row.id for row in found]))
        .group_by(pl.post_id, pl.state)
    ):
        counted.setdefault(part.post_id, {})[part.state or "pending"] = part.n
    return [_snapshot(row, counted.get(row.id, {}), people, me) for row in found]


def _snapshot(row: Any, states: Mapping[str, int], people: Mapping[str, str], me: str) -> PostRow:
    section = {"draft": "busy", "ready": "ready"}.get(row.status or "draft", "placed")
    if row.status == "released" and any(states.get(state) for state in _OPEN):
        section = "unconfirmed"
    return PostRow(
        row.id,
        row.type or "",
        row.kind or "",
        row.title or "",
        section,
        row.status or "draft",
        people.get(row.author or "", ""),
        people.get(row.holder or "", ""),
        me in (row.author, row.holder),
        sum(states.values()),
        states.get("placed", 0),
        states.get("copied", 0) + states.get("unknown", 0),
        row.released_at or row.created_at or "",
        row.feedback_due_at or "",
        row.settled_at or "",
    )


def targets(conn: Connection, post_id: str) -> tuple[Target, ...]:
    """Return the ticked groups of a post in order, with the area that stands in line one."""
    found = conn.execute(
        select(
            pl.id,
            pl.group_id,
            pl.chosen_by_hand,
            group.c.name.label("group_name"),
            area.c.name.label("area_name"),
        )
        .select_from(placement)
        .outerjoin(group, group.c.id == pl.group_id)
        .outerjoin(area, area.c.id == group.c.area_id)
        .where(pl.post_id == post_id)
        .order_by(pl.position, pl.n)
    )
    return tuple(
        Target(
            row.group_id,
            row.group_name or "",
            row.area_name or row.group_name or "",
            row.id,
            bool(row.chosen_by_hand),
        )
        for row in found
    )


def placed_in(conn: Connection, post_id: str) -> tuple[str, ...]:
    """Return the groups in which a post stands, in order."""
    found = conn.execute(
        select(pl.group_id)
        .where(pl.post_id == post_id, pl.state == "placed")
        .order_by(pl.position, pl.n)
    )
    return tuple(found.scalars())


def standing_in(
    conn: Connection, post_id: str, alert_id: str, group_ids: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Return where a post, or another about the same alert, stands among these groups.

    Each as group id, group name and the stamp of placing, the latest first (F21).
    """
    same = p.id == post_id
    if alert_id:
        same = or_(same, p.alert_id == alert_id)
    found = conn.execute(
        select(pl.group_id, group.c.name, pl.state_at)
        .select_from(placement)
        .join(post, p.id == pl.post_id)
        .outerjoin(group, group.c.id == pl.group_id)
        .where(pl.group_id.in_(group_ids), pl.state == "placed", same)
        .order_by(pl.state_at.desc())
        .limit(MOST)
    )
    return [(row.group_id, row.name or "", row.state_at or "") for row in found]


def next_position(conn: Connection, post_id: str) -> int:
    """Return the number the next ticked group gets, from 1."""
    last = conn.execute(
        select(func.max(pl.position)).where(pl.post_id == post_id)
    ).scalar_one_or_none()
    return int(last or 0) + 1


def area_name(conn: Connection, area_id: str) -> str:
    """Return the name of an area, empty where there is none."""
    if not area_id:
        return ""
    return str(
        conn.execute(select(area.c.name).where(area.c.id == area_id)).scalar_one_or_none() or ""
    )


def guard_names(conn: Connection) -> frozenset[str]:
    """Return the names the guard looks for: administrators and who is who in areas (F26)."""
    found = {
        str(one).strip()
        for column in (administrator.c.name, area_role.c.name)
        for one in conn.execute(select(column)).scalars()
        if one
    }
    return frozenset(found - {""})


def setting_value(conn: Connection, name: str) -> Mapping[str, Any]:
    """Return the value of a team setting, empty where it was never made."""
    value = conn.execute(select(setting.c.value).where(setting.c.id == name)).scalar_one_or_none()
    return value if isinstance(value, Mapping) else {}


def allowed_terms(conn: Connection) -> frozenset[str]:
    """Return the words the team judged to be no person (day.md §4)."""
    return frozenset(terms.allowed_terms(setting_value(conn, terms.CHOICE)))


def team_name(conn: Connection) -> str:
    """Return the name of the team: its setting, else the area of level team."""
    name = setting_value(conn, "team").get("name")
    if isinstance(name, str) and name.strip():
        return name.strip()
    found = conn.execute(
        select(area.c.name).where(area.c.level == "team").order_by(area.c.n).limit(1)
    ).scalar_one_or_none()
    return str(found or "")
