"""The people of this desk: who works here, with what roles, and who has a passphrase here."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from console.domain.person import Person
from console.models.workbook import person

_COLUMNS = (
    person.c.id,
    person.c.name,
    person.c.roles,
    person.c.active,
    person.c.shift_until,
    person.c.area_id,
)


def list_persons(conn: Connection, slots: Collection[str] = ()) -> list[Person]:
    """Return everybody, by name; ``slots`` are the person ids with a passphrase on this desk."""
    rows = conn.execute(select(*_COLUMNS).order_by(person.c.name, person.c.id))
    return [_snapshot(row, slots) for row in rows]


def find_person(conn: Connection, person_id: str, slots: Collection[str] = ()) -> Person | None:
    """Return one person, or None where there is nobody with this id."""
    row = conn.execute(select(*_COLUMNS).where(person.c.id == person_id)).one_or_none()
    return None if row is None else _snapshot(row, slots)


def names_of(conn: Connection) -> dict[str, str]:
    """Return every person's name by id, those who left included: history names them too."""
    return {row.id: row.name or "" for row in conn.execute(select(person.c.id, person.c.name))}


def _snapshot(row: Any, slots: Collection[str]) -> Person:
    return Person(
        row.id,
        row.name or "",
        tuple(str(role) for role in row.roles or ()),
        active=row.active is None or bool(row.active),
        shift_until=row.shift_until or "",
        area_id=row.area_id or "",
        slot=row.id in slots,
    )
