"""Meldingen in a real window, ready to be worked on by keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from console.domain.report import ReportRow
from console.presenters import reports as presenters
from console.presenters.report_dialogs import open_new_report, open_paste
from console.presenters.reports import ReportsPresenter
from console.services.desk import Desk
from console.services.reports import Reports
from console.views.reports.screen import ReportsScreen
from tests.helpers.clock import HandClock
from tests.helpers.desk_window import DeskWindow
from tests.helpers.loop import DeskLoop
from tests.helpers.reports import people_and_areas

Key = Qt.Key


class Bench:
    """The screen in its window, ready to be worked on."""

    def __init__(self, desk: Desk, clock: HandClock, loop: DeskLoop) -> None:
        self.desk, self.clock = desk, clock
        self.reports = Reports(desk)
        people_and_areas(desk)
        self.window = DeskWindow(desk, clock, loop, (1280, 800))
        self.window.popup("new_report", open_new_report)
        self.window.popup("paste", open_paste)
        self.screen: ReportsScreen
        self.presenter: ReportsPresenter

    def start(self) -> None:
        """Open the screen and wait until the first report is in hand."""
        self.screen, self.presenter = self.window.screen("reports", presenters.make)
        self.window.until(self.presenter.list.stands)
        self.window.until(lambda: not self.presenter.chosen or self.presenter.card())

    def row(self) -> ReportRow:
        """The report in hand, as the detail shows it."""
        card = self.presenter.card()
        assert card is not None
        return card.row

    def press(self, *keys: Key) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.window.key(key)

    def go_to(self, title: str) -> None:
        """Walk down to a report."""
        for _ in range(30):
            if self.presenter.card() and self.row().title == title:
                return
            before = self.presenter.chosen
            self.press(Key.Key_J)
            self.window.until(partial(self._left, before))
            self.window.until(self.presenter.card)
        raise AssertionError(title)

    def _left(self, report_id: str) -> bool:
        return self.presenter.chosen != report_id

    def waiting_words(self) -> str:
        """What the button for new reports says; empty while none wait."""
        button = self.screen.list.waiting
        return "" if button.isHidden() else button.label()

    def place_on_screen(self) -> int:
        """Where the chosen row stands on the screen, in pixels from the top of the window."""
        view = self.screen.list.view
        at = view.visualRect(view.currentIndex()).topLeft()
        return view.viewport().mapTo(self.window.window, at).y()
