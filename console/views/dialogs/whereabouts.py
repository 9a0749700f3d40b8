""" "Wat is hiermee gebeurd?" (Shift+Q): the acts on one record, and where each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.views.dialogs.dialog import Dialog
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.frame import Frame
from console.views.widgets.text import Text

MOST_ROWS = 6
"""More acts than this scroll."""


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act as the list shows it; ``facts`` stand below while it is chosen."""

    id: str
    what: str
    who: str
    time: str
    state: str
    icon: str
    tone: str
    facts: tuple[tuple[str, str], ...] = ()


class _Delegate(RowDelegate):
    """What and who at the left; when and where it is now at the right."""

    height = 46
    text_edge = 44

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        px = self.theme.px
        left, right = rect.left() + px(44), rect.right() - px(16)
        first, second = rect.top() + px(5), rect.top() + px(24)
        self.icon(painter, rect.left() + px(16), rect.center().y(), row.icon, 16, row.tone)
        used = self.text_right(painter, right, first, px(18), row.time, "small", "text2")
        role = "body_strong" if state.chosen else "body_medium"
        self.text(
            painter, left, first, px(18), row.what, role, "text", right - used - px(12) - left
        )
        ink = "amber" if row.tone == "amberfill" else "text2"
        used = self.text_right(painter, right, second, px(16), row.state, "small", ink)
        room = right - used - px(12) - left
        self.text(painter, left, second, px(16), row.who, "small", "text3", room)


class WhereaboutsDialog(Dialog):
    """``chosen`` carries the id of the act that is looked at."""

    chosen = Signal(str)

    scopes = ("lists",)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Wat is hiermee gebeurd?", width=720, footer=False)
        self._rows: dict[str, ActRow] = {}
        self._about = Text("Even kijken.", "reading_strong", elide=True)
        self._said = Text("", "small", "text2", elide=True)
        head = QHBoxLayout()
        head.addWidget(self._about, 1)
        head.addWidget(self._said)
        self._model = RowModel(_describe)
        self.list = ListView(self._model, _Delegate(), "Handelingen, nieuwste eerst")
        self.facts = Facts(label_width=150)
        self.body.addLayout(head)
        self.body.addWidget(Frame(self.list))
        self.body.addWidget(self.facts)
        self.first_focus = self.list
        self.list.current_changed.connect(self._on_current)

    def set_acts(self, title: str, rows: Sequence[ActRow], said: str = "") -> None:
        """Show the acts on a record; the chosen one stays chosen."""
        self._about.set_text(title)
        self._said.set_text(said)
        self._rows = {row.id: row for row in rows}
        current = self.list.current_id()
        self._model.set_rows(list(rows))
        tall = self.theme.px(_Delegate.height) * min(max(len(rows), 1), MOST_ROWS)
        self.list.setFixedHeight(tall)
        if current not in self._rows:
            self.list.choose_first()
        self._show_facts()
        self.chosen.emit(self.list.current_id())

    def say(self, title: str, more: str = "") -> None:
        """Say one thing instead of acts."""
        self._about.set_text(title)
        self._said.set_text("")
        self._rows = {}
        self._model.set_rows([])
        self.list.setFixedHeight(self.theme.px(_Delegate.height))
        self.facts.set_rows([Fact("", more)] if more else [])

    def shown_facts(self) -> tuple[tuple[str, str], ...]:
        """Return what is said of the chosen act."""
        row = self._rows.get(self.list.current_id())
        return row.facts if row else ()

    def do(self, command: str) -> bool:
        """J and K look at another act."""
        return move(self.list, command) or super().do(command)

    def _on_current(self, act_id: str) -> None:
        self._show_facts()
        if act_id:
            self.chosen.emit(act_id)

    def _show_facts(self) -> None:
        self.facts.set_rows([Fact(label, value) for label, value in self.shown_facts()])
        if self.is_open():
            self.refit()


def _describe(row: ActRow) -> str:
    return f"{row.what}, {row.who}, {row.time}: {row.state}."
