"""What a kind of database has to give so that ``Database`` can work with it."""

from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from central.problems import Unusable


class Backend(Protocol):
    """A kind of database: its engines, how many may use them at once, what its errors mean."""

    writer: Engine
    reader: Engine
    streamer: Engine
    writers: int
    readers: int
    streams: int
    newer: Unusable

    def begin_migration(self, connection: Connection) -> None:
        """Be alone for the rest of the transaction that changes the tables."""

    def keep_copy(self, revision: str) -> None:
        """Keep the records as they are before steps are taken, where that can be done here."""

    def wipe(self) -> None:
        """Leave nothing of what was deleted in the pages, once many records went."""

    def unusable(self, trouble: DBAPIError) -> Unusable | None:
        """Return why the records cannot be opened at all; None for an error of another sort."""

    def meaning(self, trouble: DBAPIError) -> "Meaning":
        """Say what an error of the database stands for."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an error of the database stands for.

    ``again``: the transaction was rolled back because another one was first; deciding it once more
    may succeed. ``refusal``: what the caller is told; None where the error is a bug.
    """

    refusal: Exception | None = field(default=None)
    again: bool = False
