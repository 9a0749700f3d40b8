"""Terugkoppeling: what is due, how it ended, one sentence, the same groups (screens.md §5.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.post import FeedbackCard
from console.views.feedback.answer_pane import AnswerPane
from console.views.feedback.bars import FeedbackHeader
from console.views.feedback.due_list import Item
from console.views.feedback.due_pane import DuePane
from console.views.feedback.words import NOTHING
from console.views.posts.post_card import PostCard, PostCardView
from console.views.screen import Screen
from console.views.tables.rows import Section
from console.views.theme.theme import current

WIDE = 1400
LIST_WIDTH, SIDE_WIDE, SIDE = 388, 340, 300
_NO_LIMIT = 16_777_215


class FeedbackScreen(Screen):
    """Shows snapshots and emits wishes. Under 1400 wide list and form take turns."""

    segment_chosen = Signal(str)
    row_chosen = Signal(str)
    waive_requested = Signal()
    pass_on_requested = Signal(str)
    tick_off_requested = Signal(str)
    report_requested = Signal(str)
    photo_requested = Signal(str)

    name = "feedback"
    rail = "feedback"
    step = "feedback"
    scopes = ("feedback", "writing", "lists", "outside")

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """`now` gives the moment ages and countdowns are shown for."""
        super().__init__(parent)
        self._writing = False
        self._early = 0
        self.header = FeedbackHeader()
        self.due = DuePane(now)
        self.answer = AnswerPane(now)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.due)
        middle.addWidget(self.answer, 1)
        self.beside = PostCard()
        self.beside.setAccessibleName("Bericht van de buren")
        self._neighbour = False
        middle.addWidget(self.beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        self.header.segment_chosen.connect(self.segment_chosen)
        self.header.back_requested.connect(self.stop_writing)
        self.header.process_requested.connect(self._on_process)
        self.due.list.current_changed.connect(self.row_chosen)
        self.due.list.activated.connect(self._on_activated)
        self.beside.act_requested.connect(self._on_beside)
        self.answer.side.waive_requested.connect(self.waive_requested)
        self.set_card(None)
        self.set_items([], NOTHING)

    def set_items(self, items: Sequence[Item | Section], empty: str) -> None:
        """Show the list with its sections; `empty` is said where there is nothing."""
        self.due.set_items(items, empty)
        self._fold()

    def set_card(self, card: FeedbackCard | None) -> None:
        """Show a broadcast; None leaves the right side empty."""
        self.answer.set_card(card)
        self._fold()
        early, self._early = self._early, 0
        if card is not None and self._writing:
            if early:
                self.answer.choose_number(early)
            elif not _holds_focus(self.answer):
                self.answer.take_keyboard()

    def set_neighbour(self, card: PostCardView | None) -> None:
        """Show a message of neighbours beside the list; None: another kind of row is chosen."""
        self._neighbour = card is not None
        if card is not None:
            self.beside.set_card(card)
        self._fold()

    def tick(self) -> None:
        """Bring the countdowns up to date."""
        self.due.list.viewport().update()
        self.answer.tick()

    def rows_arrived(self) -> None:
        """The first rows stand there: the keyboard goes to them unless somebody is answering."""
        if not self._writing and self.isVisible() and not self.due.is_empty():
            if not _holds_focus(self.answer):
                self.due.list.setFocus()

    def write(self) -> None:
        """Begin to answer: in a narrow window the form takes the place of the list."""
        self._writing = True
        self._fold()
        self.answer.take_keyboard()

    def is_writing(self) -> bool:
        """Whether the person is answering, and not looking through the list."""
        return self._writing

    def stop_writing(self) -> None:
        """Go back to the list."""
        self._writing = False
        self._fold()
        self.due.list.setFocus()

    def do(self, command: str) -> bool:
        """Do a command of this screen; False where it means nothing here."""
        if command == "confirm":
            self.answer.confirm()
        elif command == "second":
            if self.answer.answers() and self.answer.footer.ready.isEnabled():
                self.answer.ready_requested.emit()
        elif command.startswith("answer_"):
            self._answer(int(command.removeprefix("answer_")))
        elif command == "waive":
            if self.answer.answers():
                self.waive_requested.emit()
        elif command == "pass_on":
            self.pass_on_requested.emit(self.due.list.current_id())
        elif command in ("already_shared", "tick"):
            self.tick_off_requested.emit(self.due.list.current_id())
        elif command == "open_source":
            self._open_source()
        elif command in ("next_segment", "previous_segment"):
            self.header.segments.select_next(1 if command == "next_segment" else -1)
        elif command in ("feedback", "to_detail"):
            self._on_activated(self.due.list.current_id())
        elif command == "back":
            return self._step_back()
        else:
            return self.answer.do(command) or self.due.do(command)
        return True

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through, in order."""
        return (
            self.header,
            self.due.list,
            self.beside,
            self.answer.form,
            self.answer.side,
            self.answer.footer,
        )

    def take_focus(self) -> None:
        """Put the keyboard where work starts on this screen."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus) and focus.isVisible():
            return
        if self._writing and not self.answer.isHidden():
            self.answer.take_keyboard()
        elif not self.due.is_empty() and not self.due.isHidden():
            self.due.list.setFocus()
        else:
            self.header.segments.setFocus()

    def event_subject(self) -> tuple[str, str]:
        """Return kind and id of what the screen is about."""
        card = self.answer.card
        return ("post", card.row.post_id) if card else ("", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _answer(self, number: int) -> None:
        if self.answer.card is None and self._writing:
            # F and a digit in one breath: the digit waits for what it answers.
            self._early = number
        elif self.answer.choose_number(number):
            self._writing = True

    def _open_source(self) -> None:
        chosen = self.due.list.current_id()
        if chosen.startswith("report:"):
            self.report_requested.emit(chosen.removeprefix("report:"))
        elif chosen.startswith("photo:"):
            self.photo_requested.emit(chosen.removeprefix("photo:"))
        elif not self.answer.isHidden():
            self.answer.form.original.toggle()

    def _step_back(self) -> bool:
        """From a field to the outcomes, from the form to the list, then out of the screen."""
        if self.answer.form.current():
            self.answer.form.focus_outcomes()
            return True
        if (_holds_focus(self.answer) or self.due.isHidden()) and not self.due.is_empty():
            self.stop_writing()
            return True
        return False

    def _on_activated(self, row_id: str) -> None:
        if row_id.startswith("report:"):
            self.report_requested.emit(row_id.removeprefix("report:"))
        elif row_id.startswith("photo:"):
            self.photo_requested.emit(row_id.removeprefix("photo:"))
        elif row_id.startswith("beside:"):
            self.pass_on_requested.emit(row_id)
        elif self.answer.card is not None:
            self.write()

    def _on_beside(self, act: str) -> None:
        self.do(act)

    def _on_process(self) -> None:
        self.open_requested.emit("process_panel", {})

    def _fold(self) -> None:
        px, width = current().px, self.window().width()
        wide = width >= px(WIDE)
        card = self.answer.card
        writing = self._writing and card is not None
        alone = self.due.is_empty() and card is None
        beside = self._neighbour and not writing
        self.beside.setVisible(beside)
        self.due.setVisible(wide or not writing)
        self.answer.setVisible(((wide and not alone) or writing) and not beside)
        self.due.setMinimumWidth(px(LIST_WIDTH))
        narrow = beside or (wide and not alone)
        self.due.setMaximumWidth(px(LIST_WIDTH) if narrow else _NO_LIMIT)
        room = self.width() - (px(LIST_WIDTH) if self.due.isVisibleTo(self) else 0)
        self.answer.fit(room, px(SIDE_WIDE if wide else SIDE))
        which = self.due.which(card.row.post_id) if card else ""
        self.header.set_writing(writing and not wide, which)


def _holds_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and widget.isAncestorOf(focus)
