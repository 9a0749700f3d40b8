"""The panel of F1: the steps of this screen, laid over its right side; the task stays usable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.domain.workbook import Step, Workbook
from console.views.main_window import MainWindow
from console.views.process import words
from console.views.process.step_row import StepRow
from console.views.screen import Screen
from console.views.widgets.button import Button, IconButton
from console.views.widgets.card import Pane
from console.views.widgets.chip import Chip
from console.views.widgets.divider import Divider
from console.views.widgets.finding_line import IconMark
from console.views.widgets.key_cap import KeyCap
from console.views.widgets.progress_line import ProgressLine
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

WIDTH, HEADER = 420, 54


class ProcessPanel(Pane):
    """Not modal: keys it does not know go to the screen under it (``Shell.add_layer``)."""

    finished = Signal(object)
    tick_requested = Signal(str)
    print_requested = Signal()
    whole_requested = Signal()
    under_touched = Signal()
    """A command went to the screen under the panel; what it is about may have changed."""

    scopes: tuple[str, ...] = ("lists",)
    modal = False

    def __init__(self, window: MainWindow) -> None:
        """Stands over the right side of the screen; `open` shows it."""
        super().__init__("surface", "l", window)
        self._window = window
        self._rows: list[StepRow] = []
        self._came_from: QWidget | None = None
        self._is_open = False
        self._current = ""
        self._over: Screen | None = None
        self.setAccessibleName("Werkproces")
        self.setAutoFillBackground(True)
        self._title = Text("Werkproces", "screen", elide=True)
        self._version = Text("", "second", "text2", wrap=True)
        self._draft = Chip(words.DRAFT, "amber", "triangle-alert")
        self._part = Text("", "small_strong", "text2", elide=True)
        self._subject = Text("", "small", "text3")
        self._progress = Text("", "body_strong", elide=True)
        self._line = ProgressLine("Stappen gedaan")
        self._none = Text("", "body", "text2", wrap=True)
        self._close = IconButton("close", "Sluit", size="s")
        self._close.clicked.connect(self._on_close)
        self._whole = Button("Hele werkproces", "Shift+F1", kind="quiet")
        self._whole.clicked.connect(self.whole_requested)
        self._print = Button("Druk af", "Ctrl+P", "printer", kind="quiet")
        self._print.clicked.connect(self.print_requested)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._build()
        self.hide()
        window.installEventFilter(self)
        window.stage.installEventFilter(self)
        window.stack.currentChanged.connect(self._on_screen)

    def _build(self) -> None:
        px = self.theme.px
        head = QVBoxLayout()
        head.setContentsMargins(px(20), px(14), px(14), px(12))
        head.setSpacing(px(4))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(IconMark("book", "text2", 18))
        top.addWidget(self._title, 1)
        top.addWidget(self._close)
        top.addWidget(KeyCap("Esc"))
        head.addLayout(top)
        head.addWidget(self._version)
        chip = QHBoxLayout()
        chip.addWidget(self._draft)
        chip.addStretch(1)
        head.addLayout(chip)
        head.addSpacing(px(4))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self._progress, 1)
        line.addWidget(self._subject)
        head.addLayout(line)
        head.addWidget(self._line)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(px(8), px(8), px(8), px(12))
        inside.setSpacing(0)
        box = QHBoxLayout()
        box.setContentsMargins(px(13), px(2), px(13), px(6))
        box.addWidget(self._part)
        inside.addLayout(box)
        inside.addWidget(self._none)
        inside.addLayout(self._list)
        inside.addStretch(1)
        self._scroll = ScrollArea(page)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(9), px(10), px(9))
        foot.setSpacing(px(6))
        foot.addWidget(IconMark("ring-check", "greenfill", 16))
        foot.addWidget(Text(words.OFFLINE, "second", "text2", elide=True), 1)
        foot.addWidget(self._print)
        middle = QHBoxLayout()
        middle.setContentsMargins(px(13), 0, px(10), px(6))
        middle.addWidget(self._whole)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Divider())
        column.addWidget(self._scroll, 1)
        column.addLayout(middle)
        column.addWidget(Divider())
        column.addLayout(foot)

    def set_book(self, book: Workbook | None, scope: str, subject_kind: str) -> None:
        """Show the steps of one part, with the ticks of one event."""
        steps = words.of_scope(book, scope) if book else []
        self._title.set_text(book.title if book else "Werkproces")
        self._version.set_text(words.version_words(book) if book else "")
        self._draft.setVisible(book is not None and words.is_draft(book))
        self._part.set_text(words.scope_title(scope) if scope else "Alle stappen")
        self._subject.set_text(words.subject_words(subject_kind))
        self._progress.set_text(words.progress(steps))
        done = sum(1 for step in steps if step.ticked_at)
        self._line.set_share(done / len(steps) if steps else 0)
        self._none.set_text(words.NO_STEPS if book else words.NO_BOOK)
        self._none.setVisible(not steps)
        if [row.step.id for row in self._rows] != [step.id for step in steps]:
            self._fill(steps)
        for row, step in zip(self._rows, steps, strict=True):
            row.set_step(step)
        if self._current not in {step.id for step in steps}:
            undone = next((step.id for step in steps if not step.ticked_at), "")
            self._choose(undone or (steps[0].id if steps else ""), focus=self._has_focus())

    def open(self) -> None:
        """Show it and give it the keyboard."""
        self._is_open = True
        self._came_from = QApplication.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self.take_focus()

    def close_with(self, result: object = None) -> None:
        """Close it; the keyboard goes back to where it was."""
        if not self._is_open:
            return
        inside = self._has_focus()
        self._is_open = False
        self._window.removeEventFilter(self)
        self._window.stage.removeEventFilter(self)
        self._cover(None)
        self.hide()
        back = self._came_from
        if inside and back is not None and back.isVisible():
            back.setFocus()
        self.finished.emit(result)
        self.deleteLater()

    def is_open(self) -> bool:
        """Whether it is on show."""
        return self._is_open

    def take_focus(self) -> None:
        """Put the keyboard on the current step."""
        row = self._row(self._current)
        (row or self._close).setFocus()

    def do(self, command: str) -> bool:
        """Do a command of the panel; lists answer only while the keyboard is in here."""
        if command == "back":
            self.close_with(None)
        elif command == "process":
            if self._has_focus():
                self.close_with(None)
            else:
                self.take_focus()
        elif command == "process_whole":
            self.whole_requested.emit()
        elif command == "print":
            self.print_requested.emit()
        elif self._has_focus() and command == "tick":
            if self._current:
                self.tick_requested.emit(self._current)
        elif self._has_focus() and command in ("down", "up", "first", "last"):
            self._move(command)
        else:
            self.under_touched.emit()
            return False
        return True

    def step_after_tick(self) -> None:
        """Go on to the next step that is not done."""
        ids = [row.step.id for row in self._rows]
        if self._current not in ids:
            return
        at = ids.index(self._current)
        for row in (*self._rows[at + 1 :], *self._rows[:at]):
            if not row.step.ticked_at:
                self._choose(row.step.id, focus=self._has_focus())
                return

    def current(self) -> str:
        """Return the id of the step that is open."""
        return self._current

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the right side of the screen when the window changes."""
        if event.type() == QEvent.Type.Resize and self._is_open:
            self._fit()
        return super().eventFilter(watched, event)

    def _fill(self, steps: Sequence[Step]) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, step in enumerate(steps, start=1):
            row = StepRow(step, number, len(steps))
            row.chosen.connect(self._on_chosen)
            row.tick_requested.connect(self.tick_requested)
            self._list.addWidget(row)
            self._rows.append(row)

    def _choose(self, step_id: str, *, focus: bool) -> None:
        self._current = step_id
        for row in self._rows:
            row.set_open(row.step.id == step_id)
        chosen = self._row(step_id)
        if chosen is None:
            return
        if focus:
            chosen.setFocus()
        self._scroll.ensureWidgetVisible(chosen, 0, self.theme.px(20))

    def _move(self, command: str) -> None:
        if not self._rows:
            return
        ids = [row.step.id for row in self._rows]
        at = ids.index(self._current) if self._current in ids else 0
        to = {"down": at + 1, "up": at - 1, "first": 0, "last": len(ids) - 1}[command]
        self._choose(ids[max(0, min(len(ids) - 1, to))], focus=True)

    def _row(self, step_id: str) -> StepRow | None:
        return next((row for row in self._rows if row.step.id == step_id), None)

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _fit(self) -> None:
        area, px = self._window.screen_area(), self.theme.px
        width = min(px(WIDTH), area.width() - px(120))
        top = area.top() + px(HEADER)
        self.setGeometry(area.right() + 1 - width, top, width, area.bottom() + 1 - top)
        screen = self._window.stack.currentWidget()
        self._cover(screen if isinstance(screen, Screen) else None)

    def _cover(self, screen: Screen | None) -> None:
        """Tell the screen under the panel how much of it is hidden."""
        if self._over is not None and self._over is not screen and isValid(self._over):
            self._over.set_covered(0)
        self._over = screen
        if screen is not None:
            screen.set_covered(self.width())

    def _on_screen(self, _place: int) -> None:
        if self._is_open:
            self._fit()
            self.raise_()

    def _on_chosen(self, step_id: str) -> None:
        if step_id != self._current:
            self._choose(step_id, focus=False)

    def _on_close(self) -> None:
        self.close_with(None)

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        if self._is_open:
            self._fit()
