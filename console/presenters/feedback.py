"""Terugkoppeling: what is due, how it ended, the same groups, the clock (F23, F30, F31)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.post import Draft, FeedbackCard
from console.domain.writing import Writing
from console.presenters.compose_remedies import Remedies
from console.presenters.compose_state import notice_for
from console.presenters.feedback_acts import FeedbackActs
from console.presenters.feedback_list import FeedbackList
from console.presenters.kit import Kit, Presenter
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

    watches = ("post", "placement", "alert", "report", "group", "log_entry", "task")

    def __init__(self, kit: Kit, view: FeedbackScreen, window: QWidget) -> None:
        """Tie the wishes of the view to the services."""
        super().__init__(kit, view)
        self._view = view
        self._list = FeedbackList(self, view)
        self._remedies = Remedies(kit, view.answer, window, self)
        self._acts = FeedbackActs(self, view, window)
        self.card: FeedbackCard | None = None
        self._draft: Draft | None = None
        self._writing: Writing | None = None
        self._values: dict[str, str] = {}
        self.unsaved: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self.text = ""
        self._edition = 0
        self._at = 0
        self._typing = self._timer(TYPING_MS, self.keep_typing)
        self._idle = self._timer(IDLE_MS, self.keep_fields)
        answer = view.answer
        view.row_chosen.connect(self._on_row)
        answer.form.edited.connect(self.edit)
        answer.form.left.connect(self._on_left)
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
            self.forget()
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
        if self.card is not None and self.card.row.post_id != post_id:
            self.keep_fields()
            self.forget()
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
        if self.card is None:
            return
        self._edition += 1
        for texts in (self._values, self.unsaved, self._typed):
            texts[name] = text
        self._show_preview()
        self._typing.start()
        self._idle.start()
        if self._draft is None:
            self._acts.begin(self.card.row.post_id)

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
        if self.unsaved and self.card is not None:
            self._acts.keep(self.card.row.post_id)

    def was_kept(self, name: str, text: str) -> None:
        """A field is on disk: what is read from now on holds it."""
        self._edition += 1
        if self.unsaved.get(name) == text:
            del self.unsaved[name]

    def newer_template(self) -> str:
        """A feedback takes the template of its outcome: there is never another one to take."""
        return ""

    def _present(
        self, card: FeedbackCard | None, draft: Draft | None, writing: Writing | None
    ) -> None:
        if draft is not None and draft.status not in (PostStatus.DRAFT, PostStatus.READY):
            draft, writing = None, None
        self.card, self._draft, self._writing = card, draft, writing
        notice = self._notice()
        # A colleague's words stand alone; what was typed here waits for the pen.
        mine = {} if notice is not None and notice.locks else self.unsaved
        self._values = {**(draft.values if draft else {}), **mine}
        self._view.set_card(card)
        if card is None:
            return
        outcome = self._acts.picked or (draft.outcome if draft else "")
        self._view.answer.set_answer(outcome, self._values)
        self._show_notice()
        self._show_preview()

    def _notice(self) -> DraftNotice | None:
        draft = self._draft
        if draft is None:
            return None
        notice = notice_for(draft, None, self.kit.clock.now())
        return READY if notice is None and draft.status == PostStatus.READY else notice

    def _show_notice(self) -> None:
        self._view.answer.set_notice(self._notice())

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
        self.text = shown.text
        self._view.answer.set_preview(shown, self._at + 1, len(targets))

    def forget(self) -> None:
        """Leave the broadcast: what was said of it is kept, or going to be."""
        self.card, self._draft, self._writing = None, None, None
        self._values, self.unsaved, self._typed = {}, {}, {}
        self._at = 0
        self._acts.forget()

    def _on_row(self, row_id: str) -> None:
        self._list.choose(row_id)
        post_id = row_id if ":" not in row_id else ""
        if self.card is None or self.card.row.post_id != post_id:
            self.run(self.show(post_id))

    def _on_left(self, name: str) -> None:
        if name in self.unsaved:
            self.keep_fields()

    def _on_preview_step(self, step: int) -> None:
        total = len(self._writing.targets) if self._writing else 0
        if total:
            self._at = (self._at + step) % total
            self._show_preview()

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
