"""All SQL of what goes away: what is due, the archive, tombstones, the log of the rounds."""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql

from central.database.many import put_many
from central.models.blob import blob, blob_piece
from central.models.retention import (
    archive,
    archive_look,
    purge_run,
    retention_state,
    team_key,
    tombstone,
)
from central.models.sync import sync_op, sync_record
from contract.op import Record
from contract.retention import HOLD_PREFIX, SETTING

CHUNK = 500
"""Records of one step of a round; each step is one transaction."""

Key = tuple[str, str]

_r = sync_record.c
_a = archive.c
_RECORD = (_r.kind, _r.id, _r.ver, _r.seq, _r.body, _r.at, _r.by)
_ARCHIVED = (
    "team kind id ver body at by since root_kind root_id number place day_at content".split()
)


@dataclass(frozen=True, slots=True)
class State:
    """How the rounds of a team stand; stamps, empty for never."""

    seen_at: str = ""
    ran_at: str = ""
    paused_at: str = ""


@dataclass(frozen=True, slots=True)
class Old:
    """One row of the archive."""

    kind: str
    id: str
    ver: int
    body: Mapping[str, Any]
    at: str
    by: str
    since: str
    root: Key
    number: str
    content: str


def state(conn: Connection, team: str) -> State:
    """Return how the rounds of a team stand."""
    s = retention_state.c
    row = conn.execute(select(s.seen_at, s.ran_at, s.paused_at).where(s.team == team)).one_or_none()
    return State(row.seen_at, row.ran_at, row.paused_at) if row else State()


def keep_state(conn: Connection, team: str, new: State) -> None:
    """Write how the rounds of a team stand."""
    values = {"seen_at": new.seen_at, "ran_at": new.ran_at, "paused_at": new.paused_at}
    changed = conn.execute(
        update(retention_state).where(retention_state.c.team == team).values(**values)
    )
    if not changed.rowcount:
        conn.execute(insert(retention_state).values(team=team, **values))


def key_of(conn: Connection, team: str) -> bytes:
    """Return the key of a team's pseudonyms; made at the first use, it never leaves central."""
    kept = conn.execute(select(team_key.c.key).where(team_key.c.team == team)).scalar()
    if kept is None:
        kept = secrets.token_hex(32)
        conn.execute(insert(team_key).values(team=team, key=kept))
    return bytes.fromhex(str(kept))


def setting(conn: Connection, team: str) -> tuple[object, str]:
    """Return the value of the team's terms and when it was last changed; empty for never."""
    row = conn.execute(
        select(_r.body, _r.at).where(
            _r.team == team, _r.kind == "setting", _r.id == SETTING, _r.deleted.is_(False)
        )
    ).one_or_none()
    return (orjson.loads(row.body).get("value"), row.at) if row else (None, "")


def holds(conn: Connection, team: str) -> Iterator[tuple[str, object]]:
    """Walk the holds of a team: the id of the record, and what the setting says."""
    found = conn.execute(
        select(_r.id, _r.body).where(
            _r.team == team,
            _r.kind == "setting",
            _r.id >= HOLD_PREFIX,
            _r.id < HOLD_PREFIX[:-1] + chr(ord(HOLD_PREFIX[-1]) + 1),
            _r.deleted.is_(False),
        )
    )
    for row in found:
        yield row.id[len(HOLD_PREFIX) :], orjson.loads(row.body).get("value")


def due(
    conn: Connection, team: str, kind: str, since: Sequence[str], day: str, after: str
) -> list[Record]:
    """Return a page of live records whose term began on or before a day, by their id."""
    dates = [func.substr(func.coalesce(_field(conn, _r.body, name), "9"), 1, 10) for name in since]
    began = or_(func.substr(_r.at, 1, 10) <= day, *(one <= day for one in dates))
    return _page(conn, select(*_RECORD).where(began), team, kind, after)


def orphans(
    conn: Connection, team: str, kind: str, parent: str, field: str, after: str
) -> list[Record]:
    """Return a page of live records that belong to a record which went, by their id."""
    of = _field(conn, _r.body, field)
    gone = or_(*(_gone(conn, table, team, parent, of) for table in (archive, tombstone)))
    return _page(conn, select(*_RECORD).where(gone), team, kind, after)


def _gone(conn: Connection, table: Any, team: str, parent: str, of: Any) -> ColumnElement[bool]:
    kind: Any = _field(conn, _r.body, parent[1:-1]) if parent.startswith("(") else parent
    return exists().where(table.c.team == team, table.c.kind == kind, table.c.id == of)


def _page(conn: Connection, query: Select[Any], team: str, kind: str, after: str) -> list[Record]:
    found = conn.execute(
        query.where(_r.team == team, _r.kind == kind, _r.id > after, _r.deleted.is_(False))
        .order_by(_r.id)
        .limit(CHUNK)
    )
    return [
        Record(row.kind, row.id, row.ver, orjson.loads(row.body), False, row.seq, row.at, row.by)
        for row in found
    ]


def _field(conn: Connection, body: Any, name: str) -> Any:
    if conn.dialect.name == "postgresql":
        return cast(body, postgresql.JSON)[name].astext
    return func.json_extract(body, f"$.{name}")


def roots(conn: Connection, team: str, keys: Collection[Key]) -> dict[Key, Key]:
    """Return with which record each of these went; those still alive are left out."""
    found: dict[Key, Key] = {}
    for kind in {kind for kind, _ in keys}:
        ids = [record_id for of, record_id in keys if of == kind]
        rows = conn.execute(
            select(_a.id, _a.root_kind, _a.root_id).where(
                _a.team == team, _a.kind == kind, _a.id.in_(ids)
            )
        )
        for row in rows:
            own = (kind, row.id)
            found[own] = (row.root_kind, row.root_id) if row.root_id else own
    return found


