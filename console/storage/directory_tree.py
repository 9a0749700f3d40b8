"""Reads the shape of the directory in one go, and finds the lines a search narrows it to."""

from typing import Any

from sqlalchemy import Connection, select, text

from console.domain.directory_map import (
    MEMBER_LIMIT,
    AreaFact,
    DirectoryMap,
    GroupFact,
    PersonFact,
    RoleFact,
    SeatFact,
)
from console.models.directory import (
    administrator,
    area,
    area_neighbour,
    area_role,
    group,
    group_administrator,
    group_parent,
)
from console.models.workbook import setting
from console.storage.typed_words import fts_query

KINDS = (
    "area",
    "area_neighbour",
    "area_role",
    "group",
    "group_parent",
    "administrator",
    "group_administrator",
    "setting",
)
"""The kinds whose change makes a shape that was read before out of date."""

LIMIT_SETTING = "member_limit"
"""The team setting that holds the most members of a group, as ``{"members": 1024}`` (C6)."""

FOUND = 5000

_g = group.c
_GROUP = (
    _g.id,
    _g.name,
    _g.kind,
    _g.area_id,
    _g.state,
    _g.members,
    _g.member_limit,
    _g.wish,
    _g.quiet_from,
    _g.quiet_until,
    _g.reach,
    _g.reach_via,
    _g.confirmed_at,
)
_p = administrator.c
_PERSON = (
    _p.id,
    _p.name,
    _p.active,
    _p.wish,
    _p.quiet_from,
    _p.quiet_until,
    _p.reach,
    _p.on_burgernet,
    _p.confirmed_at,
)


def shape(conn: Connection) -> DirectoryMap:
    """Read every area, group, administrator and role, without numbers, streets or notes.

    Some thousands of short rows: read once and kept by the service until one of ``KINDS`` changes.
    """
    a, r, n, gp, ga = area.c, area_role.c, area_neighbour.c, group_parent.c, group_administrator.c
    parents: dict[str, list[tuple[str, str]]] = {}
    for row in conn.execute(select(gp.group_id, gp.parent_kind, gp.parent_id).order_by(gp.n)):
        parents.setdefault(row.group_id, []).append((row.parent_kind, row.parent_id))
    return DirectoryMap(
        areas=[
            AreaFact(
                row.id,
                row.name or "",
                row.level or "",
                row.code or "",
                row.parent_id or "",
                row.ended_year or 0,
                row.merged_into or "",
            )
            for row in conn.execute(
                select(a.id, a.name, a.level, a.code, a.parent_id, a.ended_year, a.merged_into)
            )
        ],
        groups=[
            _group(row, tuple(parents.get(row.id, ()))) for row in conn.execute(select(*_GROUP))
        ],
        people=[_person(row) for row in conn.execute(select(*_PERSON))],
        seats=[
            SeatFact(row.id, row.group_id, row.administrator_id, row.role or "")
            for row in conn.execute(
                select(ga.id, ga.group_id, ga.administrator_id, ga.role).order_by(ga.n)
            )
        ],
        roles=[
            RoleFact(
                row.id,
                row.area_id,
                row.role or "",
                row.name or "",
                row.note or "",
                row.person_id or "",
            )
            for row in conn.execute(
                select(r.id, r.area_id, r.role, r.name, r.note, r.person_id).order_by(r.n)
            )
        ],
        neighbours=[
            (row.area_id, row.neighbour_id)
            for row in conn.execute(select(n.area_id, n.neighbour_id))
        ],
        member_limit=member_limit(conn),
    )


def member_limit(conn: Connection) -> int:
    """Return the most members of a group: the team's setting, else 1,024 (C6)."""
    value = conn.execute(
        select(setting.c.value).where(setting.c.id == LIMIT_SETTING)
    ).scalar_one_or_none()
    number = value.get("members") if isinstance(value, dict) else None
    return number if isinstance(number, int) and number > 0 else MEMBER_LIMIT


def has_limit(conn: Connection) -> bool:
    """Say whether the team ever set the most members of a group."""
    found = conn.execute(select(setting.c.id).where(setting.c.id == LIMIT_SETTING))
    return found.first() is not None


MATCHES = text(
    "SELECT e.kind, e.ref FROM directory_fts f JOIN directory_entry e ON e.n = f.rowid "
    "WHERE directory_fts MATCH :words ORDER BY f.rowid DESC LIMIT :most"
)


def found(conn: Connection, typed: str) -> list[tuple[str, str]]:
    """Return (area, group or administrator, id) of every line whose words begin as typed.

    A street stands for its group. Answered by the full-text index alone (D16).
    """
    words = fts_query(typed)
    if words is None:
        return []
    question = f"{{title detail}} : ({words})"
    rows = conn.execute(MATCHES, {"words": question, "most": FOUND})
    return [("group" if row.kind == "street" else row.kind, row.ref) for row in rows]


def _group(row: Any, parents: tuple[tuple[str, str], ...]) -> GroupFact:
    return GroupFact(
        row.id,
        row.name or "",
        row.kind or "",
        row.area_id or "",
        row.state or "",
        row.members or 0,
        row.member_limit or 0,
        row.wish or "",
        row.quiet_from or "",
        row.quiet_until or "",
        row.reach or "",
        row.reach_via or "",
        row.confirmed_at or "",
        parents,
    )


def _person(row: Any) -> PersonFact:
    return PersonFact(
        row.id,
        row.name or "",
        row.active is None or bool(row.active),
        row.wish or "",
        row.quiet_from or "",
        row.quiet_until or "",
        row.reach or "",
        bool(row.on_burgernet),
        row.confirmed_at or "",
    )
