"""All SQL of push and pull."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from central.models.sync import (
    day_number,
    sync_commit,
    sync_op,
    sync_record,
    team,
    team_head,
)
from central.sequence.arrays import texts
from central.sequence.rows import read_answer
from central.sync.cursor import Anchor
from contract.op import Record

AnyRow = Row[*tuple[Any, ...]]
PlainRow = tuple[str, str, int, int, bool, str, str, str]
SEQ: Final = 3
"""Where the number stands in a plain row."""

_r = sync_record.c
_PLAIN = (_r.kind, _r.id, _r.ver, _r.seq, _r.deleted, _r.by, _r.at, _r.body)
_COLUMNS = (_r.kind, _r.id, _r.ver, _r.seq, _r.deleted, _r.body, _r.by, _r.at)


# One statement for every kind, so that it can be prepared once; sorted, so that two writers never
# wait for each other crosswise.
_LOCK_MANY = text(
    """
    SELECT r.kind, r.id, r.ver, r.seq, r.deleted, r.body, r.by, r.at
    FROM sync_record AS r
    JOIN unnest(CAST(:kinds AS text[]), CAST(:ids AS text[])) AS w (kind, id)
        ON r.kind = w.kind AND r.id = w.id
    WHERE r.team = :of_team
    ORDER BY r.kind, r.id
    FOR UPDATE OF r
    """
)


# One writer is alone in a file: nothing to lock. CROSS JOIN keeps the short list outside, so each
# record is one search by its key.
_FIND_MANY = text(
    """
    SELECT r.kind, r.id, r.ver, r.seq, r.deleted, r.body, r.by, r.at
    FROM json_each(:wanted) AS w
    CROSS JOIN sync_record AS r
    WHERE r.team = :of_team AND r.kind = w.value ->> 0 AND r.id = w.value ->> 1
    """
)


# The ids travel as one value: a list of parameters is written out anew for every batch.
_STORED_ON_SERVER = text(
    """
    SELECT o.op_id, o.fingerprint, o.result, o.seq FROM sync_op AS o
    WHERE o.team = :of_team AND o.op_id = ANY (CAST(:wanted AS text[]))
    """
)
_STORED_IN_FILE = text(
    """
    SELECT o.op_id, o.fingerprint, o.result, o.seq
    FROM json_each(:wanted) AS w
    CROSS JOIN sync_op AS o
    WHERE o.team = :of_team AND o.op_id = w.value
    """
)


# What every push asks is put together once: building a statement takes longer than running it.
_HEAD_AND_NONCE = select(
    team_head.c.seq,
    team_head.c.floor_seq,
    select(sync_commit.c.nonce)
    .where(
        sync_commit.c.team == bindparam("of_team"), sync_commit.c.last_seq >= bindparam("at_seq")
    )
    .order_by(sync_commit.c.last_seq)
    .limit(1)
    .scalar_subquery()
    .label("nonce"),
).where(team_head.c.team == bindparam("of_team"))
_PERSON = select(*_COLUMNS).where(
    _r.team == bindparam("of_team"),
    _r.kind == "person",
    _r.id == bindparam("person"),
    _r.deleted.is_(False),
)


def _day_numbers(dialect: Any) -> Any:
    return (
        dialect.insert(day_number)
        .values(team=bindparam("of_team"), day=bindparam("of_day"), last=bindparam("many"))
        .on_conflict_do_update(
            index_elements=[day_number.c.team, day_number.c.day],
            set_={"last": day_number.c.last + bindparam("many")},
        )
        .returning(day_number.c.last)
    )


_DAY_NUMBERS = {
    "postgresql": _day_numbers(postgresql),
    "sqlite": _day_numbers(sqlite),
}


@dataclass(frozen=True, slots=True)
class Head:
    """How far the history of a team reaches, and from where it is still complete."""

    seq: int
    floor_seq: int


def head(conn: Connection, team_id: str) -> Head | None:
    """Return the head of a team; None for a team that is not here."""
    row = conn.execute(
        select(team_head.c.seq, team_head.c.floor_seq).where(team_head.c.team == team_id)
    ).one_or_none()
    return Head(row.seq, row.floor_seq) if row else None


def teams(conn: Connection) -> list[tuple[str, str]]:
    """Return id and name of every team."""
    return [(row.id, row.name) for row in conn.execute(select(team.c.id, team.c.name))]


def add_team(conn: Connection, team_id: str, name: str, at: str) -> None:
    """Make a team with an empty history."""
    conn.execute(insert(team).values(id=team_id, name=name, created_at=at))
    conn.execute(insert(team_head).values(team=team_id, seq=0, floor_seq=0, audit_n=0))


def nonce_at(conn: Connection, team_id: str, seq: int) -> str | None:
    """Return the nonce of the commit that holds ``seq``; None where there is none."""
    found = conn.execute(
        select(sync_commit.c.nonce)
        .where(sync_commit.c.team == team_id, sync_commit.c.last_seq >= seq)
        .order_by(sync_commit.c.last_seq)
        .limit(1)
    ).scalar()
    return None if found is None else str(found)


def head_and_nonce(conn: Connection, team_id: str, seq: int) -> tuple[Head, str] | None:
    """Return the head and the nonce that holds ``seq``, both of one moment.

    In two statements, history could be collected between them.
    """
    row = conn.execute(_HEAD_AND_NONCE, {"of_team": team_id, "at_seq": seq}).one_or_none()
    return (Head(row.seq, row.floor_seq), (row.nonce or "") if seq else "") if row else None


def anchor_at(conn: Connection, team_id: str, seq: int) -> Anchor:
    """Return the anchor of a number; number zero stands before every commit."""
    return Anchor(seq, (nonce_at(conn, team_id, seq) or "") if seq else "")


def stored(
    conn: Connection, team_id: str, op_ids: Sequence[str]
) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return fingerprint and stored result of the ops that were answered before."""
    if not op_ids:
        return {}
    if conn.dialect.name == "postgresql":
        query, given = _STORED_ON_SERVER, texts(op_ids)
    else:
        query, given = _STORED_IN_FILE, orjson.dumps(list(op_ids)).decode()
    rows = conn.execute(query, {"of_team": team_id, "wanted": given})
    return {row.op_id: (row.fingerprint, read_answer(row.result, row.seq)) for row in rows}


