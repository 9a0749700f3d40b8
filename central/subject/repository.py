"""All SQL of a question about one person: records, the archive and the tables beside them.

Page by page, each by its own key.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Column, Connection, Table, func, select, tuple_

from central.models.access import account, device
from central.models.intake import intake_key
from central.models.retention import archive, archive_look
from central.models.sync import sync_op, sync_record

_r, _a = sync_record.c, archive.c


@dataclass(frozen=True, slots=True)
class Beside:
    """A table that is no record and may hold a person. ``key``: by what its rows are walked."""

    table: Table
    key: Column[str]
    texts: tuple[Column[Any], ...]
    at: Column[Any]
    by: Column[str] | None = None


BESIDE: Mapping[str, Beside] = {
    one.table.name: one
    for one in (
        Beside(
            account, account.c.person, (account.c.name, account.c.subject), account.c.created_at
        ),
        Beside(
            archive_look,
            archive_look.c.id,
            (archive_look.c.reason,),
            archive_look.c.at,
            archive_look.c.person,
        ),
        Beside(device, device.c.id, (device.c.name,), device.c.created_at),
        Beside(
            intake_key,
            intake_key.c.id,
            (intake_key.c.name,),
            intake_key.c.made_at,
            intake_key.c.made_by,
        ),
        Beside(sync_op, sync_op.c.op_id, (sync_op.c.result,), sync_op.c.at, sync_op.c.person),
    )
}
"""The tables beside the records that are looked through too, in the order of their names."""

NOT_SEARCHED: Mapping[str, str] = {
    "audit": "Alleen nummers van records en personen, en hashes.",
    "audit_part": "Alleen nummers van records en personen.",
    "audit_checkpoint": "Alleen hashes en een handtekening.",
    "audit_key": "Alleen sleutels.",
    "blob": "Een hash en een maat; de foto wordt gevonden via zijn regel.",
    "blob_piece": "Beeldpunten; de foto wordt gevonden via zijn regel.",
    "day_number": "Alleen tellers.",
    "feed_item": "Sleutels van acties elders; de actie zelf is een record.",
    "feed_poll": "Tijden en vaste woorden van dit programma.",
    "looking_key": "Alleen sleutels en nummers.",
    "one_time_code": "De naam van het account staat ook bij het account; hoogstens zeven dagen.",
    "purge_run": "Alleen aantallen.",
    "retention_state": "Alleen tijden.",
    "session": "Alleen nummers en hashes.",
    "sign_in_try": "Alleen hashes.",
    "sync_commit": "Alleen nummers en tijden.",
    "team": "De naam van het team zelf.",
    "team_head": "Alleen tellers.",
    "team_key": "Alleen een sleutel.",
    "tombstone": "Alleen nummers en dagen van wat vernietigd is.",
}
"""Why central does not look in its other tables; a test holds both lists equal to what there is."""


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
    beside = [
        select(func.count()).select_from(one.table).where(one.table.c.team == team)
        for one in BESIDE.values()
    ]
    return sum(int(conn.execute(query).scalar_one()) for query in (live, old, *beside))


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


def page_beside(conn: Connection, team: str, name: str, after: str, most: int) -> list[Held]:
    """Return the next rows of a table beside the records; the table stands for the kind."""
    one = BESIDE[name]
    by = [one.by.label("by")] if one.by is not None else []
    query = (
        select(one.key.label("id"), one.at.label("at"), *by, *one.texts)
        .where(one.table.c.team == team, one.key > after)
        .order_by(one.key)
        .limit(most)
    )
    return [
        Held(
            name,
            row.id,
            str(row.at),
            row.by if by else "",
            {text.name: _opened(getattr(row, text.name)) for text in one.texts},
        )
        for row in conn.execute(query)
    ]


def seats(conn: Connection, team: str, people: Iterable[str]) -> set[str]:
    """Return the groups that these administrators have a seat in."""
    wanted = set(people)
    if not wanted:
        return set()
    query = select(_r.body).where(
        _r.team == team, _r.kind == "group_administrator", _r.deleted.is_(False)
    )
    bodies = (orjson.loads(row.body) for row in conn.execute(query))
    return {str(one["group_id"]) for one in bodies if one.get("administrator_id") in wanted}


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


def _opened(text: str | None) -> Any:
    """Return a text as it stands, or what is written in it as JSON."""
    if text is None or not text.startswith("{"):
        return text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _held(row: Any) -> Held:
    return Held(row.kind, row.id, row.at, row.by, orjson.loads(row.body))
