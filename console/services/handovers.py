"""Handing over: the sheet from the log, answers per line, acceptance by name (F42, F43)."""

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from console.domain.clock import moment
from console.domain.failures import Problem, Refused
from console.domain.handover import Moves, Sheet, SheetLine, SheetRow, Target
from console.domain.sheet import compose, later_lines, line_key, shift_name
from console.services.desk import Desk, Unit
from console.storage import handover_facts
from console.storage import handovers as stored
from console.storage.database import Connection
from console.storage.history import names
from contract.vocabulary import HandoverStatus, LineAnswer

NOTE_LONGEST = 600

NOT_ANSWERED = Problem(
    "lines-open", "Nog niet alle regels zijn beantwoord.", "Antwoord per regel met 1, 2 of 3."
)
OWN_SHEET = Problem(
    "own-sheet",
    "U kunt uw eigen overdracht niet overnemen.",
    "Laat een collega zich aanmelden en overnemen.",
)
SEALED = Problem(
    "sheet-sealed",
    "Deze overdracht is al overgenomen en ligt vast.",
    "Open de overdracht opnieuw voor wat er nu open staat.",
)
RELIEF_OUT = Problem("relief-out", "U bent al even weg.", "Haal eerst terug wat u gaf.")


class Handovers:
    """The sheet of a shift: a preview until somebody makes it, sealed once accepted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def current(self, central_since: str = "", *, giving: bool = False) -> Future[Sheet]:
        """Return the sheet that waits, with later lines below it; else a fresh preview (D10).

        ``central_since``: since when there is no contact with central; empty where there is.
        ``giving``: the signed-in person says to be the one who gives over.
        """
        person = self._desk.person
        me = person.id if person else ""
        now = self._desk.now()

        def work(conn: Connection) -> Sheet:
            facts = handover_facts.facts(conn, me=me, now=now, central_since=central_since)
            lines = compose(facts)
            waiting = stored.open_sheet(conn)
            kept = stored.sheet(conn, waiting) if waiting else None
            if kept is not None:
                fresh = later_lines(kept.lines, lines)
                late = tuple(replace(line, late=True) for line in fresh)
                to = me if kept.from_id != me else ""
                return replace(
                    kept, lines=kept.lines + late, to_id=to, to_name=names(conn, [to]).get(to, "")
                )
            giver = me if giving else stored.last_giver(conn, me)
            return _preview(conn, lines, me=me, giver=giver, now=now)

        return self._desk.look(work, "sheet")

    def earlier(self) -> Future[list[SheetRow]]:
        """Return accepted sheets, the newest first."""
        return self._desk.look(stored.earlier)

    def sheet(self, handover_id: str) -> Future[Sheet | None]:
        """Return one made sheet as it was sealed."""
        return self._desk.look(lambda conn: stored.sheet(conn, handover_id))

    def make(self, sheet: Sheet, note: str = "") -> Future[str]:
        """Keep a preview as the sheet of this shift; later lines come below it."""

        def work(unit: Unit) -> str:
            return stored.open_sheet(unit.conn) or self._make(unit, sheet, note)

        return self._desk.act(work)

    def target(self, line: SheetLine) -> Future[Target]:
        """Return what stands behind a line, so that its screen can open."""
        kind, record_id = line.subject_kind, line.subject_id
        return self._desk.look(lambda conn: stored.target(conn, kind, record_id))

    def set_note(self, handover_id: str, note: str) -> Future[None]:
        """Keep the free note of three lines."""

        def work(unit: Unit) -> None:
            unit.update("handover", handover_id, note=note[:NOTE_LONGEST])

        return self._desk.act(work)

    def answer(self, sheet: Sheet, place: int, answer: LineAnswer) -> Future[str]:
        """Answer one line; a preview is made into a sheet by its first answer.

        Answers may follow each other faster than the screen: the second finds the sheet that the
        first one made. Returns the id of the sheet.
        """

        def work(unit: Unit) -> str:
            handover_id = self._kept(unit, sheet)
            lines = stored.sheet_lines(unit.conn, handover_id)
            wanted = sheet.lines[place]
            line_id = wanted.id or _line_id(lines, wanted)
            if not line_id:
                line_id = _keep_line(unit, handover_id, wanted, len(lines), late=True)
            unit.update(
                "handover_line",
                line_id,
                answer=str(answer),
                answered_by=unit.person.id,
                answered_at=unit.now,
            )
            return handover_id

        return self._desk.act(work)

    def accept(self, sheet: Sheet, *, talked: bool, no_talk_note: str = "") -> Future[str]:
        """Accept by name: claims and clocks move in one step, the sheet is sealed (F43).

        Every line must have an answer; a question does not block. Returns the seal.
        """

        def work(unit: Unit) -> str:
            handover_id = self._kept(unit, sheet)
            kept = stored.sheet(unit.conn, handover_id)
            assert kept is not None
            if kept.from_id == unit.person.id:
                raise Refused(OWN_SHEET)
            answered = {line_key(line) for line in kept.lines if line.answer}
            if any(line_key(line) not in answered for line in (*kept.lines, *sheet.lines)):
                raise Refused(NOT_ANSWERED)
            seal = _seal(kept, unit.person.id, unit.now)
            moving = stored.moving(unit.conn, kept.from_id, kept.lines)
            with unit.group():
                unit.command(
                    "handover",
                    handover_id,
                    "accept",
                    talked=talked,
                    no_talk_note=no_talk_note,
                    seal=seal,
                    at=unit.now,
                )
                for kind, record_id, holder in moving:
                    _move(unit, kind, record_id, holder, unit.person.id)
                for kind, record_id, _ in moving:
                    unit.log(kind, record_id, "handed_over", recipient=unit.person.id)
                unit.log("handover", handover_id, "accepted", seal[:12], recipient=kept.from_id)
            return seal

        return self._desk.act(work)

    def urgent(self) -> Future[Moves]:
        """Return what would move if the signed-in person went away for a moment."""
        me = self._desk.person.id if self._desk.person else ""
        now = self._desk.now()

        def work(conn: Connection) -> Moves:
            items = stored.urgent(conn, me, now)
            return stored.count(conn, [(kind, record_id, me) for kind, record_id in items])

        return self._desk.look(work)

    def relieve(self, to_person: str) -> Future[int]:
        """Be away for a moment: only acute and due items move (day.md, 17:00). Returns how many."""

        def work(unit: Unit) -> int:
            if stored.relief_out(unit.conn, unit.person.id) is not None:
                raise Refused(RELIEF_OUT)
            items = stored.urgent(unit.conn, unit.person.id, unit.now)
            with unit.group():
                handover_id = unit.create(
                    "handover",
                    {
                        "from_person": unit.person.id,
                        "to_person": to_person,
                        "made_at": unit.now,
                        "shift": "Even weg",
                        "relief": True,
                    },
                )
                for kind, record_id in items:
                    _move(unit, kind, record_id, unit.person.id, to_person)
                for kind, record_id in items:
                    unit.log(kind, record_id, "handed_over", recipient=to_person)
                unit.log("handover", handover_id, "relief", str(len(items)), recipient=to_person)
                for place, (kind, record_id) in enumerate(items):
                    unit.create(
                        "handover_line",
                        {
                            "handover_id": handover_id,
                            "section": "first",
                            "subject_kind": kind,
                            "subject_id": record_id,
                            "position": place,
                            "title": "Even weg",
                            "severity": "plain",
                        },
                    )
            return len(items)

        return self._desk.act(work)

    def back(self) -> Future[int]:
        """Take back what the colleague still has; returns how many items came back."""

        def work(unit: Unit) -> int:
            out = stored.relief_out(unit.conn, unit.person.id)
            if out is None:
                return 0
            handover_id, colleague, _ = out
            came = 0
            with unit.group():
                for line in stored.sheet_lines(unit.conn, handover_id):
                    holder = stored.holder_of(unit.conn, line.subject_kind, line.subject_id)
                    if holder == colleague:
                        _move(unit, line.subject_kind, line.subject_id, colleague, unit.person.id)
                        came += 1
                unit.command(
                    "handover",
                    handover_id,
                    "accept",
                    talked=True,
                    at=unit.now,
                )
                unit.log("handover", handover_id, "back", str(came), recipient=colleague)
            return came

        return self._desk.act(work)

    def away(self) -> Future[str]:
        """Return who has this person's urgent items now; empty when nobody."""
        me = self._desk.person.id if self._desk.person else ""

        def work(conn: Connection) -> str:
            out = stored.relief_out(conn, me)
            return "" if out is None else names(conn, [out[1]]).get(out[1], "")

        return self._desk.look(work)

    def _kept(self, unit: Unit, sheet: Sheet) -> str:
        """Return the id of the sheet that stands for what the person looks at; made if need be."""
        handover_id = sheet.id or stored.open_sheet(unit.conn) or self._make(unit, sheet, "")
        if stored.status(unit.conn, handover_id) == HandoverStatus.ACCEPTED:
            raise Refused(SEALED)
        return handover_id

    @staticmethod
    def _make(unit: Unit, sheet: Sheet, note: str) -> str:
        with unit.group():
            handover_id = unit.create(
                "handover",
                {
                    "from_person": sheet.from_id or unit.person.id,
                    "made_at": unit.now,
                    "shift": sheet.shift,
                    "note": note[:NOTE_LONGEST],
                },
            )
            for place, line in enumerate(sheet.lines):
                _keep_line(unit, handover_id, line, place, late=line.late)
            unit.log("handover", handover_id, "made", str(len(sheet.lines)))
        return handover_id


