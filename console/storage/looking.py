"""What the desk knows of the keys people sign with: which of them central has (security.md §3)."""

from sqlalchemy import Connection, select

from console.models.local import cursor
from console.storage.memory import recall, remember

PREFIX = "looking/"


def team_of(conn: Connection) -> str:
    """Return the id of the team these records are of; empty before the first exchange."""
    newest = select(cursor.c.team).order_by(cursor.c.at.desc()).limit(1)
    return str(conn.execute(newest).scalar() or "")


def at_central(conn: Connection, person: str, public: bytes) -> bool:
    """Say whether the team's central took in this very key of a person, as far as is known here."""
    return bool(recall(conn, PREFIX + person) == [team_of(conn), public.hex()])


def taken_in(conn: Connection, person: str, team: str, public: bytes) -> None:
    """Keep that central took in a key."""
    remember(conn, PREFIX + person, [team, public.hex()])
