"""Overdracht: the sheet, answers per line, acceptance by name, even weg (F42, F43, D10, D11)."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL, local
from console.domain.failures import Problem
from console.domain.handover import Sheet, SheetLine, Target
from console.presenters.handover_note import NoteKeeper
from console.presenters.kit import Kit, Presenter
from console.presenters.paper import ask_to_print, write_paper
from console.presenters.relief import open_relief
from console.views.handover import words
from console.views.handover.screen import HandoverScreen
from console.views.text import date_text, moment_text
from contract.vocabulary import LineAnswer

__all__ = ["HandoverPresenter", "make", "open_relief", "sheet_on_paper"]


TAKER, GIVER, READER = "taker", "giver", "reader"
GIVE, TAKE = "Ik geef zelf over", "Ik neem over"


class HandoverPresenter(Presenter):
    """One sheet at a time: the one of now, or an earlier one that is only read."""

    watches = (
        "handover",
        "handover_line",
        "report",
        "post",
        "placement",
        "alert",
        "check",
        "log_entry",
    )

    def __init__(self, kit: Kit, screen: HandoverScreen) -> None:
        super().__init__(kit, screen)
        self.screen = screen
        self._service = kit.services.handovers
        self._sheet: Sheet | None = None
        self._segment = "now"
        self._giving = False
        self._reading = ""
        self._fresh = False
        self._asked = 0
        self._keeping = 0
        self._note = NoteKeeper(self, screen)
        screen.segment_chosen.connect(self._on_segment)
        screen.answer_requested.connect(self._on_answer)
        screen.accept_requested.connect(self._on_accept)
        screen.make_requested.connect(self._on_make)
        screen.turn_requested.connect(self._on_turn)
        screen.line_opened.connect(self._on_line)
        screen.earlier_opened.connect(self._on_earlier)
        screen.print_requested.connect(self._on_print)

    def open(self, **params: Any) -> None:
        """Show what is open now; ``handover_id`` shows one earlier sheet."""
        self._giving = False
        self._fresh = True
        self._reading = str(params.get("handover_id", "") or "")
        self._segment = "earlier" if self._reading else "now"
        super().open(**params)

    def leave(self) -> None:
        """What was typed is kept."""
        self._note.flush()
        super().leave()

    def refresh(self) -> None:
        """Ask for the sheet anew; the chosen line stays chosen."""
        self.run(self._load())

    def refused(self, problem: Problem) -> None:
        """Say why not, and show how things stand."""
        super().refused(problem)
        self.refresh()

    def now(self) -> datetime:
        """Return local time."""
        return self.kit.clock.now().astimezone(LOCAL)

    @property
    def me(self) -> str:
        """The id of the person who is signed in."""
        person = self.kit.services.desk.person
        return person.id if person else ""

    async def _load(self) -> None:
        self._asked += 1
        asked = self._asked
        away = await settled(self._service.away())
        if asked != self._asked:
            # A later question is under way; reading now would push its answer off the lane.
            return
        self.screen.set_away(away)
        if self._segment == "earlier" and not self._reading:
            rows = await settled(self._service.earlier())
            if asked == self._asked:
                self.screen.set_earlier(rows)
            return
        if self._reading:
            sheet = await settled(self._service.sheet(self._reading))
        else:
            sheet = await settled(self._service.current(self._cut_off(), giving=self._giving))
        # What was asked or answered meanwhile is newer than this sheet; its own answer follows.
        if sheet is not None and asked == self._asked and not self._keeping:
            await self._show(sheet)

    async def _show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        role = self._role(sheet)
        self.screen.set_sheet(sheet, role, turn=self._turn(sheet, role))
        if self._fresh:
            # Before this there was nothing on the screen that could take the keyboard.
            self._fresh = False
            self.screen.take_focus()
        await self._note.show(sheet if role == GIVER else None)

    def _role(self, sheet: Sheet) -> str:
        if self._reading or sheet.status == "accepted":
            return READER
        return GIVER if sheet.from_id == self.me else TAKER

    def _turn(self, sheet: Sheet, role: str) -> str:
        """Return the button that turns a preview round; a made sheet names its giver."""
        if sheet.id or role == READER:
            return ""
        if role == TAKER:
            return GIVE
        return TAKE if self._giving else ""

    def _cut_off(self) -> str:
        central = self.kit.status().central
        return central.at if central.state == "off" else ""

    def _on_segment(self, segment: str) -> None:
        self._segment, self._reading = segment, ""
        self.run(self._to_segment())

    async def _to_segment(self) -> None:
        await self._load()
        self.screen.take_focus()

    def _on_answer(self, place: int, answer: str) -> None:
        sheet = self._sheet
        if sheet is None or not 0 <= place < len(sheet.lines):
            return
        line = sheet.lines[place]
        self._keeping += 1
        self.run(self._kept(self._service.answer(sheet, place, LineAnswer(answer))))
        # The screen runs ahead of the disk: the next key may come before the answer is kept.
        lines = list(sheet.lines)
        lines[place] = replace(line, answer=answer)
        self._sheet = replace(sheet, lines=tuple(lines))
        self.screen.set_sheet(self._sheet, TAKER)
        item = self.screen.card.current()
        if item is not None and item.place == place:
            self.screen.choose_next(item.id)

    async def _kept(self, answering: Future[str]) -> None:
        try:
            await settled(answering)
        finally:
            self._keeping -= 1
        if not self._keeping:
            self.refresh()

    def _on_accept(self, talked: bool, note: str) -> None:
        if self._sheet is None:
            return
        accepting = self._service.accept(self._sheet, talked=talked, no_talk_note=note)
        self._keeping += 1
        self.run(self._accepted(self._sheet, accepting))

    async def _accepted(self, sheet: Sheet, accepting: Future[str]) -> None:
        try:
            await settled(accepting)
            handover_id = sheet.id
            if not handover_id:
                rows = await settled(self._service.earlier())
                handover_id = rows[0].id if rows else ""
        finally:
            self._keeping -= 1
        self._reading, self._segment = handover_id, "earlier"
        self.kit.messages.good(f"Overgenomen van {sheet.from_name}. Alles staat nu bij u.")
        await self._load()
        self.screen.take_focus()

    def _on_make(self) -> None:
        if self._sheet is not None:
            self.then(self._service.make(self._sheet, self._note.taken()), self._on_made)

    def _on_made(self, _handover_id: str) -> None:
        self._note.forget()
        self.kit.messages.good("De overdracht staat klaar. Uw collega meldt zich aan met Ctrl+L.")
        self.refresh()

    def _on_turn(self) -> None:
        self._giving = not self._giving
        self.refresh()

    def _on_earlier(self, handover_id: str) -> None:
        self._reading = handover_id
        self.run(self._to_segment())

    def _on_line(self, line: SheetLine) -> None:
        if line.subject_kind == "lamp":
            if line.subject_id == "whatsapp":
                self.kit.navigator.open("whatsapp")
            return
        if line.subject_kind == "tray":
            self.kit.navigator.open("tray")
            return
        self.then(self._service.target(line), partial(self._go, line))

    def _go(self, line: SheetLine, target: Target) -> None:
        place = _screen_of(target, feedback=line.section == "feedback")
        if place is None:
            self.kit.messages.info("Hier zit geen scherm achter. Lees de regel zelf.")
            return
        screen, params = place
        self.kit.navigator.open(screen, **params)

    def _on_print(self) -> None:
        if self._sheet is not None:
            title = f"Overdracht {date_text(self.now())}"
            text = sheet_on_paper(self.kit, self._sheet)
            ask_to_print(self.kit, self.screen.window(), title, text)


def sheet_on_paper(kit: Kit, sheet: Sheet) -> str:
    """Return a sheet as it goes on paper: every line with its answer, the note, the seal."""
    desk, now = kit.services.desk, kit.clock.now().astimezone(LOCAL)
    made = local(sheet.made_at) or now
    accepted = local(sheet.accepted_at)
    return write_paper(
        "handover",
        sheet=sheet,
        sections=words.sections(sheet),
        answers={line.answer: words.answer_words(line.answer) for line in sheet.lines},
        team=desk.team or "Buurtdesk",
        day=date_text(made),
        made=words.made_words(sheet, preview=not sheet.id),
        accepted=moment_text(accepted, now) if accepted else "",
        seal=words.seal_code(sheet.seal),
        printed=f"{date_text(now)}, {now:%H:%M}",
        printed_by=desk.person.name if desk.person else "",
    )


def _screen_of(target: Target, *, feedback: bool) -> tuple[str, dict[str, str]] | None:
    """Return the screen behind a line with what it opens."""
    if not target.id:
        return None
    if target.kind == "post":
        if feedback:
            return "feedback", {"post_id": target.id}
        return "compose" if target.status == "draft" else "issue", {"post_id": target.id}
    names = {
        "report": ("reports", "report_id"),
        "alert": ("burgernet", "alert_id"),
        "group": ("groups", "group_id"),
        "sign_request": ("signs", "request_id"),
        "area": ("groups", "area_id"),
        "handover": ("handover", "handover_id"),
    }
    if target.kind not in names:
        return None
    screen, name = names[target.kind]
    return screen, {name: target.id}


def make(kit: Kit, window: QWidget) -> tuple[HandoverScreen, HandoverPresenter]:
    """Build the screen and its presenter."""

    def now() -> datetime:
        return kit.clock.now().astimezone(LOCAL)

    screen = HandoverScreen(now, window)
    return screen, HandoverPresenter(kit, screen)
