"""Looks whether anybody altered the audit rows (security.md §6)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from central.journal import repository as journal
from central.journal.chain import first_broken
from central.sync import repository


@dataclass(frozen=True, slots=True)
class Checked:
    """The audit rows of one team: how many, and the number of the first that does not fit."""

    team: str
    rows: int
    broken: int | None


class _Counted:
    """Hands rows on and remembers how many there were and which was the last."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = rows
        self.count = 0
        self.last = 0

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        for row in self._rows:
            self.count += 1
            self.last = int(row["n"])
            yield row


def verify(conn: Connection) -> list[Checked]:
    """Check every team's chain from its first row, and that none is missing at the end."""
    checked = []
    for team, name in repository.teams(conn):
        walk = _Counted(journal.walk(conn, team))
        broken = first_broken(walk)
        # Rows that were cut off at the end leave a chain without a gap, but the counter knows.
        if broken is None and journal.count_of(conn, team) != walk.last:
            broken = walk.last + 1
        checked.append(Checked(name, walk.count, broken))
    return checked
