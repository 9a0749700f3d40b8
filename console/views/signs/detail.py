"""One request: where it stands, the next step, its places in words and on a plan, the advice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.signs import SignCard
from console.views.groups.card_stack import CardStack
from console.views.groups.editor import Editor
from console.views.signs.plan import PlanView
from console.views.signs.words import (
    LOOKS,
    advice_line,
    band,
    events,
    facts,
    may_advise,
    state_word,
    steps_of,
)
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.card import Card, Pane
from console.views.widgets.chip import Chip
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.finding_line import IconMark
from console.views.widgets.flow_row import FlowRow
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text
from console.views.widgets.timeline import Timeline
from contract.vocabulary import SignState

STEPS_MOST = 3
HINT = "Kies een aanvraag, of begin een nieuwe met N."
NO_ADVICE = "Nog geen advies. Vraag het de wijkagent of de adviseur, en leg het hier vast met A."
FAR = "Plek {} ligt ver buiten {}. Kijk de getallen na."
NO_POINTS = "Geen plek heeft twee getallen, dus er is geen plattegrond. De lijst geldt."


class SignDetail(Pane):
    """The card, or a form in its place. Keys and buttons both end in ``act_requested``."""

    act_requested = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """``now`` returns local time."""
        super().__init__(parent=parent)
        self._now = now
        self._card: SignCard | None = None
        self._title = Text("", "subject", wrap=True)
        self._chip = Chip("", "outline")
        self._band = Band("plain", "", "", "info")
        self.advise = Button("Leg advies vast", "A", "shield")
        self.steps = [Button("", str(n + 1)) for n in range(STEPS_MOST)]
        self.group = Button("Open de groep", "O", "people", "quiet")
        self.take_back = Button("Maak ongedaan", "Ctrl+Z", "undo", "quiet")
        self._facts = Facts()
        self._spots = Facts(label_width=60)
        self.plan = PlanView()
        self._no_plan = Text(NO_POINTS, "small", "text2", wrap=True)
        self._advice = Text("", "body", wrap=True)
        self._by = Text("", "small", "text2", wrap=True)
        self._timeline = Timeline()
        self._build()
        self.advise.clicked.connect(self._on_advise)
        self.group.clicked.connect(self._on_group)
        self.take_back.clicked.connect(self._on_take_back)
        for number, button in enumerate(self.steps, 1):
            button.setProperty("act", f"answer_{number}")
            button.clicked.connect(self._on_step)

    def set_card(self, card: SignCard | None) -> None:
        """Show a request; None shows what to do first."""
        self._card = card
        if card is None:
            self._stack.show_hint()
            return
        now = self._now()
        self._title.set_text(card.row.title)
        icon, tone = LOOKS.get(SignState(card.row.state), ("ring", "outline"))
        self._chip.set_state(state_word(card.row.state), tone, icon)
        self._show_band(card)
        self._show_steps(card)
        self._facts.set_rows(facts(card, now))
        self._spots.set_rows(
            [
                Fact(str(n), f"{one.text} ({one.x}, {one.y})" if one.located else one.text)
                for n, one in enumerate(card.spots, 1)
            ]
        )
        self.plan.set_plan(card.plan, card.spots)
        self.plan.setVisible(not self.plan.is_empty())
        far = self.plan.far()
        words = " en ".join(str(one) for one in far)
        where = card.row.area_name or "het gebied"
        self._no_plan.set_text(FAR.format(words, where) if far else NO_POINTS)
        self._no_plan.set_color("amber" if far else "text2")
        self._no_plan.setVisible(bool(far) or self.plan.is_empty())
        self._advice.set_text(card.advice or NO_ADVICE)
        self._advice.set_color("text" if card.advice else "text2")
        self._by.set_text(advice_line(card) if card.advice else "")
        self._by.setVisible(bool(card.advice))
        self._timeline.set_events(events(card.history, now))
        self._stack.show_card()

    def card(self) -> SignCard | None:
        """The request on show."""
        return self._card

    def plan_words(self) -> str:
        """What is said under the plan or in its place; empty for nothing."""
        return "" if self._no_plan.isHidden() else self._no_plan.text()

    def step_of(self, number: int) -> str:
        """The state that step 1 to 3 leads to; empty where there is no such step."""
        steps = steps_of(self._card.row.state) if self._card else ()
        return steps[number - 1][0] if 0 < number <= len(steps) else ""

    def show_editor(self, editor: Editor) -> None:
        """Put a form in the place of the card."""
        self._stack.show_editor(editor)

    def close_editor(self) -> None:
        """Take the form away; the card shows again."""
        self._stack.close_editor()

    def editor(self) -> Editor | None:
        """The form on show."""
        return self._stack.editor()

    def _show_band(self, card: SignCard) -> None:
        tone, title, text, icon = band(card)
        self._band.setVisible(bool(title))
        if title:
            self._band.set_content(tone, title, text, icon)

    def _show_steps(self, card: SignCard) -> None:
        steps = steps_of(card.row.state)
        for place, button in enumerate(self.steps):
            button.setVisible(place < len(steps))
            if place < len(steps):
                button.set_label(steps[place][1])
        self.advise.setVisible(may_advise(card.row.state))
        self.advise.set_label("Verander het advies" if card.advice else "Leg advies vast")
        self.take_back.setVisible(card.untouched)
        self.group.setVisible(bool(card.group_name))

    def _build(self) -> None:
        px = current().px
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        acts = FlowRow(self.advise, *self.steps, self.group, self.take_back)
        advice = Card(margins=(16, 11, 16, 13))
        advice.column.addWidget(Text("Advies van de politie", "body_strong"))
        advice.column.addSpacing(px(3))
        advice.column.addWidget(self._advice)
        advice.column.addWidget(self._by)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(24), px(20), px(24), px(24))
        column.setSpacing(px(12))
        column.addLayout(head)
        column.addWidget(acts)
        column.addWidget(self._band)
        column.addWidget(self._facts)
        column.addWidget(advice)
        column.addWidget(Text("Plekken", "body_strong"))
        column.addWidget(self._spots)
        column.addWidget(self.plan)
        column.addWidget(self._no_plan)
        column.addWidget(Text("Geschiedenis", "body_strong"))
        column.addWidget(self._timeline)
        column.addStretch(1)
        self._stack = CardStack(self._build_hint(), ScrollArea(content))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _build_hint(self) -> QWidget:
        px, centre = current().px, Qt.AlignmentFlag.AlignHCenter
        page = Pane()
        column = QVBoxLayout(page)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(10))
        column.addStretch(2)
        column.addWidget(IconMark("flag", "text3", 28), 0, centre)
        column.addWidget(Text(HINT, "body", "text2", wrap=True, align=centre))
        column.addStretch(3)
        return page

    def _on_advise(self) -> None:
        self.act_requested.emit("advise")

    def _on_group(self) -> None:
        self.act_requested.emit("open_source")

    def _on_take_back(self) -> None:
        self.act_requested.emit("undo")

    def _on_step(self) -> None:
        self.act_requested.emit(str(self.sender().property("act")))
