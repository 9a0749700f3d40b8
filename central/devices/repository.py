"""All SQL of the list of desks."""

from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from central.models.access import device, session

AnyRow = Row[*tuple[Any, ...]]

_d = device.c


def of_team(conn: Connection, team: str) -> list[AnyRow]:
    """Return the desks of a team, the one that was seen last first."""
    query = select(_d.id, _d.name, _d.created_at, _d.seen_at, _d.revoked_at)
    return list(conn.execute(query.where(_d.team == team).order_by(_d.seen_at.desc(), _d.id)))


def last_persons(conn: Connection, team: str) -> dict[str, str]:
    """Return per desk who signed in or went on there last, as far as sessions are kept."""
    s = session.c
    last = func.max(s.created_at).label("last")
    query = select(s.device, s.person, last).where(s.team == team).group_by(s.device, s.person)
    return {row.device: row.person for row in conn.execute(query.order_by(last, s.person))}


def set_revoked(conn: Connection, team: str, device_id: str, at: str | None) -> bool:
    """Revoke a desk, or let it in again with None; False when the team has no such desk."""
    query = update(device).where(_d.team == team, _d.id == device_id).values(revoked_at=at)
    return conn.execute(query).rowcount == 1
