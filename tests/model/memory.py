"""Databases in memory that start from a template and may die in the middle of a unit of work.

The statements, the schema and the driver are the shipped ones; only the file is missing, so that
one example of the model costs milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, StaticPool, create_engine, event

from console.storage.frozen import from_json, to_json

T = TypeVar("T")


class Died(Exception):
    """The process was killed: nothing of the open unit of work is kept."""


def bare() -> Any:
    """Open an empty database in memory that begins no transaction of its own."""
    return driver.connect(":memory:", isolation_level=None, check_same_thread=False)


class Box:
    """One database; ``unit`` is one transaction, ``raw`` reads between transactions."""

    def __init__(self) -> None:
        self.raw = bare()
        self.raw.execute("PRAGMA foreign_keys=ON")
        self._left = 0
        self._engine = create_engine(
            "sqlite://",
            module=driver,
            creator=lambda: self.raw,
            poolclass=StaticPool,
            json_serializer=to_json,
            json_deserializer=from_json,
        )
        event.listen(self._engine, "begin", self._begin)
        event.listen(self._engine, "before_cursor_execute", self._statement)
        self._conn: Connection = self._engine.connect()

    def unit(self, work: Callable[[Connection], T], *, die_at: int = 0) -> T:
        """Do one unit of work; killed at statement number ``die_at``, where that is not 0."""
        with self._conn.begin():
            self._left = die_at
            try:
                return work(self._conn)
            finally:
                self._left = 0

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """Answer a question of an oracle."""
        return list(self.raw.execute(question).fetchall())

    def load(self, template: Any) -> None:
        """Become what another database in memory holds."""
        template.backup(self.raw)

    def copy(self) -> Any:
        """Return a copy to come back to."""
        target = bare()
        self.raw.backup(target)
        return target

    def close(self) -> None:
        """Close for good."""
        self._conn.close()
        self._engine.dispose()
        self.raw.close()

    @staticmethod
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def _statement(self, *_: Any) -> None:
        if self._left:
            self._left -= 1
            if self._left == 0:
                raise Died
