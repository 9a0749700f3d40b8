"""The list of Meldingen: acute cards pinned above it, a section line, the rows (screens.md §5.1).

It keeps its place: rows are given as a whole order, and the presenter decides when.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.domain.report import ReportRow
from console.domain.report import Section as Part
from console.views.keys.table import keys_of
from console.views.reports.acute import AcutePanel
from console.views.reports.delegate import ListedReport, ReportDelegate
from console.views.reports.empty import EmptyList
from console.views.reports.numbers import RowNumbers
from console.views.reports.words import SECTIONS
from console.views.tables.list_view import ListView
from console.views.tables.paged_model import PagedModel
from console.views.tables.rows import Section
from console.views.tables.section_header import SectionHeader
from console.views.text import plural
from console.views.widgets.access import announce
from console.views.widgets.button import Button

COMPACT, NORMAL = 32, 58


class ReportList(QWidget):
    """Acute cards, section line and rows. A row is known by its number, a card by its report."""

    row_chosen = Signal(int)
    acute_chosen = Signal(str)
    page_requested = Signal(int, object)
    """A page of rows is on show and wanted: its number and the row numbers in it."""

    home_requested = Signal()
    opened = Signal(str)
    command_requested = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """``now`` returns local time."""
        super().__init__(parent)
        self._ids = RowNumbers()
        self._silent = False
        self.acute = AcutePanel(now, self)
        self.header = SectionHeader(parent=self)
        self.waiting = Button("", keys_of("first"), "chevron-up", "tinted", "s", parent=self)
        self.waiting.hide()
        self.header.add_right(self.waiting)
        self.delegate = ReportDelegate(now)
        self.model = PagedModel(self.delegate.describe)
        self.view = ListView(self.model, self.delegate, "Meldingen", self)
        self.empty = EmptyList(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.acute)
        column.addWidget(self.header)
        column.addWidget(self._pages, 1)
        self.acute.chosen.connect(self._on_acute)
        self.model.page_requested.connect(self._on_page)
        self.view.current_changed.connect(self._on_row)
        self.view.activated.connect(self.opened)
        self.view.home_requested.connect(self.home_requested)
        self.waiting.clicked.connect(self.home_requested)
        self.empty.command_requested.connect(self.command_requested)

    def set_acute(self, rows: Sequence[ReportRow]) -> None:
        """Pin these. The rows below keep their place on the screen as far as they can."""
        before = self.acute.sizeHint().height() if self.acute.isVisibleTo(self) else 0
        self.acute.set_rows(rows)
        after = self.acute.sizeHint().height() if self.acute.isVisibleTo(self) else 0
        if after == before or not self.isVisible():
            return
        bar = self.view.verticalScrollBar()
        wanted = bar.value() + after - before
        layout = self.layout()
        if layout is not None:
            layout.activate()
        bar.setValue(max(0, wanted))
        current = self.view.currentIndex()
        if current.isValid():
            self.view.scrollTo(current)

    def set_order(self, parts: Sequence[Part], rows: Sequence[ReportRow] = ()) -> None:
        """Show this order in one step. ``rows`` are the first ones, where they are at hand."""
        shown = [part for part in parts if len(part.numbers)]
        numbers: array[int] = array("q")
        heads: list[tuple[int, Section]] = []
        for part in shown:
            if len(numbers):
                title = SECTIONS.get(part.name, part.name)
                heads.append((len(numbers), Section(title, len(part.numbers))))
            numbers += part.numbers
        self._ids = RowNumbers(numbers)
        self._silent = True
        self.model.set_order(self._ids, heads)
        if rows:
            self.model.set_page(0, [ListedReport(row) for row in rows])
        self._silent = False
        if shown:
            self.header.set_section(
                SECTIONS.get(shown[0].name, shown[0].name), len(shown[0].numbers)
            )
            self._pages.setCurrentWidget(self.view)
        elif parts:
            self.header.set_section(SECTIONS.get(parts[0].name, parts[0].name), 0)

    def set_page(self, number: int, rows: Sequence[ReportRow]) -> None:
        """Fill in one page."""
        self.model.set_page(number, [ListedReport(row) for row in rows])

    def update_row(self, row: ReportRow) -> None:
        """Replace one row where it is on show."""
        self.model.update_row(ListedReport(row))

    def set_waiting(self, count: int) -> None:
        """Say how many new reports wait; the line is always there, so nothing shifts."""
        said = plural(count, "nieuwe melding", "nieuwe meldingen")
        if count and said != self.waiting.label():
            announce(self, said)
        self.waiting.set_label(said)
        self.waiting.setVisible(count > 0)

    def show_empty(self, title: str, text: str, *, filtered: bool) -> None:
        """Show a sentence in place of the rows."""
        if filtered:
            self.empty.show_filtered(title, text)
        else:
            self.empty.show_empty(title, text)
        self._pages.setCurrentWidget(self.empty)
        self.header.setVisible(not self.is_bare())

    def show_rows(self) -> None:
        """Show the rows again."""
        self._pages.setCurrentWidget(self.view)
        self.header.show()

    def is_bare(self) -> bool:
        """Say whether nothing at all stands here: no rows, no acute, nothing waiting."""
        return not len(self._ids) and not self.acute.rows() and self.waiting.isHidden()

    def set_compact(self, compact: bool) -> None:
        """Show one line of 32 px per row, or two of 58."""
        self.delegate.compact = compact
        self.view.set_row_height(COMPACT if compact else NORMAL)

    def set_known_at(self, clock: str) -> None:
        """Say since when others' claims are only what was last known; empty while in contact."""
        if clock != self.delegate.known_at:
            self.delegate.known_at = clock
            self.view.viewport().update()

    def refresh_ages(self) -> None:
        """Paint what shows a time anew."""
        self.acute.refresh_ages()
        self.view.viewport().update()

    def row(self, number: int) -> ReportRow | None:
        """Return a row where it is in memory."""
        place = self.model.place_of(str(number))
        found = self.model.row_at(place) if place >= 0 else None
        return found.row if isinstance(found, ListedReport) else None

    def numbers_after(self, number: int) -> list[int]:
        """Return up to a hundred row numbers that come after this one, then those before it."""
        try:
            at = self._ids.index(str(number))
        except ValueError:
            at = -1
        return self._ids.part(at + 1, at + 101) + self._ids.part(max(0, at - 50), max(0, at))

    def current_number(self) -> int:
        """Number of the chosen row, 0 for none."""
        return int(self.view.current_id() or 0)

    def choose(self, number: int, *, scroll: bool = True) -> bool:
        """Choose a row; the acute cards let go."""
        self.acute.set_current("")
        return self.view.set_current(str(number), scroll=scroll)

    def choose_acute(self, report_id: str = "", *, focus: bool = True) -> bool:
        """Choose an acute card, the first by default; the rows let go."""
        rows = self.acute.rows()
        wanted = report_id or (rows[0].id if rows else "")
        if not any(row.id == wanted for row in rows):
            return False
        self.acute.set_current(wanted)
        if focus:
            self.acute.focus_card(wanted)
        self._on_acute(wanted)
        return True

    def choose_first(self) -> bool:
        """Choose the first row; False when there is none."""
        self.acute.set_current("")
        return self.view.choose_first()

    def step(self, step: int) -> None:
        """Go to the next or previous one, over the line between acute cards and rows."""
        if self.acute.current():
            neighbour = self.acute.neighbour(1 if step > 0 else -1)
            if neighbour:
                self.choose_acute(neighbour)
            elif step > 0 and self.choose_first():
                self.view.setFocus()
            return
        if not self.view.move_by(step) and step < 0 and self.acute.rows():
            self.choose_acute(self.acute.rows()[-1].id)

    def page_step(self) -> int:
        """How many rows one page is."""
        height = self.view.theme.px(self.delegate.height)
        return max(1, self.view.viewport().height() // max(1, height) - 1)

    def at_top(self) -> bool:
        """Say whether the list is scrolled to its start."""
        return self.view.verticalScrollBar().value() == 0

    def focus_list(self) -> None:
        """Put the keyboard on what is chosen."""
        if self.acute.current() and self.acute.focus_card(self.acute.current()):
            return
        self.view.setFocus()

    def _on_acute(self, report_id: str) -> None:
        self.acute.set_current(report_id)
        self.view.clear_current()
        self.acute_chosen.emit(report_id)

    def _on_row(self, row_id: str) -> None:
        if row_id and not self._silent:
            if self.acute.current():
                self.acute.set_current("")
            self.row_chosen.emit(int(row_id))

    def _on_page(self, number: int) -> None:
        start = number * self.model.page_size
        self.page_requested.emit(number, self._ids.part(start, start + self.model.page_size))
