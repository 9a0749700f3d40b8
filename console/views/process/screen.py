"""Werkproces as a page: read by everybody, changed and approved by the account holder (F40)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.workbook import Step, Workbook
from console.views.keys.table import keys_of
from console.views.process import words
from console.views.process.page import ProcessPage
from console.views.screen import Screen
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.tables.rows import Section
from console.views.theme.theme import current
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.chip import Chip
from console.views.widgets.finding_line import IconMark
from console.views.widgets.text import Text

LIST_WIDE, LIST = 336, 272
WIDE = 1200


class _Delegate(RowDelegate):
    """34 px: the number within its part and the title."""

    height = 34
    section_height = 32
    text_edge = 20

    def paint_row(self, painter: QPainter, rect: QRect, row: Step, state: RowState) -> None:
        px = self.theme.px
        left, room = rect.left() + px(20), rect.width() - px(34)
        role = "body_strong" if state.chosen else "body"
        self.text(painter, left, rect.top(), rect.height(), row.title, role, "text", room)


def _describe(step: Step) -> str:
    return f"{words.scope_title(step.scope)}: {step.title}"


class ProcessHeader(Pane):
    """Title, version, draft chip; at the right what may be done."""

    approve_requested = Signal()
    print_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """No process yet."""
        super().__init__("surface", "b", parent)
        px = self.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._draft = Chip(words.DRAFT, "amber", "triangle-alert")
        self._version = Text("", "second", "text2", elide=True)
        self.print = Button("Druk af", "Ctrl+P", "printer")
        self.approve = Button("Stel vast", "Ctrl+Enter", kind="filled")
        row = BreakingRow(self, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(10))
        row.addWidget(Text("Werkproces", "screen"))
        row.addSpacing(px(2))
        row.addWidget(self._draft)
        row.addWidget(self._version, 1)
        row.addWidget(self.print)
        row.addWidget(self.approve)
        self.print.clicked.connect(self.print_requested)
        self.approve.clicked.connect(self.approve_requested)

    def set_book(self, book: Workbook | None, *, may_write: bool) -> None:
        """Show version and state."""
        draft = book is not None and words.is_draft(book)
        self._draft.setVisible(draft)
        self._version.set_text(words.version_words(book) if book else "")
        self.approve.setVisible(draft and may_write)


class ProcessFooter(Pane):
    """What the account holder can do with the chosen step; for others who may."""

    act_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nobody may change anything yet."""
        super().__init__("surface", "t", parent)
        px = self.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._mark = IconMark("info", "text3", 16)
        self._who = Text("", "body", "text2", elide=True)
        row = BreakingRow(self, height=56)
        row.setContentsMargins(px(20), 1, px(16), 0)
        row.setSpacing(px(8))
        row.addWidget(self._mark)
        row.addWidget(self._who, 1)
        self.buttons: dict[str, Button] = {}
        for act, label, icon in (
            ("edit", "Bewerk", "pencil"),
            ("new", "Nieuwe stap", "plus"),
            ("move_earlier", "Eerder", None),
            ("move_later", "Later", None),
            ("remove", "Haal weg", None),
        ):
            button = Button(label, keys_of(act, "process"), icon)
            button.setProperty("act", act)
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
            self.buttons[act] = button

    def set_rights(self, sentence: str) -> None:
        """Show the buttons, or the sentence that says who may change the process."""
        for button in self.buttons.values():
            button.setVisible(not sentence)
        self._mark.setVisible(bool(sentence))
        self._who.set_text(sentence)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QObject):
            self.act_requested.emit(str(sender.property("act")))


class ProcessScreen(Screen):
    """The list of steps by part, and beside it the text of all of them."""

    act_requested = Signal(str, str)
    """What to do (edit, new, move_earlier, move_later, remove) with which step."""

    approve_requested = Signal()
    print_requested = Signal()

    name = "process"
    rail = "process"
    scopes = ("process", "lists", "outside")

    def __init__(self, parent: QWidget | None = None) -> None:
        """No process yet."""
        super().__init__(parent)
        self.header = ProcessHeader()
        self.footer = ProcessFooter()
        self.page = ProcessPage()
        self._model = RowModel(_describe)
        self.list = ListView(self._model, _Delegate(), "Stappen van het werkproces")
        self._left = Pane("surface", "r")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 1, 0)
        left.addWidget(self.list)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._left)
        middle.addWidget(self.page, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        column.addWidget(self.footer)
        self.list.current_changed.connect(self.page.show_step)
        self.page.chosen.connect(self._on_page)
        self.header.approve_requested.connect(self.approve_requested)
        self.header.print_requested.connect(self.print_requested)
        self.footer.act_requested.connect(self._on_act)

    def set_book(self, book: Workbook | None, who: str) -> None:
        """Show a process; `who` is the sentence that says who may change it, empty for oneself."""
        rows: list[Step | Section] = []
        for scope, steps in words.grouped(book) if book else []:
            rows += [Section(words.scope_title(scope)), *steps]
        self._model.set_rows(rows)
        self.header.set_book(book, may_write=not who)
        self.footer.set_rights(who)
        self.page.set_book(book)
        if not self.list.current_id():
            self.list.choose_first()

    def choose(self, step_id: str) -> bool:
        """Choose a step; False where it is not there."""
        return self.list.set_current(step_id)

    def do(self, command: str) -> bool:
        """Do a command of this screen; False where it means nothing here."""
        if command in ("edit", "new", "move_earlier", "move_later", "remove"):
            self._on_act(command)
        elif command == "confirm":
            if self.header.approve.isVisible():
                self.approve_requested.emit()
        elif command == "print":
            self.print_requested.emit()
        elif move(self.list, command):
            return True
        elif command in ("process", "process_whole", "screen_process"):
            # The whole of it is what stands here already.
            self.list.setFocus()
        else:
            return False
        return True

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through, in order."""
        return (self.header, self.list, self.footer)

    def take_focus(self) -> None:
        """Put the keyboard where work starts on this screen."""
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = current().px
        self._left.setFixedWidth(px(LIST_WIDE if self.window().width() >= px(WIDE) else LIST))

    def _on_page(self, step_id: str) -> None:
        self.list.set_current(step_id)
        self.list.setFocus()

    def _on_act(self, act: str) -> None:
        self.act_requested.emit(act, self.list.current_id())
