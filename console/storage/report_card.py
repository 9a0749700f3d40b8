"""Everything about one report: its facts, its history and what looks like it (F06, F08)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from console.domain.clock import moment, stamp
from console.domain.report import LookAlike, ReportCard
from console.models.directory import area, area_role
from console.models.report import report, report_link
from console.storage import photos
from console.storage.history import history, names
from console.storage.report_rows import headline
from console.storage.reports import row_of

LIKE_MINUTES = 30

r = report.c

_CARD = (
    r.id,
    r.n,
    r.title,
    r.text,
    r.place,
    r.area_id,
    r.category,
    r.heard_at,
    r.description,
    r.happened_at,
    r.relay,
    r.relay_name,
    r.photo_seen,
    r.no_call_reason,
    r.close_note,
    r.contribution,
    r.closed_by,
    r.created_by,
)


def card(conn: Connection, report_id: str, *, me: str, now: str) -> ReportCard | None:
    """Return everything about one report; None where it is not here."""
    found = conn.execute(select(*_CARD).where(r.id == report_id)).first()
    row = row_of(conn, report_id, me=me, now=now)
    if found is None or row is None:
        return None
    people = names(conn, [found.closed_by, found.created_by])
    place = _area(conn, found.area_id)
    return ReportCard(
        row=row,
        text=found.text or "",
        description=found.description or "",
        area_id=found.area_id or "",
        municipality=place[0],
        happened_at=found.happened_at or "",
        relay=found.relay or "",
        relay_name=found.relay_name or "",
        officer_name=place[1],
        photo_seen=bool(found.photo_seen),
        no_call_reason=found.no_call_reason or "",
        close_note=found.close_note or "",
        contribution=found.contribution or "",
        closed_by_name=people.get(found.closed_by, ""),
        created_by_name=people.get(found.created_by, ""),
        given_title=found.title or "",
        history=tuple(history(conn, "report", report_id)),
        look_alikes=tuple(look_alikes(conn, found)),
        photos=photos.of_report(conn, report_id),
    )


def look_alikes(conn: Connection, found: Any) -> list[LookAlike]:
    """Return reports that may be the same event: near in time, of the same kind or area (F06)."""
    linked = {
        (row.other_id if row.report_id == found.id else row.report_id): row.id
        for row in conn.execute(
            select(report_link.c.id, report_link.c.report_id, report_link.c.other_id).where(
                or_(report_link.c.report_id == found.id, report_link.c.other_id == found.id)
            )
        )
    }
    columns = (r.id, r.n, r.title, func.substr(r.text, 1, 160).label("text"), r.place, r.heard_at)
    near: list[Any] = []
    at = moment(found.heard_at)
    if at is not None:
        window = timedelta(minutes=LIKE_MINUTES)
        close_by = r.place == found.place
        if found.area_id:
            close_by = or_(r.area_id == found.area_id, close_by)
        near = list(
            conn.execute(
                select(*columns)
                .where(
                    r.heard_at.between(stamp(at - window), stamp(at + window)),
                    r.id != found.id,
                    r.category == found.category,
                    close_by,
                )
                .order_by(r.heard_at.desc())
                .limit(3)
            )
        )
    there = {row.id for row in near}
    missing = [record_id for record_id in linked if record_id not in there]
    if missing:
        near += conn.execute(select(*columns).where(r.id.in_(missing))).all()
    result = [
        LookAlike(
            row.id,
            headline(row.title or "", row.text or "")[0],
            row.place or "",
            row.heard_at or "",
            linked.get(row.id, ""),
        )
        for row in near
    ]
    return sorted(result, key=lambda one: not one.link_id)


def _area(conn: Connection, area_id: str | None) -> tuple[str, str]:
    """Return the municipality an area lies in and the officer nearest above it."""
    municipality, officer = "", ""
    step: str | None = area_id
    for _ in range(10):
        if not step:
            break
        row = conn.execute(
            select(area.c.name, area.c.level, area.c.parent_id).where(area.c.id == step)
        ).first()
        if row is None:
            break
        if not officer:
            who = conn.execute(
                select(area_role.c.name, area_role.c.note)
                .where(area_role.c.area_id == step, area_role.c.role == "officer")
                .limit(1)
            ).first()
            if who is not None:
                officer = f"{who.name}, {who.note}" if who.note else who.name
        # The nearest: what went up in another municipality keeps the name of then (C9).
        if row.level == "municipality" and not municipality:
            municipality = row.name
        step = row.parent_id
    return municipality, officer
