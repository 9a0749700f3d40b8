"""Numbers, addresses and invite links in the desk's file: who may have them there (security.md §6).

One file serves everybody who works at a desk. They stay while anybody there may see them, and go when
nobody may any more. Central sends none to who may not, and says in ``HELD_BACK`` what it left out.
"""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Table, delete, func, literal, or_, select, update

from console.domain.changes import Changes
from console.domain.failures import Problem, Refused
from console.models import RECORDS
from console.models.local import cursor, journal, tray, typing, withheld
from console.storage import bulk, sessions
from console.storage.persons import list_persons
from console.storage.projection import confirmed, set_base
from contract import rights
from contract.contact import FIELDS, HELD_BACK

NOT_HERE = Problem(
    "numbers-not-here",
    "Niet alle nummers staan op deze computer. Er is niets getoond of vastgelegd.",
    "Ze komen vanzelf als er contact is met de centrale. Probeer het dan opnieuw.",
)


def incomplete(conn: Connection, ids: Collection[str] | None = None) -> bool:
    """Say whether central left something out of what this desk holds, of these records or of any."""
    return any(
        conn.execute(
            select(literal(1)).select_from(table).where(_left_out(table), _of(table, ids)).limit(1)
        ).first()
        for table in map(RECORDS.__getitem__, FIELDS)
    )


def require_whole(conn: Connection, ids: Collection[str] | None = None) -> None:
    """Refuse an act that would take a number that was left out for one that is not there."""
    if incomplete(conn, ids):
        raise Refused(NOT_HERE)


def held_back(conn: Connection, kind: str, ids: Collection[str]) -> frozenset[str]:
    """Return which of these records central left something out of."""
    table = RECORDS[kind]
    query = select(table.c.id).where(_left_out(table), _of(table, ids))
    return frozenset(conn.execute(query).scalars())


def let_go(conn: Connection, team: str, users: Collection[str]) -> Changes:
    """Erase them here where nobody who uses this desk may see them; the desk then fetches anew.

    ``users``: the ids of everybody with a passphrase here; whose session is kept counts as well.
    Nobody's waiting act is touched: what somebody typed goes to central, which answers it.
    """
    here = {*users, *sessions.persons(conn)}
    working = [one for one in list_persons(conn) if one.active and one.id in here]
    if any(rights.may_see_contact(one.roles) for one in working):
        return Changes()
    gone = [(kind, record_id) for kind in FIELDS for record_id in _erase(conn, kind)]
    if gone:
        conn.execute(update(cursor).where(cursor.c.team == team).values(cursor=""))
    return Changes.of(gone)


def _erase(conn: Connection, kind: str) -> list[str]:
    table, names = RECORDS[kind], sorted(FIELDS[kind])
    filled = or_(*[func.coalesce(table.c[name], "") != "" for name in names])
    paths = [f"$.body.{name}" for name in names]
    kept = or_(*[func.json_extract(table.c.confirmed, path).is_not(None) for path in paths])
    # What stands over a confirmed record is somebody's own act that waits.
    rows = conn.execute(
        select(table.c.id, table.c.pending).where(or_((table.c.pending == 0) & filled, kept))
    ).all()
    idle = [row.id for row in rows if not row.pending]
    conn.execute(update(table).where(bulk.among(table.c.id, idle)).values(dict.fromkeys(names)))
    for record_id in [row.id for row in rows if row.pending]:
        base = confirmed(conn, kind, record_id)
        if base is not None:
            left = {name: value for name, value in base.body.items() if name not in names}
            set_base(conn, kind, record_id, replace(base, body=left))
    inside = [f"$.{name}" for name in names]
    covered = or_(*[func.json_extract(withheld.c.body, path).is_not(None) for path in inside])
    hidden = conn.execute(
        update(withheld)
        .where(withheld.c.kind == kind, covered)
        .values(body=func.json_remove(withheld.c.body, *inside))
    ).rowcount
    ids = [row.id for row in rows]
    for named in names:
        said = func.instr(journal.c.op, f'"{named}"') > 0
        conn.execute(delete(journal).where(journal.c.kind == kind, said))
    conn.execute(delete(tray).where(tray.c.kind == kind, tray.c.settled_at.is_not(None)))
    # Their own words stay until they settle it; what stood there before was not theirs.
    before = func.json_remove(tray.c.op, *[f"$.was.{name}" for name in names])
    conn.execute(update(tray).where(tray.c.kind == kind).values(theirs=None, op=before))
    for record_id in ids:
        conn.execute(delete(typing).where(func.instr(typing.c.subject, record_id) > 0))
    return ids or ([""] if hidden else [])


def _left_out(table: Table) -> ColumnElement[bool]:
    return func.json_extract(table.c.extra, f"$.{HELD_BACK}").is_not(None)


def _of(table: Table, ids: Collection[str] | None) -> ColumnElement[bool]:
    return literal(True) if ids is None else bulk.among(table.c.id, sorted(ids))
