"""Meldingen: wishes of the screen to the reports service, snapshots back (F01-F08, F44)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from console.bridge import settled
from console.domain.clock import LOCAL, local
from console.domain.failures import Problem
from console.domain.report import ReportCard
from console.domain.status import Status
from console.presenters.clipboard import clipboard_of
from console.presenters.kit import Kit, Presenter
from console.presenters.report_acts import ReportActs
from console.presenters.report_filter import FilterKeeper
from console.presenters.report_in_hand import InHand
from console.presenters.report_list import ListKeeper
from console.views.main_window import MainWindow
from console.views.reports.screen import ReportsScreen
from console.views.text import clock_text


class ReportsPresenter(Presenter):
    """The screen's presenter. ``counts_changed`` carries ``ReportCounts`` for the rail."""

    watches = ("report", "report_link", "photo", "log_entry", "area", "area_role", "person")

    counts_changed = Signal(object)

    def __init__(self, kit: Kit, screen: ReportsScreen, window: QWidget) -> None:
        super().__init__(kit, screen)
        self.screen = screen
        self.window = window
        self._reports = kit.services.reports
        self._opened = False
        self._wanted_id = ""
        self._lease_seen = kit.services.desk.now()
        self._warned: set[str] = set()
        self.list = ListKeeper(self, screen, self.online)
        self.filter = FilterKeeper(self, screen, self.list)
        self.hand = InHand(self, screen, self.online)
        self.acts = ReportActs(self)
        clipboard_of(kit)
        answer = kit.services.desk.region.quick_answers.get("call_emergency_first")
        screen.detail.set_answer(answer.text if answer else "")
        self._connect()

    @property
    def chosen(self) -> str:
        """Id of the report in hand; empty for none."""
        return self.hand.id

    def online(self) -> bool:
        """Say whether central answers within a breath, as it does on this computer.

        Then an own claim is simply mine; over a line it is provisional until central said so.
        """
        return self.kit.status().central.state == "here"

    def card(self) -> ReportCard | None:
        """Return the report in hand, once it is shown."""
        return self.hand.card()

    def open(self, **params: Any) -> None:
        """Show the list; ``report_id`` chooses a report, ``segment`` a segment."""
        self._wanted_id = str(params.get("report_id", "") or "")
        segment = str(params.get("segment", "") or "")
        self._shown = True
        self._stale = False
        if not self._opened:
            self._opened = True
            self.run(self.filter.restore(segment))
            return
        if segment and segment != self.list.wanted.segment:
            self.filter.narrow(segment=segment)
        else:
            self.refresh()
        if self._wanted_id:
            self.run(self._find(self._wanted_id))

    def leave(self) -> None:
        """What was typed is kept."""
        super().leave()
        self.hand.notes.flush()

    def refresh(self) -> None:
        """Bring list and detail up to date; nothing that is chosen moves."""
        self.list.refresh()
        self.hand.refresh()

    def tick(self) -> None:
        """Ages and leases: painted anew, and asked for only where a lease ran out."""
        if self._shown:
            self.screen.list.refresh_ages()
            since, self._lease_seen = self._lease_seen, self.kit.services.desk.now()
            self.then(self._reports.leases(since), self._on_leases)

    def refused(self, problem: Problem) -> None:
        """Say why not, and show how things stand."""
        super().refused(problem)
        self.refresh()

    def choose_next(self) -> None:
        """Choose the next report that nobody holds."""
        self.run(self._choose_next(self.hand.number))

    async def _find(self, report_id: str) -> None:
        """Choose a report wherever it stands; outside the list its card is shown alone."""
        self._wanted_id = ""
        if self.screen.list.choose_acute(report_id, focus=False):
            return
        number = await settled(self._reports.number_of(report_id))
        if not number or not self.screen.list.choose(number):
            self.hand.choose(report_id, number)

    async def _choose_next(self, number: int) -> None:
        numbers = self.screen.list.numbers_after(number)
        if not numbers:
            return
        for row in await settled(self._reports.page(numbers)):
            if row.claim == "none" and row.status in ("open", "claimed"):
                self.screen.list.choose(row.n)
                return

    def _connect(self) -> None:
        screen = self.screen
        screen.list.acute_chosen.connect(self._on_acute)
        screen.act_requested.connect(self.acts.do)
        screen.note_requested.connect(self.acts.keep_note)
        screen.file_dropped.connect(self.acts.open_file)
        screen.detail.look_alike_chosen.connect(self.acts.link)
        self.list.counts_changed.connect(self.counts_changed)
        self.list.loaded.connect(self._on_loaded)
        self.list.acute_arrived.connect(self._on_acute_arrived)
        self.hand.moved_on.connect(self.list.settle)
        self.hand.seen.connect(self.list.mark_seen)
        self.kit.feed.claims_lost.connect(self.acts.on_claims_lost)
        self.kit.feed.status_changed.connect(self._on_status)

    def _on_loaded(self) -> None:
        """A list stands: choose what was asked for, else keep the choice, else the first."""
        screen = self.screen
        if self._wanted_id:
            self.run(self._find(self._wanted_id))
        elif screen.list.acute.current() or screen.list.view.current_id():
            return
        elif not screen.list.choose_acute(focus=screen.list.view.hasFocus()):
            if not screen.list.choose_first():
                self.hand.choose("", 0)

    def _on_acute(self, report_id: str) -> None:
        row = self.list.row_with(report_id)
        if row is not None and report_id != self.chosen:
            self.hand.choose(report_id, row.n)

    def _on_leases(self, found: tuple[bool, list[str]]) -> None:
        lapsed, ending = found
        if lapsed:
            self.refresh()
        if set(ending) - self._warned:
            self.kit.messages.warn("Nog 1 minuut van u. Druk C om te houden.")
        ended, self._warned = self._warned - set(ending), set(ending)
        for report_id in ended if lapsed else ():
            self.then(self._reports.card(report_id), self._on_lease_over)

    def _on_lease_over(self, card: ReportCard | None) -> None:
        """Say it where nobody kept it; who let go or lost it was told already."""
        if card is not None and card.row.status == "claimed" and card.row.claim == "none":
            words = f"Uw tijd voor “{card.row.title}” is voorbij. De melding is weer van niemand."
            self.kit.messages.info(words)

    def _on_acute_arrived(self, report_id: str) -> None:
        row = self.list.row_with(report_id)
        self.screen.tell_acute(row.title if row is not None else "")
        station = self.kit.station
        wanted = station is None or station.settings.sounds
        if wanted and not self.screen.compact:
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

    early = window.take_early() if isinstance(window, MainWindow) else None
    if isinstance(early, ReportsScreen):
        early.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        return early, ReportsPresenter(kit, early, window)
    screen = ReportsScreen(now, window)
    return screen, ReportsPresenter(kit, screen, window)
