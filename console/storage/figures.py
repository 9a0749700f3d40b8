"""What the counts of reports are made of: kind, area and moment of each, nothing else (F45)."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from console.models.directory import administrator
from console.models.report import report


def reports(conn: Connection, since: str) -> Iterator[tuple[str, str, str]]:
    """Walk area, kind and moment of every report heard since a moment."""
    c = report.c
    query = select(c.area_id, c.category, c.heard_at).where(c.heard_at >= since)
    for row in conn.execute(query):
        yield row.area_id or "", row.category or "", row.heard_at or ""


def on_the_phone(conn: Connection) -> dict[str, tuple[str, str, bool]]:
    """Return name, number and whether active of every administrator with a number, by id (F53)."""
    c = administrator.c
    query = select(c.id, c.name, c.phone, c.active).where(c.phone.is_not(None), c.phone != "")
    return {
        row.id: (row.name or "", row.phone, row.active is None or bool(row.active))
        for row in conn.execute(query)
    }
