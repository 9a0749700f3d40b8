"""The header of Meldingen: segments, filters, search, one action; it folds with the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.report import AreaChoice, ReportCounts, ReportFilter
from console.views.keys.table import keys_of
from console.views.reports.words import category_words
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.search_field import SearchField
from console.views.widgets.segments import Segments
from console.views.widgets.text import Text
from contract.vocabulary import Category

WIDE, MIDDLE, SMALL = 1400, 1200, 900
_AREA, _CATEGORY = "area:", "category:"


class ReportsHeader(Pane):
    """What the list shows is chosen here. It emits wishes; ``show_filter`` says what was granted."""

    segment_chosen = Signal(str)
    area_chosen = Signal(str)
    category_chosen = Signal(str)
    search_changed = Signal(str)
    search_left = Signal()
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(edges="b", parent=parent)
        px = self.theme.px
        self.segments = Segments(
            [
                ("open", "Open", 0),
                ("mine", "Van mij", 0),
                ("waiting", "Wacht", 0),
                ("closed", "Gesloten", None),
            ],
            "Welke meldingen",
        )
        self._areas: tuple[AreaChoice, ...] = ()
        self._wanted = ReportFilter()
        self._fold = -1
        self._area = Button("Alle gebieden", trailing="chevron-down")
        self._category = Button("Alle soorten", trailing="chevron-down")
        self._both = Button("Filter", icon="filter")
        self.search = SearchField("Zoek in meldingen")
        self._new = Button("Nieuwe melding", keys_of("new"), "plus")
        row = BreakingRow(self, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(10))
        self._title = Text("Meldingen", "screen")
        row.addWidget(self._title)
        row.addSpacing(px(5))
        row.addWidget(self.segments)
        row.addStretch(1)
        for widget in (self._area, self._category, self._both, self.search, self._new):
            row.addWidget(widget)
        row.setStretchFactor(self.search, 1000)
        self.segments.selected_changed.connect(self.segment_chosen)
        self.search.text_changed.connect(self.search_changed)
        self.search.left.connect(self.search_left)
        self.search.handed_over.connect(self.search_left)
        self._new.clicked.connect(self.new_requested)
        self._area.clicked.connect(self._on_area)
        self._category.clicked.connect(self._on_category)
        self._both.clicked.connect(self._on_both)
        self.fold(WIDE)

    def set_counts(self, counts: ReportCounts) -> None:
        """Show how many there are in each segment."""
        self.segments.set_counts(
            {"open": counts.open, "mine": counts.mine, "waiting": counts.waiting}
        )

    def set_areas(self, areas: Sequence[AreaChoice]) -> None:
        """Offer these areas."""
        self._areas = tuple(areas)
        self._show_labels()

    def show_filter(self, wanted: ReportFilter) -> None:
        """Show what the list is narrowed to."""
        self._wanted = wanted
        self.segments.select(wanted.segment)
        if self.search.text().strip() != wanted.text:
            self.search.set_text(wanted.text)
        self._show_labels()

    def is_narrowed(self) -> bool:
        """Say whether a filter or a search leaves reports out."""
        return bool(self._wanted.area_id or self._wanted.category or self._wanted.text)

    def fold(self, width: int) -> None:
        """Shorten words, then fold the filters into one, for a window of this width."""
        fold = next((n for n, least in enumerate((WIDE, MIDDLE, SMALL)) if width >= least), 3)
        if fold == self._fold:
            return
        self._fold = fold
        self._area.setVisible(fold < 2)
        self._category.setVisible(fold < 2)
        self._both.setVisible(fold >= 2)
        self._title.setVisible(fold < 3)
        self._new.set_label("Nieuwe melding" if fold < 2 else "Nieuw")
        self._new.set_icon("plus" if fold == 0 else None)
        self._new.setAccessibleName("Nieuwe melding")
        self.search.set_placeholder("Zoek in meldingen" if fold == 0 else "Zoek")
        self._show_labels()

    def _show_labels(self) -> None:
        area = next((one.name for one in self._areas if one.id == self._wanted.area_id), "")
        kind = category_words(self._wanted.category) if self._wanted.category else ""
        long = self._fold == 0
        self._area.set_label(_short(area) or ("Alle gebieden" if long else "Gebied"))
        self._category.set_label(kind or ("Alle soorten" if long else "Soort"))
        self._both.set_label("Filter" if not (area or kind) else _short(area or kind))
        self._area.setAccessibleName(f"Gebied: {area or 'alle'}")
        self._category.setAccessibleName(f"Soort: {kind or 'alle'}")
        self._both.setAccessibleName(f"Filter: {area or 'alle gebieden'}, {kind or 'alle soorten'}")

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.triggered.connect(self._on_chosen)
        return menu

    def _fill_areas(self, menu: QMenu) -> None:
        self._offer(menu, "Alle gebieden", _AREA, not self._wanted.area_id)
        for area in self._areas:
            words = "      " * min(area.depth, 3) + area.name
            self._offer(menu, words, _AREA + area.id, area.id == self._wanted.area_id)

    def _fill_categories(self, menu: QMenu) -> None:
        self._offer(menu, "Alle soorten", _CATEGORY, not self._wanted.category)
        for kind in Category:
            chosen = kind == self._wanted.category
            self._offer(menu, category_words(kind), _CATEGORY + kind, chosen)

    def _offer(self, menu: QMenu, words: str, choice: str, chosen: bool) -> None:
        # An ampersand in a name would become an underlined letter.
        action = QAction(words.replace("&", "&&"), menu)
        action.setData(choice)
        action.setCheckable(chosen)
        action.setChecked(chosen)
        menu.addAction(action)

    def _on_area(self) -> None:
        menu = self._menu()
        self._fill_areas(menu)
        _drop(menu, self._area)

    def _on_category(self) -> None:
        menu = self._menu()
        self._fill_categories(menu)
        _drop(menu, self._category)

    def _on_both(self) -> None:
        menu = self._menu()
        self._fill_categories(menu)
        menu.addSeparator()
        self._fill_areas(menu)
        _drop(menu, self._both)

    def _on_chosen(self, action: QAction) -> None:
        choice = str(action.data())
        if choice.startswith(_AREA):
            self.area_chosen.emit(choice.removeprefix(_AREA))
        else:
            self.category_chosen.emit(choice.removeprefix(_CATEGORY))


def _short(words: str) -> str:
    return words if len(words) <= 20 else f"{words[:19]}…"


def _drop(menu: QMenu, button: Button) -> None:
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