def put(conn: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows into the archive, their columns in the order of the table."""
    put_many(conn, archive, _ARCHIVED, rows)


def blank_answers(conn: Connection, team: str, keys: Collection[Key]) -> int:
    """Take these records out of the stored answers to ops; returns how many held one."""
    ids = [record_id for _, record_id in keys]
    blanked = 0
    record_id = (
        cast(sync_op.c.result, postgresql.JSON)[("record", "id")].astext
        if conn.dialect.name == "postgresql"
        else func.json_extract(sync_op.c.result, "$.record.id")
    )
    found = conn.execute(
        select(sync_op.c.op_id, sync_op.c.result).where(sync_op.c.team == team, record_id.in_(ids))
    ).all()
    for row in found:
        result = orjson.loads(row.result)
        record = result.pop("record")
        if (record["kind"], record["id"]) in keys:
            blanked += 1
            conn.execute(
                update(sync_op)
                .where(sync_op.c.team == team, sync_op.c.op_id == row.op_id)
                .values(result=orjson.dumps(result).decode())
            )
    return blanked


def own_term(conn: Connection, team: str, kind: str, before: str, after: str) -> list[Old]:
    """Return a page of the archive that goes by its own term and stands there since ``before``."""
    query = select(archive).where(
        _a.team == team, _a.kind == kind, _a.root_id == "", _a.since <= before, _a.id > after
    )
    return [_old(row) for row in conn.execute(query.order_by(_a.id).limit(CHUNK))]


def parts(conn: Connection, team: str, root: Key) -> list[Old]:
    """Return what went along with a record."""
    query = select(archive).where(_a.team == team, _a.root_kind == root[0], _a.root_id == root[1])
    return [_old(row) for row in conn.execute(query.order_by(_a.at, _a.kind, _a.id))]


def exact(conn: Connection, team: str, text: str, limit: int) -> list[Old]:
    """Return what has exactly this number or id and went by its own term."""
    named = or_(_a.number == text, _a.id == text)
    query = select(archive).where(_a.team == team, named, _a.root_id == "")
    return [_old(row) for row in conn.execute(query.order_by(_a.day_at, _a.id).limit(limit))]


def at_place(
    conn: Connection, team: str, place: str, since: str, until: str, limit: int
) -> list[Old]:
    """Return what happened at exactly this place within a span."""
    query = select(archive).where(
        _a.team == team,
        _a.place == place,
        _a.day_at >= since,
        _a.day_at <= until,
        _a.root_id == "",
    )
    return [_old(row) for row in conn.execute(query.order_by(_a.day_at, _a.id).limit(limit))]


def destroy(conn: Connection, team: str, rows: Sequence[Old], day: str) -> None:
    """Delete rows of the archive and the content only they name; keep id and date of each."""
    for row in rows:
        conn.execute(delete(archive).where(_a.team == team, _a.kind == row.kind, _a.id == row.id))
    bury(conn, team, [(row.kind, row.id) for row in rows], day)
    for content in {row.content for row in rows if row.content}:
        _drop_content(conn, team, content)


def bury(conn: Connection, team: str, keys: Sequence[Key], day: str) -> None:
    """Keep id and date of what was destroyed."""
    put_many(
        conn,
        tombstone,
        ["team", "kind", "id", "day"],
        [(team, kind, record_id, day) for kind, record_id in keys],
    )


def _drop_content(conn: Connection, team: str, content: str) -> None:
    alive = select(_r.id).where(
        _r.team == team, _r.kind == "photo", _r.parent == content, _r.deleted.is_(False)
    )
    kept = select(_a.id).where(_a.team == team, _a.content == content)
    if conn.execute(alive).first() or conn.execute(kept).first():
        return
    for table in (blob_piece, blob):
        conn.execute(delete(table).where(table.c.team == team, table.c.sha256 == content))


def note_run(
    conn: Connection, team: str, run_id: str, at: str, kind: str, act: str, n: int
) -> None:
    """Write one line of the log of what went."""
    conn.execute(insert(purge_run).values(team=team, id=run_id, at=at, kind=kind, act=act, count=n))


def runs(conn: Connection, team: str, limit: int) -> list[Any]:
    """Return the newest lines of the log of what went."""
    p = purge_run.c
    query = select(p.at, p.kind, p.act, p.count).where(p.team == team)
    return list(conn.execute(query.order_by(p.at.desc(), p.id.desc()).limit(limit)))


def totals(conn: Connection, team: str) -> tuple[int, int]:
    """Return how many records the archive holds and how many were destroyed."""
    counts = [
        conn.execute(select(func.count()).select_from(table).where(table.c.team == team))
        for table in (archive, tombstone)
    ]
    return int(counts[0].scalar_one()), int(counts[1].scalar_one())


def note_look(conn: Connection, **values: Any) -> None:
    """Write down who asks for what old record, and why, before anything of it is shown."""
    conn.execute(insert(archive_look).values(**values))


def drop_looks(conn: Connection, team: str, before: str) -> int:
    """Forget who asked before a moment; returns how many lines went."""
    gone = delete(archive_look).where(archive_look.c.team == team, archive_look.c.at < before)
    return int(conn.execute(gone).rowcount)


def _old(row: Any) -> Old:
    return Old(
        row.kind,
        row.id,
        row.ver,
        orjson.loads(row.body),
        row.at,
        row.by,
        row.since,
        (row.root_kind, row.root_id),
        row.number,
        row.content,
    )
