"""What the desk remembers for itself: window sizes, filters, what was open. Never sent."""

from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from console.models.local import memory


def recall(conn: Connection, name: str, default: Any = None) -> Any:
    """Return what is remembered under a name, or the default."""
    row = conn.execute(select(memory.c.value).where(memory.c.name == name)).one_or_none()
    return default if row is None else row.value


def recall_all(conn: Connection, prefix: str) -> dict[str, Any]:
    """Return everything whose name begins with ``prefix``."""
    rows = conn.execute(
        select(memory.c.name, memory.c.value).where(
            memory.c.name >= prefix, memory.c.name < prefix + "\U0010ffff"
        )
    )
    return {row.name: row.value for row in rows}


def remember(conn: Connection, name: str, value: Any) -> None:
    """Remember any JSON value under a name; None forgets it."""
    if value is None:
        conn.execute(delete(memory).where(memory.c.name == name))
        return
    statement = insert(memory).values(name=name, value=value)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=[memory.c.name], set_={"value": statement.excluded.value}
        )
    )
