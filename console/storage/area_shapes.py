"""Outlines of areas in the desk's file, and areas as a comparison with a file needs them."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from console.domain.area_diff import KnownArea
from console.domain.area_moves import GROUP, PERSON, ROLE, Mover
from console.models.directory import (
    area,
    area_neighbour,
    area_role,
    area_shape,
    group,
    group_parent,
)
from console.models.workbook import person
from contract.outline import Outline, decoded
from contract.vocabulary import GroupState

KINDS = ("area_shape",)
"""The kinds whose change makes outlines that were read before out of date."""

_s = area_shape.c
_NEWEST = (_s.year, _s.n)


Kept = Mapping[str, tuple[str, Outline | None]]
"""Outlines by area, each with the text it was read from; None where that cannot be read."""


def outlines(conn: Connection, before: Kept) -> Kept:
    """Read every outline, checked; those whose text is as it was before are not read again."""
    found: dict[str, tuple[str, Outline | None]] = {}
    for row in conn.execute(select(_s.area_id, _s.shape).order_by(*_NEWEST)):
        text = row.shape or ""
        old = before.get(row.area_id)
        found[row.area_id] = old if old and old[0] == text else (text, decoded(text))
    return found


def known(conn: Connection) -> list[KnownArea]:
    """Read every area with what a file of areas may change."""
    shapes = {
        row.area_id: row.shape or ""
        for row in conn.execute(select(_s.area_id, _s.shape).order_by(*_NEWEST))
    }
    a = area.c
    return [
        KnownArea(
            row.id,
            row.name or "",
            row.level or "",
            row.code or "",
            row.parent_id or "",
            row.year or 0,
            row.ended_year or 0,
            row.inhabitants,
            shapes.get(row.id, ""),
            row.inhabitants_year or 0,
            row.merged_into or "",
        )
        for row in conn.execute(
            select(
                a.id,
                a.name,
                a.level,
                a.code,
                a.parent_id,
                a.year,
                a.ended_year,
                a.inhabitants,
                a.inhabitants_year,
                a.merged_into,
            ).order_by(a.n)
        )
    ]


def movers(conn: Connection) -> list[Mover]:
    """Read what goes along when an area goes up in another: groups, who is who, colleagues."""
    g, p, r, c = group.c, group_parent.c, area_role.c, person.c
    hung: dict[str, list[str]] = {}
    for row in conn.execute(select(p.group_id, p.parent_id).where(p.parent_kind == "area")):
        hung.setdefault(row.group_id, []).append(row.parent_id)
    rows = conn.execute(
        select(g.id, g.name, g.area_id).where(func.coalesce(g.state, "") != GroupState.GONE)
    )
    found = [
        Mover(
            GROUP, row.id, row.name or "", tuple(filter(None, [row.area_id, *hung.get(row.id, ())]))
        )
        for row in rows
    ]
    roles = conn.execute(select(r.id, r.name, r.area_id, r.role).where(r.name > ""))
    found += [Mover(ROLE, one.id, one.name, (one.area_id,), one.role or "") for one in roles]
    people = conn.execute(select(c.id, c.name, c.area_id).where(c.area_id > ""))
    found += [Mover(PERSON, one.id, one.name or "", (one.area_id,)) for one in people]
    return found


def codes(conn: Connection) -> dict[str, str]:
    """Read the id of every area that exists still, by its code."""
    a = area.c
    found = conn.execute(
        select(a.code, a.id).where(a.code > "", func.coalesce(a.ended_year, 0) == 0).order_by(a.n)
    )
    return {row.code: row.id for row in found}


def has_shape(conn: Connection, area_id: str) -> bool:
    """Say whether an area has an outline under its own id."""
    return conn.execute(select(_s.id).where(_s.id == area_id)).first() is not None


def neighbour_pairs(conn: Connection) -> set[frozenset[str]]:
    """Read which areas are noted as adjoining."""
    n = area_neighbour.c
    return {
        frozenset((row.area_id, row.neighbour_id))
        for row in conn.execute(select(n.area_id, n.neighbour_id))
    }
