"""What this desk saw of central's audit rows, in its own encrypted file (security.md §6)."""

from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection

from console.domain.witness import Seen, Told, Witness, heard, looked_into
from console.storage.memory import recall, remember

NAME = "audit.witness"


def witness(conn: Connection) -> Witness:
    """Return what the desk knows; what cannot be read counts as nothing."""
    found: Any = recall(conn, NAME)
    if not isinstance(found, dict):
        return Witness()
    try:
        seen, old = (tuple(Seen(**one) for one in found.pop(name)) for name in ("seen", "old"))
        return Witness(**found, seen=seen, old=old)
    except (KeyError, TypeError):
        return Witness()


def hear(conn: Connection, team: str, told: Told, now: str) -> Witness:
    """Take in what central told, and return what the desk knows now."""
    before = witness(conn)
    after = heard(before, team, told, now)
    if after != before:
        keep(conn, after)
    return after


def went_back(conn: Connection, now: str) -> None:
    """Note that records of central went back in time: a checkpoint may not connect then."""
    keep(conn, replace(witness(conn), rewound_at=now))


def accept(conn: Connection) -> None:
    """Somebody looked into it: the trouble is over, and so is an older key."""
    keep(conn, looked_into(witness(conn)))


def keep(conn: Connection, known: Witness) -> None:
    """Keep what the desk knows now."""
    remember(conn, NAME, asdict(known))
