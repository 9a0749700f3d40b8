"""The header of Groepen: segments with counts, search, a new group."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from console.domain.directory import DirectoryCounts
from console.views.keys.table import keys_of
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button, IconButton
from console.views.widgets.card import Pane
from console.views.widgets.search_field import SearchField
from console.views.widgets.segments import Segments
from console.views.widgets.text import Text

TITLE_FROM = 1000
"""From this width, in design pixels, the header names the screen."""

ICONS_FROM = 840
"""Under this width the icons stand in a menu, in words."""


class GroupsHeader(Pane):
    """What the tree shows is chosen here."""

    segment_chosen = Signal(str)
    search_changed = Signal(str)
    search_left = Signal()
    handed_over = Signal()
    new_requested = Signal()
    areas_requested = Signal()
    list_requested = Signal()
    coverage_requested = Signal()
    act_requested = Signal(str)
    """A command id that the presenter does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(edges="b", parent=parent)
        px = self.theme.px
        self.segments = Segments(
            [("all", "Alle", 0), ("gaps", "Gaten", 0), ("mine", "Mijn wijk", 0)], "Welke groepen"
        )
        self.search = SearchField("Zoek groep, straat of naam", width=280)
        self._new = Button("Nieuwe groep", keys_of("new"), "plus")
        self.coverage = IconButton("chart", f"Dekking ({keys_of('coverage')})")
        self.list = IconButton("list", f"Groepenlijst inlezen ({keys_of('import_list')})")
        self.signup = IconButton("person", f"Aanmelding van een bewoner ({keys_of('signup')})")
        self.signs = IconButton("flag", f"Borden ({keys_of('signs')})")
        self.areas = IconButton("map", "Gebieden inlezen uit een bestand")
        row = BreakingRow(self, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(10))
        self._title = Text("Groepen", "screen")
        row.addWidget(self._title)
        row.addSpacing(px(5))
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self.search, 1)
        icons = QHBoxLayout()
        icons.setSpacing(px(2))
        for one in (self.coverage, self.list, self.signup, self.signs, self.areas):
            icons.addWidget(one)
        self._icons = (self.coverage, self.list, self.signup, self.signs, self.areas)
        self.more = IconButton("dots", "Meer van de groepen")
        self.more.hide()
        icons.addWidget(self.more)
        row.addLayout(icons)
        row.addWidget(self._new)
        self.segments.selected_changed.connect(self.segment_chosen)
        self.search.text_changed.connect(self.search_changed)
        self.search.left.connect(self.search_left)
        self.search.handed_over.connect(self.handed_over)
        self._new.clicked.connect(self.new_requested)
        self.more.clicked.connect(self.open_menu)
        self.areas.clicked.connect(self.areas_requested)
        self.signup.clicked.connect(self._on_signup)
        self.signs.clicked.connect(self._on_signs)
        self.list.clicked.connect(self.list_requested)
        self.coverage.clicked.connect(self.coverage_requested)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With large letters in a small window the rail says where one is; the search needs room.
        self._title.setVisible(self.width() >= self.theme.px(TITLE_FROM))
        roomy = self.width() >= self.theme.px(ICONS_FROM)
        for icon in self._icons:
            icon.setVisible(roomy)
        self.more.setVisible(not roomy)

    def open_menu(self) -> None:
        """Show in words what the icons do where there is no room for them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for icon in self._icons:
            action = QAction(icon.accessibleName(), menu)
            action.triggered.connect(icon.click)
            menu.addAction(action)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _on_signup(self) -> None:
        self.act_requested.emit("signup")

    def _on_signs(self) -> None:
        self.act_requested.emit("signs")

    def set_counts(self, counts: DirectoryCounts) -> None:
        """Show how many there are in each segment."""
        self.segments.set_counts({"all": counts.groups, "gaps": counts.gaps, "mine": counts.mine})
