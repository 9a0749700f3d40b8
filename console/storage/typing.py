"""The draft buffer of typing: kept every 500 ms, never sent; an op is made later (house.md §0.3).

``subject`` names what is typed into, such as a record id or ``new-report``. What one person typed
is never shown to another.
"""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from console.models.local import typing

LONGEST = 100_000


def keep(conn: Connection, subject: str, field: str, person: str, text: str, now: str) -> None:
    """Keep what stands in a field now; an empty field forgets it. At most 100,000 characters."""
    if not text:
        forget(conn, subject, person, field)
        return
    clean = text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    statement = insert(typing).values(
        subject=subject, field=field, person=person, text=clean, at=now
    )
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=[typing.c.subject, typing.c.field, typing.c.person],
            set_={"text": statement.excluded.text, "at": statement.excluded.at},
        )
    )


def restore(conn: Connection, subject: str, person: str) -> dict[str, str]:
    """Return what this person had typed into each field of a subject."""
    rows = conn.execute(
        select(typing.c.field, typing.c.text).where(
            typing.c.subject == subject, typing.c.person == person
        )
    )
    return {row.field: row.text for row in rows}


def subjects(conn: Connection, person: str) -> list[tuple[str, str]]:
    """Return what this person was typing into with the time of the last key, newest first."""
    rows = conn.execute(
        select(typing.c.subject, typing.c.at)
        .where(typing.c.person == person)
        .order_by(typing.c.at.desc())
    )
    latest: dict[str, str] = {}
    for row in rows:
        latest.setdefault(row.subject, row.at)
    return list(latest.items())


def forget(conn: Connection, subject: str, person: str, field: str | None = None) -> None:
    """Forget what was typed into a subject, or into one field: an op holds it now."""
    statement = delete(typing).where(typing.c.subject == subject, typing.c.person == person)
    if field is not None:
        statement = statement.where(typing.c.field == field)
    conn.execute(statement)


def forget_person(conn: Connection, person: str) -> None:
    """Forget everything a person typed and did not save (change of person, security.md §3)."""
    conn.execute(delete(typing).where(typing.c.person == person))
