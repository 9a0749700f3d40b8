"""One report: what it says, what can be done, what is known, what happened, and a note field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console.domain.clock import local
from console.domain.report import ReportCard
from console.views.keys.table import keys_of
from console.views.reports.call_band import CallBand
from console.views.reports.facts import events_of, facts_of, place_line
from console.views.reports.look_alike import LookAlikes
from console.views.reports.words import CATEGORY_ICONS, category_words
from console.views.text import moment_text
from console.views.widgets.button import Button, IconButton
from console.views.widgets.card import Pane
from console.views.widgets.chip import Chip
from console.views.widgets.facts import Facts
from console.views.widgets.field import Field
from console.views.widgets.flow_row import FlowRow
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text
from console.views.widgets.timeline import Timeline
from console.views.widgets.turning_row import TurningRow

NARROW = 560
HEAD = 300
"""From this width, in design pixels, title, kind and time stand beside each other."""
Choice = tuple[str, str]


class ReportDetail(Pane):
    """The pane at the right. It asks by command id, as the keys do."""

    command_requested = Signal(str)
    look_alike_chosen = Signal(str, str)
    """A report that looks alike, and the id of the link where one was laid."""

    note_typed = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """``now`` returns local time."""
        super().__init__(parent=parent)
        self._now = now
        self._card: ReportCard | None = None
        self._holder_at = ""
        px = self.theme.px
        self._title = Text("", "subject", wrap=True)
        self._chip = Chip("")
        self._place = Text("", "body", "text2", wrap=True)
        self._time = Text("", "body_medium", align=Qt.AlignmentFlag.AlignRight)
        self._number = Text("", "small", "text2", align=Qt.AlignmentFlag.AlignRight)
        self.band = CallBand()
        self._buttons = {
            "claim": Button("Pak op", keys_of("claim"), kind="filled"),
            "new_post": Button("Bericht maken", keys_of("new_post")),
            "pass_on": Button("Doorzetten", keys_of("pass_on", "reports")),
            "close_report": Button("Sluiten…", keys_of("close_report")),
        }
        self._more = IconButton("dots", "Meer")
        self._why = Text("", "small", "text2", wrap=True)
        self._text = Text("", "reading", wrap=True)
        self._facts = Facts()
        self.look_alikes = LookAlikes()
        self._history = Timeline(wrap=True)
        self.note = Field(
            "", icon="pencil", key=keys_of("note"), placeholder="Schrijf een notitie bij deze melding",
            name="Notitie bij deze melding", max_length=4000,
        )  # fmt: skip
        self._content = QWidget()
        self._scroll = ScrollArea(self._content)
        self._build(px)
        self._connect()

    def card(self) -> ReportCard | None:
        """The report shown."""
        return self._card

    def set_card(self, card: ReportCard, holder_at: str = "") -> None:
        """Show a report. Another report starts at its top; the same one keeps its place.

        ``holder_at`` is the station where the holder is at work now, as far as is known.
        """
        self._holder_at = holder_at
        other = self._card is None or self._card.row.id != card.row.id
        self._card = card
        row, now = card.row, self._now()
        self._title.set_text(row.title)
        icon = CATEGORY_ICONS.get(row.category)
        self._chip.set_state(category_words(row.category), "outline", icon)
        self._place.set_text(place_line(card))
        heard = local(row.heard_at)
        self._time.set_text(moment_text(heard, now) if heard else "")
        self._number.set_text(f"nummer {row.number}" if row.number else "nog geen nummer")
        self.band.show_report(row)
        self._show_actions()
        self._text.set_text(card.text)
        self._facts.set_rows(facts_of(card, now))
        self.look_alikes.set_items(card.look_alikes, now)
        self._history.set_events(events_of(card, now))
        if other:
            self.note.set_text("")
            self._scroll.verticalScrollBar().setValue(0)

    def set_answer(self, text: str) -> None:
        """Show the ready answer for the administrator."""
        self.band.set_answer(text)

    def can(self, command: str) -> bool:
        """Say whether a command means something for this report now."""
        button = self._buttons.get(command)
        return self._card is not None and (button is None or button.isEnabled())

    def claim_is_next(self) -> bool:
        """Say whether the filled button stands there: Ctrl+Enter presses it."""
        button = self._buttons["claim"]
        return button.kind() == "filled" and button.isEnabled()

    def choices(self) -> list[Choice]:
        """Return what the menu behind the dots offers now: command and words."""
        if self._card is None:
            return []
        row = self._card.row
        found: list[Choice] = []
        if row.status != "closed":
            if row.claim in ("mine", "provisional"):
                found.append(("release", f"Geef vrij\t{keys_of('release')}"))
            if row.claim == "other":
                found.append(("break_lease", "Neem over met reden…"))
            acute = "Niet meer acuut" if row.acute else "Merk als acuut"
            found.append(("not_acute" if row.acute else "mark_acute", acute))
        else:
            found.append(("reopen", "Open weer met reden…"))
        found.append(("photos", f"Foto's…\t{keys_of('photos')}"))
        found.append(("check_plate", f"Kenteken nazien…\t{keys_of('check_plate')}"))
        found.append(("amend", "Vul aan of verbeter…"))
        return found

    def open_menu(self) -> None:
        """Fold the menu behind the dots open."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.triggered.connect(self._on_chosen)
        for command, words in self.choices():
            action = QAction(words, menu)
            action.setData(command)
            menu.addAction(action)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def focus_actions(self) -> None:
        """Put the keyboard on the first thing to do."""
        for button in self._buttons.values():
            if button.isEnabled():
                button.setFocus()
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.band.set_narrow(self.width() < self.theme.px(NARROW))

    def _build(self, px: Callable[[float], int]) -> None:
        what = QWidget()
        words = QVBoxLayout(what)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(px(2))
        words.addWidget(TurningRow(self._title, self._chip, row_from=HEAD))
        words.addWidget(self._place)
        when = QWidget()
        facts = QVBoxLayout(when)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(px(4))
        facts.addWidget(self._time, 0, Qt.AlignmentFlag.AlignRight)
        facts.addWidget(self._number, 0, Qt.AlignmentFlag.AlignRight)
        facts.addStretch(1)
        head = TurningRow(what, when, row_from=HEAD, grows=True)
        actions = QHBoxLayout()
        actions.setSpacing(px(8))
        actions.addWidget(FlowRow(*self._buttons.values()), 1)
        actions.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        history = QHBoxLayout()
        history.addWidget(Text("Geschiedenis", "body_strong"))
        history.addStretch(1)
        history.addWidget(Text("Alleen aanvullen, niets wissen", "small", "text3", elide=True))
        column = QVBoxLayout(self._content)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.setSpacing(px(16))
        column.addWidget(head)
        column.addWidget(self.band)
        column.addLayout(actions)
        column.addWidget(self._why)
        column.addWidget(self._text)
        column.addSpacing(px(4))
        column.addWidget(self._facts)
        column.addWidget(self.look_alikes)
        column.addSpacing(px(2))
        past = QVBoxLayout()
        past.setSpacing(px(6))
        past.addLayout(history)
        past.addWidget(self._history)
        column.addLayout(past)
        column.addStretch(1)
        foot = Pane("surface", "t")
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(24), px(10), px(20), px(10))
        row.addWidget(self.note)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(foot)

    def _connect(self) -> None:
        for button in self._buttons.values():
            button.clicked.connect(self._on_button)
        self._more.clicked.connect(self.open_menu)
        self.band.command_requested.connect(self.command_requested)
        self.look_alikes.chosen.connect(self.look_alike_chosen)
        self.note.text_changed.connect(self.note_typed)

    def _show_actions(self) -> None:
        card = self._card
        if card is None:
            return
        row = card.row
        closed, other = row.status == "closed", row.claim == "other" and row.status != "waiting"
        claim = self._buttons["claim"]
        mine = row.claim in ("mine", "provisional") and row.status != "waiting"
        claim.set_label("Houd" if mine else "Pak weer op" if row.status == "waiting" else "Pak op")
        claim.set_kind("plain" if mine or closed else "filled")
        reason = ""
        if closed:
            reason = "Deze melding is gesloten. Open haar eerst weer."
        elif other:
            reason = f"{row.holder_name or 'Een ander'} heeft deze melding opgepakt"
            reason += f" en zit nu aan {self._holder_at}." if self._holder_at else "."
        for name in ("claim", "pass_on", "close_report"):
            self._buttons[name].set_reason(reason)
        self._why.set_text(reason)
        self._why.setVisible(bool(reason))

    def _on_button(self) -> None:
        sender = self.sender()
        for command, button in self._buttons.items():
            if button is sender:
                self.command_requested.emit(command)

    def _on_chosen(self, action: QAction) -> None:
        self.command_requested.emit(str(action.data()))
