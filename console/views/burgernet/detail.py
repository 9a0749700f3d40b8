"""One alert: its state and question, what we can do, the original, our message, its history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.alert import AlertCard
from console.views.burgernet.words import (
    KIND_ICONS,
    REMINDER,
    about_words,
    author_words,
    events,
    post_words,
    state_band,
)
from console.views.posts.words import at_of, when_of
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.card import Card
from console.views.widgets.chip import Chip
from console.views.widgets.finding_line import IconMark
from console.views.widgets.flow_row import FlowRow
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.span_text import SpanText
from console.views.widgets.text import Text
from console.views.widgets.timeline import Timeline
from console.views.widgets.turning_row import TurningRow
from contract.dutch import word
from contract.vocabulary import AlertKind

ENDED = "De actie is beëindigd. Plaats alleen nog de afloop."


class LockedText(Card):
    """A text as it came. It cannot be selected or copied: the guard has no side door."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """`title` says which text it is."""
        super().__init__(ground="sunken", margins=(16, 10, 16, 14), parent=parent)
        px = self.theme.px
        self._title = title
        self._when = Text("", "small", "text2")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(IconMark("lock", "text2", 14))
        head.addWidget(Text(title, "small_strong", "text2", elide=True), 1)
        head.addWidget(self._when)
        self.column.addLayout(head)
        self.column.addSpacing(px(5))
        self._text = SpanText(role="reading", factor=1.5)
        self.column.addWidget(self._text)

    def set_text(self, text: str, when: str) -> None:
        """Show a text and when it came."""
        self._text.set_text(text.strip())
        self._when.set_text(when)


class AlertDetail(ScrollArea):
    """Shows one alert. Keys and buttons both end in ``act_requested`` with an act."""

    act_requested = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """`now` gives the moment times are shown for."""
        self._inner = QWidget()
        super().__init__(self._inner, "surface", parent)
        self._now = now
        self._card: AlertCard | None = None
        self._watched = False
        self._title = Text("", "subject", wrap=True)
        self._kind = Chip("", "outline", "eye")
        self._test = Chip("Proef", "grey", "info")
        self._began = Text("", "body", "text2")
        self._about = Text("", "body", "text2", wrap=True)
        self.band = Band("plain", "", "", "antenna", large=True, indent=False)
        self._end = Band("plain", "", "", "ring-check", large=True, indent=False)
        self.answers = [
            Button("Loopt nog", "1"),
            Button("Is beëindigd", "2"),
            Button("Kan het niet zien", "3"),
        ]
        for number, button in enumerate(self.answers, 1):
            button.setProperty("act", f"answer_{number}")
            self.band.add_button(button)
        self.outcome = Button("Schrijf de afloop", "F", "reply", "filled")
        self.open = Button("Open concept", "O")
        self.new = Button("Nieuw bericht", "B")
        for act, button in (("outcome", self.outcome), ("open", self.open), ("new", self.new)):
            button.setProperty("act", act)
        for button in (*self.answers, self.outcome, self.open, self.new):
            button.clicked.connect(self._on_clicked)
        self._why = Text("", "small", "text2", wrap=True)
        self.original = LockedText("Origineel, ongewijzigd")
        self.closing = LockedText("Afloopbericht, ongewijzigd")
        self._ours = Card(margins=(16, 9, 16, 11))
        self._author = Text("", "small", "text2", elide=True, align=Qt.AlignmentFlag.AlignRight)
        self._mark = IconMark("ring", "text2", 16)
        self._said = Text("", "body", wrap=True)
        self._timeline = Timeline()
        self._build()

    def _build(self) -> None:
        px = current().px
        head = TurningRow(self._title, self._test, self._kind, row_from=420, last=self._began)
        ours = QHBoxLayout()
        ours.addWidget(Text("Ons bericht", "body_strong"))
        ours.addWidget(self._author, 1)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self._mark)
        line.addWidget(self._said, 1)
        self._ours.column.addLayout(ours)
        self._ours.column.addSpacing(px(3))
        self._ours.column.addLayout(line)
        reminder = QWidget()
        row = QHBoxLayout(reminder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(9))
        row.addWidget(IconMark("info", "text2", 16))
        row.addWidget(Text(REMINDER, "body", "text2", wrap=True), 1)
        reminders = Card(ground="sunken", border=None, margins=(13, 10, 13, 10))
        reminders.column.addWidget(reminder)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(px(24), px(18), px(24), px(24))
        column.setSpacing(0)
        column.addWidget(head)
        column.addSpacing(px(3))
        column.addWidget(self._about)
        for part, gap in (
            (self.band, 14),
            (self._end, 14),
            (FlowRow(self.outcome, self.open, self.new), 16),
            (self._why, 6),
            (self.original, 16),
            (self.closing, 14),
            (self._ours, 14),
            (reminders, 14),
            (Text("Wat de bron zei", "body_strong"), 20),
            (self._timeline, 10),
        ):
            box = QWidget()
            inside = QVBoxLayout(box)
            inside.setContentsMargins(0, px(gap), 0, 0)
            inside.addWidget(part)
            column.addWidget(box)
            part.setProperty("box", box)
        column.addStretch(1)
        self.set_card(None, watched=False)

    def set_card(self, card: AlertCard | None, *, watched: bool) -> None:
        """Show an alert; None shows nothing. `watched`: a source looks at it by itself."""
        fresh = card is not None and (self._card is None or self._card.row.id != card.row.id)
        self._card, self._watched = card, watched
        self._inner.setVisible(card is not None)
        as_needed, never = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded,
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff,
        )
        self.setVerticalScrollBarPolicy(never if card is None else as_needed)
        if card is None:
            return
        row, now = card.row, self._now()
        if fresh:
            self.verticalScrollBar().setValue(0)
        self._title.set_text(row.title)
        kind = word(row.kind, AlertKind)
        self._kind.set_state(
            kind[:1].upper() + kind[1:], "outline", KIND_ICONS.get(row.kind, "info")
        )
        self._test.setVisible(row.test)
        began = at_of(row.started_at, now)
        self._began.set_text(f"begonnen {began}" if began else "")
        self._about.set_text(about_words(card))
        self._show_acts(card)
        self.original.set_text(card.original, f"ontvangen {at_of(row.received_at, now)}")
        self.closing.set_text(card.closing_text, when_of(row.ended_at, now))
        self._show(self.closing, bool(card.closing_text) and card.closing_text != card.original)
        icon, tone, words = post_words(card)
        self._mark.set_icon(icon, tone)
        self._said.set_text(words)
        self._author.set_text(author_words(card))
        self._timeline.set_events(events(card, now))
        self.tick()

    def tick(self) -> None:
        """Bring the state band up to date."""
        if self._card is not None:
            said = state_band(self._card, self._now(), watched=self._watched)
            band = self._end if self._card.row.section == "ended" else self.band
            band.set_content(said.tone, said.title, said.text, said.icon)

    def first_button(self) -> QWidget:
        """Return what takes the keyboard here: the question first, then the acts."""
        if self._card is not None and self._card.row.section == "unknown":
            return self.answers[0]
        for button in (self.outcome, self.open, self.new):
            if not button.isHidden() and button.isEnabled():
                return button
        return self if self._card is None else self.answers[0]

    def _show_acts(self, card: AlertCard) -> None:
        row = card.row
        ended = row.section == "ended"
        self._show(self.band, not ended)
        self._show(self._end, ended)
        self.outcome.setVisible(ended and row.waits)
        self.open.setVisible(bool(row.draft_id or row.post_id))
        self.open.set_label("Open concept" if row.draft_id else "Open ons bericht")
        why = ENDED if ended else "Een proefbericht gaat niet naar een groep." if row.test else ""
        self.new.set_reason(why)
        self._why.set_text(why)
        self._show(self._why, bool(why))

    def _show(self, part: QWidget, shown: bool) -> None:
        part.setVisible(shown)
        box = part.property("box")
        if isinstance(box, QWidget):
            box.setVisible(shown)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.act_requested.emit(str(sender.property("act")))
