"""Requests for signs: one act makes request, draft group and advice task; steps follow (F20)."""

import re
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from console.domain.clock import local, moment, stamp
from console.domain.failures import Problem, Refused
from console.domain.signs import (
    DUE_DAYS,
    SignCard,
    SignForm,
    SignPlan,
    SignRow,
    Spot,
    kept_spots,
    point_of,
)
from console.services.desk import Desk, Unit
from console.storage import signs as stored
from console.storage.database import Connection
from console.storage.projection import shown
from contract.kinds.sign import SPOTS_MOST
from contract.signs import sign_request_id
from contract.vocabulary import GroupKind, GroupState, Role, SignState, TaskKind, TaskState

WORKERS = (Role.OPERATOR, Role.OFFICER)

NO_TITLE = Problem("bad-title", "Vul in voor welke buurt of groep de borden zijn.")
NO_SPOT = Problem("bad-spot_0", "Vul minstens een plek in.", "Liever twee plekken per zes straten.")
TOO_MANY = Problem("bad-spots", f"Een aanvraag heeft niet meer dan {SPOTS_MOST} plekken.")
BAD_STREETS = Problem("bad-streets", "Dit is geen aantal straten.", "Vul een heel getal in.")
GONE = Problem("gone", "Deze aanvraag staat er niet meer.", "Kijk in de lijst wat er nu staat.")
BAD_DAY = Problem("bad-on", "Dit is geen dag die geweest is.", "Schrijf de datum als 22-11-2026.")
TOUCHED = Problem(
    "sign-touched",
    "Met deze aanvraag is al iets gedaan. Er is niets weggehaald.",
    "Wijs de aanvraag af met een reden als hij niet doorgaat.",
)

FINE = 800
"""A plan keeps details down to its longest side divided by this."""

_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


