"""What must be offered to central again after it was set back, until all of it was (sync.md §7).

The mark is set in the transaction that swaps the copy, for everybody who has answered ops here,
and moves in the transaction that takes in the answers: a desk that dies, a line that breaks or
another person at the desk lose nothing of it.
"""

from sqlalchemy import Connection, select

from console.models.local import journal
from console.storage.memory import recall, remember

PREFIX = "offer-again/"


def owe_all(conn: Connection) -> None:
    """Note that everybody's answered ops must be offered again, from the first."""
    for person in conn.execute(select(journal.c.person).distinct()).scalars().all():
        remember(conn, PREFIX + person, 0)


def owed_from(conn: Connection, person: str) -> int | None:
    """Return the number in the journal after which ops are still to be offered; None: nothing."""
    found = recall(conn, PREFIX + person)
    return found if isinstance(found, int) else None


def offered(conn: Connection, person: str, n: int | None) -> None:
    """Note how far the journal was offered again; None: to its end."""
    remember(conn, PREFIX + person, n)
