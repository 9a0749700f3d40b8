"""Burgernet-bericht ophalen: left the text, right what was read in it (screens.md §5.2, F35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.alert import ReadAlert
from console.views.dialogs.dialog import Dialog
from console.views.posts.entries import utf16
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.choice import Choice
from console.views.widgets.divider import Divider
from console.views.widgets.editors import Mark
from console.views.widgets.field import Field
from console.views.widgets.finding_line import FindingLine, IconMark
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

MOST = 100_000
"""Longer than any message: what is too long is refused with a sentence, never cut."""

NOT_FOUND = {"ended": "staat er niet in"}
FILTER = "Tekst of antwoord van een bron (*.txt *.json *.xml);;Alle bestanden (*)"


@dataclass(frozen=True, slots=True)
class ImportView:
    """What stands at the right: facts, then what follows from them.

    ``groups`` and ``template`` are sentences; ``problem`` says why nothing can be filled in;
    ``button`` is the word on the filled button ("" leaves it off).
    """

    read: ReadAlert | None
    groups: str = ""
    template: str = ""
    area_id: str = ""
    problem: str = ""
    button: str = "Naar de velden"


class ImportDialog(Dialog):
    """Nothing is kept before the filled button; text that is not Burgernet fills nothing."""

    text_changed = Signal(str)
    file_opened = Signal(str)
    area_chosen = Signal(str)
    alert_chosen = Signal(int)
    go_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        """Opens with an empty box."""
        super().__init__(window, "Burgernet-bericht ophalen", width=900)
        px = current().px
        self.setAcceptDrops(True)
        columns = QHBoxLayout()
        columns.setSpacing(px(28))
        self.box = Field(
            "Plak hier de tekst",
            "blijft precies zo bewaard",
            multi_line=True,
            lines=21,
            placeholder="Plak de tekst van Burgernet, of sleep een bestand hierheen.",
            max_length=MOST,
        )
        left = QVBoxLayout()
        left.setSpacing(px(9))
        left.addWidget(self.box, 1)
        under = QHBoxLayout()
        under.setSpacing(px(7))
        self._source_mark = IconMark("clipboard", "text2", 14)
        self._source = Text("", "small", "text2", elide=True)
        self._open_file = Button("Open bestand…", size="s")
        under.addWidget(self._source_mark)
        under.addWidget(self._source)
        under.addStretch(1)
        under.addWidget(self._open_file)
        left.addLayout(under)
        columns.addLayout(left, 1)
        columns.addLayout(self._make_right(), 1)
        self.body.addLayout(columns)
        self._problem = FindingLine("stop", "", parent=self)
        self._problem.hide()
        self.body.addWidget(self._problem)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(IconMark("lock", "text2", 16))
        row.addWidget(
            Text(
                "Is het geen Burgernet-tekst, dan vult de desk niets in.",
                "body",
                "text2",
                elide=True,
            )
        )
        self.add_footer_left(foot)
        self.go = Button("Naar de velden", "Enter", kind="filled")
        self.go.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_buttons(self.go)
        self.first_focus = self.box.editor
        for part in (self.box.editor, *self.box.editor.findChildren(QWidget)):
            # A file that is dropped is opened, not written into the box as its path.
            part.setAcceptDrops(False)
        self._quiet = False
        self.box.text_changed.connect(self._on_text)
        self._open_file.clicked.connect(self._on_open_file)
        self.go.clicked.connect(self.go_requested)
        self.show_reading(ImportView(None))

    def _make_right(self) -> QVBoxLayout:
        px = current().px
        right = QVBoxLayout()
        right.setSpacing(px(10))
        head = QHBoxLayout()
        head.addWidget(Text("Wat de desk leest", "body_medium"))
        head.addStretch(1)
        head.addWidget(Text("voorstel, u beslist", "small", "text2"))
        right.addLayout(head)
        self.which = Choice((), "Welke melding", self)
        self.which.hide()
        right.addWidget(self.which)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, px(4), px(12), px(4))
        self._facts = _grid()
        column.addLayout(self._facts)
        column.addStretch(1)
        right.addWidget(ScrollArea(inner, "raised"), 1)
        self._rule = Divider()
        right.addWidget(self._rule)
        self._follows = _grid()
        right.addLayout(self._follows)
        self.area = Choice((), "Kies het gebied", self)
        self.area.hide()
        right.addWidget(self.area)
        self._parts: list[QWidget] = []
        self.area.activated.connect(self._on_area)
        self.which.activated.connect(self._on_which)
        return right

    def set_text(self, text: str, source: str) -> None:
        """Fill the box; `source` says where it came from ("Van het klembord gelezen, 16:31")."""
        self._quiet = True
        self.box.set_text(text)
        self._quiet = False
        self.set_source(source)

    def set_source(self, source: str) -> None:
        """Say where the text came from."""
        self._source.set_text(source)
        self._source_mark.setVisible(bool(source))

    def set_alerts(self, titles: Sequence[str]) -> None:
        """A file held more than one: choose which."""
        items = [("", "Kies een melding…"), *((str(n), t) for n, t in enumerate(titles))]
        self.which.set_items(items)
        self.which.setVisible(len(titles) > 1)
        if len(titles) > 1:
            self.which.setFocus()

    def show_reading(self, view: ImportView) -> None:
        """Show what was read; the keyboard goes to the filled button when it can be pressed."""
        self._clear()
        read = view.read
        if read is not None and read.recognised:
            for one in read.facts:
                if one.label:
                    value = one.value or NOT_FOUND.get(one.name, "niet gevonden")
                    looks = (
                        ("ring-check", "greenfill", "text")
                        if one.value and one.certain
                        else ("ring-question", "amberfill", "amber" if not one.value else "text")
                    )
                    self._add(self._facts, *looks, one.label, value)
            text = read.text
            self.box.set_marks(
                [
                    Mark(utf16(text, one.start), utf16(text, one.end), "source")
                    for one in read.facts
                    if one.end > one.start and text == self.box.text()
                ]
            )
        else:
            self.box.set_marks([])
        if view.groups:
            self._add(self._follows, "people", "text2", "text", "Groepen", view.groups)
        if view.template:
            self._add(self._follows, "message", "text2", "text", "Sjabloon", view.template)
        self._rule.setVisible(bool(view.groups or view.template))
        choices = read.area_choices if read is not None else ()
        self.area.set_items([("", _which(choices)), *choices])
        self.area.setVisible(bool(choices))
        if view.area_id:
            self.area.select(view.area_id)
        self._problem.set_finding("stop", view.problem)
        self._problem.setVisible(bool(view.problem))
        self.go.set_label(view.button or "Naar de velden")
        why = view.problem or ("" if read is not None and read.recognised else "Plak eerst tekst.")
        self.go.set_reason("" if view.button and not why else why or "Kan niet")
        if self.is_open():
            if not self.go.isEnabled() and not self.box.editor.hasFocus():
                self.box.editor.setFocus()
            self.refit()

    def focus_go(self) -> None:
        """Put the keyboard on the filled button."""
        self.first_focus = self.go
        self.go.setFocus()

    def do(self, command: str) -> bool:
        """Do a command of this dialog; False where it means nothing here."""
        if command == "confirm":
            if self.go.isEnabled():
                self.go_requested.emit()
            return True
        return super().do(command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Going to the fields settles nothing, so Enter alone may do it here (screens.md §5.2).
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.go.hasFocus() and self.go.isEnabled():
            self.go_requested.emit()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if files:
            self.file_opened.emit(files[0])
        elif data.hasText():
            self.box.set_text(data.text())

    def _add(
        self, grid: QGridLayout, icon: str, color: str, ink: str, label: str, value: str
    ) -> None:
        row = grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        name = Text(label, "body", "text2")
        name.setFixedWidth(current().px(92))
        shown = Text(value, "body_medium" if ink == "text" else "body", ink, wrap=True)
        shown.setAccessibleName(f"{label}: {value}")
        mark = IconMark(icon, color, 16)
        for column, part in enumerate((mark, name, shown)):
            grid.addWidget(part, row, column, top)
            self._parts.append(part)

    def _clear(self) -> None:
        for part in self._parts:
            for grid in (self._facts, self._follows):
                grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []

    def _on_text(self, text: str) -> None:
        if not self._quiet:
            self.set_source("")
            self.set_alerts(())
            self.text_changed.emit(text)

    def _on_open_file(self) -> None:
        dialog = QFileDialog(self, "Open een tekst of antwoord", "", FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.file_opened)
        dialog.open()

    def _on_area(self, _place: int) -> None:
        self.area_chosen.emit(self.area.selected())

    def _on_which(self, _place: int) -> None:
        if self.which.selected():
            self.alert_chosen.emit(int(self.which.selected()))


def _grid() -> QGridLayout:
    px = current().px
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(9))
    grid.setVerticalSpacing(px(7))
    grid.setColumnStretch(2, 1)
    return grid


def _which(choices: Sequence[tuple[str, str]]) -> str:
    """Return the question above areas to choose from: "Welke Bergen?" where all have one name."""
    names = {words.split(",")[0] for _, words in choices}
    return f"Welke {names.pop()}?" if len(names) == 1 else "Kies het gebied…"
