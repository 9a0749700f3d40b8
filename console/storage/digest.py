"""What the desk holds, in one number per kind, to compare with central's own (sync.md §4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from console.models import RECORDS
from console.models.local import unread_record, withheld
from contract.messages import hash64

PIECE = 5_000


@dataclass(frozen=True, slots=True)
class KindSum:
    """How many confirmed live records of a kind there are, and the sum of their hashes.

    ``sum`` is modulo 2^64, as 16 hexadecimal digits.
    """

    count: int
    sum: str


def sums(conn: Connection) -> dict[str, KindSum]:
    """Add up the confirmed records per kind; kinds without any are absent.

    Waiting ops do not count: a record that only they made is central's no more than it was.
    """
    found: dict[str, KindSum] = {}
    for kind, table in RECORDS.items():
        there = (table.c.pending == 0) | (func.json_extract(table.c.confirmed, "$.exists") == 1)
        hidden = (withheld.c.kind == kind) & (withheld.c.present == 1)
        one = _add(conn, select(table.c.id, table.c.ver).where(there)) + _add(
            conn, select(withheld.c.id, withheld.c.ver).where(hidden)
        )
        _put(found, kind, one)
    kinds = conn.execute(select(unread_record.c.kind).distinct()).scalars().all()
    for kind in kinds:
        live = (unread_record.c.kind == kind) & (unread_record.c.deleted == 0)
        _put(found, kind, _add(conn, select(unread_record.c.id, unread_record.c.ver).where(live)))
    return found


def differing(mine: dict[str, KindSum], theirs: dict[str, Any]) -> tuple[str, ...]:
    """Return the kinds that do not add up, by name; ``theirs`` is central's ``kinds``."""
    said = {
        kind: KindSum(int(one.get("count", 0)), str(one.get("sum", "")))
        for kind, one in theirs.items()
        if isinstance(one, dict) and one.get("count")
    }
    return tuple(sorted(kind for kind in mine.keys() | said if mine.get(kind) != said.get(kind)))


@dataclass(frozen=True, slots=True)
class _Sum:
    count: int = 0
    total: int = 0

    def __add__(self, other: "_Sum") -> "_Sum":
        return _Sum(self.count + other.count, self.total + other.total)


def _add(conn: Connection, query: Any) -> _Sum:
    total = _Sum()
    result = conn.execute(query.execution_options(yield_per=PIECE))
    for rows in result.partitions():
        total += _of(rows)
    return total


def _of(rows: Iterable[Any]) -> _Sum:
    hashes = [hash64(row[0], row[1]) for row in rows]
    return _Sum(len(hashes), sum(hashes))


def _put(found: dict[str, KindSum], kind: str, one: _Sum) -> None:
    if one.count:
        found[kind] = KindSum(one.count, f"{one.total % 2**64:016x}")
