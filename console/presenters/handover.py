"""Overdracht: the sheet, answers per line, acceptance by name, even weg (F42, F43, D10, D11)."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL, local
from console.domain.failures import Problem
from console.domain.handover import Sheet, SheetLine, Target
from console.presenters.kit import Kit, Presenter
from console.presenters.paper import write_paper
from console.presenters.typing_buffer import TypingBuffer
from console.services.memory import Memory
from console.views.dialogs.paper import PrintQuestion
from console.views.dialogs.relief import ReliefDialog
from console.views.handover import words
from console.views.handover.screen import HandoverScreen
from console.views.text import date_text, moment_text, plural
from contract.vocabulary import LineAnswer

NOTE_AFTER_MS = 5_000
NOTE = "handover-note"

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
        self._memory = Memory(kit.services.desk)
        self._sheet: Sheet | None = None
        self._segment = "now"
        self._giving = False
        self._reading = ""
        self._fresh = False
        self._answers = 0
        self._keeping = 0
        self._filling = False
        self._typing = TypingBuffer(self)
        self._note = QTimer(self)
        self._note.setSingleShot(True)
        self._note.setInterval(NOTE_AFTER_MS)
        self._note.timeout.connect(self._keep_note)
        screen.segment_chosen.connect(self._on_segment)
        screen.answer_requested.connect(self._on_answer)
        screen.accept_requested.connect(self._on_accept)
        screen.make_requested.connect(self._on_make)
        screen.turn_requested.connect(self._on_turn)
        screen.line_opened.connect(self._on_line)
        screen.earlier_opened.connect(self._on_earlier)
        screen.note_typed.connect(self._on_note_typed)
        screen.note_left.connect(self._keep_note)
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
        self._keep_note()
        self._typing.flush()
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
        self.screen.set_away(await settled(self._service.away()))
        if self._segment == "earlier" and not self._reading:
            rows = await settled(self._service.earlier())
            self.screen.set_earlier(rows)
            return
        asked = self._answers
        if self._reading:
            sheet = await settled(self._service.sheet(self._reading))
        else:
            sheet = await settled(self._service.current(self._cut_off(), giving=self._giving))
        # An answer given meanwhile is newer than this sheet; its own refresh follows.
        if sheet is None or asked != self._answers or self._keeping:
            return
        await self._show(sheet)

    async def _show(self, sheet: Sheet) -> None:
        before = self._sheet
        self._sheet = sheet
        role = self._role(sheet)
        self.screen.set_sheet(sheet, role, turn=self._turn(sheet, role))
        if self._fresh:
            # Before this there was nothing on the screen that could take the keyboard.
            self._fresh = False
            self.screen.take_focus()
        if role != GIVER:
            return
        if before is None or (before.id, before.from_id) != (sheet.id, sheet.from_id):
            kept = await settled(self._memory.typed(NOTE))
            self._fill_note(kept.get("note") or sheet.note)

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

    def _fill_note(self, text: str) -> None:
        self._filling = True
        self.screen.set_note(text)
        self._filling = False

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
        self._answers += 1
        line = sheet.lines[place]
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
        self._keeping += 1
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
        self.run(self._accepted(self._sheet, accepting))

    async def _accepted(self, sheet: Sheet, accepting: Future[str]) -> None:
        await settled(accepting)
        handover_id = sheet.id
        if not handover_id:
            rows = await settled(self._service.earlier())
            handover_id = rows[0].id if rows else ""
        self._reading, self._segment = handover_id, "earlier"
        self.kit.messages.good(f"Overgenomen van {sheet.from_name}. Alles staat nu bij u.")
        await self._load()
        self.screen.take_focus()

    def _on_make(self) -> None:
        if self._sheet is not None:
            self._note.stop()
            note = self.screen.card.note.text().strip()
            self.then(self._service.make(self._sheet, note), self._on_made)

    def _on_made(self, _handover_id: str) -> None:
        self._typing.forget(NOTE)
        self.kit.messages.good("De overdracht staat klaar. Uw collega meldt zich aan met Ctrl+L.")
        self.refresh()

    def _on_turn(self) -> None:
        self._giving = not self._giving
        self.refresh()

    def _on_note_typed(self, text: str) -> None:
        if not self._filling:
            self._typing.keep(NOTE, {"note": text})
            self._note.start()

    def _keep_note(self) -> None:
        """Keep the note on the sheet that was made; before that it waits as typed."""
        waited = self._note.isActive()
        self._note.stop()
        sheet = self._sheet
        if not waited or sheet is None or not sheet.id or self._role(sheet) != GIVER:
            return
        text = self.screen.card.note.text().strip()
        if text != sheet.note:
            self._sheet = replace(sheet, note=text)
            self.then(self._service.set_note(sheet.id, text))
        self._typing.forget(NOTE)

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
        if self._sheet is None:
            return
        title = f"Overdracht {date_text(self.now())}"
        question = PrintQuestion(self.screen.window(), title, self.paper(self._sheet))
        question.failed.connect(self._on_not_printed)
        question.ask()

    def _on_not_printed(self) -> None:
        self.kit.messages.warn("Het blad is niet gedrukt. Kies een andere printer of map.")

    def paper(self, sheet: Sheet) -> str:
        """Return the sheet as it goes on paper."""
        desk, now = self.kit.services.desk, self.now()
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
        "area": ("groups", "area_id"),
        "handover": ("handover", "handover_id"),
    }
    if target.kind not in names:
        return None
    screen, name = names[target.kind]
    return screen, {name: target.id}


class ReliefPresenter(Presenter):
    """Even weg: asks for a colleague; when already away the same key takes everything back."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(kit, window)
        self._window = window
        self._dialog: ReliefDialog | None = None

    async def start(self) -> None:
        """Take back what a colleague has, or ask to whom it goes."""
        service = self.kit.services.handovers
        colleague = await settled(service.away())
        if colleague:
            count = await settled(service.back())
            came = plural(count, "ding is", "dingen zijn")
            self.kit.messages.good(
                f"U bent terug. {came} weer van u." if count else "U bent terug."
            )
            self.deleteLater()
            return
        goes = await settled(service.urgent())
        person = self.kit.services.desk.person
        people = await settled(self.kit.services.people.all())
        others = [
            (one.id, one.name)
            for one in people
            if one.active and person is not None and one.id != person.id
        ]
        dialog = ReliefDialog(self._window, others, goes)
        dialog.given.connect(self._on_given)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()
        self.kit.navigator.add_layer(dialog)

    def _on_given(self, colleague: str) -> None:
        self.then(self.kit.services.handovers.relieve(colleague), self._on_moved)

    def _on_moved(self, count: int) -> None:
        went = plural(count, "ding is", "dingen zijn")
        self.kit.messages.good(f"{went} nu van uw collega. Terug met Shift+H.")
        if self._dialog is not None:
            self._dialog.accept()

    def _on_finished(self, _result: object) -> None:
        self._dialog = None
        self.deleteLater()


def make(kit: Kit, window: QWidget) -> tuple[HandoverScreen, HandoverPresenter]:
    """Build the screen and its presenter."""

    def now() -> datetime:
        return kit.clock.now().astimezone(LOCAL)

    screen = HandoverScreen(now, window)
    return screen, HandoverPresenter(kit, screen)


def open_relief(kit: Kit, window: QWidget, **_params: Any) -> None:
    """Go away for a moment, or come back: which of the two the log knows."""
    presenter = ReliefPresenter(kit, window)
    presenter.run(presenter.start())
