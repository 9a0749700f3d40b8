"""Uitgeven: the hand-off ledger, one group at a time (screens.md §5.3).

The desk never places anything: a person copies, pastes in WhatsApp Web and says what happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.post import Ledger
from console.views.posts.header import FlowHeader
from console.views.posts.issue_side import IssueSide
from console.views.posts.ledger_list import LedgerList
from console.views.posts.step_card import Step, StepCard
from console.views.screen import Screen
from console.views.theme.theme import current
from console.views.widgets.card import Pane
from console.views.widgets.side_by_side import SideBySide
from console.views.widgets.stage import roll_to

WIDE = 1400
ACTS = frozenset("copy confirm second answer_1 answer_2 answer_3 answer_4 feedback".split())


class IssueScreen(Screen):
    """Shows one ledger. `act_requested` carries a command; the presenter knows what it means now."""

    act_requested = Signal(str)
    row_chosen = Signal(str)
    correct_requested = Signal(str)
    photo_requested = Signal()
    source_requested = Signal()

    name = "issue"
    rail = "posts"
    step = "issue"
    scopes = ("issuing", "lists", "outside")

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_ledger`."""
        super().__init__(parent)
        px = current().px
        self.header = FlowHeader(2)
        self.card = StepCard()
        self.ledger = LedgerList()
        self.side = IssueSide()
        left = Pane("bg")
        column = QVBoxLayout(left)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(16))
        column.addWidget(self.card)
        column.addWidget(self.ledger, 1)
        column.addStretch(0)
        self._body = SideBySide(((left, 520), (self.side, 320)), least=800)
        self._body.stretch(left)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(self._body, 1)
        self._subject = ("", "")
        self.header.back_requested.connect(self.back_requested)
        self.header.process_requested.connect(self._on_process)
        self.header.photo_requested.connect(self.photo_requested)
        self.card.act_requested.connect(self.act_requested)
        self.ledger.list.current_changed.connect(self.row_chosen)

    def set_ledger(
        self, ledger: Ledger, here: str, delete_minutes: int, now: Callable[[], datetime]
    ) -> None:
        """Show the rows; `here` is the row the card is about."""
        self._subject = ("post", ledger.post_id)
        self.header.set_subject(ledger.title, acute=ledger.urgent)
        self.ledger.set_ledger(ledger, here, delete_minutes, now)

    def set_step(self, step: Step) -> None:
        """Show what to do now."""
        before = self.card.step()
        self.card.set_step(step)
        if before is None or before.title != step.title:
            roll_to(self.card)

    def do(self, command: str) -> bool:
        """Do a command of this screen; False where it means nothing here."""
        if command == "back" and self.card.can("answer_4"):
            self.act_requested.emit("cancel")
        elif command in ACTS:
            self.act_requested.emit(command)
        elif command == "correct":
            self.correct_requested.emit(self.ledger.list.current_id())
        elif command == "open_source":
            self.source_requested.emit()
        elif command == "photo":
            self.photo_requested.emit()
        else:
            return self._in_list(command)
        return True

    def _in_list(self, command: str) -> bool:
        rows = self.ledger.list
        moves = {"down": 1, "up": -1, "page_down": 5, "page_up": -5}
        if command in moves:
            rows.move_by(moves[command])
        elif command == "first":
            rows.choose_first()
        elif command == "last":
            rows.choose_last()
        else:
            return False
        return True

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through here, in order."""
        return (self.header, self.ledger.list, self.card)

    def take_focus(self) -> None:
        """Put the keyboard where work starts on this screen."""
        self.ledger.list.setFocus()

    def event_subject(self) -> tuple[str, str]:
        """Return what the work process is ticked for on this screen."""
        return self._subject

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = current().px
        self._body.fit(self.width())
        self._body.set_width(self.side, px(420 if self.window().width() >= px(WIDE) else 360))

    def _on_process(self) -> None:
        self.open_requested.emit("process_panel", {})
