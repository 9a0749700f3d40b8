"""Overdracht: read the sheet, answer line by line, take over by name (screens.md §5.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.domain.handover import Sheet, SheetRow
from console.views.handover.earlier import EarlierPage
from console.views.handover.header import HandoverHeader
from console.views.handover.sheet_card import SheetCard
from console.views.handover.side import HandoverSide
from console.views.handover.words import ANSWERS
from console.views.screen import Screen
from console.views.tables.moves import move
from console.views.theme.theme import current
from console.views.widgets.side_by_side import SideBySide

WIDE, SIDE_WIDE, SIDE = 1200, 352, 300
WHATSAPP = ("lamp", "whatsapp")


class HandoverScreen(Screen):
    """Shows one sheet, or the list of earlier ones; emits what the person wishes."""

    segment_chosen = Signal(str)
    answer_requested = Signal(int, str)
    accept_requested = Signal(bool, str)
    make_requested = Signal()
    turn_requested = Signal()
    line_opened = Signal(object)
    earlier_opened = Signal(str)
    note_typed = Signal(str)
    note_left = Signal()
    print_requested = Signal()

    name = "handover"
    rail = "handover"
    step = "handover"
    scopes = ("answers", "lists", "outside")

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """`now` gives the moment that times are told from."""
        super().__init__(parent)
        self._now = now
        self._role = "reader"
        self._covered = 0
        self.header = HandoverHeader()
        self.card = SheetCard()
        self.side = HandoverSide()
        self.earlier = EarlierPage(now)
        self._sheet_page = SideBySide(((self.card, 360), (self.side, 300)), least=720)
        self._sheet_page.stretch(self.card)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._sheet_page)
        self._pages.addWidget(self.earlier)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._pages, 1)
        self.card.note.editor.installEventFilter(self)
        self._wire()

    def _wire(self) -> None:
        self.header.segment_chosen.connect(self.segment_chosen)
        self.header.back_requested.connect(self._on_back)
        self.header.relief_requested.connect(self._on_relief)
        self.header.process_requested.connect(self._on_process)
        self.card.answered.connect(self._on_answered)
        self.card.opened.connect(self._on_opened)
        self.card.chosen.connect(self._on_chosen)
        self.card.note_typed.connect(self.note_typed)
        self.side.accept_requested.connect(self.accept_requested)
        self.side.make_requested.connect(self.make_requested)
        self.side.turn_requested.connect(self.turn_requested)
        self.side.print_requested.connect(self.print_requested)
        self.earlier.opened.connect(self.earlier_opened)

    def set_sheet(self, sheet: Sheet, role: str, *, turn: str = "") -> None:
        """Show a sheet to the taker, the giver or a reader.

        `turn` is the button by which a preview turns round who gives and who takes.
        """
        self._role = role
        mode = "answer" if role == "taker" else "read"
        if role == "giver" and not sheet.answered:
            mode = "plain"
        now = self._now()
        self.card.set_sheet(sheet, mode, now, writes=role == "giver")
        self.side.set_sheet(sheet, role, now, turn=turn)
        self._pages.setCurrentWidget(self._sheet_page)
        self.header.set_segment("earlier" if role == "reader" else "now")
        self.header.set_back(role == "reader")
        self.card.choose_something()

    def set_earlier(self, rows: Sequence[SheetRow]) -> None:
        """Show the list of earlier handovers."""
        self.earlier.set_rows(rows)
        self._pages.setCurrentWidget(self.earlier)
        self.header.set_segment("earlier")
        self.header.set_back(False)

    def set_note(self, text: str) -> None:
        """Fill in the note of the one who gives over."""
        self.card.note.set_text(text)

    def set_away(self, colleague: str) -> None:
        """Say who has the urgent items now; empty: nobody, the person is here."""
        self.header.set_away(colleague)

    def choose_next(self, after: str) -> None:
        """Go to the next line without an answer; the last answer leads to the button."""
        if not self.card.choose_open(after) and self.card.list.hasFocus():
            self.card.list.viewport().update()

    def do(self, command: str) -> bool:
        """Do a command of this screen; False where it means nothing here."""
        listing = self._pages.currentWidget() is self.earlier
        if command in ("next_segment", "previous_segment"):
            self.header.segments.select_next(1 if command == "next_segment" else -1)
        elif command == "back":
            return self._step_back()
        elif command == "print":
            if not listing:
                self.print_requested.emit()
        elif listing:
            return self._in_list(command)
        elif command.startswith("answer_"):
            self._answer(int(command.removeprefix("answer_")))
        elif command == "confirm":
            self.side.press()
        elif command == "second":
            if self.side.turn.isVisible():
                self.turn_requested.emit()
        elif command in ("to_detail", "open_source"):
            self._on_opened(self.card.list.current_id())
        elif command in ("page_down", "page_up"):
            self.card.page(1 if command == "page_down" else -1)
        else:
            return move(self.card.list, command)
        return True

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through here, in order."""
        if self._pages.currentWidget() is self.earlier:
            return (self.header, self.earlier.list)
        return (self.header, self.card.list, self.card.note, self.side)

    def take_focus(self) -> None:
        """Put the keyboard where work starts on this screen."""
        if self._pages.currentWidget() is self.earlier:
            self.earlier.list.setFocus()
        elif self.card.list.isVisibleTo(self):
            self.card.list.setFocus()
        else:
            self.side.focus_start()

    def event_subject(self) -> tuple[str, str]:
        """Return what the work process is ticked for on this screen."""
        sheet = self.card.sheet
        return ("handover", sheet.id) if sheet is not None and sheet.id else ("", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_covered(self, width: int) -> None:
        """Widen the side, which is what a panel may hide; the answers stay in sight."""
        self._covered = width
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the note is left."""
        if event.type() == QEvent.Type.FocusOut and watched is self.card.note.editor:
            self.note_left.emit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        px = current().px
        own = px(SIDE_WIDE if self.window().width() >= px(WIDE) else SIDE)
        self._sheet_page.fit(self.width())
        self._sheet_page.set_width(self.side, max(own, self._covered))

    def _answer(self, number: int) -> None:
        item = self.card.current()
        if self._role == "taker" and item is not None and 1 <= number <= len(ANSWERS):
            self.answer_requested.emit(item.place, ANSWERS[number - 1][0])

    def _in_list(self, command: str) -> bool:
        if command in ("to_detail", "open_source"):
            if self.earlier.list.current_id():
                self.earlier_opened.emit(self.earlier.list.current_id())
            return True
        return move(self.earlier.list, command)

    def _step_back(self) -> bool:
        if self._pages.currentWidget() is self._sheet_page and self._role == "reader":
            self._on_back()
            return True
        return False

    def _on_back(self) -> None:
        self.segment_chosen.emit("earlier")

    def _on_answered(self, item_id: str, answer: str) -> None:
        item = self.card.item(item_id)
        if item is not None and self._role == "taker":
            self.answer_requested.emit(item.place, answer)

    def _on_opened(self, item_id: str) -> None:
        item = self.card.item(item_id)
        if item is not None:
            self.line_opened.emit(item.line)

    def _on_chosen(self, item_id: str) -> None:
        item = self.card.item(item_id)
        line = item.line if item is not None else None
        lamp = line is not None and (line.subject_kind, line.subject_id) == WHATSAPP
        # F1 on "WhatsApp Web is uitgelogd" opens at the steps that link it again.
        self.step = "whatsapp_web" if lamp else "handover"

    def _on_relief(self) -> None:
        self.open_requested.emit("relief", {})

    def _on_process(self) -> None:
        self.open_requested.emit("process_panel", {})
