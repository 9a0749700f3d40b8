"""Paste from WhatsApp Web, or open an exported chat: tick what becomes a report (09j, F59)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.report import RelayChoice
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.paste_rows import ChatLine, PasteDelegate
from console.views.keys.table import keys_of
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_model import RowModel
from console.views.text import plural
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.choice import Choice
from console.views.widgets.divider import Divider
from console.views.widgets.field import Field
from console.views.widgets.finding_line import IconMark
from console.views.widgets.progress_line import ProgressLine
from console.views.widgets.text import Text

TEXT_MOST = 2_000_000
_ORDERS = (
    ("dmy", "dag-maand-jaar"),
    ("mdy", "maand-dag-jaar"),
    ("ymd", "jaar-maand-dag"),
)
_ORDER_WORDS = dict(_ORDERS)
_FOOT = "Alleen wat u aanvinkt wordt bewaard. De rest wordt nergens opgeslagen."


class PasteDialog(Dialog):
    """First a box for text or a file, then the messages. Nothing is ticked beforehand."""

    scopes = ("lists",)

    read_requested = Signal(str)
    file_requested = Signal(str)
    order_chosen = Signal(str)
    make_requested = Signal(object, str)
    """The ticked lines, and the id of the group they came from (empty where nobody said)."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Plak uit WhatsApp Web", width=860)
        self._lines: list[ChatLine] = []
        self._chosen_group = ""
        self.box = Field(
            "Tekst uit WhatsApp",
            "plak hier, of sleep een bestand .txt of .zip op dit venster",
            multi_line=True,
            lines=12,
            max_length=TEXT_MOST,
        )
        self._trouble = Band("red", "", "", "octagon-alert")
        self._progress = ProgressLine("Lezen")
        self._build()
        self.setAcceptDrops(True)
        self.first_focus = self.box.editor
        self._show_box()

    def set_groups(self, groups: Sequence[RelayChoice]) -> None:
        """Offer the groups the chat can come from."""
        self.group.set_items(
            [("", "Kies de groep (mag leeg blijven)"), *((one.id, one.name) for one in groups)]
        )

    def show_text(self, text: str) -> None:
        """Put a text in the box."""
        self.box.set_text(text)

    def show_busy(self, share: float) -> None:
        """Show how far reading is, 0 to 1; 0 hides the line."""
        self._progress.set_share(share)
        self._progress.setVisible(0 < share < 1)

    def show_trouble(self, title: str, text: str) -> None:
        """Say why nothing was read. The text stays in the box."""
        self._show_box()
        self._trouble.set_content("red", title, text, "octagon-alert")
        self._trouble.show()
        self.show_busy(0)
        self.refit()

    def trouble(self) -> str:
        """Return what is said to be wrong; empty while nothing is."""
        return "" if self._trouble.isHidden() else self._trouble.title()

    def show_lines(
        self,
        lines: Sequence[ChatLine],
        words: str,
        *,
        order: str,
        certain: bool,
        now: datetime,
    ) -> None:
        """Show the messages; ``order`` is the order of the date, a question when not certain."""
        self._lines = list(lines)
        self._delegate.now = now
        self.model.set_rows(self._lines)
        self._hint.set_text(words)
        self.show_busy(0)
        self.order.setVisible(not certain)
        self.order.blockSignals(True)
        self.order.select(order)
        self.order.blockSignals(False)
        self._order_words.set_text(
            f"Datums gelezen als {_ORDER_WORDS.get(order, order)}"
            if certain
            else "Welke volgorde heeft de datum?"
        )
        self._order_words.set_color("text2" if certain else "amber")
        self._pages.setCurrentWidget(self._list_page)
        self._file.hide()
        self._show_count()
        if not self.list.current_id():
            self.list.choose_first()
        self.list.setFocus()
        self.refit()

    def lines(self) -> list[ChatLine]:
        """Return the messages as they stand."""
        return list(self._lines)

    def do(self, command: str) -> bool:
        """Space ticks and the list keys move once the messages are shown."""
        if self._pages.currentWidget() is self._list_page and command in _LIST:
            if command == "tick":
                self._on_ticked(self.list.current_id())
                return True
            return move(self.list, command)
        return super().do(command)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _path_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _path_of(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.file_requested.emit(path)

    def _build(self) -> None:
        px = self.theme.px
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._pages = QStackedWidget()
        self._box_page = QWidget()
        column = QVBoxLayout(self._box_page)
        column.setContentsMargins(px(24), px(16), px(24), px(18))
        column.setSpacing(px(13))
        column.addWidget(self._trouble)
        column.addWidget(self.box, 1)
        column.addWidget(self._progress)
        self._trouble.hide()
        self._progress.hide()
        self._list_page = QWidget()
        self._fill_list_page()
        self._pages.addWidget(self._box_page)
        self._pages.addWidget(self._list_page)
        self._pages.setMinimumHeight(px(380))
        self.body.addWidget(self._pages)
        self._lock = IconMark("lock", "text2", 14)
        self._foot = Text(_FOOT, "body", "text2", elide=True)
        self.add_footer_left(self._lock)
        self.add_footer_left(self._foot)
        self._make = Button("Lees de tekst", keys_of("confirm"), kind="filled")
        self._file = Button("Open bestand…", keys_of("second"), "document")
        self.set_buttons(self._make, self._file)
        self._make.clicked.connect(self._on_make)
        self._file.clicked.connect(self._on_open)
        self.box.text_changed.connect(self._show_count)

    def _fill_list_page(self) -> None:
        px = self.theme.px
        self._hint = Text("", "body", "text2", elide=True)
        self.group = Choice([("", "Kies de groep (mag leeg blijven)")], "Groep")
        self._order_words = Text("", "small", "text2")
        self.order = Choice(_ORDERS, "Volgorde van de datum")
        self.order.chosen.connect(self.order_chosen)
        self.order.hide()
        head = QHBoxLayout()
        head.setContentsMargins(px(24), px(12), px(24), px(12))
        head.setSpacing(px(12))
        head.addWidget(Text("Groep", "body_medium"))
        head.addWidget(self.group, 1)
        head.addWidget(self._order_words)
        head.addWidget(self.order)
        self.title_bar.setStretch(0, 0)
        self.title_bar.insertSpacing(1, px(8))
        self.title_bar.insertWidget(2, self._hint, 1)
        self._delegate = PasteDelegate()
        self.model = RowModel(self._delegate.describe)
        self.list = ListView(self.model, self._delegate, "Berichten")
        self.list.ticked.connect(self._on_ticked)
        self.list.activated.connect(self._on_ticked)
        column = QVBoxLayout(self._list_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Divider())
        column.addWidget(self.list, 1)

    def _show_box(self) -> None:
        self._pages.setCurrentWidget(self._box_page)
        self._file.show()
        self._show_count()
        if self.is_open():
            self.box.setFocus()

    def _show_count(self, _text: str = "") -> None:
        if self._pages.currentWidget() is self._box_page:
            self._make.set_label("Lees de tekst")
            empty = not self.box.text().strip()
            self._make.set_reason("Er staat nog geen tekst in het vak." if empty else "")
            return
        count = sum(1 for line in self._lines if line.ticked)
        self._make.set_label(f"Maak {plural(count, 'melding', 'meldingen')}")
        self._make.set_reason("" if count else "Vink eerst een bericht aan.")

    def _on_ticked(self, line_id: str) -> None:
        place = next((at for at, line in enumerate(self._lines) if line.id == line_id), -1)
        if place < 0 or not self._lines[place].can_tick:
            return
        line = self._lines[place]
        self._lines[place] = line.with_tick(not line.ticked)
        self.model.set_rows(self._lines)
        self._show_count()

    def _on_make(self) -> None:
        if self._pages.currentWidget() is self._box_page:
            self._trouble.hide()
            self.read_requested.emit(self.box.text())
        else:
            ticked = [line for line in self._lines if line.ticked]
            if ticked:
                self.make_requested.emit(ticked, self.group.selected())

    def _on_open(self) -> None:
        chooser = QFileDialog(self, "Open een chat uit WhatsApp")
        chooser.setNameFilter("Chat uit WhatsApp (*.txt *.zip)")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.file_requested)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()


_LIST = frozenset("tick down up page_down page_up first last".split())


def _path_of(data: QMimeData) -> str:
    urls = data.urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
