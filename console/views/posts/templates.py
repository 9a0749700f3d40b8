"""Sjablonen: by kind with version, owner and end date; the editor beside them (F24)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.post import Template
from console.views.posts.template_editor import TemplateEditor
from console.views.posts.words import KIND_ICONS
from console.views.screen import Screen
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.tables.rows import HasId, Section
from console.views.theme.theme import current
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import IconButton
from console.views.widgets.card import Pane
from console.views.widgets.segments import Segments
from console.views.widgets.side_splitter import SideSplitter
from console.views.widgets.text import Text
from contract.dutch import word
from contract.vocabulary import MessageClass, Outcome, PostType

SEGMENTS = (("used", "In gebruik", None), ("old", "Ook oude versies", None))


def second_line(row: Template) -> str:
    """Return version, owner, class and end date of a template."""
    parts = [f"versie {row.version}"]
    if row.owner:
        parts.append(f"van {row.owner}")
    if row.message_class:
        parts.append(word(row.message_class, MessageClass))
    if row.valid_until:
        parts.append(f"geldig tot {row.valid_until}")
    if row.outcome:
        parts.append(word(row.outcome, Outcome).lower())
    return " · ".join(parts)


def spoken(row: Template) -> str:
    """Return a template as one sentence."""
    state = {"active": "In gebruik", "draft": "Concept"}.get(row.state, "Oude versie")
    return f"{state}. {row.name}, {second_line(row).replace(' · ', ', ')}."


class TemplateDelegate(RowDelegate):
    """58 px: name, then version and owner."""

    height = 58

    def __init__(self, parent: QObject | None = None) -> None:
        """Make it a child of its view."""
        super().__init__(parent)

    def paint_row(self, painter: QPainter, rect: QRect, row: Template, state: RowState) -> None:
        """Paint a template with its version."""
        px = self.theme.px
        left, right = rect.left() + px(48), rect.right() - px(20)
        first, second = rect.top() + px(10), rect.top() + px(31)
        old = row.state not in ("active", "draft")
        ink = "text2" if old else "text"
        icon = KIND_ICONS.get(row.kind, "message")
        self.icon(painter, rect.left() + px(20), first + px(9), icon, 16, "text2")
        words = {"draft": "concept", "retired": "oud"}.get(row.state, "")
        used = 0
        if words:
            tone = "amber" if row.state == "draft" else "text2"
            used = self.text_right(painter, right, first, px(18), words, "small_medium", tone)
        room = right - used - px(10) - left
        self.text(painter, left, first, px(18), row.name, "body_medium", ink, room)
        self.text(painter, left, second, px(17), second_line(row), "second", "text2", right - left)


class TemplatesScreen(Screen):
    """The list at the left, one template at the right."""

    chosen = Signal(str)
    segment_changed = Signal(str)

    name = "templates"
    rail = "posts"
    step = "write"
    scopes = ("lists", "outside")

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_rows`."""
        super().__init__(parent)
        px = current().px
        self.segments = Segments(SEGMENTS, "Welke sjablonen")
        self._back = IconButton("chevron-left", "Terug naar berichten")
        header = Pane("surface", "b")
        row = BreakingRow(header, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(10))
        row.addWidget(self._back)
        row.addWidget(Text("Sjablonen", "screen"))
        row.addSpacing(px(6))
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(
            Text(
                "Een bericht blijft bij de versie waarmee het begon.", "small", "text2", elide=True
            )
        )
        self._header = header
        delegate = TemplateDelegate()
        self._model = RowModel(spoken)
        self.list = ListView(self._model, delegate, "Sjablonen")
        self.editor = TemplateEditor()
        self.splitter = SideSplitter(
            self.list, self.editor, widths={1400: 440, 1200: 392, 0: 320}, low=300
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(header)
        outer.addWidget(self.splitter, 1)
        self.editor.hide()
        self._back.clicked.connect(self.back_requested)
        self.segments.selected_changed.connect(self.segment_changed)
        self.list.current_changed.connect(self.chosen)

    def set_rows(self, rows: Sequence[Template]) -> None:
        """Show templates by purpose."""
        shown: list[HasId | Section] = []
        for purpose in PostType:
            part = [row for row in rows if row.purpose == purpose]
            if part:
                shown.append(Section(word(purpose, PostType), len(part)))
                shown += part
        self._model.set_rows(shown)
        self.editor.setVisible(bool(rows))
        if rows and not self.list.current_id():
            self.list.choose_first()

    def do(self, command: str) -> bool:
        """Do a command of this screen; False where it means nothing here."""
        if move(self.list, command):
            return True
        if command == "to_detail":
            self.editor.name.editor.setFocus()
        elif command == "confirm":
            if self.editor.save.isEnabled() and self.editor.isVisibleTo(self):
                self.editor.save.click()
        elif command in ("next_segment", "previous_segment"):
            self.segments.select_next(1 if command == "next_segment" else -1)
        else:
            return False
        return True

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through here, in order."""
        return (self._header, self.list, self.editor)

    def take_focus(self) -> None:
        """Put the keyboard where work starts on this screen."""
        self.list.setFocus()
