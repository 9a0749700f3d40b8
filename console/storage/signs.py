"""Queries on requests for signs and the tasks that come with them (F20)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from console.domain.clock import moment, stamp
from console.domain.sheet import OpenTask
from console.domain.signs import OPEN_STATES, SignCard, SignRow, spots_of
from console.models.directory import area, area_shape, group
from console.models.sign import sign_request, task
from console.storage import projection
from console.storage.history import history, names
from contract.signs import plain_place
from contract.vocabulary import SignState, TaskState

s, t = sign_request.c, task.c

MOST = 500
SOON_DAYS = 2
UP = 12

SEGMENTS = {
    "open": tuple(str(one) for one in OPEN_STATES),
    "placed": (str(SignState.PLACED),),
    "done": (str(SignState.REFUSED), str(SignState.REMOVED)),
}


def rows(conn: Connection, segment: str = "open") -> list[SignRow]:
    """Return the requests of a segment (open, placed, done), the newest first."""
    open_task = and_(t.subject_id == s.id, t.state == TaskState.OPEN)
    found = conn.execute(
        select(
            s.id,
            s.title,
            s.state,
            s.asked_on,
            s.spots,
            s.advice_by,
            area.c.name.label("area_name"),
            t.due_at,
        )
        .select_from(sign_request)
        .outerjoin(area, area.c.id == s.area_id)
        .outerjoin(task, open_task)
        .where(s.state.in_(SEGMENTS[segment]))
        .order_by(s.asked_on.desc(), s.n.desc())
        .limit(MOST)
    )
    seen: dict[str, SignRow] = {}
    for one in found:
        seen.setdefault(one.id, _row(one))
    return list(seen.values())


def counts(conn: Connection) -> dict[str, int]:
    """Return how many requests stand in each segment."""
    states = list(conn.execute(select(s.state)).scalars())
    return {name: sum(1 for one in states if one in held) for name, held in SEGMENTS.items()}


def card(conn: Connection, request_id: str) -> SignCard | None:
    """Return everything of one request; None where it is not here."""
    one = conn.execute(
        select(
            sign_request,
            area.c.name.label("area_name"),
            group.c.name.label("group_name"),
            group.c.state.label("group_state"),
        )
        .select_from(sign_request)
        .outerjoin(area, area.c.id == s.area_id)
        .outerjoin(group, group.c.id == s.group_id)
        .where(s.id == request_id)
    ).one_or_none()
    if one is None:
        return None
    todo = task_of(conn, request_id)
    people = names(conn, [one.state_by])
    lines = tuple(history(conn, "sign_request", request_id))
    due = todo.due_at if todo is not None and todo.state == TaskState.OPEN else ""
    return SignCard(
        row=SignRow(
            one.id,
            one.title or "",
            one.area_name or "",
            one.state or "asked",
            one.asked_on or "",
            len(spots_of(one.spots)),
            due or "",
            one.advice_by or "",
        ),
        area_id=one.area_id or "",
        group_id=one.group_id or "",
        group_name=one.group_name or "",
        group_state=one.group_state or "",
        spots=spots_of(one.spots),
        streets=one.streets or 0,
        state_at=one.state_at or "",
        state_by_name=people.get(one.state_by or "", ""),
        why=one.why or "",
        advice=one.advice or "",
        advice_on=one.advice_on or "",
        note=one.note or "",
        task_state=(todo.state or "") if todo is not None else "",
        untouched=one.state == SignState.ASKED and not one.advice and len(lines) <= 1,
        history=lines,
    )


def same_request(conn: Connection, day: str, area_id: str, texts: Iterable[str]) -> str:
    """Return the request for the same places in an area on a day; empty where there is none."""
    wanted = {plain_place(one) for one in texts}
    found = conn.execute(
        select(s.id, s.spots).where(s.asked_on == day, func.coalesce(s.area_id, "") == area_id)
    )
    for row in found:
        if {plain_place(one.text) for one in spots_of(row.spots)} == wanted:
            return str(row.id)
    return ""


def was_there(conn: Connection, request_id: str) -> bool:
    """Say whether a request had this id, though it may be taken back since."""
    found = projection.find(conn, "sign_request", request_id)
    return projection.state_of("sign_request", request_id, found) is not None


def task_of(conn: Connection, request_id: str) -> Any:
    """Return the task of a request: its id, state and when it is due; None where it has none."""
    return conn.execute(
        select(t.id, t.state, t.due_at).where(t.subject_id == request_id).order_by(t.n).limit(1)
    ).one_or_none()


def subject_of(conn: Connection, task_id: str) -> tuple[str, str]:
    """Return kind and id of what a task is about; empty where it is not here."""
    found = conn.execute(select(t.subject_kind, t.subject_id).where(t.id == task_id)).one_or_none()
    return (found.subject_kind, found.subject_id) if found else ("", "")


def open_tasks(conn: Connection, start: str, now: str) -> list[OpenTask]:
    """Return the tasks that a handover names: made this shift, due within two days, or late.

    The others stand in the list of requests; a sheet that repeats them for two weeks is not read.
    """
    at = moment(now)
    soon = stamp(at + timedelta(days=SOON_DAYS)) if at else now
    found = conn.execute(
        select(t.id, t.title, t.due_at, area.c.name.label("area_name"))
        .select_from(task)
        .outerjoin(area, area.c.id == t.area_id)
        .where(t.state == TaskState.OPEN, or_(t.due_at <= soon, t.made_at >= start))
        .order_by(t.due_at)
        .limit(MOST)
    )
    return [
        OpenTask(one.id, one.title or "", one.area_name or "", one.due_at or "") for one in found
    ]


def outline_of(conn: Connection, area_id: str) -> str:
    """Return the kept outline of an area or the nearest around it; empty where none is known."""
    step, seen = area_id, set()
    for _ in range(UP):
        if not step or step in seen:
            break
        seen.add(step)
        kept = conn.execute(
            select(area_shape.c.shape).where(area_shape.c.area_id == step)
        ).scalar_one_or_none()
        if kept:
            return str(kept)
        above = select(area.c.parent_id).where(area.c.id == step)
        step = str(conn.execute(above).scalar_one_or_none() or "")
    return ""


def _row(one: Any) -> SignRow:
    return SignRow(
        one.id,
        one.title or "",
        one.area_name or "",
        one.state or "asked",
        one.asked_on or "",
        len(spots_of(one.spots)),
        one.due_at or "",
        one.advice_by or "",
    )
