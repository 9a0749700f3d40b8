"""One list: a single column, fixed row heights, one chosen row, kept by id on every refresh."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from console.views.tables.moves import move
from console.views.tables.paged_model import Index, PagedModel
from console.views.tables.row_delegate import RowDelegate
from console.views.tables.row_model import RowModel
from console.views.tables.rows import ID_ROLE
from console.views.theme.theme import current
from console.views.widgets.slim_scroll_bar import SlimScrollBar

_MOVES = {
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_PageDown: "page_down",
    Qt.Key.Key_PageUp: "page_up",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}


class ListView(QTableView):
    """A list of rows and sections.

    Arrows, Page, Home and End move the choice over rows only; Enter asks to open, Space to tick,
    Right and Left to step in and out of a tree. Letters do nothing here: the key router has them.
    """

    current_changed = Signal(str)
    activated = Signal(str)
    ticked = Signal(str)
    step_in = Signal(str)
    step_out = Signal(str)
    home_requested = Signal()

    def __init__(
        self,
        model: RowModel | PagedModel,
        delegate: RowDelegate,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is the accessible name of the list ("Meldingen")."""
        super().__init__(parent)
        self.theme = current()
        self._rows: RowModel | PagedModel = model
        self._painter = delegate
        self._current = ""
        self._anchor: tuple[str, int] = ("", 0)
        self._sized: list[int] = []
        delegate.setParent(self)
        model.setParent(self)
        self.setAccessibleName(name)
        self._set_up()
        self.setModel(model)
        self.setItemDelegate(delegate)
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        self.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(SlimScrollBar(Qt.Orientation.Vertical, self))
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        columns, lines = self.horizontalHeader(), self.verticalHeader()
        columns.hide()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setMinimumSectionSize(1)
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(1)

    def current_id(self) -> str:
        """Id of the chosen row, or an empty text."""
        return self._current

    def set_current(self, row_id: str, *, scroll: bool = True) -> bool:
        """Choose a row by id; False when it is not in the list."""
        place = self._rows.place_of(row_id) if row_id else -1
        if place < 0:
            return False
        self._choose(place, scroll=scroll)
        return True

    def clear_current(self) -> None:
        """Choose nothing."""
        self._current = ""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def move_by(self, step: int) -> bool:
        """Move the choice by so many rows, over sections; False at the end of the list."""
        place = self.currentIndex().row()
        count = self._rows.rowCount()
        moved = False
        way = 1 if step > 0 else -1
        for _ in range(abs(step)):
            new = place + way
            while 0 <= new < count and not self._is_row(new):
                new += way
            if not 0 <= new < count:
                break
            place, moved = new, True
        if moved:
            self._choose(place)
        return moved

    def choose_first(self) -> bool:
        """Choose the first row; False when there is none."""
        return self._choose_from(0, 1)

    def choose_last(self) -> bool:
        """Choose the last row; False when there is none."""
        return self._choose_from(self._rows.rowCount() - 1, -1)

    def set_row_height(self, design_pixels: int) -> None:
        """Change the height of all rows (the compact list)."""
        self._painter.height = design_pixels
        self._on_theme_changed()

    def content_height(self) -> int:
        """Height of all rows together, for lists that grow inside a scrolling pane."""
        return self.verticalHeader().length()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(max(48, self._painter.height)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        if key == Qt.Key.Key_Home:
            self.home_requested.emit()
        if key in _MOVES:
            move(self, _MOVES[key])
        elif self._current and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self._current)
        elif self._current and key == Qt.Key.Key_Space:
            self.ticked.emit(self._current)
        elif self._current and key == Qt.Key.Key_Right:
            self.step_in.emit(self._current)
        elif self._current and key == Qt.Key.Key_Left:
            self.step_out.emit(self._current)
        else:
            event.ignore()

    def keyboardSearch(self, _search: str) -> None:
        """Letters belong to the key router."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self._current:
            self.activated.emit(self._current)

    def currentChanged(self, current_index: Index, previous: Index) -> None:
        super().currentChanged(current_index, previous)
        if not current_index.isValid():
            return
        row_id = current_index.data(ID_ROLE) or ""
        if row_id and row_id != self._current:
            self._current = row_id
            self.current_changed.emit(row_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(0, self.viewport().width())

    def _is_row(self, place: int) -> bool:
        return bool(self._rows.index(place, 0).flags() & Qt.ItemFlag.ItemIsSelectable)

    def _choose(self, place: int, *, scroll: bool = True) -> None:
        index = self._rows.index(place, 0)
        bar = self.verticalScrollBar()
        before = bar.value()
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        if scroll:
            # The header above the first row of a section comes into sight with it.
            if place > 0 and not self._is_row(place - 1):
                self.scrollTo(self._rows.index(place - 1, 0))
            self.scrollTo(index)
        else:
            bar.setValue(before)

    def _choose_from(self, start: int, way: int) -> bool:
        place = start
        while 0 <= place < self._rows.rowCount():
            if self._is_row(place):
                self._choose(place)
                return True
            place += way
        return False

    def _on_about_to_reset(self) -> None:
        top = self.rowAt(0)
        if top >= 0:
            # A section has no id: hold on to the first real row on show instead.
            while top < self._rows.rowCount() and not self._is_row(top):
                top += 1
            if top < self._rows.rowCount():
                row_id = self._rows.index(top, 0).data(ID_ROLE) or ""
                self._anchor = (row_id, self.rowViewportPosition(top))
                return
        self._anchor = ("", 0)

    def _on_reset(self) -> None:
        self._size_rows()
        kept = self._current
        row_id, offset = self._anchor
        at_top = self.verticalScrollBar().value() == 0
        place = self._rows.place_of(row_id) if row_id and not at_top else -1
        if kept and not self.set_current(kept, scroll=False):
            self._current = ""
        if place >= 0:
            bar = self.verticalScrollBar()
            bar.setValue(self.verticalHeader().sectionPosition(place) - offset)

    def _size_rows(self) -> None:
        lines = self.verticalHeader()
        normal = self.theme.px(self._painter.height)
        if lines.defaultSectionSize() != normal:
            lines.setDefaultSectionSize(normal)
        count = self._rows.rowCount()
        for place in self._sized:
            if place < count:
                lines.resizeSection(place, normal)
        self._sized = self._rows.section_places()
        for place in self._sized:
            lines.resizeSection(place, self.theme.px(self._painter.section_height))
        self.setColumnWidth(0, self.viewport().width())

    def _on_theme_changed(self) -> None:
        palette = self.theme.palette()
        palette.setColor(palette.ColorRole.Base, self.theme.color(self._painter.ground))
        self.setPalette(palette)
        self._size_rows()
        self.viewport().update()
