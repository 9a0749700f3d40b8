"""All SQL of what teams share with each other."""

from collections.abc import Collection, Iterator
from typing import Any

import orjson
from sqlalchemy import Connection, Select, select

from central.models.sync import sync_record
from central.models.sync import team as teams
from contract.sharing import CHOICE, shares

_r = sync_record.c
READ_AT_ONCE = 200
POSTS_MOST = 500
"""Most posts of one team that are looked through, the newest changes first."""


def sharing_teams(conn: Connection, asking: str) -> list[tuple[str, str]]:
    """Return id and name of every other team that shares its messages."""
    found = conn.execute(
        select(teams.c.id, teams.c.name, _r.body)
        .join(sync_record, _r.team == teams.c.id)
        .where(_r.kind == "setting", _r.id == CHOICE, _r.deleted.is_(False), _r.team != asking)
        .order_by(teams.c.id)
    )
    return [(row.id, row.name) for row in found if shares(orjson.loads(row.body).get("value"))]


def posts_changed_since(
    conn: Connection, team: str, since: str
) -> list[tuple[str, dict[str, Any]]]:
    """Return the posts of a team that changed since a stamp, id and body, the newest first."""
    found = conn.execute(
        select(_r.id, _r.body)
        .where(_r.team == team, _r.kind == "post", _r.deleted.is_(False), _r.at >= since)
        .order_by(_r.seq.desc())
        .limit(POSTS_MOST)
    )
    return [(row.id, orjson.loads(row.body)) for row in found]


def bodies(conn: Connection, team: str, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Walk the records of a kind, id and body, some at a time; who has enough may stop."""
    query = _of_kind(team, kind).order_by(_r.id).limit(READ_AT_ONCE)
    rows = conn.execute(query).all()
    while rows:
        for row in rows:
            yield row.id, orjson.loads(row.body)
        rows = conn.execute(query.where(_r.id > rows[-1].id)).all()


def bodies_of(
    conn: Connection, team: str, kind: str, ids: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return the bodies of these records of a kind, by id."""
    found = conn.execute(_of_kind(team, kind).where(_r.id.in_(ids)))
    return {row.id: orjson.loads(row.body) for row in found}


def _of_kind(team: str, kind: str) -> Select[tuple[str, str]]:
    return select(_r.id, _r.body).where(_r.team == team, _r.kind == kind, _r.deleted.is_(False))
