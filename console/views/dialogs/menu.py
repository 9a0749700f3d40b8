"""The menu (F10): every command with its key; Enter does it, a letter narrows the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from console.views.dialogs.dialog import Dialog
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.tables.rows import Section
from console.views.widgets.frame import Frame
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.search_field import SearchField
from console.views.widgets.text import Text


@dataclass(frozen=True, slots=True)
class MenuRow:
    """One command. ``why_not``: where it works, when that is not here."""

    id: str
    words: str
    key: str
    why_not: str = ""


class _Delegate(RowDelegate):
    """Words left, key right; what does nothing here is grey and says where it works."""

    height = 34
    text_edge = 20
    section_edge = 20

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        px = self.theme.px
        right = rect.right() - px(16)
        if row.key:
            wide = caps_width(self.theme, row.key)
            tone = "off" if row.why_not else "plain"
            paint_caps(painter, right - wide, rect.center().y() + 0.5, row.key, tone)
            right -= wide + px(12)
        if row.why_not:
            right -= self.text_right(
                painter, right, rect.top(), rect.height(), row.why_not, "small", "text3"
            ) + px(12)
        x = rect.left() + px(self.text_edge)
        token = "text3" if row.why_not else "text"
        role = "body_medium" if state.chosen else "body"
        self.text(painter, x, rect.top(), rect.height(), row.words, role, token, right - x)


class MenuDialog(Dialog):
    """``chosen`` carries the id of a row that works here."""

    chosen = Signal(str)
    typed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Menu", width=560, footer=False)
        px = self.theme.px
        self._rows: dict[str, MenuRow] = {}
        self.search = SearchField("Zoek een opdracht", None, width=520)
        self._model = RowModel(_describe)
        self.list = ListView(self._model, _Delegate(), "Opdrachten")
        self.list.setMinimumHeight(px(420))
        self._nothing = Text("Geen opdracht met deze woorden.", "body", "text2", wrap=True)
        self._nothing.hide()
        self.body.addWidget(self.search)
        self.body.addWidget(self._nothing)
        self.body.addWidget(Frame(self.list), 1)
        self.first_focus = self.list
        self.search.text_changed.connect(self.typed)
        self.search.handed_over.connect(self.list.setFocus)
        self.search.left.connect(self._on_left)
        self.list.activated.connect(self._on_activated)

    def set_rows(self, groups: Sequence[tuple[str, Sequence[MenuRow]]]) -> None:
        """Show these groups; empty ones are left out."""
        rows: list[MenuRow | Section] = []
        for title, found in groups:
            if found:
                rows += [Section(title), *found]
        self._rows = {row.id: row for row in rows if isinstance(row, MenuRow)}
        self._model.set_rows(rows)
        self.list.choose_first()
        self._nothing.setVisible(not self._rows)

    def do(self, command: str) -> bool:
        """Do the chosen row, or go to the search."""
        if command == "confirm":
            self._on_activated(self.list.current_id())
        elif command in ("search", "search_here"):
            self.search.editor.setFocus()
        elif command == "menu":
            self.close_with(None)
        else:
            return super().do(command)
        return True

    def _on_activated(self, row_id: str) -> None:
        row = self._rows.get(row_id)
        if row is not None and not row.why_not:
            self.chosen.emit(row_id)

    def _on_left(self) -> None:
        self.list.setFocus()


def _describe(row: MenuRow) -> str:
    parts = [row.words]
    if row.key:
        parts.append(f"toets {row.key}")
    if row.why_not:
        parts.append(row.why_not)
    return ", ".join(parts)
