"""The desk's file as the source of a new file of the central it carries (security.md §2).

What is confirmed goes in, with graves; what waits to be sent stays in the outbox and is sent as ever.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, or_, select

from console.domain.failures import Problem, Refused
from console.domain.witness import remade
from console.models import RECORDS
from console.models.blob import blob
from console.models.local import cursor, grave, unread_record, withheld
from console.models.report import photo
from console.storage import owed, witness
from console.storage.joining import fetch_all_anew
from console.storage.memory import recall, recall_all, remember
from console.storage.projection import body_of
from contract.op import Record
from contract.rules.photo import day_of

REMAKING = "central.remaking"
"""What is remembered of a new file that is whole and waits for its name, until it has it."""

NOT_WHOLE = Problem(
    "central-not-remade",
    "Deze desk heeft zelf nog niet alles van uw team. Er is niets gewijzigd.",
    "Zet een kopie van de map van de desk terug. Vraag hulp aan de beheerder van deze computer.",
)


def team_of(conn: Connection) -> str:
    """Return the team whose records this file holds whole; empty where it holds none yet."""
    rows = conn.execute(select(cursor.c.team).where(cursor.c.cursor != "")).scalars().all()
    return str(rows[0]) if len(rows) == 1 else ""


def everything(conn: Connection) -> list[Record]:
    """Return every record as central last confirmed it, graves too, in the order of the feed.

    Raises Refused where a whole copy of the team never came in.
    """
    if not team_of(conn):
        raise Refused(NOT_WHOLE)
    found = sorted(_confirmed(conn), key=lambda one: one.seq)
    buried = conn.execute(select(grave.c.kind, grave.c.id, grave.c.ver))
    dead = [Record(row.kind, row.id, row.ver, {}, deleted=True) for row in buried]
    here = {(one.kind, one.id) for one in found}
    return [*found, *(one for one in dead if (one.kind, one.id) not in here)]


def photos_elsewhere(conn: Connection, now: str) -> frozenset[str]:
    """Return the hashes of photos whose content should be somewhere and is not at this desk.

    After its last day nobody has the content of a photo any more (F27).
    """
    here = select(blob.c.sha256).where(blob.c.whole == 1)
    lasting = or_(photo.c.expires_on.is_(None), photo.c.expires_on >= day_of(now).isoformat())
    query = select(photo.c.sha256).where(
        photo.c.sha256.is_not(None), photo.c.sha256.not_in(here), lasting
    )
    return frozenset(conn.execute(query.distinct()).scalars())


def under_way(conn: Connection) -> dict[str, Any]:
    """Return what is remembered of a new file that is whole; empty where there is none."""
    found = recall(conn, REMAKING, {})
    return dict(found) if isinstance(found, dict) else {}


def is_ready(conn: Connection, team: str, *, log_kept: bool) -> None:
    """Remember that the new file is whole: from here on it becomes central's, whatever happens."""
    remember(conn, REMAKING, {"team": team, "log_kept": log_kept})


def go_on(conn: Connection, team: str, now: str, *, log_kept: bool) -> None:
    """Let the desk fetch everything from the new file at its next exchange.

    What was answered before is in the records, so it is not offered again. Where the log began anew,
    the desk says so until somebody looked into it.
    """
    fetch_all_anew(conn, team)
    for name in recall_all(conn, owed.PREFIX):
        remember(conn, name, None)
    if not log_kept:
        witness.keep(conn, remade(witness.witness(conn), now))
    remember(conn, REMAKING, None)


def _confirmed(conn: Connection) -> Iterator[Record]:
    for kind, table in RECORDS.items():
        for row in conn.execute(select(table)).mappings():
            if not row["pending"]:
                yield Record(kind, row["id"], row["ver"], body_of(kind, dict(row)), seq=row["seq"])
            elif row["confirmed"]["exists"]:
                kept = row["confirmed"]["body"]
                yield Record(kind, row["id"], row["ver"], kept, seq=row["seq"])
    hidden = select(withheld).where(withheld.c.present == 1)
    for row in conn.execute(hidden).mappings():
        yield Record(row["kind"], row["id"], row["ver"], row["body"], seq=row["seq"])
    for row in conn.execute(select(unread_record)).mappings():
        gone = bool(row["deleted"])
        yield Record(row["kind"], row["id"], row["ver"], row["body"], gone, row["seq"])
