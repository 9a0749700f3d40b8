"""All SQL of the keys of outside report forms."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central.models.intake import intake_key

AnyRow = Row[*tuple[Any, ...]]

_k = intake_key.c


def add(conn: Connection, **values: str) -> None:
    """Keep a new key."""
    conn.execute(insert(intake_key).values(**values))


def by_hash(conn: Connection, key_hash: str) -> AnyRow | None:
    """Return a key that was not revoked."""
    query = select(_k.id, _k.team, _k.name)
    return conn.execute(query.where(_k.key_hash == key_hash, _k.revoked_at.is_(None))).one_or_none()


def of_team(conn: Connection, team: str) -> list[AnyRow]:
    """Return every key of a team, the newest first."""
    query = select(_k.id, _k.name, _k.made_at, _k.used_at, _k.revoked_at)
    return list(conn.execute(query.where(_k.team == team).order_by(_k.id.desc())))


def used(conn: Connection, key_id: str, at: str) -> None:
    """Note that a key was used."""
    conn.execute(update(intake_key).where(_k.id == key_id).values(used_at=at))


def revoke(conn: Connection, team: str, key_id: str, *, at: str, by: str) -> bool:
    """End a key; False where this team has none with that id. Once more changes nothing."""
    mine = (_k.team == team, _k.id == key_id)
    if conn.execute(select(_k.id).where(*mine)).one_or_none() is None:
        return False
    conn.execute(
        update(intake_key)
        .where(*mine, _k.revoked_at.is_(None))
        .values(revoked_at=at, revoked_by=by)
    )
    return True
