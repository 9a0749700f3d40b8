"""The list of requests for signs, or what to do where there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.domain.signs import SignRow
from console.views.signs.words import (
    EMPTY,
    LOOKS,
    day_words,
    due_words,
    spoken,
    spots_words,
    state_word,
)
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.text import Text
from contract.vocabulary import SignState

_TONES = {"green": "greenfill", "grey": "text2", "outline": "text2"}


class SignDelegate(RowDelegate):
    """62 px: what for and where it stands; area, places, the day, and until when."""

    height = 62
    text_edge = 48

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """``now`` returns local time."""
        super().__init__(parent)
        self._now = now

    def describe(self, row: SignRow) -> str:
        """Return the row as one sentence."""
        return spoken(row, self._now())

    def paint_row(self, painter: QPainter, rect: QRect, row: SignRow, state: RowState) -> None:
        """Paint one row in its two lines."""
        px = self.theme.px
        left, right = rect.left() + px(48), rect.right() - px(17)
        first, second = rect.top() + px(10), rect.top() + px(32)
        icon, tone = LOOKS.get(SignState(row.state), ("ring", "outline"))
        self.icon(painter, rect.left() + px(21), first + px(9), icon, 14, _TONES[tone])
        used = self.text_right(
            painter, right, first, px(18), state_word(row.state), "second", "text2"
        )
        room = right - used - px(14) - left
        self.text(painter, left, first, px(18), row.title, "body_strong", "text", room)
        due, late = due_words(row, self._now())
        role, ink = ("small_strong", "amber") if late else ("second", "text2")
        used = self.text_right(painter, right, second, px(17), due, role, ink)
        about = (row.area_name, spots_words(row.spots), day_words(row.asked_on))
        words = " · ".join(part for part in about if part)
        room = right - used - px(14) - left
        self.text(painter, left, second, px(17), words, "second", "text2", room)


class SignList(Pane):
    """The list; ``new_requested`` comes from the button that stands there while it is empty."""

    new_requested = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """``now`` returns local time."""
        super().__init__("surface", "", parent)
        px = self.theme.px
        delegate = SignDelegate(now)
        self._model = RowModel(delegate.describe)
        self.view = ListView(self._model, delegate, "Aanvragen voor borden")
        self._title = Text("", "subject", wrap=True)
        self._text = Text("", "body", "text2", wrap=True)
        self._button = Button("Nieuwe aanvraag", "N", "plus")
        empty = QWidget()
        box = QVBoxLayout(empty)
        box.setContentsMargins(px(24), px(32), px(24), px(20))
        box.setSpacing(px(10))
        box.addWidget(self._title)
        box.addWidget(self._text)
        box.addWidget(self._button)
        box.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._button.clicked.connect(self.new_requested)
        self.set_rows([], "open")

    def set_rows(self, rows: Sequence[SignRow], segment: str) -> None:
        """Show the requests of a segment, or why there is none and what to do."""
        self._model.set_rows(rows)
        title, text = EMPTY[segment]
        self._title.set_text(title)
        self._text.set_text(text)
        self._button.setVisible(segment == "open")
        self._stack.setCurrentIndex(0 if rows else 1)

    def is_empty(self) -> bool:
        """Whether there is nothing to choose."""
        return self._model.rowCount() == 0

    def empty_words(self) -> str:
        """What is said in place of the list; empty while there are rows."""
        return f"{self._title.text()} {self._text.text()}" if self.is_empty() else ""

    def do(self, command: str) -> bool:
        """Move the choice; False where the command is about something else."""
        return move(self.view, command)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(340), self.theme.px(300))
