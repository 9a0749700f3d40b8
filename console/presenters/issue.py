"""Uitgeven: copy, place by hand, say what happened; two keys per group (F28, D06)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL
from console.domain.decided import lines as decided_lines
from console.domain.failures import Problem
from console.domain.post import Ledger, PlacementRow, PreviewSpan
from console.presenters import issue_steps as steps
from console.presenters.issue_copy import CopyWatch
from console.presenters.kit import Kit, Presenter
from console.presenters.photo_door import PhotoDoor
from console.services.ledger import CANNOT_SEE
from console.views.dialogs.justify import JustifyDialog
from console.views.keys.table import keys_of
from console.views.posts.issue import IssueScreen
from console.views.posts.words import clock_of, delete_words
from console.views.screen import Screen
from contract.vocabulary import NotPlacedReason, PlacementState, PostStatus

MOST_KEYS = 3
GONE = Problem("gone", "Dit bericht staat er niet meer.", "Kijk in de lijst met berichten.")


class IssuePresenter(Presenter):
    """One ledger at a time; the service says which row is next."""

    watches = ("post", "placement", "alert", "photo", "task")

    def __init__(self, kit: Kit, view: IssueScreen, window: QWidget) -> None:
        """Tie the answers to the ledger and the clipboard."""
        super().__init__(kit, view)
        self._view = view
        self._window = window
        self._copies = CopyWatch(self)
        self._copies.changed.connect(self._on_copy_changed)
        self._post_id = ""
        self._ledger: Ledger | None = None
        self._minutes = 60
        self._asking = ""
        self._busy = False
        self._doing = ""
        self._waiting: list[str] = []
        self._turn = 0
        self._readings = self._shown_reading = 0
        view.act_requested.connect(self.act)
        view.row_chosen.connect(self._show_text)
        view.correct_requested.connect(self._on_correct)
        view.source_requested.connect(self._on_source)
        self._photo = PhotoDoor(self, window, view.header, keys_of("photo", "issuing"))
        view.photo_requested.connect(self._on_photo)
        self._photo.changed.connect(self._on_copy_changed)

    def open(self, post_id: str = "", **_params: Any) -> None:
        """Show the ledger of a post."""
        self._shown, self._stale = True, False
        if post_id and post_id != self._post_id:
            self._post_id, self._ledger = post_id, None
            self._asking, self._waiting = "", []
            self._view.ledger.list.clear_current()
        self.run(self._load(choose=True))

    def refresh(self) -> None:
        """Somebody, here or elsewhere, said something about a group."""
        if self._post_id:
            self.run(self._load())

    def tick(self) -> None:
        """Minutes go by: clock, lamps, minutes left to delete."""
        if self._shown and self._ledger is not None:
            self._show(self._ledger)

    def act(self, command: str) -> None:
        """Do what a key or button stands for in the present state of the card."""
        ledger = self._ledger
        if ledger is None:
            # Ctrl+Enter, Ctrl+Shift+C: the second may come before the ledger does.
            self._waiting = [command]
            return
        if self._busy:
            # Keys that come while an answer is written wait; the same key twice does not.
            if command != (self._waiting or [self._doing])[-1] and len(self._waiting) < MOST_KEYS:
                self._waiting.append(command)
            return
        self._doing = command
        row = steps.here(ledger)
        if command == "feedback":
            self.kit.navigator.open("feedback", post_id=self._post_id)
        elif row is None:
            self._answer_looked(command, ledger)
        elif command == "cancel":
            self._asking = ""
            self._show(ledger)
        elif self._asking:
            self._answer_why(command, row)
        elif row.state == PlacementState.UNKNOWN:
            self._answer_unknown(command, row)
        elif command == "copy":
            self._copy(row)
        elif command == "confirm":
            self._confirm(ledger, row)
        elif command == "second":
            self._asking = row.id
            self._show(ledger)

    async def _load(self, *, choose: bool = False) -> None:
        post_id = self._post_id
        self._readings += 1
        reading = self._readings
        ledger = await settled(self.kit.services.ledger.ledger(post_id))
        self._minutes = await settled(self.kit.services.ledger.delete_minutes())
        if post_id != self._post_id or reading < self._shown_reading:
            return
        self._shown_reading = reading
        if ledger is None:
            self.kit.messages.problem(GONE)
            self.kit.navigator.back()
            return
        if ledger.status in (PostStatus.DRAFT, PostStatus.READY):
            if choose:
                self.kit.navigator.open("compose", post_id=post_id)
            return
        before = steps.here(self._ledger) if self._ledger else None
        self._ledger = ledger
        now_row = steps.here(ledger)
        self._show(ledger)
        self._photo.show(post_id)
        if now_row is not None and (choose or before is None or before.id != now_row.id):
            self._view.ledger.list.set_current(now_row.id)
        elif choose:
            self._view.ledger.list.choose_first()
        self._go_on()

    def _go_on(self) -> None:
        """Do the keys that came meanwhile, one after the other."""
        while self._waiting and not self._busy:
            self.act(self._waiting.pop(0))

    def _show(self, ledger: Ledger) -> None:
        now = self._now()
        row = steps.here(ledger)
        if row is None or row.id != self._asking:
            self._asking = ""
        self._view.set_ledger(ledger, row.id if row else "", self._minutes, self._now)
        self._view.header.set_saved("Alles bewaard")
        self._show_card(ledger)
        due, left, share, late = steps.clock_words(ledger, now)
        self._view.side.set_clock(due, left, share, late=late)
        self._view.side.set_alert(*steps.alert_words(ledger, now))
        decided = ledger.decided
        self._view.side.set_decided(decided_lines(decided), gap=decided.consent_missing)
        self._show_text(self._view.ledger.list.current_id())

    def _show_card(self, ledger: Ledger) -> None:
        row = steps.here(ledger)
        seconds, gone = self._copies.of(row.id if row else "")
        at = steps.Moment(
            self._now(),
            seconds,
            gone,
            self._asking,
            self.kit.status().whatsapp.state == "off",
        )
        step = steps.step_for(ledger, at)
        if row is not None and self._photo.stands:
            step = steps.with_photo(step, row, on_board=self._copies.is_picture())
        self._view.set_step(step)

    def _show_text(self, row_id: str) -> None:
        ledger = self._ledger
        if ledger is None:
            return
        row = next((one for one in ledger.rows if one.id == row_id), None)
        row = row or steps.here(ledger) or (ledger.rows[0] if ledger.rows else None)
        spans: tuple[PreviewSpan, ...] = ()
        if row is not None:
            for line in self.kit.services.desk.region.closing_lines:
                start = row.text.rfind(line)
                if start >= 0:
                    spans = (PreviewSpan(start, start + len(line), "closing"),)
        time = "nu"
        if row is not None and row.state in (PlacementState.COPIED, PlacementState.PLACED):
            time = clock_of(row.state_at)
        self._view.side.set_text(row, time, spans)

    def _copy(self, row: PlacementRow) -> None:
        async def copy() -> None:
            passed = await settled(self.kit.services.ledger.copy(row.id))
            self._copies.put(row.id, passed.text)

        self._once(copy())

    def _confirm(self, ledger: Ledger, row: PlacementRow) -> None:
        waiting = row.state == PlacementState.PENDING
        if waiting and steps.ended(ledger, self._now()):
            self.kit.navigator.open("feedback", post_id=self._post_id)
        elif not waiting or self.kit.status().whatsapp.state == "off":
            self._once(self._placed(row.id))

    async def _placed(self, row_id: str) -> None:
        await settled(self.kit.services.ledger.placed(row_id))
        self._copies.forget()

    def _answer_why(self, command: str, row: PlacementRow) -> None:
        reason = steps.REASONS.get(command)
        if reason is None:
            return
        if reason != NotPlacedReason.OTHER:
            self._once(self._not_placed(row.id, reason))
            return
        dialog = JustifyDialog(
            self._window,
            "Niet geplaatst",
            f"Waarom staat de tekst niet in {row.group_name}?",
            button="Bewaar",
        )

        def given(words: str, _second: str, _passphrase: str) -> None:
            dialog.accept()
            self._once(self._not_placed(row.id, reason, words))

        dialog.given.connect(given)
        dialog.open()
        self.kit.navigator.add_layer(dialog)

    async def _not_placed(self, row_id: str, reason: str, note: str = "") -> None:
        await settled(self.kit.services.ledger.not_placed(row_id, reason, note))
        self._asking = ""
        self._copies.forget()

    def _answer_unknown(self, command: str, row: PlacementRow) -> None:
        answer = {"answer_1": 1, "answer_2": 2, "answer_3": 3}.get(command)
        if answer is not None:
            self._once(self._say_unknown(row.id, answer))

    def _answer_looked(self, command: str, ledger: Ledger) -> None:
        """A row that could not be seen before is answered from the list."""
        chosen = self._view.ledger.list.current_id()
        row = next((one for one in ledger.rows if one.id == chosen), None)
        if row is not None and row.state == PlacementState.UNKNOWN and row.note == CANNOT_SEE:
            self._answer_unknown(command, row)

    async def _say_unknown(self, row_id: str, answer: int) -> None:
        passed = await settled(self.kit.services.ledger.answer_unknown(row_id, answer))
        if passed is not None:
            self._copies.put(row_id, passed.text)

    def _once(self, work: Any) -> None:
        """Run one answer at a time."""

        async def guarded() -> None:
            try:
                await work
                await self._load()
            finally:
                self._busy = False
            self._go_on()

        self._busy = True
        self.run(guarded())

    def _on_correct(self, row_id: str) -> None:
        ledger = self._ledger
        row = next((one for one in ledger.rows if one.id == row_id), None) if ledger else None
        if row is None:
            return

        def opened(post_id: str) -> None:
            words = delete_words(row, self._minutes, self._now())
            self.kit.messages.info(f"{row.group_name}: {words}." if words else row.group_name)
            self.kit.navigator.open("compose", post_id=post_id)

        self.then(self.kit.services.followups.correction(row.id), opened)

    def _on_source(self) -> None:
        if self._ledger is not None and self._ledger.alert_id:
            self.kit.navigator.open("burgernet", alert_id=self._ledger.alert_id)

    def _on_photo(self) -> None:
        ledger = self._ledger
        if ledger is None:
            return
        chosen = self._view.ledger.list.current_id()
        row = next((one for one in ledger.rows if one.id == chosen), None) or steps.here(ledger)
        self._photo.open(ledger.post_id, row)

    def _on_copy_changed(self) -> None:
        if self._shown and self._ledger is not None:
            self._show_card(self._ledger)

    def _now(self) -> datetime:
        return self.kit.clock.now().astimezone(LOCAL)


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    """Build the screen; opened with ``post_id``."""
    view = IssueScreen(window)
    return view, IssuePresenter(kit, view, window)
