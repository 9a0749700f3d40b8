"""All SQL of checkpoints, their keys, and looking things up in the audit rows."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from central.models.journal import audit, audit_checkpoint, audit_key, audit_part
from central.models.sync import team_head

AnyRow = Row[*tuple[Any, ...]]
Part = tuple[str, str, int]

PERSON, ACT = "person", "act"
PART_ROWS = 1000
"""How many audit rows one part holds."""

_a, _c, _p = audit.c, audit_checkpoint.c, audit_part.c


def counted(conn: Connection, team: str) -> int:
    """Return how many rows the team's counter says there are."""
    query = select(team_head.c.audit_n).where(team_head.c.team == team)
    return int(conn.execute(query).scalar() or 0)


def link_at(conn: Connection, team: str, n: int) -> str:
    """Return the link of one row; empty where there is none."""
    found = conn.execute(select(_a.chain).where(_a.team == team, _a.n == n)).scalar()
    return str(found or "")


def first_at(conn: Connection, team: str) -> str:
    """Return the moment of the first row; empty where there is none."""
    found = conn.execute(select(_a.at).where(_a.team == team).order_by(_a.n).limit(1)).scalar()
    return str(found or "")


def walk(conn: Connection, team: str, after: int = 0) -> Iterator[dict[str, Any]]:
    """Walk the rows after a number in order, a few at a time."""
    query = select(audit).where(_a.team == team, _a.n > after).order_by(_a.n)
    with conn.execute(query.execution_options(yield_per=2000)) as found:
        # Whoever stops half-way lets go of the place on the server.
        for row in found.mappings():
            yield {str(name): value for name, value in row.items()}


def newest(conn: Connection, team: str) -> AnyRow | None:
    """Return the newest checkpoint of a team."""
    query = select(_c.size, _c.at, _c.link, _c.note).where(_c.team == team)
    return conn.execute(query.order_by(_c.size.desc()).limit(1)).one_or_none()


def checkpoints(conn: Connection, team: str) -> Iterator[AnyRow]:
    """Walk the checkpoints of a team, the smallest first."""
    query = select(_c.size, _c.at, _c.link, _c.note).where(_c.team == team).order_by(_c.size)
    with conn.execute(query.execution_options(yield_per=500)) as found:
        yield from found


def keep(
    conn: Connection,
    team: str,
    *,
    size: int,
    at: str,
    link: str,
    note: str,
    parts: Collection[Part],
) -> bool:
    """Keep a checkpoint with what its rows hold; False where one of that size stands already."""
    made = (
        _insert(conn, audit_checkpoint)
        .values(team=team, size=size, at=at, link=link, note=note)
        .on_conflict_do_nothing()
        .returning(_c.size)
    )
    if conn.execute(made).scalar() is None:
        return False
    if parts:
        rows = [
            {"team": team, "what": what, "value": value, "part": part}
            for what, value, part in sorted(parts)
        ]
        conn.execute(_insert(conn, audit_part).on_conflict_do_nothing(), rows)
    return True


def keys(conn: Connection) -> list[AnyRow]:
    """Return every key, the oldest first."""
    k = audit_key.c
    query = select(k.public, k.seed, k.made_at, k.ended_at).order_by(k.made_at, k.public)
    return list(conn.execute(query))


def add_key(conn: Connection, public: str, seed: str | None, at: str) -> None:
    """Begin a key and end the one before."""
    k = audit_key.c
    conn.execute(update(audit_key).where(k.ended_at.is_(None)).values(ended_at=at))
    conn.execute(insert(audit_key).values(public=public, seed=seed, made_at=at))


def go_on_with(conn: Connection, public: str, at: str) -> None:
    """Take up a key that was ended before; the present one ends."""
    k = audit_key.c
    conn.execute(update(audit_key).where(k.ended_at.is_(None)).values(ended_at=at))
    conn.execute(update(audit_key).where(k.public == public).values(ended_at=None))


def restored_at(conn: Connection, team: str, act: str) -> str:
    """Return when these records were last put back from a copy; empty: never."""
    query = select(_a.at).where(
        _a.team == team, _a.kind == "team", _a.record == team, _a.act == act
    )
    return str(conn.execute(query.order_by(_a.n.desc()).limit(1)).scalar() or "")


def summed_up(conn: Connection, team: str) -> int:
    """Return up to which row the parts tell what stands in them."""
    query = select(func.max(_c.size)).where(_c.team == team)
    return int(conn.execute(query).scalar() or 0)


def parts_with(
    conn: Connection, team: str, what: str, values: Sequence[str], first: int, last: int, most: int
) -> list[int]:
    """Return the parts from ``first`` to ``last`` that hold one of these, the youngest first."""
    query = (
        select(_p.part)
        .where(_p.team == team, _p.what == what, _p.value.in_(values))
        .where(_p.part >= first, _p.part <= last)
        .distinct()
    )
    return [int(one) for one in conn.execute(query.order_by(_p.part.desc()).limit(most)).scalars()]


def number_at(conn: Connection, team: str, moment: str, last: int) -> int:
    """Return the first row that is not before this moment, by halving; ``last + 1``: there is none.

    Rows stand in the order in which they were written, and so, but for a clock that was set back,
    in the order of their moments.
    """
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        query = select(_a.at).where(_a.team == team, _a.n >= middle, _a.n <= high)
        at = conn.execute(query.order_by(_a.n).limit(1)).scalar()
        if at is None or at >= moment:
            high = middle
        else:
            low = middle + 1
    return low


def rows(
    conn: Connection,
    team: str,
    first: int,
    last: int,
    *,
    person: str,
    acts: Sequence[str],
    record: tuple[str, str] | None,
    limit: int,
) -> list[AnyRow]:
    """Return rows from ``first`` to ``last`` that fit, the youngest first."""
    query: Select[Any] = select(
        _a.n, _a.at, _a.person, _a.device, _a.op_id, _a.act, _a.kind, _a.record, _a.ver
    ).where(_a.team == team, _a.n >= first, _a.n <= last)
    if person:
        query = query.where(_a.person == person)
    if acts:
        query = query.where(_a.act.in_(acts))
    if record is not None:
        query = query.where(tuple_(_a.kind, _a.record) == record)
    return list(conn.execute(query.order_by(_a.n.desc()).limit(limit)))


def values_of(row: AnyRow) -> Mapping[str, Any]:
    """Return a row as names and values."""
    return dict(row._mapping)


def _insert(conn: Connection, table: Any) -> Any:
    dialect: Any = postgresql if conn.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
