"""Berichten: what is being written, what waits, what was placed (screens.md §5.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.post import PostRow
from console.views.posts.list_delegate import PostDelegate
from console.views.posts.post_card import PostCard, PostCardView
from console.views.posts.words import SECTIONS
from console.views.screen import Screen
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_model import RowModel
from console.views.tables.rows import HasId, Section
from console.views.theme.theme import current
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.segments import Segments
from console.views.widgets.side_splitter import SideSplitter
from console.views.widgets.text import Text

SEGMENTS = (("all", "Alles", None), ("mine", "Van mij", None), ("open", "Niet af", None))
EMPTY = "Er is nog geen bericht. Maak er een met N, of haal een tekst van Burgernet op met I."
EMPTY_FILTER = "Niets gevonden met dit filter."


class PostsScreen(Screen):
    """A list in sections with the card of the chosen post beside it."""

    chosen = Signal(str)
    act_requested = Signal(str)
    segment_changed = Signal(str)

    name = "posts"
    rail = "posts"
    step = "write"
    scopes = ("posts", "lists", "outside")

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """`now` returns local time."""
        super().__init__(parent)
        px = current().px
        self.segments = Segments(SEGMENTS, "Welke berichten")
        self._templates = Button("Sjablonen", "S", "document")
        self._record = Button("Leg vast", "R", "phone")
        self._new = Button("Nieuw bericht", "N", "plus")
        header = Pane("surface", "b")
        row = BreakingRow(header, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(8))
        row.addWidget(Text("Berichten", "screen"))
        row.addSpacing(px(8))
        row.addWidget(self.segments)
        row.addStretch(1)
        for button in (self._templates, self._record, self._new):
            row.addWidget(button)
        self._header = header
        self._delegate = PostDelegate(now)
        self._model = RowModel(self._delegate.describe)
        self.list = ListView(self._model, self._delegate, "Berichten")
        self._empty = Text("", "body", "text2", wrap=True)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.addWidget(self._empty)
        column.addStretch(1)
        self._empty_box = empty
        self._left = Pane("surface")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.list)
        left.addWidget(empty)
        empty.hide()
        self.card = PostCard()
        self.splitter = SideSplitter(self._left, self.card, widths={1400: 612, 1200: 512, 0: 440})
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(header)
        outer.addWidget(self.splitter, 1)
        self._any = False
        self.segments.selected_changed.connect(self.segment_changed)
        self.list.current_changed.connect(self.chosen)
        self.list.activated.connect(self._on_activated)
        self.card.act_requested.connect(self.act_requested)
        self._templates.clicked.connect(self._on_templates)
        self._record.clicked.connect(self._on_record)
        self._new.clicked.connect(self._on_new)

    def set_rows(self, rows: Sequence[PostRow], *, filtered: bool) -> None:
        """Show posts by section; the chosen one stays chosen."""
        shown: list[HasId | Section] = []
        for section, title in SECTIONS.items():
            part = [row for row in rows if row.section == section]
            if part:
                tone = "amber" if section == "unconfirmed" else "text2"
                shown.append(Section(title, len(part), tone))
                shown += part
        self._model.set_rows(shown)
        self._empty.set_text(EMPTY_FILTER if filtered else EMPTY)
        self._empty_box.setVisible(not rows)
        self.list.setVisible(bool(rows))
        if rows and not self.list.current_id():
            self.list.choose_first()
        if rows and self._new.hasFocus():
            # The keyboard waited there while there was no list.
            self.list.setFocus()

    def set_card(self, card: PostCardView | None) -> None:
        """Show the chosen post."""
        self.card.set_card(card)

    def do(self, command: str) -> bool:
        """Do a command of this screen; False where it means nothing here."""
        acts = {
            "new": "new",
            "record": "record",
            "templates": "templates",
            "photo": "photo",
            "pass_on": "forward",
            "feedback": "feedback",
            "confirm": "open",
            "open_source": "source",
            "to_detail": "open",
        }
        if command == "feedback" and "feedback" not in self.card.acts():
            return False
        if command in acts:
            self.act_requested.emit(acts[command])
        elif move(self.list, command):
            return True
        elif command in ("next_segment", "previous_segment"):
            self.segments.select_next(1 if command == "next_segment" else -1)
        else:
            return False
        return True

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through here, in order."""
        return (self._header, self.list, self.card)

    def take_focus(self) -> None:
        """Put the keyboard where work starts on this screen."""
        (self.list if self.list.isVisibleTo(self) else self._new).setFocus()

    def event_subject(self) -> tuple[str, str]:
        """Return what the work process is ticked for on this screen."""
        return "post", self.list.current_id()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._templates.setVisible(self.window().width() >= current().px(1200))

    def _on_activated(self, _row_id: str) -> None:
        self.act_requested.emit("open")

    def _on_templates(self) -> None:
        self.act_requested.emit("templates")

    def _on_record(self) -> None:
        self.act_requested.emit("record")

    def _on_new(self) -> None:
        self.act_requested.emit("new")
