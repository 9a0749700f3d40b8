"""The photos of a report (Shift+F): a list at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMimeData, QRect, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.widgets.button import Button
from console.views.widgets.frame import Frame
from console.views.widgets.picture import Viewer
from console.views.widgets.text import Text

ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
FILTER = "Foto's (*.jpg *.jpeg *.png *.webp)"

MOST_ROWS = 7
NONE = "Nog geen foto's bij deze melding."
FIRST = (
    "Hier komt de foto die u kiest. Kies er een met Ctrl+Enter, of sleep een bestand hierheen: "
    "jpg, png of webp. Voor hij wordt bewaard, kunt u delen afdekken."
)


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo as the list shows it."""

    id: str
    name: str
    who: str
    state: str
    icon: str
    tone: str
    reason: str = ""


class _Delegate(RowDelegate):
    """The name above; who and how far it is below."""

    height = 46
    text_edge = 40

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        px = self.theme.px
        left, right = rect.left() + px(40), rect.right() - px(10)
        first, second = rect.top() + px(5), rect.top() + px(24)
        self.icon(painter, rect.left() + px(12), rect.center().y(), row.icon, 16, row.tone)
        role = "body_strong" if state.chosen else "body_medium"
        self.text(painter, left, first, px(18), row.name, role, "text", right - left)
        words = " · ".join(part for part in (row.state, row.who, row.reason) if part)
        self.text(painter, left, second, px(16), words, "small", "text2", right - left)


class PhotosDialog(Dialog):
    """``chosen`` and ``remove_requested`` carry the id of a photo, ``file_chosen`` a path."""

    chosen = Signal(str)
    file_chosen = Signal(str)
    remove_requested = Signal(str)
    put_back_requested = Signal()

    scopes = ("lists",)

    def __init__(self, window: QWidget, title: str) -> None:
        """``title`` is what the report is known by."""
        super().__init__(window, "Foto's bij deze melding", width=860)
        self._about = Text(title, "reading_strong", elide=True)
        self._said = Text("Even kijken.", "small", "text2", wrap=True)
        self._model = RowModel(_describe)
        self.list = ListView(self._model, _Delegate(), "Foto's, oudste eerst")
        self.viewer = Viewer()
        left = QVBoxLayout()
        self._frame = Frame(self.list)
        left.addWidget(self._said)
        left.addWidget(self._frame)
        left.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(self.theme.px(16))
        columns.addLayout(left, 4)
        columns.addWidget(self.viewer, 5)
        self.body.addWidget(self._about)
        self.body.addLayout(columns)
        self.add = Button("Foto erbij…", keys_of("confirm"), kind="filled")
        self.remove = Button("Haal weg", keys_of("second"))
        self.put_back = Button("Zet terug")
        self.put_back.hide()
        self.add_footer_left(self.put_back)
        self.set_buttons(self.add, self.remove)
        self.first_focus = self.list
        self.setAcceptDrops(True)
        self.list.current_changed.connect(self.chosen)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        self.put_back.clicked.connect(self.put_back_requested)
        self.set_photos((), "")

    def set_photos(self, rows: Sequence[PhotoRow], said: str) -> None:
        """Show the photos; the chosen one stays chosen."""
        current = self.list.current_id()
        self._model.set_rows(list(rows))
        self.list.setFixedHeight(
            self.theme.px(_Delegate.height) * min(max(len(rows), 1), MOST_ROWS)
        )
        # No empty frame: without photos there is only the sentence and the way to a first one.
        self._frame.setVisible(bool(rows))
        self._said.set_text(said or NONE)
        if rows and current not in {row.id for row in rows}:
            self.list.choose_first()
        if not rows:
            self.viewer.say(FIRST)
        self.remove.set_reason("" if rows else "Er is geen foto om weg te halen.")
        self.first_focus = self.list if rows else self.add
        if not rows and self.is_open() and self.list.hasFocus():
            self.add.setFocus()
        elif rows and not current and self.add.hasFocus():
            self.list.setFocus()

    def current(self) -> str:
        """Return the id of the chosen photo; empty for none."""
        return self.list.current_id()

    def offer_put_back(self, offered: bool) -> None:
        """Show or hide the way back after a photo was taken away."""
        self.put_back.setVisible(offered)

    def do(self, command: str) -> bool:
        """J and K choose another photo."""
        return move(self.list, command) or super().do(command)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if picture_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = picture_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.file_chosen.emit(path)

    def _on_add(self) -> None:
        choose_photo(self).fileSelected.connect(self.file_chosen)

    def _on_remove(self) -> None:
        if self.current():
            self.remove_requested.emit(self.current())


def choose_photo(parent: QWidget) -> QFileDialog:
    """Open the system's own window to choose a photo; ``fileSelected`` tells which."""
    chooser = QFileDialog(parent, "Kies een foto")
    chooser.setNameFilter(FILTER)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
    chooser.finished.connect(chooser.deleteLater)
    chooser.open()
    return chooser


def picture_file(data: QMimeData) -> str:
    """Return the path of the one photo that is dragged; empty for anything else."""
    urls = data.urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        path = urls[0].toLocalFile()
        if path.lower().endswith(ENDINGS):
            return path
    return ""


def _describe(row: PhotoRow) -> str:
    reason = f" {row.reason}." if row.reason else ""
    return f"{row.name}, {row.who}: {row.state}.{reason}"
