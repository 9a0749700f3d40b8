"""Putting many records of a kind at once, for pages and snapshots of central.

One statement for many rows: with a statement for each, the full-text index is written through to
its pages after every single row, which costs several times the rows themselves.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, islice, repeat
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from console.models import RECORDS
from console.storage.columns import columns_of, filled_row, written
from console.storage.frozen import to_json
from contract.op import Record

FEW = 60
"""Up to how many records their values stand in the statement itself."""

AT_ONCE = 1_000
"""How many rows one statement lays ready. Each row by itself would hand the interpreter to the thread
that reads the next page, and wait to get it back, ten thousand times."""

VALUES = 30_000
"""Values of one statement at most; SQLite takes 32,766 as it comes."""

ALIKE = 20
"""From how many bodies of the same fields on they are turned into columns together."""

ALWAYS = ("id", "ver", "seq", "pending")

Laid = Sequence[tuple[Sequence[str], Sequence[list[Any]]]]
"""Names of columns, first the place of a row among all, and the values of many rows in a row: each
list is for one statement."""


def put(conn: Connection, kind: str, records: Sequence[Record], laid: Laid | None = None) -> None:
    """Put live records of this kind, each id once, as confirmed without anything pending.

    A record that is there keeps its local number. A column that a record does not fill becomes
    empty. ``laid``: the same records as ``lay_out`` gave them, where somebody did that before.
    """
    raw: Any = conn.connection.driver_connection
    if len(records) <= FEW:
        _put_few(raw, kind, records)
        return
    # The rows are laid ready in a table in memory (``temp_store``) and put in their own order;
    # nothing of it reaches the disk.
    laid = lay_out(kind, records) if laid is None else laid
    used = {name for fields, _ in laid for name in fields} - {"n"}
    names = [column.name for column in RECORDS[kind].c if column.name in used]
    raw.execute(f"CREATE TEMP TABLE incoming (n INTEGER PRIMARY KEY, {_names(names)})")
    for fields, lists in laid:
        statement, marks = _lay_ready(fields), _marks(len(fields))
        for values in lists:
            raw.execute(statement + ",".join([marks] * (len(values) // len(fields))), values)
    source = f"SELECT {_names(names)} FROM temp.incoming WHERE true ORDER BY n"  # nosec B608 # own names, bound values
    raw.execute(put_statement(kind, names, source))
    raw.execute("DROP TABLE temp.incoming")


def among(column: ColumnElement[str], ids: Sequence[str]) -> ColumnElement[bool]:
    """Say that a column holds one of these ids, however many: they travel as one value."""
    given = func.json_each(bindparam(None, to_json(list(ids)))).table_valued("value")
    return column.in_(select(given.c.value))


def _lay_ready(fields: Sequence[str]) -> str:
    return f"INSERT INTO temp.incoming ({_names(fields)}) VALUES "  # nosec B608 # own names, bound values


def _put_few(raw: Any, kind: str, records: Sequence[Record]) -> None:
    rows = [_row(kind, record) for record in records]
    names = [*ALWAYS, *sorted({name for row in rows for name in row}.difference(ALWAYS))]
    values: list[Any] = []
    for row in rows:
        values += map(row.get, names)
    marks = ",".join([_marks(len(names))] * len(rows))
    raw.execute(put_statement(kind, names, f"VALUES {marks}"), values)


def lay_out(kind: str, records: Sequence[Record]) -> Laid:
    """Lay rows out for statements; needs no file, so it may be done before the writer's turn."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for place, record in enumerate(records):
        alike.setdefault(tuple(record.body), []).append(place)
    laid: list[tuple[Sequence[str], Sequence[list[Any]]]] = []
    for fields, places in alike.items():
        group = [records[place] for place in places]
        columns = None
        if len(group) >= ALIKE:
            columns = columns_of(kind, fields, [record.body for record in group])
        if columns is None:
            rows = [(place, _row(kind, records[place])) for place in places]
            laid += [(("n", *row), [[place, *row.values()]]) for place, row in rows]
            continue
        envelope = (
            places,
            [record.id for record in group],
            [record.ver for record in group],
            [record.seq for record in group],
            repeat(0),
        )
        names = ("n", *ALWAYS, *fields)
        every = zip(*envelope, *columns, strict=False)
        most = min(AT_ONCE, VALUES // len(names))
        lists = []
        while some := [*chain.from_iterable(islice(every, most))]:
            lists.append(some)
        laid.append((names, lists))
    return laid


def _row(kind: str, record: Record) -> dict[str, Any]:
    row: dict[str, Any] = dict(zip(ALWAYS, (record.id, record.ver, record.seq, 0), strict=True))
    return row | written(kind, filled_row(kind, record.body))


def put_statement(kind: str, names: Sequence[str], source: str) -> str:
    """Return the statement that puts rows; one that is there keeps its number, and nothing else."""
    table = RECORDS[kind]
    others = [c.name for c in table.c if c.name not in ("n", "id")]
    return (
        f"INSERT INTO {table.name} ({_names(names)}) {source} "  # nosec B608 # own names, bound values
        "ON CONFLICT (id) DO UPDATE SET "
        + ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    )


def _names(names: Iterable[str]) -> str:
    return ",".join(f'"{name}"' for name in names)


def _marks(count: int) -> str:
    return f"({','.join('?' * count)})"
