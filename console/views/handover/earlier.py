"""The list of earlier handovers: who to whom, when, and the questions that stayed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.handover import SheetRow
from console.views.handover.words import NOTHING_EARLIER, earlier_spoken, earlier_words
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.widgets.frame import Frame
from console.views.widgets.text import Text


class EarlierDelegate(RowDelegate):
    """58 px: both names and the moment of acceptance, below it the sheet and its questions."""

    height = 58
    text_edge = 24

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """`now` gives the day that times are told from."""
        super().__init__(parent)
        self._now = now

    def describe(self, row: SheetRow) -> str:
        """Return the row as one sentence."""
        return earlier_spoken(row, self._now())

    def paint_row(self, painter: QPainter, rect: QRect, row: SheetRow, state: RowState) -> None:
        """Paint an earlier handover."""
        px = self.theme.px
        left, right = rect.left() + px(24), rect.right() - px(20)
        first, second = rect.top() + px(10), rect.top() + px(31)
        who, below, when = earlier_words(row, self._now())
        used = self.text_right(painter, right, first, px(18), when, "second", "text2")
        role = "body_strong" if state.chosen else "body_medium"
        self.text(painter, left, first, px(18), who, role, "text", right - left - used - px(12))
        ink = "amber" if row.questions else "text2"
        self.text(painter, left, second, px(17), below, "second", ink, right - left)


class EarlierPage(QWidget):
    """Sheets that were taken over, the newest first; Enter opens one, read only."""

    opened = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """No sheets yet."""
        super().__init__(parent)
        delegate = EarlierDelegate(now)
        self._model = RowModel(delegate.describe)
        self.list = ListView(self._model, delegate, "Eerdere overdrachten")
        px = self.list.theme.px
        self._frame = Frame(self.list)
        self._empty = Text(NOTHING_EARLIER, "body", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.addWidget(self._empty)
        column.addWidget(self._frame, 1)
        column.addStretch(0)
        self.list.activated.connect(self.opened)
        self.set_rows(())

    def set_rows(self, rows: Sequence[SheetRow]) -> None:
        """Show these sheets."""
        self._model.set_rows(list(rows))
        self._empty.setVisible(not rows)
        self._frame.setVisible(bool(rows))
        if rows and not self.list.current_id():
            self.list.choose_first()