def lock(
    conn: Connection, team_id: str, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Record]:
    """Return the records that exist, locked in one fixed order so that writers never deadlock."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    values: dict[str, Any] = {"of_team": team_id}
    if conn.dialect.name == "postgresql":
        query = _LOCK_MANY
        values["kinds"] = texts(kind for kind, _ in wanted)
        values["ids"] = texts(record_id for _, record_id in wanted)
    else:
        query = _FIND_MANY
        values["wanted"] = orjson.dumps(wanted).decode()
    found = {}
    for row in conn.execute(query, values):
        found[row.kind, row.id] = to_record(row)
    return found


def children(conn: Connection, team_id: str, kind: str, parent: str) -> list[Record]:
    """Return the live records of a kind that belong to one record."""
    query = select(*_COLUMNS).where(
        _r.team == team_id, _r.kind == kind, _r.parent == parent, _r.deleted.is_(False)
    )
    return [to_record(row) for row in conn.execute(query.order_by(_r.seq))]


def held_by(conn: Connection, team_id: str, person: str) -> list[Record]:
    """Return the open reports and posts that somebody holds."""
    query = (
        select(*_COLUMNS)
        .where(_r.team == team_id, _r.holder == person, _r.deleted.is_(False))
        .order_by(_r.kind, _r.id)
        .with_for_update()
    )
    return [to_record(row) for row in conn.execute(query)]


def persons(conn: Connection, team_id: str) -> list[Record]:
    """Return the people of a team."""
    query = select(*_COLUMNS).where(_r.team == team_id, _r.kind == "person", _r.deleted.is_(False))
    return [to_record(row) for row in conn.execute(query.order_by(_r.seq))]


def areas(conn: Connection, team_id: str) -> list[Record]:
    """Return the areas of a team."""
    query = select(*_COLUMNS).where(_r.team == team_id, _r.kind == "area", _r.deleted.is_(False))
    return [to_record(row) for row in conn.execute(query.order_by(_r.id))]


def person(conn: Connection, team_id: str, person_id: str) -> Record | None:
    """Return one person; None where there is none any more."""
    row = conn.execute(_PERSON, {"of_team": team_id, "person": person_id}).one_or_none()
    return to_record(row) if row else None


def alone_with_people(conn: Connection, team_id: str) -> None:
    """Wait until nobody else changes the people of the team, and keep others out until the commit.

    A rule over all people (one account holder stays) must not be decided twice at once.
    """
    conn.execute(select(team.c.id).where(team.c.id == team_id).with_for_update())


def next_day_number(conn: Connection, team_id: str, day: str, count: int = 1) -> int:
    """Take the next ``count`` report numbers of a day; returns the last of them."""
    given = {"of_team": team_id, "of_day": day, "many": count}
    return int(conn.execute(_DAY_NUMBERS[conn.dialect.name], given).scalar_one())


def rows_after(
    conn: Connection, team_id: str, seq: int, limit: int, *, live_only: bool = False
) -> list[PlainRow]:
    """Return the records whose last change lies after ``seq``, in the order of the commits.

    As the driver gives them: kind, id, ver, seq, deleted, by, at, body. A page holds thousands.
    """
    query: Select[Any] = select(*_PLAIN).where(_r.team == team_id, _r.seq > seq)
    if live_only:
        query = query.where(_r.deleted.is_(False))
    with conn.execute(query.order_by(_r.seq).limit(limit)) as found:
        assert found.cursor is not None
        rows = [*found.cursor.fetchall()]
    return rows


def versions(conn: Connection, team_id: str) -> Iterator[tuple[str, str, int]]:
    """Walk kind, id and version of every live record, a few thousand at a time, as plain rows."""
    seq, many = 0, 5000
    while True:
        query = (
            select(_r.seq, _r.kind, _r.id, _r.ver)
            .where(_r.team == team_id, _r.deleted.is_(False), _r.seq > seq)
            .order_by(_r.seq)
            .limit(many)
        )
        with conn.execute(query) as found:
            assert found.cursor is not None
            rows = found.cursor.fetchall()
        for row in rows:
            yield row[1:]
        if len(rows) < many:
            return
        seq = rows[-1][0]


def oldest_end(conn: Connection, team_id: str, before: str) -> int:
    """Return the number that the last commit made before this moment ends with; 0 for none.

    A commit with an older stamp after a younger one counts as young: history goes in one piece.
    """
    mine = sync_commit.c.team == team_id
    kept = conn.execute(
        select(func.min(sync_commit.c.last_seq)).where(mine, sync_commit.c.at >= before)
    ).scalar()
    query = select(func.max(sync_commit.c.last_seq)).where(mine)
    if kept is not None:
        query = query.where(sync_commit.c.last_seq < kept)
    return int(conn.execute(query).scalar() or 0)


def drop_history(conn: Connection, team_id: str, floor: int) -> tuple[int, int]:
    """Throw away graves up to ``floor`` and commits before it; returns how many of each."""
    graves = conn.execute(
        delete(sync_record).where(_r.team == team_id, _r.deleted.is_(True), _r.seq <= floor)
    ).rowcount
    commits = conn.execute(
        delete(sync_commit).where(sync_commit.c.team == team_id, sync_commit.c.last_seq < floor)
    ).rowcount
    # Last, because it locks the counter of the team.
    conn.execute(update(team_head).where(team_head.c.team == team_id).values(floor_seq=floor))
    return graves, commits


def drop_answers(conn: Connection, team_id: str, before: str) -> int:
    """Throw away stored answers from before a moment; returns how many."""
    gone = delete(sync_op).where(sync_op.c.team == team_id, sync_op.c.at < before)
    return int(conn.execute(gone).rowcount)


def to_record(row: AnyRow) -> Record:
    """Return a row as a record."""
    body: Mapping[str, Any] = orjson.loads(row.body)
    return Record(row.kind, row.id, row.ver, body, bool(row.deleted), row.seq, row.at, row.by)


def line(row: PlainRow) -> bytes:
    """Return a row as one line of a page; the body goes out as it stands.

    Nothing else in it can need escaping: ids and kinds are words (``contract.messages``), moments
    are central's own.
    """
    kind, record_id, ver, seq, deleted, by, at, body = row
    gone = "true" if deleted else "false"
    return (
        f'{{"kind":"{kind}","id":"{record_id}","ver":{ver},"seq":{seq},"del":{gone},'
        f'"by":"{by}","at":"{at}","body":{body}}}\n'
    ).encode()
