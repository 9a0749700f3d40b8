"""Meldingen: wishes of the screen to the reports service, snapshots back (F01-F08, F44)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from console.bridge import settled
from console.domain.clock import LOCAL, local
from console.domain.failures import Problem
from console.domain.report import ReportCard, ReportFilter, as_online
from console.domain.status import Status
from console.presenters.clipboard import clipboard_of
from console.presenters.kit import Kit, Presenter
from console.presenters.report_acts import ReportActs
from console.presenters.report_list import ListKeeper
from console.presenters.typing_buffer import TypingBuffer
from console.services.memory import Memory
from console.views.reports.screen import ReportsScreen
from console.views.text import clock_text

SEARCH_AFTER_MS = 150
REMEMBERED = "reports-screen"


class ReportsPresenter(Presenter):
    """The screen's presenter. ``counts_changed`` carries ``ReportCounts`` for the rail."""

    watches = ("report", "report_link", "log_entry", "area", "area_role", "person")

    counts_changed = Signal(object)

    def __init__(self, kit: Kit, screen: ReportsScreen, window: QWidget) -> None:
        super().__init__(kit, screen)
        self.screen = screen
        self.window = window
        self.chosen = ""
        self._number = 0
        self._reports = kit.services.reports
        self._memory = Memory(kit.services.desk)
        self._remembered: dict[str, Any] = {}
        self._opened = False
        self._wanted_id = ""
        self._filling = False
        self._lease_seen = kit.services.desk.now()
        self._warned: set[str] = set()
        self.list = ListKeeper(self, screen, self.online)
        self.acts = ReportActs(self)
        self.notes = TypingBuffer(self)
        self._search = QTimer(self)
        self._search.setSingleShot(True)
        self._search.setInterval(SEARCH_AFTER_MS)
        clipboard_of(kit)
        answer = kit.services.desk.region.quick_answers.get("call_emergency_first")
        screen.detail.set_answer(answer.text if answer else "")
        self._connect()

    def now(self) -> datetime:
        """Return local time."""
        return self.kit.clock.now().astimezone(LOCAL)

    def online(self) -> bool:
        """Say whether central answers, so that an own claim is no longer provisional."""
        return self.kit.status().central.state != "off"

    def card(self) -> ReportCard | None:
        """Return the report in the detail pane, where it is the chosen one."""
        card = self.screen.detail.card()
        return card if card is not None and card.row.id == self.chosen else None

    def open(self, **params: Any) -> None:
        """Show the list; ``report_id`` chooses a report, ``segment`` a segment."""
        self._wanted_id = str(params.get("report_id", "") or "")
        self._shown = True
        self._stale = False
        if not self._opened:
            self._opened = True
            self.run(self._first_time(str(params.get("segment", "") or "")))
            return
        segment = str(params.get("segment", "") or self.list.wanted.segment)
        if segment != self.list.wanted.segment:
            self.narrow(segment=segment)
        else:
            self.refresh()
        if self._wanted_id:
            self.run(self._find(self._wanted_id))

    def leave(self) -> None:
        """What was typed is kept."""
        super().leave()
        self.notes.flush()

    def refresh(self) -> None:
        """Bring list and detail up to date; nothing that is chosen moves."""
        self.list.refresh()
        if self.chosen:
            self._load_card(self.chosen)

    def tick(self) -> None:
        """Ages and leases: painted anew, and asked for only where a lease ran out."""
        if not self._shown:
            return
        self.screen.list.refresh_ages()
        since, self._lease_seen = self._lease_seen, self.kit.services.desk.now()
        self.then(self._reports.leases(since), self._on_leases)

    def narrow(self, **fields: str) -> None:
        """Show another segment, area, kind or search."""
        self.list.load(replace(self.list.wanted, **fields))
        self.screen.header.show_filter(self.list.wanted)
        if "text" not in fields:
            self.remember()

    def remember(self, **more: Any) -> None:
        """Remember how the screen stands; a search is never remembered."""
        wanted = self.list.wanted
        self._remembered |= {
            "segment": wanted.segment,
            "area_id": wanted.area_id,
            "category": wanted.category,
            "compact": self.screen.compact,
            **more,
        }
        self.then(self._memory.remember(REMEMBERED, dict(self._remembered)))

    def refused(self, problem: Problem) -> None:
        """Say why not, and show how things stand."""
        super().refused(problem)
        self.refresh()

    def choose_next(self) -> None:
        """Choose the next report that nobody holds."""
        self.run(self._choose_next(self._number))

    async def _first_time(self, segment: str) -> None:
        kept = await settled(self._memory.recall(REMEMBERED))
        self._remembered = kept if isinstance(kept, dict) else {}
        was = self._remembered
        self.screen.set_compact(bool(was.get("compact")))
        for window, width in (was.get("widths") or {}).items():
            self.screen.splitter.set_width(int(window), int(width))
        wanted = ReportFilter(
            segment or str(was.get("segment") or "open"),
            str(was.get("area_id") or ""),
            str(was.get("category") or ""),
        )
        self.list.wanted = wanted
        self.screen.header.show_filter(wanted)
        self.list.load(wanted)
        areas = await settled(self._reports.areas())
        self.screen.header.set_areas(areas)

    async def _find(self, report_id: str) -> None:
        """Choose a report wherever it stands; outside the list its card is shown alone."""
        self._wanted_id = ""
        if self.screen.list.choose_acute(report_id, focus=False):
            return
        number = await settled(self._reports.number_of(report_id))
        if not number or not self.screen.list.choose(number):
            self._choose(report_id, number)

    async def _choose_next(self, number: int) -> None:
        numbers = self.screen.list.numbers_after(number)
        if not numbers:
            return
        for row in await settled(self._reports.page(numbers)):
            if row.claim == "none" and row.status in ("open", "claimed"):
                self.screen.list.choose(row.n)
                return

    def _connect(self) -> None:
        screen, header = self.screen, self.screen.header
        header.segment_chosen.connect(self._on_segment)
        header.area_chosen.connect(self._on_area)
        header.category_chosen.connect(self._on_category)
        header.search_changed.connect(self._search.start)
        self._search.timeout.connect(self._on_search)
        screen.list.row_chosen.connect(self._on_row)
        screen.list.acute_chosen.connect(self._on_acute)
        screen.act_requested.connect(self.acts.do)
        screen.note_requested.connect(self.acts.keep_note)
        screen.file_dropped.connect(self.acts.open_file)
        screen.detail.look_alike_chosen.connect(self.acts.link)
        screen.detail.note_typed.connect(self._on_note_typed)
        screen.compact_changed.connect(self._on_compact)
        screen.splitter.width_chosen.connect(self._on_width)
        self.list.counts_changed.connect(self.counts_changed)
        self.list.loaded.connect(self._on_loaded)
        self.list.acute_arrived.connect(self._on_acute_arrived)
        self.kit.feed.claims_lost.connect(self.acts.on_claims_lost)
        self.kit.feed.status_changed.connect(self._on_status)

    def _on_segment(self, segment: str) -> None:
        if segment != self.list.wanted.segment:
            self.narrow(segment=segment)

    def _on_area(self, area_id: str) -> None:
        self.narrow(area_id=area_id)

    def _on_category(self, category: str) -> None:
        self.narrow(category=category)

    def _on_search(self) -> None:
        text = self.screen.header.search.text().strip()
        if text != self.list.wanted.text:
            self.narrow(text=text)

    def _on_compact(self, _compact: bool) -> None:
        self.remember()
        self.list.refresh()

    def _on_width(self, window: int, width: int) -> None:
        widths = dict(self._remembered.get("widths") or {})
        widths[str(window)] = width
        self.remember(widths=widths)

    def _on_loaded(self) -> None:
        """A list stands: choose what was asked for, else keep the choice, else the first."""
        screen = self.screen
        if self._wanted_id:
            self.run(self._find(self._wanted_id))
        elif screen.list.acute.current() or screen.list.view.current_id():
            return
        elif not (screen.list.choose_acute(focus=screen.list.view.hasFocus())):
            if not screen.list.choose_first():
                self._choose("", 0)

    def _on_row(self, number: int) -> None:
        row = self.screen.list.row(number)
        if row is not None:
            self._choose(row.id, number)
        else:
            self.then(self._reports.page([number]), partial(self._on_far_row, number))

    def _on_far_row(self, number: int, rows: list[Any]) -> None:
        if rows and self.screen.list.current_number() == number:
            self._choose(rows[0].id, number)

    def _on_acute(self, report_id: str) -> None:
        row = self.list.row_with(report_id)
        if row is not None and report_id != self.chosen:
            self._choose(report_id, row.n)

    def _choose(self, report_id: str, number: int) -> None:
        self.chosen, self._number = report_id, number
        if not report_id:
            self.screen.show_detail(False)
            return
        self._load_card(report_id)

    def _load_card(self, report_id: str) -> None:
        self.then(self._reports.card(report_id), partial(self._on_card, report_id))

    def _on_card(self, report_id: str, card: ReportCard | None) -> None:
        if report_id != self.chosen:
            return
        if card is None:
            self._choose("", 0)
            return
        other = self.card() is None
        shown = replace(card, row=as_online(card.row)) if self.online() else card
        if other:
            self.notes.flush()
        self._filling = True
        self.screen.detail.set_card(shown)
        self._filling = False
        self.screen.show_detail(True)
        if other:
            self.then(self._memory.typed(f"note:{report_id}"), partial(self._on_typed, report_id))
            self.list.settle()
        if not card.row.seen:
            self.then(self._reports.looked_at([report_id]))
            self.list.mark_seen(card.row.n)

    def _on_typed(self, report_id: str, kept: dict[str, str]) -> None:
        if report_id == self.chosen and kept.get("note") and not self.screen.detail.note.text():
            self._filling = True
            self.screen.detail.note.set_text(kept["note"])
            self._filling = False

    def _on_note_typed(self, text: str) -> None:
        if self.chosen and not self._filling:
            self.notes.keep(f"note:{self.chosen}", {"note": text})

    def _on_leases(self, found: tuple[bool, list[str]]) -> None:
        lapsed, ending = found
        if lapsed:
            self.refresh()
        for _ in set(ending) - self._warned:
            self.kit.messages.warn("Nog 1 minuut van u. Druk C om te houden.")
        self._warned = set(ending)

    def _on_acute_arrived(self, _report_id: str) -> None:
        if not self.screen.compact:
            QApplication.beep()

    def _on_status(self, status: Status) -> None:
        at = local(status.central.at)
        known = clock_text(at) if at is not None and status.central.state == "off" else ""
        if known != self.screen.list.delegate.known_at:
            self.screen.list.set_known_at(known)
            if self._shown and self._opened:
                self.refresh()


def make(kit: Kit, window: QWidget) -> tuple[ReportsScreen, ReportsPresenter]:
    """Build the screen and its presenter."""

    def now() -> datetime:
        return kit.clock.now().astimezone(LOCAL)

    screen = ReportsScreen(now, window)
    return screen, ReportsPresenter(kit, screen, window)
