"""A list of any length: all ids in memory, the rows themselves in pages that come when seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from console.views.tables.rows import ID_ROLE, ROW_ROLE, HasId, Section
from console.views.widgets.painted import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)


class PagedModel(QAbstractTableModel):
    """First a page of rows, then the full order of ids, then pages on request.

    A row that has not come yet is painted empty; asking for it fires `page_requested` once. The
    answer comes by `set_page`. At most `keep` pages stay in memory.
    """

    page_requested = Signal(int)

    def __init__(
        self,
        describe: Callable[[Any], str] = str,
        page_size: int = 100,
        keep: int = 20,
        parent: QObject | None = None,
    ) -> None:
        """`page_size` rows form a page; page n holds the items n·size up to (n+1)·size."""
        super().__init__(parent)
        self.page_size = page_size
        self._describe = describe
        self._keep = keep
        self._ids: Sequence[str] = ()
        self._pages: OrderedDict[int, list[HasId | None]] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: set[int] = set()
        self._sections: list[tuple[int, Section]] = []
        self._heads: list[int] = []

    def set_first_page(self, rows: Sequence[HasId]) -> None:
        """Show these rows at once, as the whole list until the ids come."""
        self.beginResetModel()
        self._pages.clear()
        self._asked.clear()
        self._stale.clear()
        self._ids = [row.id for row in rows]
        for start in range(0, len(rows), self.page_size):
            self._pages[start // self.page_size] = list(rows[start : start + self.page_size])
        self._set_heads([])
        self.endResetModel()

    def set_ids(self, ids: Sequence[str]) -> None:
        """Give the full order of ids. Pages already here stay when their ids still match."""
        if ids == self._ids:
            return
        if self._ids and not self._sections and self._starts_with(ids):
            # The usual second step: what is shown stays, the rest comes behind it.
            self.beginInsertRows(QModelIndex(), len(self._ids), len(ids) - 1)
            last = (len(self._ids) - 1) // self.page_size
            if len(self._pages.get(last, [])) < self.page_size:
                self._pages.pop(last, None)
            self._ids = ids
            self._asked.clear()
            self.endInsertRows()
            return
        self.beginResetModel()
        self._ids = ids
        self._asked.clear()
        for number in list(self._pages):
            start = number * self.page_size
            page = self._pages[number]
            if [row.id if row else "" for row in page] != list(ids[start : start + self.page_size]):
                del self._pages[number]
        self._set_heads([s for s in self._sections if s[0] <= len(ids)])
        self.endResetModel()

    def set_order(self, ids: Sequence[str], sections: Sequence[tuple[int, Section]]) -> None:
        """Give a new order of everything in one step; rows that are here stay where they are seen.

        Every row on show is asked for again, so a row that only changed is brought up to date by
        the same call. Until the answer comes the old row stands there.
        """
        if ids == self._ids and list(sections) == self._sections:
            self._stale = set(self._pages)
            self._asked.clear()
            self._ask_again()
            return
        known = {row.id: row for page in self._pages.values() for row in page if row is not None}
        wanted = {at for number in self._pages for at in (number - 1, number, number + 1)}
        self.beginResetModel()
        self._ids = ids
        self._asked.clear()
        self._pages.clear()
        for number in sorted(wanted):
            start = number * self.page_size
            if 0 <= start < len(ids):
                page = [known.get(one) for one in ids[start : start + self.page_size]]
                if any(row is not None for row in page):
                    self._pages[number] = page
        self._stale = set(self._pages)
        self._set_heads(list(sections))
        self.endResetModel()

    def set_page(self, number: int, rows: Sequence[HasId]) -> None:
        """Fill in a page. Rows whose id is not at that place any more are left out."""
        start = number * self.page_size
        if [row.id for row in rows] != list(self._ids[start : start + self.page_size]):
            self._asked.discard(number)
            return
        self._pages[number] = list(rows)
        self._pages.move_to_end(number)
        self._asked.discard(number)
        self._stale.discard(number)
        while len(self._pages) > self._keep:
            self._pages.popitem(last=False)
        if rows:
            first = self.index(self._place(start), 0)
            last = self.index(self._place(start + len(rows) - 1), 0)
            self.dataChanged.emit(first, last)

    def update_row(self, row: HasId) -> None:
        """Replace one row where it is on show; elsewhere nothing happens."""
        for number, page in self._pages.items():
            for offset, old in enumerate(page):
                if old is not None and old.id == row.id:
                    page[offset] = row
                    index = self.index(self._place(number * self.page_size + offset), 0)
                    self.dataChanged.emit(index, index)
                    return

    def set_sections(self, sections: Sequence[tuple[int, Section]]) -> None:
        """Put header rows before these items, given as (item number, section), in order."""
        if list(sections) == self._sections:
            return
        self.beginResetModel()
        self._set_heads(list(sections))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids) + len(self._sections)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        place = index.row()
        if role == ID_ROLE:
            item = self._item(place)
            return "" if item < 0 else self._ids[item]
        if role == ROW_ROLE:
            return self.row_at(place)
        if role in (_DISPLAY, _ACCESSIBLE, _TOOLTIP):
            row = self.row_at(place)
            if row is None:
                return None if role == _TOOLTIP else "wordt opgehaald"
            if isinstance(row, Section):
                return None if role == _TOOLTIP else row.spoken()
            text = self._describe(row)
            return plain_tooltip(text) if role == _TOOLTIP else text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._item(index.row()) < 0:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def row_at(self, place: int) -> HasId | Section | None:
        """Row or section at a place; None when it has not come yet or is outside the list."""
        item = self._item(place)
        if item < 0:
            at = bisect_left(self._heads, place)
            return self._sections[at][1] if at < len(self._sections) else None
        if item >= len(self._ids):
            return None
        number, offset = divmod(item, self.page_size)
        page = self._pages.get(number)
        missing = page is None or offset >= len(page)
        if (missing or number in self._stale) and number not in self._asked:
            self._asked.add(number)
            self.page_requested.emit(number)
        return None if page is None or missing else page[offset]

    def place_of(self, row_id: str) -> int:
        """Place of an id, or -1."""
        try:
            return self._place(self._ids.index(row_id))
        except ValueError:
            return -1

    def section_places(self) -> list[int]:
        """Places of the section headers."""
        return list(self._heads)

    def _ask_again(self) -> None:
        """Have everything on show painted anew; what is stale is asked for on the way."""
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    def _starts_with(self, ids: Sequence[str]) -> bool:
        return len(ids) > len(self._ids) and list(ids[: len(self._ids)]) == list(self._ids)

    def _set_heads(self, sections: list[tuple[int, Section]]) -> None:
        self._sections = sections
        self._heads = [at + number for number, (at, _) in enumerate(sections)]

    def _item(self, place: int) -> int:
        """Item number at a place; -1 for a section header."""
        before = bisect_left(self._heads, place)
        if before < len(self._heads) and self._heads[before] == place:
            return -1
        return place - before

    def _place(self, item: int) -> int:
        return item + bisect_right(self._sections, item, key=_section_start)


def _section_start(entry: tuple[int, Section]) -> int:
    return entry[0]
