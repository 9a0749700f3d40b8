"""The local file when the desk goes over from its own central to a team's (sync.md §8a)."""

from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from console.models.local import cursor, journal, outbox, tray
from console.storage import blobs
from console.storage.memory import recall, remember

JOINING = "joining"
"""What is remembered of a joining that is under way, so that it goes on where it broke off."""

FETCH_ALL = "fetch-all"
"""A cursor that no central knows: it answers ``bad-cursor`` and the desk fetches everything."""


def undecided(conn: Connection) -> tuple[int, int]:
    """Count what is not sent yet, of everybody, and what waits for somebody's decision."""
    waiting = conn.execute(select(func.count()).select_from(outbox)).scalar_one()
    to_decide = conn.execute(
        select(func.count()).select_from(tray).where(tray.c.settled_at.is_(None))
    ).scalar_one()
    return int(waiting), int(to_decide)


def stands_at(conn: Connection, team: str, cursor_text: str) -> bool:
    """Say whether this file is as its own central was at that cursor: nothing came since."""
    row = conn.execute(
        select(cursor.c.cursor, cursor.c.witness).where(cursor.c.team == team)
    ).one_or_none()
    return row is not None and row.cursor == row.witness == cursor_text


def under_way(conn: Connection) -> dict[str, Any]:
    """Return the joining that was begun; empty where there is none."""
    found = recall(conn, JOINING, {})
    return dict(found) if isinstance(found, dict) else {}


def keep_under_way(conn: Connection, joining: dict[str, Any] | None) -> None:
    """Remember how far the joining is; None: it is over."""
    remember(conn, JOINING, joining)


def go_over(conn: Connection, team: str) -> None:
    """Let the file belong to another team from the next exchange on.

    The ops that the desk's own central took in are not offered to the team's: they went along as
    records. The content of their photos is sent from here, by whoever sits here. Until everything is
    fetched the desk shows what it had.
    """
    fetch_all_anew(conn, team)
    keep_under_way(conn, None)


def fetch_all_anew(conn: Connection, team: str) -> None:
    """Take the next central for one that got everything as records, and fetch all from it."""
    blobs.send_all(conn)
    conn.execute(delete(journal))
    conn.execute(delete(cursor))
    conn.execute(insert(cursor).values(team=team, cursor=FETCH_ALL))
