"""Gebieden inlezen: a file, the municipalities in it, then the differences one by one (F36)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.area_diff import AreaLine
from console.views.dialogs.area_rows import (
    GOING_ALONG,
    AreaDelegate,
    AreaRow,
    line_words,
    row_of,
    with_sections,
)
from console.views.dialogs.dialog import Dialog
from console.views.keys.table import keys_of
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_model import RowModel
from console.views.text import plural
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.field import Field
from console.views.widgets.progress_line import ProgressLine
from console.views.widgets.search_field import SearchField
from console.views.widgets.text import Text

FILTER = "Gebieden (*.gpkg *.json *.geojson)"
_FIRST = (
    "Open een bestand van PDOK of het CBS met gemeenten, wijken en buurten: een GeoPackage, "
    "GeoJSON of een bladzijde van de OGC API. Daarna kiest u de gemeenten."
)
_FOOT = "Er wordt niets weggehaald. Wat u niet aanvinkt, verandert niet."
_LIST = frozenset("tick down up page_down page_up first last".split())
_MOST_YEAR = 4


class ImportAreasDialog(Dialog):
    """Three steps in one popup. ``file_requested`` carries a path, ``read_requested`` codes and a

    year as typed, ``accept_requested`` the keys of the lines that are ticked.
    """

    scopes = ("lists",)

    file_requested = Signal(str)
    read_requested = Signal(object, str)
    accept_requested = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Gebieden inlezen", width=760)
        self._step = "file"
        self._rows: list[AreaRow] = []
        self._busy = ""
        self._build()
        self.show_file()

    @property
    def step(self) -> str:
        """Where the popup stands: file, towns, lines or done."""
        return self._step

    def rows(self) -> list[AreaRow]:
        """Return the lines as they stand, those out of sight too."""
        return list(self._rows)

    def show_file(self) -> None:
        """Ask for a file."""
        self._to("file", _FIRST)
        self._rows = []
        self._fill()
        self._next.set_label("Open bestand…")
        self._next.set_reason("")
        self._next.setFocus()
        self.refit()

    def show_towns(self, towns: Sequence[AreaRow], year: int, words: str) -> None:
        """Show the municipalities of a file; a year that the file does not say is asked."""
        self._to("towns", words)
        self.year.setVisible(not year)
        self.search.setVisible(len(towns) > 12)
        self._rows = list(towns)
        self._fill()
        self._count()
        (self.search if len(towns) > 12 else self.list).setFocus()
        self.refit()

    def show_lines(self, lines: Sequence[AreaLine], words: str) -> None:
        """Show what would change; none is said in words."""
        self._to("lines", words)
        self._rows = [row_of(line) for line in lines]
        self._all.setVisible(bool(lines))
        self._fill()
        self._count()
        if lines:
            self.list.choose_first()
            self.list.setFocus()
        self.refit()

    def show_progress(self, done: int, of: int) -> None:
        """Show how much is kept."""
        self._progress.show()
        self._progress.set_share(done / of if of else 1.0)
        self.set_busy(f"{done} van {of} bewaard")

    def show_done(self, words: str) -> None:
        """Say what was kept."""
        self._to("done", "")
        self._rows = []
        self._fill()
        self._band.set_content("green", "De gebieden zijn bewaard.", words, "ring-check")
        self._band.show()
        self._next.set_label("Klaar")
        self._next.set_reason("")
        self._next.setFocus()
        self.refit()

    def show_problem(self, title: str, text: str) -> None:
        """Say what went wrong; what was chosen stays."""
        self.set_busy("")
        self._progress.hide()
        self._band.set_content("red", title, text, "octagon-alert")
        self._band.show()
        self.refit()

    def problem(self) -> str:
        """Return what is said to be wrong; empty while nothing is."""
        shown = not self._band.isHidden() and self._step != "done"
        return self._band.title() if shown else ""

    def words(self) -> str:
        """Return the sentence above the list."""
        return self._words.text()

    def set_busy(self, words: str) -> None:
        """Hold the button and say what is being done; empty lets go."""
        self._busy = words
        self._count()

    def do(self, command: str) -> bool:
        """Space ticks and the list keys move while the list has the keyboard."""
        if command in _LIST and self.list.hasFocus():
            if command == "tick":
                self._on_ticked(self.list.current_id())
                return True
            return move(self.list, command)
        return super().do(command)

    def _build(self) -> None:
        px = self.theme.px
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._words = Text("", "body", "text2", wrap=True)
        self._band = Band("red", "", "", "octagon-alert")
        self._progress = ProgressLine("Bewaren")
        self.year = Field(
            "Jaar van de indeling", "staat niet in het bestand", max_length=_MOST_YEAR
        )
        self.search = SearchField("Zoek gemeente", width=240)
        self._all = Button("Alles uit", kind="plain")
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(px(24), px(14), px(24), px(12))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self._words, 1)
        row.addWidget(self.search)
        row.addWidget(self._all)
        column.addLayout(row)
        for part in (self._band, self.year, self._progress):
            column.addWidget(part)
        self._delegate = AreaDelegate()
        self.model = RowModel(self._delegate.describe)
        self.list = ListView(self.model, self._delegate, "Gebieden")
        self.list.setFixedHeight(px(44) * 8)
        self.body.addWidget(head)
        self.body.addWidget(self.list)
        self.add_footer_left(Text(_FOOT, "body", "text2", elide=True))
        self._next = Button("Open bestand…", keys_of("confirm"), kind="filled")
        self.set_buttons(self._next)
        self.first_focus = self._next
        self._next.clicked.connect(self._on_next)
        self._all.clicked.connect(self._on_all)
        self.list.ticked.connect(self._on_ticked)
        self.list.activated.connect(self._on_ticked)
        self.search.text_changed.connect(self._on_search)
        self.search.handed_over.connect(self.list.setFocus)

    def _to(self, step: str, words: str) -> None:
        self._step, self._busy = step, ""
        self._words.set_text(words)
        self._words.setVisible(bool(words))
        self.search.set_text("")
        for part in (self._band, self._progress, self.year, self.search, self._all):
            part.hide()

    def _fill(self) -> None:
        typed = self.search.text().strip().casefold()
        shown = [row for row in self._rows if typed in row.name.casefold()]
        kept = self.list.current_id()
        self.model.set_rows(with_sections(shown))
        self.list.setVisible(bool(self._rows))
        if not (kept and self.list.set_current(kept)) and shown:
            self.list.choose_first()

    def _count(self) -> None:
        ticked = sum(1 for row in self._rows if row.ticked)
        self._all.set_label("Alles uit" if ticked else "Alles aan")
        if self._step == "towns":
            many = plural(ticked, "gemeente", "gemeenten") if ticked else "de gemeenten"
            self._next.set_label(f"Lees {many}")
            why = "" if ticked else "Vink eerst een gemeente aan."
            self._next.set_reason(self._busy or why)
        elif self._step == "lines":
            if not self._rows:
                self._next.set_label("Klaar")
                self._next.set_reason("")
                return
            words = line_words(any(row.section == GOING_ALONG for row in self._rows))
            self._next.set_label(f"Neem {plural(ticked, *words)} over")
            self._next.set_reason(self._busy or ("" if ticked else "Vink eerst iets aan."))
        else:
            self._next.set_reason(self._busy)

    def _on_ticked(self, row_id: str) -> None:
        if self._busy:
            return
        for at, row in enumerate(self._rows):
            if row.id == row_id:
                self._rows[at] = row.with_tick(not row.ticked)
        self._fill()
        self._count()

    def _on_all(self) -> None:
        if not self._busy:
            wanted = not any(row.ticked for row in self._rows)
            self._rows = [row.with_tick(wanted) for row in self._rows]
            self._fill()
            self._count()

    def _on_search(self, _typed: str) -> None:
        if self._step == "towns":
            self._fill()

    def _on_next(self) -> None:
        ticked = [row.id for row in self._rows if row.ticked]
        if self._step == "file":
            self._choose_file()
        elif self._step == "towns" and ticked:
            self.read_requested.emit(ticked, self.year.text().strip())
        elif self._step == "lines" and ticked:
            self.accept_requested.emit(ticked)
        else:
            self.close_with(None)

    def _choose_file(self) -> None:
        chooser = QFileDialog(self, "Open een bestand met gebieden")
        chooser.setNameFilter(FILTER)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self.file_requested)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()
