"""The left of Terugkoppeling: the list, what is said where it is empty, and the month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.views.feedback.due_list import DueDelegate, DueItem, Item
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_model import RowModel
from console.views.tables.rows import Section
from console.views.widgets.card import Pane
from console.views.widgets.text import Text


class DuePane(Pane):
    """Holds the list; the screen listens to the list itself."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """`now` gives the moment countdowns are shown for."""
        super().__init__("surface", "r", parent)
        px = self.theme.px
        delegate = DueDelegate(now)
        self._model = RowModel(delegate.describe)
        self.list = ListView(self._model, delegate, "Terugkoppeling die nog moet")
        self._items: list[Item] = []
        self._empty = Text("", "subject", wrap=True)
        self._month = Text("", "small", "text2", wrap=True)
        self._empty_box = QWidget()
        box = QVBoxLayout(self._empty_box)
        box.setContentsMargins(px(32), px(40), px(32), px(20))
        box.addWidget(self._empty)
        box.addStretch(1)
        foot = Pane("surface", "t")
        row = QVBoxLayout(foot)
        row.setContentsMargins(px(20), px(10), px(16), px(10))
        row.addWidget(self._month)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self._empty_box, 1)
        column.addWidget(self.list, 1)
        column.addWidget(foot)
        self.setFocusProxy(self.list)

    def set_items(self, items: Sequence[Item | Section], empty: str) -> None:
        """Show the list with its sections; `empty` is said where there is nothing."""
        self._items = [one for one in items if not isinstance(one, Section)]
        self._model.set_rows(list(items))
        self._empty.set_text(empty)
        self._empty_box.setVisible(not items)
        self.list.setVisible(bool(items))

    def set_month(self, words: str) -> None:
        """Show this month's share and median."""
        self._month.set_text(words)

    def is_empty(self) -> bool:
        """Whether there is nothing to choose."""
        return not self._items

    def which(self, post_id: str) -> str:
        """Return "1 van 5" for a broadcast; empty where it is not in the list."""
        ids = [one.id for one in self._items if isinstance(one, DueItem)]
        return f"{ids.index(post_id) + 1} van {len(ids)}" if post_id in ids else ""

    def do(self, command: str) -> bool:
        """Move the choice; False where the command is about something else."""
        return move(self.list, command)
