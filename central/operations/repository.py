"""All SQL of keeping central going: sizes, whole tables, the turn of a round."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, LargeBinary, MetaData, Table, func, insert, select, text

from central.models.access import session
from central.models.journal import audit
from central.models.sync import team, team_head

ROUND = 4_202_611_212
"""Any number will do; every central on one server must know the same one."""

CHUNK = 500
"""Rows at a time; of a table with photos a few, for each may hold a mebibyte."""

FEW = 8


def sizes(conn: Connection) -> dict[str, tuple[str, float]]:
    """Return how much there is: name of the figure, what it says, value."""
    changes = conn.execute(select(func.coalesce(func.sum(team_head.c.seq), 0))).scalar_one()
    teams = conn.execute(select(func.count()).select_from(team)).scalar_one()
    sessions = conn.execute(
        select(func.count()).select_from(session).where(session.c.revoked_at.is_(None))
    ).scalar_one()
    return {
        "buurtdesk_teams": ("Teams.", float(teams)),
        "buurtdesk_changes": ("Numbers given out over all teams.", float(changes)),
        "buurtdesk_sessions": ("Sessions that were not ended.", float(sessions)),
        "buurtdesk_database_bytes": ("Size of the records.", float(_bytes(conn))),
    }


def take_round(conn: Connection) -> bool:
    """Take the turn for this transaction; False where another central on the server has it."""
    if conn.dialect.name != "postgresql":
        return True
    taken = conn.execute(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": ROUND})
    return bool(taken.scalar())


def allow_idling(conn: Connection) -> None:
    """Let this transaction wait for its next statement as long as it takes."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def any_team(conn: Connection) -> bool:
    """Tell whether there is anything to lose here."""
    return bool(conn.execute(select(func.count()).select_from(team)).scalar_one())


def access_rows(conn: Connection) -> list[tuple[str, int, str]]:
    """Return team, number and act of every audit row about accounts and desks."""
    rows = select(audit.c.team, audit.c.n, audit.c.act).where(
        audit.c.kind.in_(("account", "device"))
    )
    return [(row.team, row.n, row.act) for row in conn.execute(rows)]


def last_rows(conn: Connection) -> dict[str, int]:
    """Return the number of the last audit row of each team."""
    last = select(audit.c.team, func.max(audit.c.n).label("n")).group_by(audit.c.team)
    return {row.team: row.n for row in conn.execute(last)}


def tables(conn: Connection, leave_out: frozenset[str]) -> list[Table]:
    """Return the tables as they stand in the database, in an order that references allow."""
    metadata = MetaData()
    metadata.reflect(conn)
    return [table for table in metadata.sorted_tables if table.name not in leave_out]


def columns(table: Table) -> list[str]:
    """Return the names of the columns in their order."""
    return [column.name for column in table.columns]


def bytes_columns(table: Table) -> set[str]:
    """Return the names of the columns that hold bytes."""
    return {column.name for column in table.columns if isinstance(column.type, LargeBinary)}


def at_once(table: Table) -> int:
    """Return how many rows of a table are held in memory together."""
    return FEW if bytes_columns(table) else CHUNK


def walk(conn: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """Walk every row of a table in the order of its key."""
    query = select(*table.columns).order_by(*table.primary_key.columns)
    yield from conn.execute(query.execution_options(yield_per=at_once(table)))


def put(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows into a table."""
    if rows:
        conn.execute(insert(table), list(rows))


def _bytes(conn: Connection) -> int:
    if conn.dialect.name == "postgresql":
        return int(conn.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(pages) * int(conn.exec_driver_sql("PRAGMA page_size").scalar_one())
