"""What the coverage of areas needs besides the shape of the directory: inhabitants and outlines."""

from sqlalchemy import Connection, select

from console.domain.coverage import Inhabitants
from console.models.directory import area, area_shape

_a, _s = area.c, area_shape.c


def inhabitants(conn: Connection) -> dict[str, Inhabitants]:
    """Read how many people live in each area that has a number of its own."""
    rows = conn.execute(
        select(_a.id, _a.inhabitants, _a.inhabitants_year, _a.inhabitants_source).where(
            _a.inhabitants.is_not(None)
        )
    )
    return {
        row.id: Inhabitants(
            row.inhabitants, row.inhabitants_year or 0, row.inhabitants_source or ""
        )
        for row in rows
    }


def shapes(conn: Connection, level: str) -> dict[str, str]:
    """Read the newest kept outline of every area of a level, as text."""
    rows = conn.execute(
        select(_s.area_id, _s.shape)
        .join(area, _a.id == _s.area_id)
        .where(_a.level == level)
        .order_by(_s.year, _s.n)
    )
    return {row.area_id: row.shape or "" for row in rows}
