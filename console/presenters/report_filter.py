"""What the list of Meldingen is narrowed to, and how the screen stands, remembered (F01)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer

from console.bridge import settled
from console.domain.report_list import REMEMBERED, filter_of
from console.presenters.kit import Presenter
from console.presenters.report_list import ListKeeper
from console.services.memory import Memory
from console.views.reports.screen import ReportsScreen

SEARCH_AFTER_MS = 150


class FilterKeeper(QObject):
    """Between header and list. A search is never remembered, the rest is, on this desk only."""

    def __init__(self, presenter: Presenter, screen: ReportsScreen, keeper: ListKeeper) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._screen = screen
        self._list = keeper
        self._memory = Memory(presenter.kit.services.desk)
        self._remembered: dict[str, Any] = {}
        self._search = QTimer(self)
        self._search.setSingleShot(True)
        self._search.setInterval(SEARCH_AFTER_MS)
        self._search.timeout.connect(self._on_search)
        header = screen.header
        header.segment_chosen.connect(self._on_segment)
        header.area_chosen.connect(self._on_area)
        header.category_chosen.connect(self._on_category)
        header.search_changed.connect(self._search.start)
        screen.compact_changed.connect(self._on_compact)
        screen.splitter.width_chosen.connect(self._on_width)

    async def restore(self, segment: str) -> None:
        """Put the screen as it was left, in this segment where one is asked for."""
        kept = await settled(self._memory.recall(REMEMBERED))
        was = self._remembered = kept if isinstance(kept, dict) else {}
        self._screen.set_compact(bool(was.get("compact")))
        for window, width in (was.get("widths") or {}).items():
            self._screen.splitter.set_width(int(window), int(width))
        wanted = filter_of(was, segment)
        self._list.wanted = wanted
        self._screen.header.show_filter(wanted)
        self._list.load(wanted)
        areas = await settled(self._presenter.kit.services.reports.areas())
        self._screen.header.set_areas(areas)

    def narrow(self, **fields: str) -> None:
        """Show another segment, area, kind or search."""
        self._list.load(replace(self._list.wanted, **fields))
        self._screen.header.show_filter(self._list.wanted)
        if fields.keys() - {"text"}:
            self.remember()

    def remember(self, **more: Any) -> None:
        """Remember how the screen stands."""
        wanted = self._list.wanted
        self._remembered |= {
            "segment": wanted.segment,
            "area_id": wanted.area_id,
            "category": wanted.category,
            "compact": self._screen.compact,
            **more,
        }
        self._presenter.then(self._memory.remember(REMEMBERED, dict(self._remembered)))

    def _on_segment(self, segment: str) -> None:
        if segment != self._list.wanted.segment:
            self.narrow(segment=segment)

    def _on_area(self, area_id: str) -> None:
        self.narrow(area_id=area_id)

    def _on_category(self, category: str) -> None:
        self.narrow(category=category)

    def _on_search(self) -> None:
        text = self._screen.header.search.text().strip()
        if text != self._list.wanted.text:
            self.narrow(text=text)

    def _on_compact(self, _compact: bool) -> None:
        self.remember()
        self._list.refresh()

    def _on_width(self, window: int, width: int) -> None:
        widths = dict(self._remembered.get("widths") or {})
        widths[str(window)] = width
        self.remember(widths=widths)
