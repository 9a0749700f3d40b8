"""The sheet itself: title, when it was made, its lines, and the free note below them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from console.domain.clock import local
from console.domain.handover import Sheet
from console.views.handover.sheet_list import EDGE, SheetDelegate, SheetItem, describe
from console.views.handover.words import EMPTY, EMPTY_MORE, first_name, made_words, sections
from console.views.tables.list_view import ListView
from console.views.tables.row_model import RowModel
from console.views.tables.rows import Section
from console.views.text import clock_text, date_text
from console.views.widgets.card import Card
from console.views.widgets.field import Field
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

NOTE_LONGEST = 600
NOTE_HINT = "drie regels, alleen wat niet in het logboek staat"


class SheetCard(ScrollArea):
    """White on the ground of the window. Everything on it scrolls together in a low window."""

    answered = Signal(str, str)
    opened = Signal(str)
    chosen = Signal(str)
    note_typed = Signal(str)
    note_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty sheet."""
        super().__init__(None, "bg", parent)
        px = self.theme.px
        self._margins: list[tuple[QLayout, int]] = []
        self.sheet: Sheet | None = None
        self._items: list[SheetItem] = []
        self._title = Text("", "subject", elide=True)
        self._date = Text("", "second", "text2")
        self._made = Text("", "second", "text2", elide=True)
        self.delegate = SheetDelegate()
        self._model = RowModel(describe)
        self.list = ListView(self._model, self.delegate, "Regels van de overdracht")
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = Text(EMPTY, "body_strong", wrap=True)
        self._empty_more = Text("", "body", "text2", wrap=True)
        self.note = Field("Notitie", NOTE_HINT, multi_line=True, lines=3, max_length=NOTE_LONGEST)
        self._note_card = Card(ground="sunken", margins=(16, 10, 16, 12), spacing=px(3))
        self._note_title = Text("", "second", "text2", elide=True)
        self._note_text = Text("", "body", wrap=True)
        self._note_card.column.addWidget(self._note_title)
        self._note_card.column.addWidget(self._note_text)
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(px(24), px(20), px(24), px(20))
        card = Card(margins=(24 - EDGE, 18, 24 - EDGE, 22))
        outer.addWidget(card)
        column = card.column
        column.addLayout(self._head())
        self._empty_box = self._inset(self._empty, self._empty_more, top=24)
        self._note_box = self._inset(self.note, top=20)
        self._kept_box = self._inset(self._note_card, top=20)
        column.addWidget(self._empty_box)
        column.addSpacing(px(8))
        column.addWidget(self.list)
        column.addStretch(1)
        column.addWidget(self._note_box)
        column.addWidget(self._kept_box)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.delegate.answered.connect(self.answered)
        self.list.activated.connect(self.opened)
        self.list.current_changed.connect(self._on_current)
        self.note.text_changed.connect(self.note_typed)
        self.theme.changed.connect(self._measure)
        self._measure()

    def set_sheet(self, sheet: Sheet, mode: str, now: datetime, *, writes: bool) -> None:
        """Show a sheet; `mode` is the delegate's, `writes` says that the note can be written."""
        self.sheet = sheet
        made = local(sheet.made_at) or now
        self._title.set_text(sheet.title or "Overdracht")
        self._date.set_text(date_text(made))
        self._made.set_text(made_words(sheet, preview=not sheet.id))
        places = {id(line): place for place, line in enumerate(sheet.lines)}
        rows: list[SheetItem | Section] = []
        for title, late, lines in sections(sheet):
            rows.append(Section(title, dashed=late))
            rows += [SheetItem(line, places[id(line)]) for line in lines]
        self._items = [row for row in rows if isinstance(row, SheetItem)]
        self.delegate.mode = mode
        self._model.set_rows(rows)
        self._empty_box.setVisible(not rows)
        self._empty_more.set_text(EMPTY_MORE.format(at=clock_text(made)))
        self.list.setVisible(bool(rows))
        self._note_box.setVisible(writes)
        self._kept_box.setVisible(not writes and bool(sheet.note))
        self._note_title.set_text(f"Notitie van {first_name(sheet.from_name)}".strip())
        self._note_text.set_text(sheet.note)
        self._fit()
        self.list.viewport().update()

    def items(self) -> list[SheetItem]:
        """Return the lines from top to bottom."""
        return self._items

    def current(self) -> SheetItem | None:
        """Return the chosen line."""
        chosen = self.list.current_id()
        return next((item for item in self._items if item.id == chosen), None)

    def item(self, item_id: str) -> SheetItem | None:
        """Return the line with this id."""
        return next((item for item in self._items if item.id == item_id), None)

    def choose_open(self, after: str = "") -> bool:
        """Choose the next line without an answer, from the top again at the end."""
        ids = [item.id for item in self._items]
        start = ids.index(after) + 1 if after in ids else 0
        for item in (*self._items[start:], *self._items[:start]):
            if not item.line.answer and item.id != after:
                return self.list.set_current(item.id)
        return False

    def choose_something(self) -> None:
        """Choose the first line without an answer, else the first line."""
        if self.current() is None and not self.choose_open():
            self.list.choose_first()

    def page(self, way: int) -> None:
        """Move the choice by what fits in sight."""
        rows = max(1, self.viewport().height() // self.theme.px(self.delegate.height) - 1)
        self.list.move_by(way * rows)

    def _head(self) -> QVBoxLayout:
        px = self.theme.px
        box = QVBoxLayout()
        self._margins.append((box, 0))
        box.setSpacing(px(2))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self._title, 1)
        row.addWidget(self._date)
        box.addLayout(row)
        box.addWidget(self._made)
        return box

    def _inset(self, *widgets: QWidget, top: int) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        px = self.theme.px
        self._margins.append((column, top))
        column.setSpacing(px(4))
        for widget in widgets:
            column.addWidget(widget)
        return box

    def _measure(self) -> None:
        """Keep everything on the text edge of the list, at every text size."""
        px = self.theme.px
        for layout, top in self._margins:
            layout.setContentsMargins(px(EDGE), px(top), px(EDGE), 0)
        self._fit()

    def _fit(self) -> None:
        self.list.setFixedHeight(max(1, self.list.content_height()))

    def _on_current(self, item_id: str) -> None:
        place = self._model.place_of(item_id)
        content = self.widget()
        if place >= 0 and content is not None:
            header = self.list.verticalHeader()
            # The section above the first line of it comes into sight as well.
            first = place - 1 if place - 1 in self._model.section_places() else place
            top = header.sectionPosition(first)
            bottom = header.sectionPosition(place) + header.sectionSize(place)
            at = self.list.mapTo(content, QPoint(0, top))
            if first == 0:
                at.setY(0)
            half = (self.list.mapTo(content, QPoint(0, bottom)).y() - at.y()) // 2
            self.ensureVisible(at.x(), at.y() + half, 0, half + self.theme.px(8))
        self.chosen.emit(item_id)
