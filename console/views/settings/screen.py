"""Instellingen: pages at the left, one of them open at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.views.screen import Screen
from console.views.settings.central import CentralPage
from console.views.settings.feeds import FeedsPage
from console.views.settings.form import Form
from console.views.settings.logbook import LogbookPage
from console.views.settings.own import OwnPage
from console.views.settings.people import PeoplePage
from console.views.settings.region import RegionPage
from console.views.settings.retention import RetentionPage
from console.views.settings.station import StationPage, TrainingPage
from console.views.settings.words import WordsPage
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.theme.theme import current
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import IconButton
from console.views.widgets.card import Pane
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.side_by_side import SideBySide
from console.views.widgets.text import Text


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page in the list at the left."""

    id: str
    title: str
    icon: str


PAGES = (
    PageRow("people", "Mensen", "people"),
    PageRow("own", "Van uzelf", "person"),
    PageRow("region", "Regio", "flag"),
    PageRow("words", "Woorden", "tag"),
    PageRow("feeds", "Bronnen", "antenna"),
    PageRow("retention", "Bewaren", "calendar"),
    PageRow("logbook", "Logboek", "history"),
    PageRow("station", "Deze computer", "monitor"),
    PageRow("central", "Samenwerken", "link"),
    PageRow("training", "Oefenen", "training"),
)


class _Delegate(RowDelegate):
    height = 40
    text_edge = 48

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        px = self.theme.px
        middle = rect.center().y() + 0.5
        self.icon(painter, rect.left() + px(20), middle, row.icon, 16, "text2")
        role = "body_strong" if state.chosen else "body"
        x = rect.left() + px(self.text_edge)
        room = rect.right() - x - px(12)
        self.text(painter, x, rect.top(), rect.height(), row.title, role, "text", room)


class SettingsScreen(Screen):
    """Shows one page; ``page_changed`` says which, so that the presenter fills it."""

    page_changed = Signal(str)

    name = "settings"
    rail = ""
    scopes = ("lists", "outside")

    def __init__(self, *, training: bool = False) -> None:
        super().__init__()
        px = current().px
        self.people = PeoplePage()
        self.own = OwnPage()
        self.region = RegionPage()
        self.words = WordsPage()
        self.feeds = FeedsPage()
        self.retention = RetentionPage()
        self.logbook = LogbookPage()
        self.station = StationPage()
        self.central = CentralPage()
        self.training = TrainingPage(training=training)
        self._pages: dict[str, Form] = {
            "people": self.people,
            "own": self.own,
            "region": self.region,
            "words": self.words,
            "feeds": self.feeds,
            "retention": self.retention,
            "logbook": self.logbook,
            "station": self.station,
            "central": self.central,
            "training": self.training,
        }
        header = Pane("surface", "b")
        row = BreakingRow(header, height=54)
        row.setContentsMargins(px(16), 0, px(16), 1)
        row.setSpacing(px(8))
        back = IconButton("chevron-left", "Terug")
        row.addWidget(back)
        row.addWidget(Text("Instellingen", "screen"))
        row.addStretch(1)
        self._model = RowModel(_describe)
        self.list = ListView(self._model, _Delegate(), "Onderdelen van de instellingen")
        self._model.set_rows(PAGES)
        self.stack = QStackedWidget()
        for page in self._pages.values():
            holder = QWidget()
            beside = QHBoxLayout(holder)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.addWidget(page, 10)
            beside.addStretch(1)
            self.stack.addWidget(ScrollArea(holder, "surface"))
        edge = Pane("line")
        edge.setFixedWidth(1)
        panes = ((self.list, 240), (edge, 0), (self.stack, 300))
        self._body = SideBySide(panes, least=780)
        self._body.stretch(self.stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self._body, 1)
        back.clicked.connect(self.back_requested)
        self.list.current_changed.connect(self.show_page)
        self.list.activated.connect(self._on_activated)
        self.list.set_current("people")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._body.fit(self.width())
        self._body.set_width(self.list, current().px(236))

    def show_page(self, page: str) -> None:
        """Open a page by its id."""
        if page not in self._pages:
            return
        self.list.set_current(page)
        self.stack.setCurrentIndex(list(self._pages).index(page))
        self.page_changed.emit(page)

    def page(self) -> str:
        """Id of the page that is open."""
        return list(self._pages)[self.stack.currentIndex()]

    def do(self, command: str) -> bool:
        """Press the filled button, walk the list, begin a new person."""
        page = self._pages[self.page()]
        if command == "confirm":
            page.confirm()
        elif command == "new" and page is self.people and self.people.new.isEnabled():
            self.people.begin_new()
        elif command in ("down", "up"):
            focus = QApplication.focusWidget()
            walked = focus if isinstance(focus, ListView) else self.list
            walked.move_by(1 if command == "down" else -1)
        elif command == "to_detail":
            self._on_activated(self.page())
        else:
            return False
        return True

    def panes(self) -> Sequence[QWidget]:
        """The list, then the open page."""
        return (self.list, self.stack)

    def take_focus(self) -> None:
        """Start at the list."""
        self.list.setFocus()

    def _on_activated(self, _page: str) -> None:
        inside = self._pages[self.page()].nextInFocusChain()
        form = self._pages[self.page()]
        for _ in range(200):
            if inside is None or not form.isAncestorOf(inside):
                return
            if inside.focusPolicy().value and inside.isVisible() and inside.isEnabled():
                inside.setFocus()
                return
            inside = inside.nextInFocusChain()


def _describe(row: PageRow) -> str:
    return f"{row.title}."
