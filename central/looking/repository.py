"""All SQL of the keys people sign with when they look along. A key that ended stays listed."""

from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects import postgresql, sqlite

from central.models.access import looking_key

AnyRow = Row[*tuple[Any, ...]]

_k = looking_key.c


def good_keys(conn: Connection, team: str, person: str) -> list[str]:
    """Return the public halves of a person, at every desk, that did not end; in hexadecimal."""
    query = select(_k.public).where(_k.team == team, _k.person == person, _k.ended_at.is_(None))
    return list(conn.execute(query).scalars())


def of_team(conn: Connection, team: str) -> list[AnyRow]:
    """Return every key of a team that ever was, by person, desk and moment."""
    query = select(_k.person, _k.device, _k.public, _k.registered_at, _k.ended_at)
    order = (_k.person, _k.device, _k.registered_at, _k.public)
    return list(conn.execute(query.where(_k.team == team).order_by(*order)))


def end_others(conn: Connection, team: str, person: str, device: str, public: str, at: str) -> None:
    """End the keys of a person at a desk but this one."""
    mine = (_k.team == team, _k.person == person, _k.device == device, _k.public != public)
    conn.execute(update(looking_key).where(*mine, _k.ended_at.is_(None)).values(ended_at=at))


def keep(conn: Connection, team: str, person: str, device: str, public: str, at: str) -> bool:
    """Keep a key as good from now on; False where it was good already."""
    dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
    new = dialect.insert(looking_key).values(
        team=team, person=person, device=device, public=public, registered_at=at
    )
    done = conn.execute(
        new.on_conflict_do_update(
            index_elements=[_k.team, _k.person, _k.device, _k.public],
            set_={"registered_at": at, "ended_at": None},
            where=_k.ended_at.is_not(None),
        ).returning(_k.public)
    )
    return done.first() is not None


def end_of_device(conn: Connection, team: str, device: str, at: str) -> None:
    """End every key at a desk."""
    mine = (_k.team == team, _k.device == device, _k.ended_at.is_(None))
    conn.execute(update(looking_key).where(*mine).values(ended_at=at))


def end_of_person(conn: Connection, team: str, person: str, at: str) -> None:
    """End every key of a person."""
    mine = (_k.team == team, _k.person == person, _k.ended_at.is_(None))
    conn.execute(update(looking_key).where(*mine).values(ended_at=at))
