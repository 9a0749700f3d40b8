"""Queries behind "Mijn wijk": a person's areas, what was reported there, what neighbours placed."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Select, select

from console.domain.district import DistrictReport, NeighbourPost, has_ended
from console.models.alert import alert
from console.models.directory import area, area_neighbour, area_role, group
from console.models.post import placement, post
from console.models.report import report
from console.storage.history import names
from console.storage.neighbours import passed_on, ticked_off
from contract.vocabulary import AreaRole

MOST = 50
DEEPEST = 8

ar = area.c
p = post.c
pl = placement.c
r = report.c


def areas_of(conn: Connection, person_id: str, own_area: str) -> list[tuple[str, str]]:
    """Return (id, name) of a person's areas: their own, where they are the officer, all inside."""
    officer = select(area_role.c.area_id).where(
        area_role.c.role == AreaRole.OFFICER, area_role.c.person_id == person_id
    )
    wanted = {one for one in (own_area, *conn.execute(officer).scalars()) if one}
    edge = set(wanted)
    for _ in range(DEEPEST):
        inside = select(ar.id).where(ar.parent_id.in_(edge))
        edge = set(conn.execute(inside).scalars()) - wanted
        if not edge:
            break
        wanted |= edge
    found = conn.execute(select(ar.id, ar.name).where(ar.id.in_(wanted)).order_by(ar.name))
    return [(row.id, row.name) for row in found]


def beside(conn: Connection, area_ids: Collection[str]) -> list[str]:
    """Return the areas that adjoin these, whichever side noted it, without these themselves."""
    n = area_neighbour.c
    found = set(
        conn.execute(select(n.neighbour_id).where(n.area_id.in_(area_ids))).scalars()
    ) | set(conn.execute(select(n.area_id).where(n.neighbour_id.in_(area_ids))).scalars())
    return sorted(found - set(area_ids))


def reports_query(area_ids: Sequence[str], since: str) -> Select[tuple[str, ...]]:
    """The newest reports in these areas since a moment."""
    return (
        select(r.id, r.title, r.text, r.place, r.heard_at, r.status, r.holder)
        .where(r.area_id.in_(area_ids), r.heard_at >= since)
        .order_by(r.heard_at.desc())
        .limit(MOST)
    )


def reports(conn: Connection, area_ids: Sequence[str], since: str) -> list[DistrictReport]:
    """Return the newest reports in these areas since a moment."""
    found = conn.execute(reports_query(area_ids, since)).all()
    people = names(conn, [row.holder for row in found])
    return [
        DistrictReport(
            row.id,
            row.title or " ".join((row.text or "").split())[:60],
            row.place or "",
            row.heard_at or "",
            row.status or "open",
            people.get(row.holder or "", ""),
        )
        for row in found
    ]


def posts_query(area_ids: Sequence[str], since: str) -> Select[tuple[str, ...]]:
    """The newest posts that went out about these areas since a moment."""
    return (
        select(
            p.id,
            p.kind,
            p.title,
            p.area_id,
            p.released_at,
            p.released_by,
            p.body,
            p.settled_at,
            p.outcome,
            alert.c.state.label("alert_state"),
        )
        .select_from(post)
        .outerjoin(alert, alert.c.id == p.alert_id)
        .where(
            p.status.in_(("released", "closed")),
            p.created_at >= since,
            p.area_id.in_(area_ids),
            p.type.in_(("broadcast", "forward", "recorded")),
            p.released_at > "",
        )
        .order_by(p.created_at.desc())
        .limit(MOST)
    )


def neighbour_posts(
    conn: Connection, own: Sequence[str], areas: Sequence[str], since: str, me: str
) -> list[NeighbourPost]:
    """Return what was placed about adjoining areas, and which of one's own groups got it too.

    With what was done with it here: passed on, or ticked off (F21).
    """
    found = conn.execute(posts_query(areas, since)).all()
    ids = [row.id for row in found]
    placed = conn.execute(
        select(pl.post_id, pl.state_at, group.c.name, group.c.area_id)
        .select_from(placement)
        .outerjoin(group, group.c.id == pl.group_id)
        .where(pl.post_id.in_(ids), pl.state == "placed")
        .order_by(pl.state_at)
    ).all()
    area_names = {
        row.id: row.name
        for row in conn.execute(
            select(ar.id, ar.name).where(ar.id.in_({row.area_id for row in found}))
        )
    }
    people = names(conn, [row.released_by for row in found])
    copies, ticked = passed_on(conn, ids, me), ticked_off(conn, ids)
    made = []
    for row in found:
        mine = [one for one in placed if one.post_id == row.id]
        if not mine:
            continue
        made.append(
            NeighbourPost(
                row.id,
                row.kind or "",
                row.title or "",
                area_names.get(row.area_id, ""),
                mine[0].state_at or row.released_at or "",
                len(mine),
                people.get(row.released_by or "", ""),
                tuple(one.name or "" for one in mine if one.area_id in own),
                row.body or "",
                has_ended(row.settled_at or "", row.outcome or "", row.alert_state or ""),
                copies.get(row.id, ()),
                *ticked.get(row.id, ("", "")),
            )
        )
    return made
