"""The palette (09h, Ctrl+K): type a few letters, choose with the arrows, Enter opens.

Nothing final happens from here: a row opens a screen or a form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.views.dialogs.dialog import Dialog
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.tables.rows import Section
from console.views.theme.icons import draw_icon
from console.views.widgets.divider import Divider
from console.views.widgets.editors import LineEditor
from console.views.widgets.finding_line import IconMark
from console.views.widgets.key_cap import KeyCap, caps_width, paint_caps
from console.views.widgets.painted import rounded
from console.views.widgets.text import Text

LIST_HEIGHT = 432


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One thing that can be opened. ``matches`` are (start, end) in the title, in characters."""

    id: str
    icon: str
    title: str
    detail: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    key: str = ""


def matches_in(title: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Return where the typed words stand in a title: at the beginnings of its words first."""
    low = title.casefold()
    if len(low) != len(title):
        return ()
    found: list[tuple[int, int]] = []
    for word in dict.fromkeys(typed.casefold().split()):
        at = low.find(word)
        starts = [i for i in range(len(low)) if low.startswith(word, i) and _begins(low, i)]
        at = starts[0] if starts else at
        if at >= 0:
            found.append((at, at + len(word)))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()


class _Editor(LineEditor):
    """The letters go here; arrows, Enter and Tab go to the list."""

    moved = Signal(int)
    opened = Signal()
    filled = Signal()

    def event(self, event: Any) -> bool:
        """Take Tab before the focus does."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Tab:
                self.filled.emit()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 6,
            Qt.Key.Key_PageUp: -6,
        }
        if key in steps:
            self.moved.emit(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self.setFont(self.theme.font("search"))


class _Delegate(RowDelegate):
    """Icon, title with the match in bold indigo, detail; the chosen row shows Enter."""

    height = 40
    section_height = 34
    section_edge = 20
    ground = "raised"

    def paint_ground(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        px, color = self.theme.px, self.theme.color
        painter.fillRect(rect, color(self.ground))
        if state.chosen or state.hovered:
            box = QRectF(rect).adjusted(px(8), 1, -px(8), -1)
            rounded(painter, box, 6, color("sel" if state.chosen else "hover"))

    def paint_edges(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        return

    def paint_section(self, painter: QPainter, rect: QRect, section: Section) -> None:
        painter.fillRect(rect, self.theme.color(self.ground))
        edge = rect.left() + self.theme.px(self.section_edge)
        self.text(painter, edge, rect.top(), rect.height(), section.title, "small_strong", "text2")

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        px, color = self.theme.px, self.theme.color
        side = px(18)
        tone = color("accent" if state.chosen else "text2")
        top = rect.center().y() + 0.5 - side / 2
        draw_icon(painter, rect.left() + px(20), top, row.icon, side, tone)
        key = "Enter" if state.chosen else row.key
        right = rect.right() - px(20)
        if key:
            wide = caps_width(self.theme, key)
            paint_caps(painter, right - wide, rect.center().y() + 0.5, key)
            right -= wide + px(12)
        x = rect.left() + px(50)
        x += self._title(painter, x, rect, row, right - x)
        detail = x + px(10)
        self.text(
            painter,
            detail,
            rect.top(),
            rect.height(),
            row.detail,
            "body",
            "text2",
            max(0, right - detail),
        )

    def _title(self, painter: QPainter, x: int, rect: QRect, row: Any, room: float) -> int:
        """Paint the title in parts; returns its width."""
        began, place = x, 0
        parts: list[tuple[str, bool]] = []
        for start, end in row.matches:
            parts += [(row.title[place:start], False), (row.title[start:end], True)]
            place = end
        parts.append((row.title[place:], False))
        for words, hit in parts:
            left = room - (x - began)
            if not words or left <= 0:
                continue
            role, token = ("body_strong", "accent") if hit else ("body_medium", "text")
            x += self.text(painter, x, rect.top(), rect.height(), words, role, token, left)
        return x - began


class PaletteDialog(Dialog):
    """``typed`` at every letter; ``chosen`` carries the id of the row that is opened."""

    typed = Signal(str)
    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Zoek of doe", width=660, bare=True)
        px = self.theme.px
        self._rows: dict[str, PaletteRow] = {}
        self.editor = _Editor()
        self.editor.setAccessibleName("Zoek of doe")
        self.editor.setPlaceholderText("Zoek een groep, straat of melding, of typ wat u wilt doen")
        self.editor.setMaxLength(200)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(12), px(20), px(12))
        head.setSpacing(px(18))
        head.addWidget(IconMark("search", "text2", 18))
        head.addWidget(self.editor, 1)
        head.addWidget(KeyCap("Esc"))
        self._model = RowModel(_describe)
        self.list = ListView(self._model, _Delegate(), "Gevonden")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFixedHeight(px(LIST_HEIGHT))
        self._nothing = Text("", "body", "text2", wrap=True)
        self._count = Text("", "small", "text2")
        foot = QHBoxLayout()
        foot.setContentsMargins(px(18), px(10), px(20), px(10))
        foot.setSpacing(px(6))
        for keys, words in ((("↑", "↓"), "kies"), (("Enter",), "open"), (("Tab",), "vul aan")):
            for key in keys:
                foot.addWidget(KeyCap(key))
            foot.addWidget(Text(words, "small", "text2"))
            foot.addSpacing(px(8))
        foot.addStretch(1)
        foot.addWidget(self._count)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(Divider())
        middle = QVBoxLayout()
        middle.setContentsMargins(1, px(4), 1, px(4))
        quiet = QHBoxLayout()
        quiet.setContentsMargins(px(20), 0, px(20), 0)
        quiet.addWidget(self._nothing)
        middle.addLayout(quiet)
        middle.addWidget(self.list)
        self.body.addLayout(middle)
        self.body.addWidget(Divider())
        self.body.addLayout(foot)
        self.first_focus = self.editor
        self.editor.textChanged.connect(self.typed)
        self.editor.moved.connect(self._on_moved)
        self.editor.opened.connect(self._on_open)
        self.editor.filled.connect(self._on_fill)
        self.list.clicked.connect(self._on_open)

    def text(self) -> str:
        """What is typed."""
        return self.editor.text()

    def set_rows(self, sections: Sequence[tuple[str, Sequence[PaletteRow]]], nothing: str) -> None:
        """Show these sections; empty ones are left out. ``nothing`` is said where all are empty."""
        rows: list[PaletteRow | Section] = []
        for title, found in sections:
            if found:
                rows += [Section(title), *found]
        self._rows = {row.id: row for row in rows if isinstance(row, PaletteRow)}
        self._model.set_rows(rows)
        self.list.choose_first()
        self.list.scrollToTop()
        self._nothing.set_text("" if self._rows else nothing)
        self._nothing.setVisible(not self._rows)
        count = len(self._rows)
        self._count.set_text(f"{count} gevonden" if self.text().strip() else "")
        self._speak()

    def do(self, command: str) -> bool:
        """Ctrl+Enter opens too."""
        if command == "confirm":
            self._on_open()
            return True
        return super().do(command)

    def _speak(self) -> None:
        row = self._rows.get(self.list.current_id())
        self.editor.setAccessibleDescription(_describe(row) if row else self._nothing.text())

    def _on_moved(self, step: int) -> None:
        self.list.move_by(step)
        self._speak()

    def _on_open(self, *_: object) -> None:
        row_id = self.list.current_id()
        if row_id in self._rows:
            self.chosen.emit(row_id)

    def _on_fill(self) -> None:
        row = self._rows.get(self.list.current_id())
        if row is not None:
            self.editor.setText(row.title)


def _describe(row: PaletteRow) -> str:
    words = f"{row.title}, {row.detail}" if row.detail else row.title
    return f"{words}. Toets {row.key}." if row.key else f"{words}."
