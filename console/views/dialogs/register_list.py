"""The list of Groepenlijst inlezen: answers to questions, ticks on differences, field by field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.register import Difference, FieldChange, Question, RegisterLine, Remark
from console.views.dialogs.register_rows import (
    ChangeDelegate,
    CheckRow,
    LineRow,
    RegisterDelegate,
    change_rows,
    check_rows,
    with_sections,
)
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_model import RowModel
from console.views.theme.theme import current
from console.views.widgets.divider import Divider

ONE_BY_ONE = "Wat ontbreekt, vinkt u een voor een aan."


class RegisterList(QWidget):
    """Shows questions and remarks, or differences with the fields of the chosen one under them."""

    changed = Signal()
    kind_changed = Signal(str)

    def __init__(self, *, tall: bool, parent: QWidget | None = None) -> None:
        """``tall``: the window has room for more lines."""
        super().__init__(parent)
        px = current().px
        self._held = False
        self._on_lines = False
        self._checks: list[CheckRow] = []
        self._lines: dict[str, LineRow] = {}
        delegate, changes = RegisterDelegate(), ChangeDelegate()
        self._model = RowModel(delegate.describe)
        self.view = ListView(self._model, delegate, "Regels van de lijst")
        self.view.setFixedHeight(px(44) * (9 if tall else 5) + px(30))
        self._change_model = RowModel(changes.describe)
        self.changes = ListView(self._change_model, changes, "Wat er verandert aan deze groep")
        self.changes.setFixedHeight(px(30) * (6 if tall else 4))
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view)
        self._line = Divider()
        column.addWidget(self._line)
        column.addWidget(self.changes)
        self.view.ticked.connect(self._on_ticked)
        self.view.activated.connect(self._on_ticked)
        self.view.step_in.connect(self._on_step_in)
        self.view.step_out.connect(self._on_step_out)
        self.view.current_changed.connect(self._show_changes)

    def set_checks(self, questions: Sequence[Question], remarks: Sequence[Remark]) -> None:
        """Take what has to be looked at."""
        self._checks = check_rows(questions, remarks)

    def set_lines(self, lines: Sequence[RegisterLine]) -> None:
        """Take the differences; nothing is ticked at first."""
        self._lines = {one.key: LineRow(one) for one in lines}

    def show_step(self, step: str) -> bool:
        """Show what belongs to a step, ``check`` or ``lines``; False where there is nothing."""
        self._on_lines = step == "lines"
        rows = bool(self._lines if self._on_lines else self._checks)
        there = step in ("check", "lines") and rows
        self.setVisible(there)
        self.changes.setVisible(there and self._on_lines)
        self._line.setVisible(there and self._on_lines)
        if there:
            self._fill()
            if not self.view.current_id():
                self.view.choose_first()
            self._show_changes(self.view.current_id())
        # What was hidden a moment ago may not count in the height of the popup.
        self._column.invalidate()
        self._column.activate()
        self.updateGeometry()
        return there

    def hold(self, held: bool) -> None:
        """Let nothing be ticked or chosen while a work is under way."""
        self._held = held

    def checks(self) -> list[CheckRow]:
        """Return what has to be looked at, as it is answered."""
        return list(self._checks)

    def lines(self) -> list[LineRow]:
        """Return the differences as they are ticked."""
        return list(self._lines.values())

    def answers(self) -> dict[str, str]:
        """Return the chosen answer by question."""
        return {one.id: one.question.chosen for one in self._checks if one.question}

    def ticked(self) -> list[str]:
        """Return the keys of the ticked lines, in order."""
        return [one.id for one in self._lines.values() if one.ticked]

    def chosen(self) -> RegisterLine | None:
        """Return the difference that is chosen; None on another step."""
        row = self._lines.get(self.view.current_id()) if self._on_lines else None
        return row.line if row is not None else None

    def set_changes(self, key: str, changes: Sequence[FieldChange]) -> None:
        """Show a line with its numbers, for as long as it stays chosen."""
        if key == self.view.current_id():
            self._change_model.set_rows(change_rows(changes))

    def tick_kind(self) -> None:
        """Tick every line of the kind of the chosen one; what is missing goes one by one."""
        row = self._lines.get(self.view.current_id())
        if row is None or self._held or row.line.difference is Difference.MISSING:
            return
        same = [one for one in self._lines.values() if one.section == row.section]
        wanted = not all(one.ticked for one in same)
        for one in same:
            self._lines[one.id] = one.with_tick(wanted)
        self._fill()
        self.changed.emit()

    def do(self, command: str) -> None:
        """Do a command of the lists."""
        if command == "tick":
            self._on_ticked(self.view.current_id())
        else:
            move(self.view, command)

    def _fill(self) -> None:
        kept = self.view.current_id()
        rows = list(self._lines.values()) if self._on_lines else self._checks
        self._model.set_rows(with_sections(rows))
        if kept:
            self.view.set_current(kept)

    def _on_ticked(self, row_id: str) -> None:
        if not self._on_lines:
            self._answer(row_id, 1)
        elif not self._held and row_id in self._lines:
            row = self._lines[row_id]
            row = self._lines[row_id] = row.with_tick(not row.ticked)
            self._model.put_row(row)
            self.changed.emit()

    def _on_step_in(self, row_id: str) -> None:
        self._answer(row_id, 1)

    def _on_step_out(self, row_id: str) -> None:
        self._answer(row_id, -1)

    def _answer(self, row_id: str, step: int) -> None:
        if self._on_lines or self._held:
            return
        for place, one in enumerate(self._checks):
            if one.id == row_id:
                self._checks[place] = one.with_next(step)
                self._model.put_row(self._checks[place])

    def _show_changes(self, row_id: str) -> None:
        row = self._lines.get(row_id) if self._on_lines else None
        self._change_model.set_rows(change_rows(row.line.changes) if row else [])
        missing = row is not None and row.line.difference is Difference.MISSING
        self.kind_changed.emit(ONE_BY_ONE if missing else "")
