"""All SQL of the feeds."""

from collections.abc import Collection, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, Row, String, cast, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import JSONB

from central.feeds.ground import Ground, ground_of
from central.models.feed import feed_item, feed_poll
from central.models.sync import sync_record
from central.neighbours.repository import bodies
from central.sync import repository as records
from contract.op import Record

AnyRow = Row[*tuple[Any, ...]]

TURN = 4_202_611_213
"""Any number will do; every central on one server must know the same one."""

AT_ONCE = 200
_GROUND = ("area", "area_shape")

_p = feed_poll.c
_i = feed_item.c
_r = sync_record.c
_COLUMNS = (_r.kind, _r.id, _r.ver, _r.seq, _r.deleted, _r.body, _r.by, _r.at)


def take_turn(conn: Connection) -> None:
    """Wait until no other process is choosing what to look at."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": TURN})


def setting(conn: Connection, team: str, name: str) -> Record | None:
    """Return a setting of a team; None where it has none."""
    row = conn.execute(
        select(*_COLUMNS).where(
            _r.team == team, _r.kind == "setting", _r.id == name, _r.deleted.is_(False)
        )
    ).one_or_none()
    return records.to_record(row) if row else None


def ground(conn: Connection, team: str) -> Ground:
    """Return what a team knows of its areas; outlines are walked, only their boxes stay."""
    areas = dict(bodies(conn, team, "area"))
    return ground_of(areas, bodies(conn, team, "area_shape"))


def ground_changed(conn: Connection, team: str, since: int) -> bool:
    """Say whether an area or an outline changed after this place in the log."""
    query = select(_r.id).where(_r.team == team, _r.seq > since, _r.kind.in_(_GROUND)).limit(1)
    return conn.execute(query).first() is not None


def shapes(conn: Connection, team: str, ids: Collection[str]) -> list[str]:
    """Return the kept outlines of these records."""
    found: list[str] = []
    wanted = list(ids)
    for at in range(0, len(wanted), AT_ONCE):
        some = wanted[at : at + AT_ONCE]
        query = select(_r.body).where(
            _r.team == team, _r.kind == "area_shape", _r.deleted.is_(False), _r.id.in_(some)
        )
        found += [str(orjson.loads(row.body).get("shape") or "") for row in conn.execute(query)]
    return found


def polls(conn: Connection, team: str) -> dict[str, AnyRow]:
    """Return how each feed of a team is, by feed."""
    query = select(_p.feed, _p.next_at, _p.failures, _p.good_at, _p.unknown_since, _p.why)
    return {row.feed: row for row in conn.execute(query.where(_p.team == team))}


def put_poll(conn: Connection, team: str, feed: str, **values: Any) -> None:
    """Keep how a feed is; a new one begins with nothing known."""
    here = (_p.team == team, _p.feed == feed)
    if not conn.execute(update(feed_poll).where(*here).values(**values)).rowcount:
        fresh = {"next_at": "", "failures": 0, "good_at": "", "unknown_since": "", "why": ""}
        conn.execute(insert(feed_poll).values(team=team, feed=feed, **{**fresh, **values}))


def drop_feed(conn: Connection, team: str, feed: str) -> None:
    """Forget a feed that was switched off."""
    conn.execute(delete(feed_item).where(_i.team == team, _i.feed == feed))
    conn.execute(delete(feed_poll).where(_p.team == team, _p.feed == feed))


def known(conn: Connection, team: str, feed: str) -> dict[str, AnyRow]:
    """Return what a feed told before, by its keys."""
    query = select(_i.key, _i.alert, _i.mark, _i.state, _i.seen_at, _i.told_at)
    return {row.key: row for row in conn.execute(query.where(_i.team == team, _i.feed == feed))}


def put_item(conn: Connection, team: str, feed: str, key: str, **values: str) -> None:
    """Keep what a feed told of one alert."""
    here = (_i.team == team, _i.feed == feed, _i.key == key)
    if not conn.execute(update(feed_item).where(*here).values(**values)).rowcount:
        fresh = {"alert": "", "mark": "", "state": "", "seen_at": "", "told_at": ""}
        conn.execute(insert(feed_item).values(team=team, feed=feed, key=key, **{**fresh, **values}))


def saw(conn: Connection, team: str, feed: str, keys: Sequence[str], at: str) -> None:
    """Note that these stood in an answer."""
    if keys:
        conn.execute(
            update(feed_item)
            .where(_i.team == team, _i.feed == feed, _i.key.in_(keys))
            .values(seen_at=at)
        )


def drop_items(conn: Connection, team: str, feed: str, before: str) -> None:
    """Forget what has not stood in an answer since then."""
    conn.execute(delete(feed_item).where(_i.team == team, _i.feed == feed, _i.seen_at < before))


def waiting_posts(conn: Connection, team: str, alert: str) -> list[Record]:
    """Return the posts about an alert that stand in a group and wait for feedback, locked."""
    if conn.dialect.name == "postgresql":
        about: Any = cast(_r.body, JSONB)["alert_id"].astext
    else:
        about = func.json_extract(_r.body, "$.alert_id", type_=String)
    found = conn.execute(
        select(*_COLUMNS)
        .where(_r.team == team, _r.kind == "post", _r.deleted.is_(False), about == alert)
        .order_by(_r.id)
        .with_for_update()
    )
    return [
        one
        for one in map(records.to_record, found)
        if one.body.get("status") == "released"
        and one.body.get("feedback_due_at")
        and not one.body.get("settled_at")
    ]