class Signs:
    """What the Borden screen asks and keeps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, segment: str = "open") -> Future[list[SignRow]]:
        """Return the requests of a segment: open, placed or done; the newest first."""
        return self._desk.look(lambda conn: stored.rows(conn, segment))

    def counts(self) -> Future[dict[str, int]]:
        """Return how many requests stand in each segment."""
        return self._desk.look(stored.counts)

    def card(self, request_id: str) -> Future[SignCard | None]:
        """Return one request, with a plan where its places stand on the map; None: not here."""

        def work(conn: Connection) -> SignCard | None:
            card = stored.card(conn, request_id)
            if card is None or not any(one.located for one in card.spots):
                return card
            return replace(card, plan=_plan(stored.outline_of(conn, card.area_id)))

        return self._desk.look(work)

    def ask(self, form: SignForm) -> Future[tuple[str, bool]]:
        """Keep a request with its draft group and its task, all or nothing.

        Returns the id, and whether it was made now: the same places on the same day are the same
        request, however often somebody notes it. For a group that is there no draft is made.
        """
        return self._desk.act(lambda unit: _ask(unit, form))

    def take_back(self, request_id: str) -> Future[None]:
        """Undo a request that nobody did anything with: it goes with its draft and its task."""
        return self._desk.act(lambda unit: _take_back(unit, request_id))

    def advise(
        self, request_id: str, text: str, by: str, on: str, *, seen: str = ""
    ) -> Future[None]:
        """Keep the police advice with author and day (22-11-2026; empty: today); the task is done.

        ``seen`` is the advice that stood there before.
        """
        return self._desk.act(lambda unit: _advise(unit, request_id, (text, by, on), seen))

    def move(self, request_id: str, to: str, *, seen: str, why: str = "") -> Future[None]:
        """Go a step on or back; refusing asks a reason and closes draft and task."""
        return self._desk.act(lambda unit: _move(unit, request_id, to, seen, why))


def _ask(unit: Unit, form: SignForm) -> tuple[str, bool]:
    unit.require(*WORKERS)
    spots = _spots(form)
    streets = _streets(form.streets)
    group = shown(unit.conn, "group", form.group_id) if form.group_id else None
    if form.group_id and (group is None or group.deleted):
        raise Refused(GONE)
    title = " ".join(form.title.split())[:120]
    area_id = form.area_id
    if group is not None:
        title = str(group.body.get("name") or title)
        area_id = area_id or str(group.body.get("area_id") or "")
    if not title:
        raise Refused(NO_TITLE)
    today = _today(unit)
    texts = [one.text for one in spots]
    known = stored.same_request(unit.conn, today, area_id, texts)
    if known:
        return known, False
    request_id = sign_request_id(today, texts, area_id)
    if stored.was_there(unit.conn, request_id):
        # The same request was taken back today: an id is never used twice.
        request_id = sign_request_id(today, [*texts, unit.now], area_id)
    with unit.group():
        group_id = form.group_id or unit.create(
            "group",
            {
                "name": title,
                "kind": GroupKind.NEIGHBOURHOOD,
                "area_id": area_id,
                "state": GroupState.DRAFT,
            },
        )
        unit.create(
            "sign_request",
            {
                "group_id": group_id,
                "area_id": area_id,
                "title": title,
                "spots": kept_spots(spots),
                "streets": streets,
                "asked_on": today,
                "note": form.note.strip()[:2000],
            },
            request_id,
        )
        unit.create(
            "task",
            {
                "what": TaskKind.SIGN_ADVICE,
                "subject_kind": "sign_request",
                "subject_id": request_id,
                "title": f"Politieadvies over borden: {title}"[:160],
                "area_id": area_id,
                "state": TaskState.OPEN,
                "made_at": unit.now,
                "due_at": _due(unit),
            },
        )
        unit.log("sign_request", request_id, "made")
    return request_id, True


def _take_back(unit: Unit, request_id: str) -> None:
    unit.require(*WORKERS)
    card = _card(unit.conn, request_id)
    if not card.untouched:
        raise Refused(TOUCHED)
    todo = stored.task_of(unit.conn, request_id)
    with unit.group():
        unit.log("sign_request", request_id, "removed")
        if todo is not None:
            unit.delete("task", todo.id)
        unit.delete("sign_request", request_id)
        # A draft that somebody made more of in the meantime stays.
        draft = shown(unit.conn, "group", card.group_id)
        if draft is not None and not draft.deleted and _is_bare(draft.body):
            unit.delete("group", card.group_id)


def _is_bare(body: Mapping[str, Any]) -> bool:
    filled = {key for key, value in body.items() if value not in (None, "", [])}
    draft: bool = body.get("state") == GroupState.DRAFT
    return draft and filled <= {"name", "kind", "area_id", "state"}


def _advise(unit: Unit, request_id: str, said: tuple[str, str, str], seen: str) -> None:
    unit.require(*WORKERS)
    _card(unit.conn, request_id)
    text, by, day = (one.strip() for one in said)
    on = _day_of(unit, day)
    todo = stored.task_of(unit.conn, request_id)
    with unit.group():
        unit.command(
            "sign_request", request_id, "advise", text=text, by=by, on=on, seen=seen, at=unit.now
        )
        if todo is not None and todo.state == TaskState.OPEN:
            unit.update(
                "task", todo.id, state=TaskState.DONE, done_at=unit.now, done_by=unit.person.id
            )
        unit.log("sign_request", request_id, "advised", text, recipient=by[:200])


def _move(unit: Unit, request_id: str, to: str, seen: str, why: str) -> None:
    unit.require(*WORKERS)
    card = _card(unit.conn, request_id)
    todo = stored.task_of(unit.conn, request_id)
    with unit.group():
        unit.command("sign_request", request_id, "move", to=to, seen=seen, why=why, at=unit.now)
        if todo is not None and to == SignState.REFUSED and todo.state == TaskState.OPEN:
            unit.update("task", todo.id, state=TaskState.DROPPED)
        if todo is not None and to == SignState.ASKED and todo.state == TaskState.DROPPED:
            unit.update("task", todo.id, state=TaskState.OPEN)
        if to == SignState.REFUSED and card.group_state == GroupState.DRAFT:
            unit.update("group", card.group_id, state=GroupState.GONE)
        if to == SignState.ASKED and card.group_state == GroupState.GONE:
            unit.update("group", card.group_id, state=GroupState.DRAFT)
        unit.log("sign_request", request_id, "moved", to, reason=why.strip()[:400])


def _plan(kept: str) -> SignPlan:
    """Return a kept outline as rings, as coarse as a plan of some hundreds of pixels shows it."""
    if not kept:
        return SignPlan()
    # The geometry library is loaded where a plan is painted, and off the screen's thread.
    import shapely

    from contract.outline import decoded

    outline = decoded(kept)
    if outline is None:
        return SignPlan()
    west, south, east, north = outline.bounds
    simple = shapely.simplify(outline, max(east - west, north - south) / FINE)
    rings = [
        tuple((float(x), float(y)) for x, y in line.coords)
        for part in shapely.get_parts(simple)
        for line in (part.exterior, *part.interiors)
    ]
    return SignPlan(tuple(rings))


def _card(conn: Connection, request_id: str) -> SignCard:
    card = stored.card(conn, request_id)
    if card is None:
        raise Refused(GONE)
    return card


def _spots(form: SignForm) -> list[Spot]:
    found = []
    for place, one in enumerate(form.spots):
        text = " ".join(one.text.split())[:200]
        try:
            point = point_of(one.point)
        except ValueError:
            raise Refused(
                Problem(
                    f"bad-point_{place}",
                    "Dit is geen plek op de kaart van Nederland.",
                    "Schrijf twee getallen, zoals 52.0907, 5.1214 of 136000 455000. Leeg mag ook.",
                )
            ) from None
        if not text:
            if point is not None:
                raise Refused(Problem(f"bad-spot_{place}", "Schrijf waar dit bord komt."))
            continue
        x, y = point or (0, 0)
        found.append(Spot(text, x, y))
    if not found:
        raise Refused(NO_SPOT)
    if len(found) > SPOTS_MOST:
        raise Refused(TOO_MANY)
    return found


def _streets(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isascii() or not typed.strip().isdigit() or int(typed) > 10_000:
        raise Refused(BAD_STREETS)
    return int(typed)


def _today(unit: Unit) -> str:
    at = local(unit.now)
    return f"{at:%Y-%m-%d}" if at else unit.now[:10]


def _due(unit: Unit) -> str:
    at = moment(unit.now)
    return stamp(at + timedelta(days=DUE_DAYS)) if at else ""


def _day_of(unit: Unit, typed: str) -> str:
    today = _today(unit)
    if not typed:
        return today
    found = _DAY.fullmatch(typed)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else ""
    except ValueError:
        day = ""
    if not day or day > today:
        raise Refused(BAD_DAY)
    return day
