"""Putting many records of a kind at once, for pages and snapshots of central.

One statement for many rows: with a statement for each, the full-text index is written through to
its pages after every single row, which costs several times the rows themselves.
"""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from console.models import RECORDS
from console.storage.columns import columns_of, filled_row, written
from console.storage.frozen import to_json
from contract.op import Record

FEW = 60
"""Up to how many records their values stand in the statement itself."""

ALIKE = 20
"""From how many bodies of the same fields on they are turned into columns together."""

ALWAYS = ("id", "ver", "seq", "pending")

Laid = Sequence[tuple[Sequence[str], Sequence[Iterable[Any]]]]
"""Names of columns and the columns that fill them; first the place of each row among all."""


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
    columns = [c.name for c in RECORDS[kind].c if c.name not in ("n", "confirmed")]
    used = set(ALWAYS)
    raw.execute(
        f"CREATE TEMP TABLE incoming (n INTEGER PRIMARY KEY, {_names(columns)})",
    )
    for fields, values in laid or lay_out(kind, records):
        used.update(fields)
        raw.executemany(
            f"INSERT INTO temp.incoming (n, {_names(fields)}) VALUES {_marks(len(fields) + 1)}",  # nosec B608 # own names, bound values
            zip(*values, strict=False),
        )
    names = [name for name in columns if name in used]
    source = f"SELECT {_names(names)} FROM temp.incoming WHERE true ORDER BY n"  # nosec B608 # own names, bound values
    raw.execute(put_statement(kind, names, source))
    raw.execute("DROP TABLE temp.incoming")


def among(column: ColumnElement[str], ids: Sequence[str]) -> ColumnElement[bool]:
    """Say that a column holds one of these ids, however many: they travel as one value."""
    given = func.json_each(bindparam(None, to_json(list(ids)))).table_valued("value")
    return column.in_(select(given.c.value))


def _put_few(raw: Any, kind: str, records: Sequence[Record]) -> None:
    rows = [_row(kind, record) for record in records]
    names = [*ALWAYS, *sorted({name for row in rows for name in row}.difference(ALWAYS))]
    values: list[Any] = []
    for row in rows:
        values += map(row.get, names)
    marks = ",".join([_marks(len(names))] * len(rows))
    raw.execute(put_statement(kind, names, f"VALUES {marks}"), values)


def lay_out(kind: str, records: Sequence[Record]) -> Laid:
    """Turn records into columns; needs no file, so it may be done before the writer's turn."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for place, record in enumerate(records):
        alike.setdefault(tuple(record.body), []).append(place)
    laid: list[tuple[Sequence[str], Sequence[Iterable[Any]]]] = []
    for fields, places in alike.items():
        group = [records[place] for place in places]
        columns = None
        if len(group) >= ALIKE:
            columns = columns_of(kind, fields, [record.body for record in group])
        if columns is None:
            rows = [(place, _row(kind, records[place])) for place in places]
            laid += [([*row], [[place], *([one] for one in row.values())]) for place, row in rows]
            continue
        envelope = (
            places,
            [record.id for record in group],
            [record.ver for record in group],
            [record.seq for record in group],
            repeat(0),
        )
        laid.append(((*ALWAYS, *fields), (*envelope, *columns)))
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
