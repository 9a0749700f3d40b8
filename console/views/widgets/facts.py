"""Facts: a label and its value, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from console.views.theme.theme import current
from console.views.widgets.finding_line import IconMark
from console.views.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """One row. `tone` colours the value; `icon` stands before it; `code` for plates, numbers."""

    label: str
    value: str
    icon: str | None = None
    tone: str = "text"
    icon_tone: str = "amberfill"
    code: bool = False


class Facts(QWidget):
    """Rows of facts in one or two columns; values wrap, labels stand at the top."""

    spoken_role = "Grouping"

    def __init__(
        self,
        rows: Sequence[Fact] = (),
        *,
        label_width: int = 132,
        columns: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        """`label_width` is design pixels."""
        super().__init__(parent)
        self._label_width = label_width
        self._columns = columns
        self._rows: tuple[Fact, ...] | None = None
        self._parts: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(current().px(7))
        self._grid.setHorizontalSpacing(current().px(6))
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Fact]) -> None:
        """Show these facts; the same facts again change nothing."""
        wanted = tuple(rows)
        if wanted == self._rows:
            return
        self._rows = wanted
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for number, fact in enumerate(wanted):
            line, side = divmod(number, self._columns)
            label = Text(fact.label, "body", "text3", wrap=True)
            label.setFixedWidth(current().px(self._label_width))
            value = self._value(fact)
            value.setAccessibleName(f"{fact.label}: {fact.value}")
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label, line, side * 2, top)
            self._grid.addWidget(value, line, side * 2 + 1)
            self._grid.setColumnStretch(side * 2 + 1, 1)
            self._parts += [label, value]

    def _value(self, fact: Fact) -> QWidget:
        text = Text(fact.value, "body", fact.tone, wrap=True, code=fact.code)
        if fact.icon is None:
            return text
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().px(6))
        row.addWidget(IconMark(fact.icon, fact.icon_tone, 14))
        row.addWidget(text, 1)
        return box
