"""Borden: requests at the left, one of them at the right (F20, seed 002)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from console.domain.signs import SignCard, SignRow
from console.views.keys.router import in_text_field
from console.views.screen import Screen
from console.views.signs.detail import SignDetail
from console.views.signs.list_pane import SignList
from console.views.signs.words import SEGMENTS
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.segments import Segments
from console.views.widgets.side_splitter import SideSplitter
from console.views.widgets.text import Text

WIDTHS = {1400: 460, 1200: 420, 0: 380}
_ACTS = frozenset("new advise answer_1 answer_2 answer_3 open_source undo".split())


class SignsHeader(Pane):
    """Which requests, and a new one."""

    segment_chosen = Signal(str)
    new_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """All counts at nought."""
        super().__init__("surface", "b", parent)
        px = self.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.segments = Segments([(key, words, 0) for key, words in SEGMENTS], "Welke aanvragen")
        self._new = Button("Nieuwe aanvraag", "N", "plus")
        self._groups = Button("Groepen", "G", "arrow-left", "quiet")
        row = BreakingRow(self, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(14))
        row.addWidget(Text("Borden", "screen"))
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self._groups)
        row.addWidget(self._new)
        self.segments.selected_changed.connect(self.segment_chosen)
        self._new.clicked.connect(self.new_requested)
        self._groups.clicked.connect(self.back_requested)


class SignsScreen(Screen):
    """The screen. Keys and buttons both end in ``act_requested`` with a command id."""

    segment_chosen = Signal(str)
    row_chosen = Signal(str)
    act_requested = Signal(str)
    width_chosen = Signal(int, int)

    name = "signs"
    rail = "groups"
    step = "groups"
    scopes = ("signs", "lists", "outside")

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """``now`` returns local time."""
        super().__init__(parent)
        self.header = SignsHeader()
        self.list = SignList(now)
        self.detail = SignDetail(now)
        self.splitter = SideSplitter(self.list, self.detail, widths=WIDTHS, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.splitter, 1)
        self.header.segment_chosen.connect(self.segment_chosen)
        self.header.new_requested.connect(self._on_new)
        self.header.back_requested.connect(self._on_groups)
        self.list.view.current_changed.connect(self.row_chosen)
        self.list.view.activated.connect(self._on_activated)
        self.list.new_requested.connect(self._on_new)
        self.detail.act_requested.connect(self.act_requested)
        self.splitter.width_chosen.connect(self.width_chosen)

    def set_rows(self, rows: Sequence[SignRow], segment: str) -> None:
        """Show the requests of the segment."""
        self.list.set_rows(rows, segment)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many stand in each segment."""
        self.header.segments.set_counts(dict(counts))

    def set_card(self, card: SignCard | None) -> None:
        """Show one request; None shows what to do first."""
        self.detail.set_card(card)

    def do(self, command: str) -> bool:
        """Do a command: move, go a step, or ask the presenter."""
        editor = self.detail.editor()
        if editor is not None and command in ("confirm", "back"):
            (editor.save if command == "confirm" else editor.cancel).click()
        elif command in _ACTS:
            self.act_requested.emit(command)
        elif command in ("next_segment", "previous_segment"):
            self.header.segments.select_next(1 if command == "next_segment" else -1)
        elif command == "to_detail":
            self._on_activated(self.list.view.current_id())
        elif command == "back":
            return self._step_back()
        else:
            return self.list.do(command)
        return True

    def panes(self) -> Sequence[QWidget]:
        """Segments, list, card."""
        return (self.header.segments, self.list.view, self.detail)

    def take_focus(self) -> None:
        """The form that is open, else the list."""
        editor = self.detail.editor()
        if editor is not None:
            editor.take_focus()
        elif self.list.is_empty():
            self.header.segments.setFocus()
        else:
            self.list.view.setFocus()
            if not self.list.view.current_id():
                self.list.view.choose_first()

    def event_subject(self) -> tuple[str, str]:
        """The request on show."""
        card = self.detail.card()
        return ("sign_request", card.row.id) if card else ("", "")

    def _step_back(self) -> bool:
        focus = QApplication.focusWidget()
        inside = focus is not None and self.detail.isAncestorOf(focus)
        if (inside or in_text_field(focus)) and not self.list.is_empty():
            self.list.view.setFocus()
            return True
        return False

    def _on_activated(self, _row_id: str) -> None:
        for button in (self.detail.advise, *self.detail.steps):
            if button.isVisible():
                button.setFocus()
                return

    def _on_new(self) -> None:
        self.act_requested.emit("new")

    def _on_groups(self) -> None:
        self.open_requested.emit("groups", {})