def _keep_line(unit: Unit, handover_id: str, line: SheetLine, place: int, *, late: bool) -> str:
    return unit.create(
        "handover_line",
        {
            "handover_id": handover_id,
            "section": line.section,
            "subject_kind": line.subject_kind,
            "subject_id": line.subject_id,
            "position": place,
            "title": line.title,
            "detail": line.detail,
            "time_text": line.time_text,
            "severity": line.severity,
            "late": late,
        },
    )


def _line_id(lines: Sequence[SheetLine], wanted: SheetLine) -> str:
    key = line_key(wanted)
    return next((line.id for line in lines if line_key(line) == key), "")


def _move(unit: Unit, kind: str, record_id: str, giver: str, taker: str) -> None:
    if giver == taker:
        return
    if kind == "report" and not giver:
        unit.command("report", record_id, "claim")
        return
    unit.command(kind, record_id, "take_over", **{"from": giver, "to": taker})


def _seal(sheet: Sheet, taker: str, now: str) -> str:
    """Return the SHA-256 over who, when, and every line with its answer, in canonical JSON."""
    content = [
        [line.section, line.subject_kind, line.subject_id, line.title, line.detail, line.answer]
        for line in sheet.lines
    ]
    text = json.dumps(
        [sheet.from_id, taker, now, sheet.note, content], ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _preview(
    conn: Connection, lines: Sequence[SheetLine], *, me: str, giver: str, now: str
) -> Sheet:
    people = names(conn, [giver, me])
    at = moment(now)
    shift = shift_name(at) if at else ""
    return Sheet(
        id="",
        title=shift,
        made_at=now,
        from_id=giver,
        from_name=people.get(giver, ""),
        to_id="" if giver == me else me,
        to_name="" if giver == me else people.get(me, ""),
        shift=shift,
        note="",
        status="open",
        accepted_at="",
        seal="",
        confirmed=True,
        lines=tuple(lines),
        moves=stored.count(conn, stored.moving(conn, giver, lines)),
        from_seen_at=stored.last_seen(conn, giver),
    )
