"""All SQL of the list of desks."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from central.models.access import device

AnyRow = Row[*tuple[Any, ...]]

_d = device.c


def of_team(conn: Connection, team: str) -> list[AnyRow]:
    """Return the desks of a team, the one that was seen last first."""
    query = select(_d.id, _d.name, _d.created_at, _d.seen_at, _d.revoked_at)
    return list(conn.execute(query.where(_d.team == team).order_by(_d.seen_at.desc(), _d.id)))


def set_revoked(conn: Connection, team: str, device_id: str, at: str | None) -> bool:
    """Revoke a desk, or let it in again with None; False when the team has no such desk."""
    query = update(device).where(_d.team == team, _d.id == device_id).values(revoked_at=at)
    return conn.execute(query).rowcount == 1
