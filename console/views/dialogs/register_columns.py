"""The columns of a list, each beside what it means: a guess, saved before, or chosen (F64)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.views.theme.theme import current
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.chip import Chip
from console.views.widgets.choice import Choice
from console.views.widgets.divider import Divider
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

GUESS, SAVED, CHOSEN = "guess", "saved", "chosen"
_STATES: Mapping[str, tuple[str, str, str | None]] = {
    GUESS: ("voorstel", "amber", "ring-question"),
    SAVED: ("van de vorige keer", "outline", "history"),
    CHOSEN: ("zelf gekozen", "accent", "check"),
}
_LEFT = ("niet overnemen", "grey", "minus")


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column: its header, some cells (numbers hidden), what it is taken for, and why."""

    name: str
    examples: str
    meaning: str
    state: str = GUESS


class _Line(QWidget):
    """One column."""

    changed = Signal()

    def __init__(self, row: ColumnRow, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        px = current().px
        self.row = row
        self.choice = Choice(options, f"Wat is kolom {row.name}")
        self.choice.select(row.meaning)
        self.choice.setFixedWidth(px(270))
        self._chip = Chip("", "outline")
        self._state = row.state
        beside = QVBoxLayout()
        beside.setSpacing(px(1))
        beside.addWidget(Text(row.name, "body_medium", elide=True, least=180))
        beside.addWidget(Text(row.examples or "leeg", "small", "text2", elide=True, least=180))
        side = QWidget()
        side.setFixedWidth(px(168))
        inner = QHBoxLayout(side)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._chip)
        inner.addStretch(1)
        line = BreakingRow(self)
        line.setContentsMargins(px(24), px(7), px(16), px(7))
        line.setSpacing(px(14))
        line.addLayout(beside, 1)
        line.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(side, 0, Qt.AlignmentFlag.AlignVCenter)
        self._show()
        self.choice.chosen.connect(self._on_chosen)

    def set_row(self, row: ColumnRow) -> None:
        """Show another meaning, unless a person chose one."""
        if self._state == CHOSEN:
            return
        self._state = row.state
        blocked = self.choice.blockSignals(True)
        self.choice.select(row.meaning)
        self.choice.blockSignals(blocked)
        self._show()

    def state(self) -> str:
        """Whether it is a guess, saved before, or chosen."""
        return self._state

    def _show(self) -> None:
        words = _STATES[self._state]
        if self._state == GUESS and not self.choice.selected():
            words = _LEFT
        self._chip.set_state(*words)

    def _on_chosen(self, _meaning: str) -> None:
        self._state = CHOSEN
        self._show()
        self.changed.emit()


class ColumnsPane(ScrollArea):
    """Every column under each other; Tab goes to the next, the arrows change what it means."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        super().__init__(self._inside, "raised", parent)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._lines: list[_Line] = []

    def set_columns(self, rows: Sequence[ColumnRow], options: Sequence[tuple[str, str]]) -> None:
        """Show these columns with (id, words) of what each can be."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []
        for row in rows:
            line = _Line(row, options)
            line.changed.connect(self.changed)
            self._lines.append(line)
            self._column.addWidget(line)
            self._column.addWidget(Divider())
        self._column.addStretch(1)

    def update_columns(self, rows: Sequence[ColumnRow]) -> None:
        """Show other meanings for the same columns; what a person chose stays."""
        for line, row in zip(self._lines, rows, strict=True):
            line.set_row(row)

    def meanings(self) -> dict[str, str]:
        """Return what every column means, empty for one that is left out."""
        return {line.row.name: line.choice.selected() for line in self._lines}

    def guesses(self) -> int:
        """Return how many columns are taken over by a guess."""
        return sum(line.state() == GUESS and line.choice.selected() != "" for line in self._lines)

    def choices(self) -> list[Choice]:
        """Return what takes the keyboard, in order."""
        return [line.choice for line in self._lines]

    def move_by(self, step: int) -> None:
        """Give the keyboard to another column."""
        fields = self.choices()
        if not fields:
            return
        focus = QApplication.focusWidget()
        at = next((n for n, one in enumerate(fields) if one is focus), -step if step > 0 else 0)
        to = max(0, min(len(fields) - 1, at + step))
        fields[to].setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(fields[to])
