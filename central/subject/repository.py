"""All SQL of a question about one person: the live records and the archive, page by page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, func, select, tuple_

from central.models.retention import archive, archive_look
from central.models.sync import sync_record

_r, _a = sync_record.c, archive.c


@dataclass(frozen=True, slots=True)
class Held:
    """One record as it is held, live or old."""

    kind: str
    id: str
    at: str
    by: str
    body: Mapping[str, Any]


def total(conn: Connection, team: str) -> int:
    """Return how many records there are to look through."""
    live = select(func.count()).where(_r.team == team, _r.deleted.is_(False))
    old = select(func.count()).select_from(archive).where(_a.team == team)
    return int(conn.execute(live).scalar_one()) + int(conn.execute(old).scalar_one())


def page(
    conn: Connection, team: str, after: tuple[str, str], most: int, *, old: bool
) -> list[Held]:
    """Return the next records by kind and id."""
    c = _a if old else _r
    query = select(c.kind, c.id, c.at, c.by, c.body).where(
        c.team == team, tuple_(c.kind, c.id) > tuple_(*after)
    )
    if not old:
        query = query.where(_r.deleted.is_(False))
    return [_held(row) for row in conn.execute(query.order_by(c.kind, c.id).limit(most))]


def administrators(conn: Connection, team: str) -> list[Held]:
    """Return the live administrators, whom other records name by their id."""
    query = select(_r.kind, _r.id, _r.at, _r.by, _r.body).where(
        _r.team == team, _r.kind == "administrator", _r.deleted.is_(False)
    )
    return [_held(row) for row in conn.execute(query)]


def bodies(
    conn: Connection, team: str, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Return the bodies of these records, live or old."""
    wanted: Sequence[tuple[str, str]] = sorted(set(keys))
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for kind in {one for one, _ in wanted}:
        ids = [record_id for one, record_id in wanted if one == kind]
        for c in (_a, _r):
            query = select(c.id, c.body).where(c.team == team, c.kind == kind, c.id.in_(ids))
            if c is _r:
                query = query.where(_r.deleted.is_(False))
            for row in conn.execute(query):
                found[kind, row.id] = orjson.loads(row.body)
    return found


def look(conn: Connection, team: str, look_id: str, person: str) -> tuple[str, str] | None:
    """Return when somebody wrote a question down and its mark; None where they did not."""
    c = archive_look.c
    row = conn.execute(
        select(c.at, c.use).where(c.team == team, c.id == look_id, c.person == person)
    ).one_or_none()
    return (row.at, row.use) if row else None


def _held(row: Any) -> Held:
    return Held(row.kind, row.id, row.at, row.by, orjson.loads(row.body))
