"""The photo of a post beside its text: look, say what it is, copy, take away (F27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.views.dialogs.dialog import Dialog
from console.views.dialogs.photos import choose_photo, picture_file
from console.views.keys.table import keys_of
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.widgets.band import Band
from console.views.widgets.bubble import ChatGround
from console.views.widgets.button import Button
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.frame import Frame
from console.views.widgets.picture import Viewer
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

MOST_ROWS = 3


@dataclass(frozen=True, slots=True)
class RemovalRow:
    """One group where the photo is to be taken away in WhatsApp."""

    id: str
    title: str
    state: str
    done: bool
    late: bool


@dataclass(frozen=True, slots=True)
class PostPhotoView:
    """Everything the popup shows. ``main`` and ``second`` are (label, act); empty hides a button.

    ``band`` is (tone, title, text, icon), or None.
    """

    heading: str
    text: str
    facts: tuple[Fact, ...]
    main: tuple[str, str]
    second: tuple[str, str] = ("", "")
    main_reason: str = ""
    band: tuple[str, str, str, str] | None = None
    removals: tuple[RemovalRow, ...] = ()


class _Delegate(RowDelegate):
    """A tick, what is to be done, and who did it."""

    height = 46
    text_edge = 40

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        px = self.theme.px
        left, right = rect.left() + px(40), rect.right() - px(10)
        icon = "ring-check" if row.done else "ring"
        tone = "greenfill" if row.done else "amberfill" if row.late else "text2"
        self.icon(painter, rect.left() + px(12), rect.center().y(), icon, 16, tone)
        role = "body_strong" if state.chosen else "body_medium"
        top = rect.top()
        self.text(painter, left, top + px(5), px(18), row.title, role, "text", right - left)
        self.text(painter, left, top + px(24), px(16), row.state, "small", "text2", right - left)


class PostPhotoDialog(Dialog):
    """``act_requested`` carries the act of a button; ``ticked`` the id of a removal."""

    act_requested = Signal(str)
    file_chosen = Signal(str)
    ticked = Signal(str)

    scopes = ("lists",)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Foto bij dit bericht", width=980)
        px = self.theme.px
        self._acts = ("", "")
        self._fresh = True
        self.heading = Text("", "subject", wrap=True)
        self.ground = ChatGround(rounded_corners=True)
        self.viewer = Viewer(460, 340)
        self.facts = Facts(label_width=110)
        self.band = Band("amber", "", "", "triangle-alert")
        self.band.hide()
        self._removals = RowModel(_describe)
        self.list = ListView(self._removals, _Delegate(), "Foto weghalen, per groep")
        self.frame = Frame(self.list)
        self.main = Button("", keys_of("confirm"), kind="filled")
        self.second = Button("", keys_of("second"))
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addWidget(self.heading)
        room = self._room = ScrollArea(self.ground)
        room.setMinimumHeight(px(290))
        left.addWidget(room, 1)
        left.addWidget(self.facts)
        right = QVBoxLayout()
        right.setSpacing(px(12))
        right.addWidget(self.viewer, 1)
        right.addWidget(self.band)
        right.addWidget(self.frame)
        columns = self.two_columns(760)
        columns.setSpacing(px(20))
        columns.addLayout(left, 4)
        columns.addLayout(right, 5)
        self.body.addLayout(columns)
        self.set_buttons(self.main, self.second)
        self.setAcceptDrops(True)
        self.first_focus = self.main
        # Nothing can be done before it is known what there is.
        self.main.set_reason("Even kijken.")
        self.second.hide()
        self.main.clicked.connect(self._on_main)
        self.second.clicked.connect(self._on_second)

    def set_view(self, view: PostPhotoView) -> None:
        """Show what there is and what may be done."""
        self.heading.set_text(view.heading)
        self.ground.bubble.set_message(view.text, "")
        self._room.setVisible(bool(view.text))
        self.facts.set_rows(view.facts)
        self.facts.setVisible(bool(view.facts))
        self._acts = (view.main[1], view.second[1])
        for button, (label, act) in ((self.main, view.main), (self.second, view.second)):
            button.set_label(label)
            button.setVisible(bool(act))
        self.main.set_reason(view.main_reason)
        self.band.setVisible(view.band is not None)
        if view.band is not None:
            self.band.set_content(*view.band)
        chosen = self.list.current_id()
        self._show_removals(view.removals)
        if view.removals and chosen not in {row.id for row in view.removals}:
            self.list.choose_first()
        self.first_focus = self.list if view.removals and view.main[1] == "close" else self.main
        if self._fresh:
            self._fresh = False
            self.take_focus()
        self.refit()

    def do(self, command: str) -> bool:
        """J and K choose a group, Space says that the photo is gone there."""
        moves = {"down": 1, "up": -1}
        if command in moves:
            self.list.move_by(moves[command])
        elif command == "tick" or (command == "to_detail" and self.list.hasFocus()):
            if self.list.current_id():
                self.ticked.emit(self.list.current_id())
        else:
            return super().do(command)
        return True

    def choose(self) -> None:
        """Let the person choose a file."""
        choose_photo(self).fileSelected.connect(self.file_chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if picture_file(event.mimeData()) and "choose" in self._acts:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = picture_file(event.mimeData())
        if path and "choose" in self._acts:
            event.acceptProposedAction()
            self.file_chosen.emit(path)

    def _show_removals(self, rows: Sequence[RemovalRow]) -> None:
        self._removals.set_rows(list(rows))
        self.frame.setVisible(bool(rows))
        self.list.setFixedHeight(
            self.theme.px(_Delegate.height) * min(max(len(rows), 1), MOST_ROWS)
        )

    def _on_main(self) -> None:
        self.act_requested.emit(self._acts[0])

    def _on_second(self) -> None:
        self.act_requested.emit(self._acts[1])


def _describe(row: RemovalRow) -> str:
    return f"{row.title}. {row.state}."
