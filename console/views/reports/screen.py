"""Meldingen: see, take, answer (screens.md §5.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from console.views.keys.router import in_text_field
from console.views.keys.table import keys_of
from console.views.reports.detail import ReportDetail
from console.views.reports.empty import HandyKeys
from console.views.reports.header import ReportsHeader
from console.views.reports.list_pane import ReportList
from console.views.screen import Screen
from console.views.text import plural
from console.views.theme.theme import current
from console.views.widgets.access import announce
from console.views.widgets.button import Button
from console.views.widgets.side_splitter import SideSplitter
from console.views.widgets.strip import Strip

WIDTHS = {1400: 612, 1200: 512, 0: 440}
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
SCROLLED = ("down", "up", "page_down", "page_up", "first", "last")


class ReportsScreen(Screen):
    """The screen. Keys and buttons both end in ``act_requested`` with a command id."""

    name = "reports"
    rail = "reports"
    step = "reports"
    scopes = ("reports", "lists", "outside")

    act_requested = Signal(str)
    note_requested = Signal(str)
    compact_changed = Signal(bool)
    file_dropped = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """``now`` returns local time."""
        super().__init__(parent)
        self.header = ReportsHeader(self)
        self.strip = Strip("plain", "info", "", "", self)
        self._normal = Button("Normale stand", keys_of("compact"), parent=self.strip)
        self.strip.add_button(self._normal)
        self.list = ReportList(now, self)
        self.detail = ReportDetail(now, self)
        self.handy = HandyKeys(self)
        self._side = QStackedWidget(self)
        self._side.addWidget(self.detail)
        self._side.addWidget(self.handy)
        self._side.setCurrentWidget(self.handy)
        self.splitter = SideSplitter(self.list, self._side, widths=WIDTHS, parent=self)
        self._compact = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.strip)
        column.addWidget(self.splitter, 1)
        self.strip.hide()
        self.setAcceptDrops(True)
        self._connect()

    @property
    def compact(self) -> bool:
        """Whether the short list is on."""
        return self._compact

    def set_compact(self, compact: bool, *, recent: int = 0) -> None:
        """Show the short list with its strip, or the normal one."""
        self._compact = compact
        self.list.set_compact(compact)
        self.strip.setVisible(compact)
        if compact:
            heard = plural(recent, "melding", "meldingen")
            title = f"Drukke stand: {heard} in het laatste uur"
            self.strip.set_content(
                "plain", "info", title, "Geluid staat uit. De lijst springt niet."
            )

    def tell_acute(self, title: str) -> None:
        """Have it said at once that an acute report came, whatever screen is in front."""
        words = f"Nieuwe acute melding: {title}." if title else "Nieuwe acute melding."
        announce(self.window(), words, urgent=True)

    def show_detail(self, shown: bool) -> None:
        """Show the report, or the handy keys."""
        self._side.setCurrentWidget(self.detail if shown else self.handy)

    def is_held(self) -> bool:
        """Say whether somebody is busy here, so that nothing may move: typing, scrolled, chosen."""
        focus = QApplication.focusWidget()
        typing = in_text_field(focus) and focus is not None and self.isAncestorOf(focus)
        chosen = bool(self.list.view.current_id() or self.list.acute.current())
        return typing or chosen or not self.list.at_top()

    def do(self, command: str) -> bool:
        """Do a command of the list, the report in hand or the header."""
        if command in SCROLLED:
            self._scroll(command)
        elif command in ("next_segment", "previous_segment"):
            self.header.segments.select_next(1 if command == "next_segment" else -1)
        elif command in ("search", "search_here"):
            self.header.search.setFocus()
            self.header.search.editor.selectAll()
        elif command == "acute":
            self.list.choose_acute()
        elif command == "note":
            if self._has_report():
                self.detail.note.setFocus()
        elif command == "to_detail":
            self._to_detail()
        elif command == "compact":
            self._on_normal()
        elif command == "confirm":
            self._confirm()
        elif command == "link":
            self.detail.look_alikes.press_first()
        elif command in ("open_source", "new_post"):
            if not self._has_report():
                return False
            self.act_requested.emit("compose")
        elif command == "check_plate":
            if not self._has_report():
                return False
            self.act_requested.emit(command)
        elif command == "back":
            return self._back()
        elif command in _ACTS:
            if command in ("new", "paste", "undo") or (
                self._has_report() and self.detail.can(command)
            ):
                self.act_requested.emit(command)
        else:
            return False
        return True

    def panes(self) -> Sequence[QWidget]:
        """Header, list, detail."""
        return (self.header.segments, self.list.view, self.detail)

    def take_focus(self) -> None:
        """Put the keyboard on what is chosen."""
        self.list.focus_list()

    def event_subject(self) -> tuple[str, str]:
        """The report in hand."""
        card = self.detail.card()
        return ("report", card.row.id) if card is not None else ("", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fold(round(self.window().width() * 100 / current().scale))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_of(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def _scroll(self, command: str) -> None:
        if command == "first":
            self.list.home_requested.emit()
            self.list.choose_first()
        elif command == "last":
            self.list.acute.set_current("")
            self.list.view.choose_last()
        elif command in ("down", "up"):
            self.list.step(1 if command == "down" else -1)
        else:
            step = self.list.page_step()
            self.list.step(step if command == "page_down" else -step)

    def _to_detail(self, _row_id: str = "") -> None:
        if self._has_report():
            self.detail.focus_actions()

    def _has_report(self) -> bool:
        return self._side.currentWidget() is self.detail and self.detail.card() is not None

    def _confirm(self) -> None:
        if self.detail.note.editor.hasFocus():
            self.note_requested.emit(self.detail.note.text())
        elif self.detail.claim_is_next():
            self.act_requested.emit("claim")

    def _back(self) -> bool:
        focus = QApplication.focusWidget()
        if in_text_field(focus):
            if focus is self.header.search.editor and self.header.search.text():
                self.header.search.editor.clear()
                return True
            self.take_focus()
            return True
        if focus is not None and self.detail.isAncestorOf(focus):
            self.take_focus()
            return True
        if self.header.is_narrowed():
            self.act_requested.emit("clear_filter")
            return True
        return False

    def _connect(self) -> None:
        self.header.search_left.connect(self.take_focus)
        self.header.new_requested.connect(self._on_new)
        self.list.command_requested.connect(self.act_requested)
        self.list.opened.connect(self._to_detail)
        self.detail.command_requested.connect(self._on_detail)
        self._normal.clicked.connect(self._on_normal)

    def _on_new(self) -> None:
        self.act_requested.emit("new")

    def _on_detail(self, command: str) -> None:
        if not self.do(command):
            self.act_requested.emit(command)

    def _on_normal(self) -> None:
        self.set_compact(not self._compact)
        self.compact_changed.emit(self._compact)


_ACTS = frozenset(
    "new paste claim release pass_on close_report answer_1 answer_2 answer_3 copy undo "
    "photos".split()
)


def _file_of(data: QMimeData) -> str:
    urls = data.urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        path = urls[0].toLocalFile()
        if path.lower().endswith((".txt", ".zip", *PICTURES)):
            return path
    return ""
