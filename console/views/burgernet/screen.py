"""Burgernet: the source proposes, the person decides (screens.md §5.6, F35-F37)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from console.domain.alert import AlertCard, AlertRow
from console.domain.status import Lamp
from console.views.burgernet.alert_list import AlertPane
from console.views.burgernet.detail import AlertDetail
from console.views.screen import Screen
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.segments import Segments
from console.views.widgets.side_splitter import SideSplitter
from console.views.widgets.text import Text

WIDTHS = {1400: 500, 1200: 440, 0: 440}


class BurgernetHeader(Pane):
    """Which alerts, and the way to bring one in."""

    segment_chosen = Signal(str)
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """All counts at nought."""
        super().__init__("surface", "b", parent)
        px = self.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.segments = Segments(
            [("now", "Nu", 0), ("today", "Vandaag", 0), ("all", "Eerder", None)],
            "Welke meldingen van buiten",
        )
        self._fetch = Button("Plak of haal op", "I", "paste")
        row = BreakingRow(self, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(14))
        row.addWidget(Text("Burgernet", "screen"))
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(Text("De bron stelt voor, u beslist.", "small", "text2", elide=True))
        row.addWidget(self._fetch)
        self.segments.selected_changed.connect(self.segment_chosen)
        self._fetch.clicked.connect(self.import_requested)


class BurgernetScreen(Screen):
    """List and sources at the left, one alert at the right."""

    segment_chosen = Signal(str)
    row_chosen = Signal(str)
    act_requested = Signal(str)
    width_chosen = Signal(int, int)

    name = "burgernet"
    rail = "burgernet"
    step = "burgernet"
    scopes = ("burgernet", "lists", "outside")

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """`now` gives the moment times and ages are shown for."""
        super().__init__(parent)
        self._card: AlertCard | None = None
        self.header = BurgernetHeader()
        self.pane = AlertPane(now)
        self.detail = AlertDetail(now)
        self.splitter = SideSplitter(self.pane, self.detail, widths=WIDTHS, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.splitter, 1)
        self.header.segment_chosen.connect(self.segment_chosen)
        self.header.import_requested.connect(self._on_import)
        self.pane.list.current_changed.connect(self.row_chosen)
        self.pane.list.activated.connect(self._on_activated)
        self.pane.sources.look_requested.connect(self._on_look)
        self.detail.act_requested.connect(self.act_requested)
        self.splitter.width_chosen.connect(self.width_chosen)

    def set_rows(self, rows: Sequence[AlertRow], empty: str, *, today: bool) -> None:
        """Show the alerts of the segment."""
        self.pane.set_rows(rows, empty, today=today)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many run and how many there were today."""
        self.header.segments.set_counts(dict(counts))

    def set_sources(self, lamps: Sequence[Lamp]) -> None:
        """Show where the desk looks."""
        self.pane.sources.set_sources(lamps)

    def set_card(self, card: AlertCard | None, *, watched: bool) -> None:
        """Show one alert; None shows nothing."""
        self._card = card
        self.detail.set_card(card, watched=watched)

    def rows_arrived(self) -> None:
        """The first rows stand there: the keyboard goes to them."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.detail.isAncestorOf(focus)
        if self.isVisible() and not inside and not self.pane.is_empty():
            self.pane.list.setFocus()

    def tick(self) -> None:
        """Bring ages and states up to date."""
        self.pane.tick()
        self.detail.tick()

    def do(self, command: str) -> bool:
        """Do a command of this screen; False where it means nothing here."""
        acts = {"open_source": "open", "new_post": "new", "look_now": "look"}
        if command.startswith("answer_"):
            if self._card is not None and self._card.row.section != "ended":
                self.act_requested.emit(command)
        elif command in acts:
            self.act_requested.emit(acts[command])
        elif command == "feedback":
            if self._card is None or not self._card.row.waits:
                return False
            self.act_requested.emit("outcome")
        elif command == "confirm":
            if not self.detail.outcome.isHidden() and self._card is not None:
                self.act_requested.emit("outcome")
        elif command in ("next_segment", "previous_segment"):
            self.header.segments.select_next(1 if command == "next_segment" else -1)
        elif command == "to_detail":
            self._on_activated(self.pane.list.current_id())
        elif command == "back":
            return self._step_back()
        else:
            return self.pane.do(command)
        return True

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through, in order."""
        return (self.header, self.pane.list, self.pane.sources, self.detail)

    def take_focus(self) -> None:
        """Put the keyboard where work starts on this screen."""
        if self.pane.is_empty():
            self.header.segments.setFocus()
        else:
            self.pane.list.setFocus()

    def event_subject(self) -> tuple[str, str]:
        """Return kind and id of what the screen is about."""
        return ("alert", self._card.row.id) if self._card else ("", "")

    def _step_back(self) -> bool:
        focus = QApplication.focusWidget()
        if focus is not None and self.detail.isAncestorOf(focus) and not self.pane.is_empty():
            self.pane.list.setFocus()
            return True
        return False

    def _on_activated(self, _row_id: str) -> None:
        if self._card is not None:
            self.detail.first_button().setFocus()

    def _on_import(self) -> None:
        self.open_requested.emit("import", {})

    def _on_look(self) -> None:
        self.act_requested.emit("look")
