"""What the desk reads of stops on destruction, and of a report by its number (F52)."""

from sqlalchemy import Connection, select

from console.domain.retention import Hold
from console.models.report import report
from console.models.workbook import person, setting
from console.storage.search import search_reports
from contract.retention import HOLD_PREFIX, SETTING, terms_of


def terms(conn: Connection) -> dict[str, int]:
    """Return the terms of the team in days."""
    query = select(setting.c.value).where(setting.c.id == SETTING)
    return terms_of(conn.execute(query).scalar_one_or_none())


def holds(conn: Connection) -> tuple[Hold, ...]:
    """Return the stops on destruction, the first to end in front."""
    rows = conn.execute(
        select(setting.c.id, setting.c.value).where(
            setting.c.id >= HOLD_PREFIX, setting.c.id < f"{HOLD_PREFIX}\U0010ffff"
        )
    ).all()
    names = {row.id: row.name for row in conn.execute(select(person.c.id, person.c.name))}
    found = []
    for row in rows:
        value = row.value if isinstance(row.value, dict) else {}
        found.append(
            Hold(
                row.id[len(HOLD_PREFIX) :],
                str(value.get("number") or ""),
                str(value.get("reason") or ""),
                names.get(str(value.get("person") or ""), ""),
                str(value.get("until") or ""),
            )
        )
    return tuple(sorted(found, key=lambda one: one.until))


def report_with(conn: Connection, number: str) -> str:
    """Return the id of the report with exactly this number; empty where there is none."""
    for record_id in search_reports(conn, number):
        found = conn.execute(select(report.c.number).where(report.c.id == record_id)).scalar()
        if found == number:
            return record_id
    return ""
