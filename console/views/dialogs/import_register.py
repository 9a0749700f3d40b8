"""Groepenlijst inlezen: a file, its columns, what was guessed, then line by line (F16, F64)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.register import Question, RegisterLine, Remark
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.register_columns import ColumnRow, ColumnsPane
from console.views.dialogs.register_list import RegisterList
from console.views.keys.table import keys_of
from console.views.text import plural
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.flow_steps import FlowSteps
from console.views.widgets.progress_line import ProgressLine
from console.views.widgets.text import Text

FILTER = "Lijsten (*.csv *.txt *.xlsx)"
STEPS = ("file", "columns", "check", "lines", "done")
_FLOW = ("Bestand", "Kolommen", "Nakijken", "Verschillen")
_FIRST = (
    "Open de lijst die u kreeg, als CSV of Excel (.xlsx). U ziet eerst wat elke kolom betekent, "
    "dan wat er zou veranderen. Er verandert niets voor u regels aanvinkt."
)
_FOOT = "Er wordt niets weggehaald. Wat u niet aanvinkt, verandert niet."
_LIST = frozenset("tick down up page_down page_up first last".split())
_TALL = 820


class ImportRegisterDialog(Dialog):
    """Four steps in one popup, each with a way back.

    ``read_requested`` carries the name of the list and what each column means,
    ``differences_requested`` the answers by question, ``accept_requested`` the keys of the ticked
    lines. Esc while lines are kept asks to stop and stays open.
    """

    scopes = ("register", "lists")

    file_requested = Signal(str)
    name_changed = Signal(str)
    read_requested = Signal(str, object)
    differences_requested = Signal(object)
    accept_requested = Signal(object)
    stop_requested = Signal()
    undo_requested = Signal()
    numbers_requested = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Groepenlijst inlezen", width=980)
        self._step = "file"
        self._busy = ""
        self._keeping = False
        self._said: dict[str, str] = {}
        self._build(window)
        self.show_file()

    @property
    def step(self) -> str:
        """Where the popup stands: file, columns, check, lines or done."""
        return self._step

    def show_file(self) -> None:
        """Ask for a file."""
        self._to("file", _FIRST)
        self.refit()

    def show_columns(
        self,
        rows: Sequence[ColumnRow],
        options: Sequence[tuple[str, str]],
        name: str,
        hint: str,
        words: str,
    ) -> None:
        """Show the columns of a file. ``name`` is what the list is called."""
        self.columns.set_columns(rows, options)
        self.name.set_text(name)
        self.set_hint(hint)
        self._to("columns", words)
        fields = self.columns.choices()
        order: list[QWidget] = [self.name.editor, *fields, self._back, self._next]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        (self.name.editor if not name or not fields else fields[0]).setFocus()
        self.refit()

    def set_hint(self, hint: str) -> None:
        """Say whether this list was read before."""
        self.name.set_hint(hint)

    def show_check(
        self, questions: Sequence[Question], remarks: Sequence[Remark], words: str
    ) -> None:
        """Show what has to be looked at; none is fine too."""
        self.list.set_checks(questions, remarks)
        self._to("check", words)
        self.refit()

    def show_lines(self, lines: Sequence[RegisterLine], words: str) -> None:
        """Show the differences; nothing is ticked at first."""
        self.list.set_lines(lines)
        self._to("lines", words)
        self.refit()

    def show_progress(self, done: int, of: int, words: str) -> None:
        """Show how far a long work is, in words and as a line."""
        fresh = self._progress.isHidden()
        self._progress.show()
        self._progress.set_share(done / of if of else 1.0)
        self.set_busy(words)
        if fresh:
            self.refit()

    def set_keeping(self, keeping: bool) -> None:
        """Say that lines are being kept: then Esc stops after what is under way."""
        self._keeping = keeping
        self._back.setVisible(not keeping and self._step not in ("file", "done"))

    def show_done(self, title: str, words: str, *, undo: bool, whole: bool = True) -> None:
        """Say what was kept; ``undo`` offers the way back. Not ``whole``: something stopped it."""
        self._keeping = False
        self._to("done", "")
        self._back.setVisible(undo)
        look = ("green", "ring-check") if whole else ("amber", "triangle-alert")
        self._band.set_content(look[0], title, words, look[1])
        self._band.show()
        self.refit()

    def show_problem(self, title: str, text: str) -> None:
        """Say what went wrong; what was chosen stays."""
        self._keeping = False
        self.set_busy("")
        self._progress.hide()
        self._back.setVisible(self._step not in ("file", "done"))
        self._band.set_content("red", title, text, "octagon-alert")
        self._band.show()
        self.refit()

    def problem(self) -> str:
        """Return what is said to be wrong; empty while nothing is."""
        shown = not self._band.isHidden() and self._step != "done"
        return self._band.title() if shown else ""

    def words(self) -> str:
        """Return the sentence above the list, or what was kept."""
        return self._band.title() if self._step == "done" else self._words.text()

    def details(self) -> str:
        """Return what the band says under its title."""
        return self._band.accessibleName()

    def set_busy(self, words: str) -> None:
        """Hold the button and say what is being done; empty lets go."""
        self._busy = words
        self.list.hold(bool(words))
        self._count()

    def do(self, command: str) -> bool:
        """Space ticks or chooses, A ticks a kind, V shows numbers, Ctrl+Z takes all back."""
        if command == "back" and self._keeping:
            self.stop_requested.emit()
        elif command == "undo" and self._step == "done" and self._back.isVisibleTo(self):
            self.undo_requested.emit()
        elif command == "tick_kind" and self._step == "lines":
            self.list.tick_kind()
        elif command == "show_numbers" and self.list.chosen() is not None:
            self.numbers_requested.emit(self.list.view.current_id())
        elif command in _LIST and self._step == "columns":
            if command in ("down", "up"):
                self.columns.move_by(1 if command == "down" else -1)
        elif command in _LIST and self.list.view.hasFocus():
            self.list.do(command)
        else:
            return super().do(command)
        return True

    def _build(self, window: QWidget) -> None:
        px = self.theme.px
        tall = window.height() >= px(_TALL)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.flow = FlowSteps(_FLOW)
        self._words = Text("", "body", "text2", wrap=True)
        self._band = Band("red", "", "", "octagon-alert")
        self._progress = ProgressLine("Voortgang")
        self.name = Field("Naam van de lijst", max_length=120)
        self._all = Button("Alles van deze soort", keys_of("tick_kind"), kind="plain")
        head = QWidget()
        column = self._column = QVBoxLayout(head)
        column.setContentsMargins(px(24), px(12), px(24), px(12))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self._words, 1)
        row.addWidget(self._all)
        column.addWidget(self.flow)
        column.addLayout(row)
        for part in (self._band, self._progress, self.name):
            column.addWidget(part)
        self.columns = ColumnsPane()
        self.columns.setFixedHeight(px(57) * (8 if tall else 5))
        self.list = RegisterList(tall=tall)
        for pane in (head, self.columns, self.list):
            self.body.addWidget(pane)
        self.add_footer_left(Text(_FOOT, "body", "text2", elide=True))
        self._back = Button("Terug", keys_of("second"))
        self._next = Button("Open bestand…", keys_of("confirm"), kind="filled")
        self.set_buttons(self._next, self._back)
        self.first_focus = self._next
        self._next.clicked.connect(self._on_next)
        self._back.clicked.connect(self._on_back)
        self._all.clicked.connect(self.list.tick_kind)
        self.name.text_changed.connect(self._on_name)
        self.columns.changed.connect(self._count)
        self.list.changed.connect(self._count)
        self.list.kind_changed.connect(self._all.set_reason)

    def _to(self, step: str, words: str) -> None:
        self._step, self._busy = step, ""
        self._said[step] = words
        self.flow.set_step(min(STEPS.index(step) + 1, len(_FLOW)))
        self._words.set_text(words)
        self._words.setVisible(bool(words))
        self._band.hide()
        self._progress.hide()
        self.name.setVisible(step == "columns")
        self.columns.setVisible(step == "columns")
        self.list.hold(False)
        listed = self.list.show_step(step)
        self._all.setVisible(step == "lines" and listed)
        self._back.setVisible(step not in ("file", "done"))
        self._back.set_label("Maak ongedaan" if step == "done" else "Terug")
        self._count()
        # What was hidden a moment ago may not count in the height of the popup.
        self._column.invalidate()
        self._column.activate()
        (self.list.view if listed else self._next).setFocus()

    def _count(self) -> None:
        why = ""
        if self._step == "columns":
            self._next.set_label("Lees de lijst")
            if "name" not in self.columns.meanings().values():
                why = "Kies eerst de kolom met de naam van de groep."
            elif not self.name.text().strip():
                why = "Geef de lijst eerst een naam."
        elif self._step == "check":
            self._next.set_label("Toon de verschillen")
        elif self._step == "lines" and self.list.lines():
            ticked = len(self.list.ticked())
            self._next.set_label(f"Neem {plural(ticked, 'groep', 'groepen')} over")
            why = "" if ticked else "Vink eerst een regel aan."
        else:
            self._next.set_label("Open bestand…" if self._step == "file" else "Klaar")
        self._next.set_reason(self._busy or why)

    def _on_name(self, typed: str) -> None:
        self._count()
        if self._step == "columns":
            self.name_changed.emit(typed)

    def _on_next(self) -> None:
        if self._step == "file":
            self._choose_file()
        elif self._step == "columns":
            self.read_requested.emit(self.name.text().strip(), self.columns.meanings())
        elif self._step == "check":
            self.differences_requested.emit(self.list.answers())
        elif self._step == "lines" and self.list.lines():
            self.accept_requested.emit(self.list.ticked())
        else:
            self.close_with(None)

    def _on_back(self) -> None:
        if self._step == "done":
            self.undo_requested.emit()
            return
        before = STEPS[STEPS.index(self._step) - 1]
        self._to(before, self._said.get(before, ""))
        self.refit()

    def _choose_file(self) -> None:
        chooser = QFileDialog(self, "Open een lijst met groepen")
        chooser.setNameFilter(FILTER)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.file_requested)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()
