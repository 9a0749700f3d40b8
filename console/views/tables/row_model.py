"""A short list, fully in memory: rows and sections in the order they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.views.tables.rows import ID_ROLE, ROW_ROLE, HasId, Section
from console.views.widgets.painted import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)


class RowModel(QAbstractTableModel):
    """One column of snapshots. `describe` turns a row into the sentence that is read aloud."""

    def __init__(self, describe: Callable[[Any], str] = str, parent: QObject | None = None) -> None:
        """`describe` is called for rows only, never for sections."""
        super().__init__(parent)
        self._describe = describe
        self._rows: list[HasId | Section] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        # Roles are compared as plain numbers: the enum costs a third of a frame.
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == ID_ROLE:
            return row.id
        if role in (_DISPLAY, _ACCESSIBLE, _TOOLTIP):
            if isinstance(row, Section):
                return None if role == _TOOLTIP else row.spoken()
            text = self._describe(row)
            return plain_tooltip(text) if role == _TOOLTIP else text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Section):
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def set_rows(self, rows: Sequence[HasId | Section]) -> None:
        """Show these rows. The same ids in the same order only paint what changed."""
        new = list(rows)
        old = self._rows
        if len(new) == len(old) and all(
            a.id == b.id and isinstance(a, Section) == isinstance(b, Section)
            for a, b in zip(old, new, strict=True)
        ):
            self._rows = new
            for place, (a, b) in enumerate(zip(old, new, strict=True)):
                if a != b:
                    index = self.index(place, 0)
                    self.dataChanged.emit(index, index)
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def put_row(self, row: HasId) -> None:
        """Show one row anew in its place, by its id; a row that is not there is passed over."""
        place = self.place_of(row.id)
        if place >= 0:
            self._rows[place] = row
            index = self.index(place, 0)
            self.dataChanged.emit(index, index)

    def row_at(self, place: int) -> HasId | Section | None:
        """Row at a place, or None outside the list."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, row_id: str) -> int:
        """Place of an id, or -1."""
        return next((i for i, row in enumerate(self._rows) if row_id and row.id == row_id), -1)

    def section_places(self) -> list[int]:
        """Places of the section headers."""
        return [i for i, row in enumerate(self._rows) if isinstance(row, Section)]
