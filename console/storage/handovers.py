"""Queries on handovers: made sheets with their answers, and what moves (F42, F43)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from console.domain.clock import moment, stamp
from console.domain.handover import Moves, Sheet, SheetLine, SheetRow, Target
from console.models.handover import handover, handover_line, log_entry
from console.models.post import placement, post
from console.models.report import report
from console.storage import signs
from console.storage.history import names
from contract.vocabulary import LineAnswer

h, hl, pl, p = handover.c, handover_line.c, placement.c, post.c

MOST = 200
LOOK_BACK = 2_000
MOVABLE = ("report", "post")
OPEN = ("draft", "ready", "released")
_WHOLE = or_(h.relief.is_(None), h.relief == 0)


def open_sheet(conn: Connection) -> str:
    """Return the id of the sheet that waits for acceptance, the newest first; empty: none."""
    found = conn.execute(
        select(h.id).where(h.status == "open", _WHOLE).order_by(h.made_at.desc()).limit(1)
    ).scalar_one_or_none()
    return str(found or "")


def status(conn: Connection, handover_id: str) -> str:
    """Return where a handover stands: open, accepted, or empty where it is not known here."""
    found = conn.execute(select(h.status).where(h.id == handover_id)).scalar_one_or_none()
    return str(found or "")


def sheet(conn: Connection, handover_id: str) -> Sheet | None:
    """Return a made sheet with its lines in order."""
    row = conn.execute(
        select(
            h.id,
            h.from_person,
            h.to_person,
            h.made_at,
            h.shift,
            h.note,
            h.status,
            h.accepted_at,
            h.seal,
            h.relief,
            h.talked,
            h.no_talk_note,
            h.pending,
        ).where(h.id == handover_id)
    ).one_or_none()
    if row is None:
        return None
    people = names(conn, [row.from_person, row.to_person])
    lines = sheet_lines(conn, handover_id)
    return Sheet(
        id=row.id,
        title=row.shift or "",
        made_at=row.made_at or "",
        from_id=row.from_person or "",
        from_name=people.get(row.from_person or "", ""),
        to_id=row.to_person or "",
        to_name=people.get(row.to_person or "", ""),
        shift=row.shift or "",
        note=row.note or "",
        status=row.status or "open",
        accepted_at=row.accepted_at or "",
        seal=row.seal or "",
        confirmed=not row.pending,
        lines=tuple(lines),
        moves=count(conn, moving(conn, row.from_person or "", lines)),
        relief=bool(row.relief),
        talked=bool(row.talked),
        no_talk_note=row.no_talk_note or "",
        from_seen_at=last_seen(conn, row.from_person or ""),
    )


def sheet_lines(conn: Connection, handover_id: str) -> list[SheetLine]:
    """Return the lines of a made sheet in order."""
    found = conn.execute(
        select(
            hl.id,
            hl.section,
            hl.title,
            hl.detail,
            hl.time_text,
            hl.severity,
            hl.subject_kind,
            hl.subject_id,
            hl.answer,
            hl.answered_by,
            hl.late,
        )
        .where(hl.handover_id == handover_id)
        .order_by(hl.position, hl.n)
    ).all()
    people = names(conn, [row.answered_by for row in found])
    return [
        SheetLine(
            row.id,
            row.section or "",
            row.title or "",
            row.detail or "",
            row.time_text or "",
            row.severity or "plain",
            row.subject_kind or "",
            row.subject_id or "",
            row.answer or "",
            people.get(row.answered_by or "", ""),
            bool(row.late),
        )
        for row in found
    ]


def earlier(conn: Connection, limit: int = 50) -> list[SheetRow]:
    """Return accepted sheets, the newest first."""
    found = conn.execute(
        select(h.id, h.made_at, h.from_person, h.to_person, h.accepted_at)
        .where(h.status == "accepted", _WHOLE)
        .order_by(h.made_at.desc())
        .limit(limit)
    ).all()
    if not found:
        return []
    people = names(conn, [one for row in found for one in (row.from_person, row.to_person)])
    asked: dict[str, int] = {}
    for line in conn.execute(
        select(hl.handover_id).where(
            hl.handover_id.in_([row.id for row in found]), hl.answer == "question"
        )
    ):
        asked[line.handover_id] = asked.get(line.handover_id, 0) + 1
    return [
        SheetRow(
            row.id,
            row.made_at or "",
            people.get(row.from_person or "", ""),
            people.get(row.to_person or "", ""),
            row.accepted_at or "",
            asked.get(row.id, 0),
        )
        for row in found
    ]


def held_by(conn: Connection, person: str) -> list[tuple[str, str]]:
    """Return kind and id of every claim and clock a person holds."""
    claims = conn.execute(
        select(report.c.id).where(
            report.c.holder == person, report.c.status.in_(("claimed", "waiting"))
        )
    ).scalars()
    clocks = conn.execute(
        select(p.id).where(p.status.in_(OPEN), p.holder == person).limit(MOST)
    ).scalars()
    return [*(("report", one) for one in claims), *(("post", one) for one in clocks)]


def without_holder(conn: Connection) -> list[str]:
    """Return posts whose clock runs without anybody; nothing is left so (F43)."""
    return list(
        conn.execute(
            select(p.id).where(
                p.feedback_due_at > "",
                p.settled_at.is_(None),
                or_(p.holder.is_(None), p.holder == ""),
            )
        ).scalars()
    )


def holder_of(conn: Connection, kind: str, record_id: str) -> str:
    """Return who holds a report or post now; empty: nobody."""
    table = report if kind == "report" else post
    found = conn.execute(select(table.c.holder).where(table.c.id == record_id)).scalar_one_or_none()
    return str(found or "")


def urgent(conn: Connection, person: str, now: str) -> list[tuple[str, str]]:
    """Return what moves at a short relief: acute claims and clocks due within the hour."""
    at = moment(now)
    soon = stamp(at + timedelta(hours=1)) if at else now
    claims = conn.execute(
        select(report.c.id).where(
            report.c.holder == person,
            report.c.status.in_(("claimed", "waiting")),
            report.c.acute == 1,
        )
    ).scalars()
    clocks = conn.execute(
        select(p.id).where(
            p.holder == person,
            p.feedback_due_at > "",
            p.feedback_due_at < soon,
            p.settled_at.is_(None),
        )
    ).scalars()
    return [*(("report", one) for one in claims), *(("post", one) for one in clocks)]


def relief_out(conn: Connection, person: str) -> tuple[str, str, list[Any]] | None:
    """Return the relief this person gave and has not taken back: id, who has it, what."""
    row = conn.execute(
        select(h.id, h.to_person, h.kept)
        .where(h.from_person == person, h.relief == 1, h.status == "open")
        .order_by(h.made_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.id, row.to_person or "", list(row.kept or ()))


def moving(conn: Connection, giver: str, lines: Sequence[SheetLine]) -> list[tuple[str, str, str]]:
    """Return what an acceptance moves as kind, id and present holder (F43).

    That is all the giver holds, what is taken by line, and every clock without a holder.
    """
    found = dict.fromkeys(held_by(conn, giver), giver)
    for line in lines:
        if line.answer != LineAnswer.MINE:
            continue
        kind, record_id = line.subject_kind, line.subject_id
        if kind == "placement":
            kind, record_id = "post", post_of(conn, record_id)
        if kind in MOVABLE and record_id and (kind, record_id) not in found:
            found[kind, record_id] = holder_of(conn, kind, record_id)
    for record_id in without_holder(conn):
        found.setdefault(("post", record_id), "")
    return [(kind, record_id, holder) for (kind, record_id), holder in found.items()]


def count(conn: Connection, things: Sequence[tuple[str, str, str]]) -> Moves:
    """Count what moves by what it is to the one who gets it."""
    ids = [record_id for kind, record_id, _ in things if kind == "post"]
    clocks = list(
        conn.execute(
            select(p.id).where(p.id.in_(ids), p.feedback_due_at > "", p.settled_at.is_(None))
        ).scalars()
    )
    unknown = conn.execute(
        select(func.count()).where(pl.post_id.in_(ids), pl.state.in_(("copied", "unknown")))
    ).scalar_one()
    return Moves(
        reports=sum(kind == "report" for kind, _, _ in things),
        clocks=len(clocks),
        unknown_placements=int(unknown),
        drafts=len(ids) - len(clocks),
    )


def target(conn: Connection, kind: str, record_id: str) -> Target:
    """Return what a line leads to: a placement to its post, a note to what it was written on."""
    if kind == "log_entry":
        c = log_entry.c
        row = conn.execute(
            select(c.subject_kind, c.subject_id).where(c.id == record_id)
        ).one_or_none()
        kind, record_id = (row.subject_kind, row.subject_id) if row else ("", "")
    if kind == "task":
        kind, record_id = signs.subject_of(conn, record_id)
    if kind == "placement":
        kind, record_id = "post", post_of(conn, record_id)
    if kind not in ("post", "post_done"):
        return Target(kind, record_id)
    status = conn.execute(select(p.status).where(p.id == record_id)).scalar_one_or_none()
    return Target("post", record_id, str(status or ""))


def last_seen(conn: Connection, person: str) -> str:
    """Return when somebody last wrote something in the log; empty where that is long ago."""
    c = log_entry.c
    newest = select(c.by, c.made_at).order_by(c.n.desc()).limit(LOOK_BACK).subquery()
    found = conn.execute(
        select(func.max(newest.c.made_at)).where(newest.c.by == person)
    ).scalar_one_or_none()
    return str(found or "")


def post_of(conn: Connection, placement_id: str) -> str:
    """Return the post a placement belongs to."""
    found = conn.execute(select(pl.post_id).where(pl.id == placement_id)).scalar_one_or_none()
    return str(found or "")


def last_giver(conn: Connection, me: str) -> str:
    """Return who most likely gives over: who accepted last, else who holds something.

    Who holds something and never saw a handover gives over; a newcomer takes over.
    """
    row = conn.execute(
        select(h.accepted_by)
        .where(h.status == "accepted", _WHOLE)
        .order_by(h.made_at.desc())
        .limit(1)
    ).one_or_none()
    if row is not None and row.accepted_by:
        return str(row.accepted_by)
    if held_by(conn, me):
        return me
    found = conn.execute(
        select(report.c.holder)
        .where(report.c.status.in_(("claimed", "waiting")), report.c.holder != me)
        .limit(1)
    ).scalar_one_or_none()
    if found:
        return str(found)
    found = conn.execute(
        select(p.holder).where(p.status.in_(OPEN), p.holder != me).limit(1)
    ).scalar_one_or_none()
    return str(found or me)
