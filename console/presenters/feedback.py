"""Terugkoppeling: what is due, how it ended, the same groups, the clock (F23, F30, F31)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.failures import Refused
from console.domain.post import Draft, FeedbackCard
from console.domain.writing import Writing
from console.presenters.compose_remedies import Remedies
from console.presenters.compose_state import notice_for
from console.presenters.feedback_list import FeedbackList
from console.presenters.kit import Kit, Presenter
from console.views.dialogs.waiver import WaiverDialog
from console.views.feedback.screen import FeedbackScreen
from console.views.posts.notice_strip import DraftNotice
from console.views.screen import Screen
from contract.vocabulary import PostStatus

TYPING_MS = 500
IDLE_MS = 5000
READ_AGAIN = 5

READY = DraftNotice(
    "plain", "ring-check", "Staat klaar voor de balie.", "U kunt het hier ook zelf uitgeven."
)


class FeedbackPresenter(Presenter):
    """One broadcast at a time. Acts on its draft go one after the other, in the order of keys."""

    watches = ("post", "placement", "alert", "report", "group")

    def __init__(self, kit: Kit, view: FeedbackScreen, window: QWidget) -> None:
        """Tie the wishes of the view to the services."""
        super().__init__(kit, view)
        self._view = view
        self._window = window
        self._list = FeedbackList(self, view)
        self._remedies = Remedies(kit, view.answer, window, self)
        self._order = asyncio.Lock()
        self._card: FeedbackCard | None = None
        self._draft: Draft | None = None
        self._writing: Writing | None = None
        self._values: dict[str, str] = {}
        self._unsaved: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._edition = 0
        self._at = 0
        self._picked = ""
        self._starting = False
        self._typing = self._timer(TYPING_MS, self.keep_typing)
        self._idle = self._timer(IDLE_MS, self.keep_fields)
        answer = view.answer
        view.row_chosen.connect(self._on_row)
        view.waive_requested.connect(self._on_waive)
        answer.form.outcome_chosen.connect(self._on_outcome)
        answer.form.edited.connect(self.edit)
        answer.form.left.connect(self._on_left)
        answer.issue_requested.connect(self._on_issue)
        answer.ready_requested.connect(self._on_ready)
        answer.preview_requested.connect(self._on_preview_step)
        answer.remedy_requested.connect(self._remedies.act_on)
        answer.act_requested.connect(self._remedies.act)
        answer.finding_elsewhere.connect(self._remedies.go_elsewhere)

    @property
    def draft(self) -> Draft | None:
        """The feedback being written, if any."""
        return self._draft

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        return self._values

    def open(
        self, post_id: str = "", urgent: bool = False, segment: str = "", **params: Any
    ) -> None:
        """Show the list; with a post, or ``urgent``, the keyboard stands on its outcomes."""
        self._shown, self._stale = True, False
        if post_id or urgent:
            self._forget()
            self._view.set_card(None)
            self._view.write()
        self._list.open(post_id, urgent=urgent, segment=segment)
        self.refresh()

    def leave(self) -> None:
        """Keep every word before another screen comes to the front."""
        self.keep_fields()
        super().leave()

    def refresh(self) -> None:
        """Something changed, here or elsewhere: read again, but leave unsaved words alone."""
        self.run(self._list.load())

    def tick(self) -> None:
        """Countdowns go on; a colleague's hold on a draft may have lapsed."""
        if self._shown:
            self._view.tick()
            self._show_notice()

    async def show(self, post_id: str) -> None:
        """Read one broadcast with its draft, and show it unless another was chosen meanwhile."""
        if self._card is not None and self._card.row.post_id != post_id:
            self.keep_fields()
            self._forget()
        services = self.kit.services
        for _ in range(READ_AGAIN):
            edition = self._edition
            card = await settled(services.feedback.card(post_id)) if post_id else None
            draft, writing = None, None
            if card is not None and card.row.draft_id:
                draft = await settled(services.posts.draft(card.row.draft_id))
                writing = await settled(services.posts.writing(card.row.draft_id))
            if edition == self._edition:
                break
        if post_id == self._list.chosen:
            self._present(card, draft, writing)

    def edit(self, name: str, text: str) -> None:
        """A field changed under the hand: show it at once, keep it within half a second."""
        if self._card is None:
            return
        self._edition += 1
        for texts in (self._values, self._unsaved, self._typed):
            texts[name] = text
        self._show_preview()
        self._typing.start()
        self._idle.start()
        if self._draft is None and not self._starting:
            self._starting = True
            self.run(self._in_order(self._begin(self._card.row.post_id)))

    def set_value(self, name: str, text: str) -> None:
        """A remedy changed a field."""
        entry = self._view.answer.form.entry(name)
        if entry is not None:
            entry.set_text(text)
            self.edit(name, text)

    def keep_typing(self) -> None:
        """Put what was typed into the buffer of this desk (D12)."""
        if self._draft is None:
            return
        typed, self._typed = self._typed, {}
        for name, text in typed.items():
            self.then(self.kit.services.posts.keep_typing(self._draft.id, name, text))

    def keep_fields(self) -> None:
        """Make an op of every field that is not kept yet."""
        self._typing.stop()
        self._idle.stop()
        self._typed = {}
        if self._unsaved and self._draft is not None:
            self.run(self._in_order(self._keep(self._draft.id, dict(self._unsaved))))

    def newer_template(self) -> str:
        """A feedback takes the template of its outcome: there is never another one to take."""
        return ""

    def _present(
        self, card: FeedbackCard | None, draft: Draft | None, writing: Writing | None
    ) -> None:
        if draft is not None and draft.status not in (PostStatus.DRAFT, PostStatus.READY):
            draft, writing = None, None
        self._card, self._draft, self._writing = card, draft, writing
        self._values = {**(draft.values if draft else {}), **self._unsaved}
        self._view.set_card(card)
        if card is None:
            return
        outcome = self._picked or (draft.outcome if draft else "")
        self._view.answer.set_answer(outcome, self._values)
        self._show_notice()
        self._show_preview()

    def _show_notice(self) -> None:
        draft, notice = self._draft, None
        if draft is not None:
            notice = notice_for(draft, None, self.kit.clock.now())
            if notice is None and draft.status == PostStatus.READY:
                notice = READY
        self._view.answer.set_notice(notice)

    def _show_preview(self) -> None:
        writing = self._writing
        if writing is None:
            self._view.answer.set_preview(None, 0, 0)
            return
        targets = writing.targets
        self._at = min(self._at, max(0, len(targets) - 1))
        group_id = targets[self._at].group_id if targets else ""
        values = {**writing.values, **self._values}
        shown = self.kit.services.posts.look(writing, group_id, values)
        self._view.answer.set_preview(shown, self._at + 1, len(targets))

    def _forget(self) -> None:
        self._card, self._draft, self._writing = None, None, None
        self._values, self._unsaved, self._typed = {}, {}, {}
        self._at, self._picked, self._starting = 0, "", False

    async def _in_order(self, work: Coroutine[Any, Any, object]) -> None:
        async with self._order:
            await work

    async def _start(self, post_id: str) -> str:
        """Return the draft of a broadcast, begun now if need be.

        Nothing is read for the screen between two acts: a newer read would end the older one, and
        the act that follows with it.
        """
        if self._draft is not None and self._draft.answers == post_id:
            return self._draft.id
        return await settled(self.kit.services.feedback.start(post_id))

    async def _begin(self, post_id: str) -> None:
        try:
            await self._start(post_id)
        finally:
            self._starting = False

    async def _choose(self, post_id: str, outcome: str) -> None:
        try:
            draft_id = await self._start(post_id)
            await self._keep(draft_id, dict(self._unsaved))
            await settled(self.kit.services.feedback.choose(draft_id, outcome))
        except Refused:
            kept = self._draft.outcome if self._draft else ""
            self._view.answer.form.outcomes.select(kept, silent=True)
            raise
        finally:
            self._starting = False
            if self._picked == outcome:
                self._picked = ""
        self._edition += 1
        self.refresh()

    async def _keep(self, draft_id: str, fields: dict[str, str]) -> None:
        for name, text in fields.items():
            await settled(self.kit.services.posts.keep_field(draft_id, name, text))
            self._edition += 1
            if self._unsaved.get(name) == text:
                del self._unsaved[name]

    async def _release(self, draft_id: str) -> None:
        await self._keep(draft_id, dict(self._unsaved))
        await settled(self.kit.services.posts.release(draft_id))
        self._forget()
        self._view.stop_writing()
        self.kit.navigator.open("issue", post_id=draft_id)

    async def _make_ready(self, draft_id: str) -> None:
        await self._keep(draft_id, dict(self._unsaved))
        await settled(self.kit.services.posts.make_ready(draft_id))
        self._view.stop_writing()
        self.kit.messages.good("Klaargezet voor de balie. Het blijft van u tot het is geplaatst.")

    async def _waive(self, post_id: str, reason: str, note: str) -> None:
        draft = self._draft
        await settled(self.kit.services.feedback.waive(post_id, reason, note))
        if draft is not None and draft.mine and draft.answers == post_id:
            await settled(self.kit.services.posts.drop(draft.id))
        self._forget()
        self._view.stop_writing()
        self.kit.messages.good("Geen terugkoppeling. De klok staat stil, de reden is vastgelegd.")

    def _on_row(self, row_id: str) -> None:
        self._list.choose(row_id)
        post_id = row_id if ":" not in row_id else ""
        if self._card is None or self._card.row.post_id != post_id:
            self.run(self.show(post_id))

    def _on_outcome(self, outcome: str) -> None:
        if self._card is not None:
            self._picked, self._starting = outcome, True
            self.run(self._in_order(self._choose(self._card.row.post_id, outcome)))

    def _on_left(self, name: str) -> None:
        if name in self._unsaved:
            self.keep_fields()

    def _on_preview_step(self, step: int) -> None:
        total = len(self._writing.targets) if self._writing else 0
        if total:
            self._at = (self._at + step) % total
            self._show_preview()

    def _on_issue(self) -> None:
        if self._draft is not None:
            self.run(self._in_order(self._release(self._draft.id)))

    def _on_ready(self) -> None:
        if self._draft is not None:
            self.run(self._in_order(self._make_ready(self._draft.id)))

    def _on_waive(self) -> None:
        if self._card is None:
            return
        dialog = WaiverDialog(self._window, self._card.row.title)
        dialog.finished.connect(self._on_waived)
        dialog.open()
        self.kit.navigator.add_layer(dialog)

    def _on_waived(self, result: object) -> None:
        if isinstance(result, tuple) and self._card is not None:
            reason, note = result
            self.run(self._in_order(self._waive(self._card.row.post_id, reason, note)))

    def _timer(self, milliseconds: int, slot: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer


def make(kit: Kit, window: QWidget) -> tuple[Screen, Presenter]:
    """Build the screen; opened with ``post_id`` or ``urgent`` the keyboard is on the outcomes."""
    view = FeedbackScreen(kit.clock.now, window)
    return view, FeedbackPresenter(kit, view, window)


def open_most_urgent(kit: Kit, window: QWidget) -> None:
    """F and F8 from anywhere: the most urgent feedback, with the keyboard on its outcomes (D09)."""
    kit.navigator.open("feedback", urgent=True)
