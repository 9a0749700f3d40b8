"""What the live list shows and when its rows may move (F01)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from console.domain.clock import local
from console.domain.report import (
    FirstPage,
    Listing,
    ReportCounts,
    ReportFilter,
    ReportRow,
    Section,
    as_online,
)
from console.domain.report_list import as_sections, count_new, same, settled
from console.presenters.kit import Presenter
from console.services.reports import Reports
from console.views.reports.screen import ReportsScreen
from console.views.text import clock_text, moment_text

_NOTHING = {
    "open": "Geen open meldingen",
    "mine": "U hebt nu geen meldingen",
    "waiting": "Er wacht niets",
    "closed": "Er is nog niets gesloten",
}


class ListKeeper(QObject):
    """Between the reports service and the list. ``loaded`` fires when a list first stands."""

    loaded = Signal()
    counts_changed = Signal(object)
    acute_arrived = Signal(str)

    def __init__(
        self, presenter: Presenter, screen: ReportsScreen, online: Callable[[], bool]
    ) -> None:
        """``online`` says whether central answers: an own claim is then simply mine."""
        super().__init__(presenter)
        self._presenter = presenter
        self._screen = screen
        self._reports: Reports = presenter.kit.services.reports
        self._online = online
        self.wanted = ReportFilter()
        self._shown: tuple[Section, ...] = ()
        self._fresh: Listing | None = None
        self._first = True
        self._acute_ids: frozenset[str] | None = None
        screen.list.page_requested.connect(self._on_page)
        screen.list.home_requested.connect(self.home)

    def load(self, wanted: ReportFilter) -> None:
        """Show another list: its first rows at once, then all of it."""
        self.wanted = wanted
        self._first = True
        self._fresh = None
        self._presenter.then(self._reports.first_page(wanted), partial(self._on_first, wanted))

    def refresh(self) -> None:
        """Something changed: bring everything up to date without moving what is chosen."""
        if not self._first:
            wanted = self.wanted
            self._presenter.then(self._reports.listing(wanted), partial(self._on_listing, wanted))

    def stands(self) -> bool:
        """Say whether the whole list is there."""
        return self._fresh is not None

    def home(self) -> None:
        """Show what waits."""
        if self._fresh is not None:
            self._apply(self._fresh.sections)

    def settle(self) -> None:
        """The choice moved on: rows that kept their place for it go where they belong."""
        if self._fresh is None:
            return
        keep = self._screen.list.current_number()
        wanted = settled(self._shown, self._fresh.sections, keep)
        self._show_acute(self._fresh.acute)
        if not same(wanted, self._shown):
            self._shown = wanted
            self._screen.list.set_order(wanted)

    def mark_seen(self, number: int) -> None:
        """Show a row as seen."""
        row = self._screen.list.row(number)
        if row is not None and not row.seen:
            self._screen.list.update_row(row._replace(seen=True))

    def row_with(self, report_id: str) -> ReportRow | None:
        """Return an acute row by its report."""
        return next((r for r in self._screen.list.acute.rows() if r.id == report_id), None)

    def _on_first(self, wanted: ReportFilter, page: FirstPage) -> None:
        if wanted != self.wanted:
            return
        rows = self._mapped(page.rows)
        name = "found" if wanted.text else ""
        self._shown = as_sections([(name or row.section, row.n) for row in rows])
        self._screen.list.set_acute(self._mapped(page.acute))
        self._screen.list.set_order(self._shown, rows)
        self._screen.list.set_waiting(0)
        self._first = False
        self._tell(page.counts)
        if rows or page.acute:
            self._screen.list.show_rows()
            self.loaded.emit()
        self.refresh()

    def _on_listing(self, wanted: ReportFilter, listing: Listing) -> None:
        if wanted != self.wanted:
            return
        initial = self._fresh is None
        was_empty = not self._screen.list.acute.rows() and not any(
            len(section.numbers) for section in self._shown
        )
        self._fresh = listing
        self._show_acute(listing.acute)
        self._announce(listing.acute)
        if initial or not self._screen.is_held():
            self._apply(listing.sections)
        else:
            self._screen.list.set_order(self._shown)
            self._screen.list.set_waiting(count_new(self._shown, listing.sections))
            self._show_empty()
        self._tell(listing.counts)
        if self._screen.compact:
            self._screen.set_compact(True, recent=listing.recent)
        if initial or was_empty:
            # The first report of the day is taken in hand too.
            self.loaded.emit()

    def _apply(self, sections: tuple[Section, ...]) -> None:
        self._shown = sections
        self._screen.list.set_order(sections)
        self._screen.list.set_waiting(0)
        self._show_empty()

    def _show_acute(self, rows: tuple[ReportRow, ...]) -> None:
        """Pin the acute reports; the chosen one keeps its place until the choice leaves it."""
        pinned = self._mapped(rows)
        chosen = self._screen.list.acute.current()
        before = self._screen.list.acute.rows()
        if chosen and all(row.id != chosen for row in pinned):
            at = next((i for i, row in enumerate(before) if row.id == chosen), -1)
            if at >= 0:
                pinned.insert(min(at, len(pinned)), before[at])
        self._screen.list.set_acute(pinned)

    def _announce(self, rows: tuple[ReportRow, ...]) -> None:
        ids = frozenset(row.id for row in rows)
        if self._acute_ids is not None:
            for report_id in ids - self._acute_ids:
                self.acute_arrived.emit(report_id)
        self._acute_ids = ids

    def _show_empty(self) -> None:
        any_rows = any(len(section.numbers) for section in self._shown)
        if any_rows or self._fresh is None:
            self._screen.list.show_rows()
            return
        wanted = self.wanted
        if wanted.text:
            words = f"Geen melding met “{wanted.text}”"
            self._screen.list.show_empty(words, "", filtered=True)
        elif wanted.area_id or wanted.category:
            self._screen.list.show_empty("Niets gevonden met dit filter", "", filtered=True)
        elif self._fresh.acute:
            self._screen.list.show_empty("Verder geen open meldingen", "", filtered=False)
        else:
            self._screen.list.show_empty(
                _NOTHING.get(wanted.segment, ""), self._last_closed(), filtered=False
            )

    def _last_closed(self) -> str:
        last = self._fresh.last_closed if self._fresh else None
        at = local(last[0]) if last else None
        if last is None or at is None or self.wanted.segment != "open":
            return ""
        now = self._presenter.kit.clock.now().astimezone(at.tzinfo)
        when = moment_text(at, now)
        if when == clock_text(at):
            when = f"om {when}"
        by = f" door {last[1]}" if last[1] else ""
        return f"De laatste is {when} gesloten{by}."

    def _tell(self, counts: ReportCounts) -> None:
        self._screen.header.set_counts(counts)
        self.counts_changed.emit(counts)

    def _on_page(self, number: int, numbers: list[int]) -> None:
        self._presenter.then(self._reports.page(numbers), partial(self._on_rows, number))

    def _on_rows(self, number: int, rows: list[ReportRow]) -> None:
        self._screen.list.set_page(number, self._mapped(rows))

    def _mapped(self, rows: list[ReportRow] | tuple[ReportRow, ...]) -> list[ReportRow]:
        return [as_online(row) for row in rows] if self._online() else list(rows)
