"""The next-step card of Uitgeven: what to do now, what is on the clipboard, the answers.

It stands still: its height is the same in every state, so nothing moves under the hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from console.views.widgets.access import announce
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button, Kind
from console.views.widgets.card import Card
from console.views.widgets.finding_line import IconMark
from console.views.widgets.progress_line import ProgressLine
from console.views.widgets.text import Text

_BARS = {"accent": "accent", "amber": "amber", "red": "red", "green": "green"}
_ROOM = 700


@dataclass(frozen=True, slots=True)
class StepButton:
    """One answer: the command it stands for, its words, key and weight."""

    command: str
    label: str
    key: str
    icon: str | None = None
    kind: Kind = "plain"
    short: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Everything the card shows. ``share`` is what is left of the 60 s; below 0: no line."""

    tone: str
    now: str
    counts: str
    title: str
    help: str
    clip_title: str
    clip_text: str = ""
    share: float = -1.0
    starts_with: str = ""
    buttons: tuple[StepButton, ...] = ()
    clip_tone: str = "text2"


class StepCard(Card):
    """`act_requested` carries the command of the button that was pressed."""

    act_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_step`."""
        super().__init__(
            border="line2", bar="accent", radius=10, margins=(22, 16, 22, 18), parent=parent
        )
        px = self.theme.px
        self._step: Step | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        head = BreakingRow()
        head.setSpacing(px(12))
        self._now = Text("", "body_strong", "accent", elide=True)
        self._counts = Text("", "body", "text2", elide=True, align=Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._now)
        head.addStretch(1)
        head.addWidget(self._counts)
        self._title = Text("", "next_step", wrap=True)
        self._help = Text("", "body", "text2", wrap=True)
        self.column.addLayout(head)
        self.column.addSpacing(px(5))
        self.column.addWidget(self._title)
        self.column.addSpacing(px(4))
        self.column.addWidget(self._help)
        self.column.addSpacing(px(14))
        self.column.addWidget(self._make_clip())
        self.column.addStretch(1)
        self.column.addSpacing(px(14))
        row = BreakingRow()
        row.setSpacing(px(8))
        self.buttons: list[Button] = []
        for _ in range(4):
            button = Button("", size="l")
            button.clicked.connect(self._on_clicked)
            button.hide()
            self.buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.setMinimumHeight(px(248))

    def _make_clip(self) -> QWidget:
        px = self.theme.px
        box = Card(ground="sunken", radius=8, margins=(14, 10, 14, 10))
        self._clip = box
        box.setMinimumHeight(px(78))
        line = BreakingRow()
        line.setSpacing(px(8))
        self._clip_mark = IconMark("clipboard", "text2", 16)
        self._clip_title = Text("", "body_strong")
        self._clip_text = Text("", "body", "text2", elide=True)
        line.addWidget(self._clip_mark)
        line.addWidget(self._clip_title)
        line.addWidget(self._clip_text)
        line.addStretch(1)
        box.column.addLayout(line)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, px(6), 0, 0)
        more.setSpacing(px(8))
        self._line = ProgressLine("Op het klembord")
        more.addWidget(self._line)
        first = BreakingRow()
        first.setSpacing(px(9))
        self._begins = Text("De tekst begint met", "small", "text2")
        self._words = Text("", "body_strong", elide=True)
        first.addWidget(self._begins)
        first.addWidget(self._words)
        first.addStretch(1)
        more.addLayout(first)
        box.column.addWidget(self._more)
        box.column.addStretch(1)
        return box

    def step(self) -> Step | None:
        """Return what it shows now."""
        return self._step

    def set_step(self, step: Step) -> None:
        """Show a step; only what differs is touched, so the second-by-second line is cheap."""
        if step == self._step:
            return
        old, self._step = self._step, step
        self._clip_title.set_text(step.clip_title)
        self._clip_text.set_text(step.clip_text)
        self._clip_text.set_color(step.clip_tone)
        self._line.setVisible(step.share >= 0)
        more = step.share >= 0 or bool(step.starts_with)
        self._more.setVisible(more)
        self._clip.setMinimumHeight(self.theme.px(78 if more else 40))
        self._line.set_share(max(0.0, step.share))
        self._begins.setVisible(bool(step.starts_with))
        self._words.set_text(step.starts_with)
        self._now.set_text(step.now)
        self._now.set_color(step.tone if step.tone != "plain" else "text2")
        self._counts.set_text(step.counts)
        self._title.set_text(step.title)
        self._help.set_text(step.help)
        if old is None or old.tone != step.tone:
            bar = {"accent": "accent", "amber": "amberfill", "red": "redmark"}.get(
                step.tone, "greenfill"
            )
            self.set_tone("surface", "line2", bar)
        if old is None or old.buttons != step.buttons:
            self._show_buttons(step.buttons)
        self.setAccessibleName(f"{step.now}. {step.title}. {step.help} {step.clip_title}.")
        if old is None or (old.now, old.title) != (step.now, step.title):
            announce(self, f"{step.now}. {step.title}.", urgent=step.tone == "red")

    def can(self, command: str) -> bool:
        """Say whether one of the buttons stands for this command now."""
        return self._step is not None and any(one.command == command for one in self._step.buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._step is not None:
            self._show_buttons(self._step.buttons)

    def _show_buttons(self, wanted: tuple[StepButton, ...]) -> None:
        narrow = self.width() < self.theme.px(_ROOM)
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(wanted))
            if number < len(wanted):
                one = wanted[number]
                button.set_label(one.short if narrow and one.short else one.label)
                button.set_key(one.key)
                button.setAccessibleName(one.label)
                button.set_icon(one.icon)
                button.set_kind(one.kind)

    def _on_clicked(self) -> None:
        sender, step = self.sender(), self._step
        if step is None:
            return
        for number, button in enumerate(self.buttons):
            if button is sender and number < len(step.buttons):
                self.act_requested.emit(step.buttons[number].command)
