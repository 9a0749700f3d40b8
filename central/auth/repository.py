"""All SQL of sessions and devices."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from central.models.access import device, session

AnyRow = Row[*tuple[Any, ...]]

_s = session.c


def by_access(conn: Connection, access_hash: str) -> AnyRow | None:
    """Return the session of an access token."""
    query = select(_s.team, _s.person, _s.device, _s.family, _s.access_until, _s.revoked_at)
    return conn.execute(query.where(_s.access_hash == access_hash)).one_or_none()


def by_refresh(conn: Connection, refresh_hash: str) -> AnyRow | None:
    """Return the session of a refresh token."""
    query = select(
        _s.access_hash,
        _s.team,
        _s.person,
        _s.device,
        _s.family,
        _s.refresh_until,
        _s.refreshed_at,
        _s.revoked_at,
    )
    return conn.execute(query.where(_s.refresh_hash == refresh_hash)).one_or_none()


def add(conn: Connection, **values: str) -> None:
    """Keep a new session."""
    conn.execute(insert(session).values(**values))


def mark_refreshed(conn: Connection, access_hash: str, at: str) -> None:
    """Note that the refresh token of this session was used; it is good once."""
    conn.execute(update(session).where(_s.access_hash == access_hash).values(refreshed_at=at))


def revoke_family(conn: Connection, family: str, at: str) -> None:
    """End every session that came from one sign-in."""
    conn.execute(
        update(session).where(_s.family == family, _s.revoked_at.is_(None)).values(revoked_at=at)
    )


def drop_over(conn: Connection, before: str) -> None:
    """Forget sessions whose refresh token has run out."""
    conn.execute(delete(session).where(_s.refresh_until < before))


def see_device(conn: Connection, team: str, device_id: str, name: str, at: str) -> None:
    """Keep the device, or note that it was seen again."""
    dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
    conn.execute(
        dialect.insert(device)
        .values(team=team, id=device_id, name=name, created_at=at, seen_at=at)
        .on_conflict_do_update(
            index_elements=[device.c.team, device.c.id], set_={"name": name, "seen_at": at}
        )
    )
