"""A file on this computer is damaged: what is lost, what is kept, and beginning anew (security.md §2)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from console.domain.failures import Problem
from console.views.gates.gate import Gate, Mark
from console.views.widgets.button import Button
from console.views.widgets.divider import Divider
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text

_WIDTH = 620
_FOOT = "Spoed? Werk verder met de telefoon van de balie. De stappen hangen naast het bureau."


@dataclass(frozen=True, slots=True)
class DamageWords:
    """What the page says. ``lost`` and ``kept``: how it stands with what somebody did here.

    ``again``: the label of what can be done about it; empty where nothing can be.
    """

    title: str
    step: str
    lost: str
    kept: str
    again: str = ""


class DamagedPage(Gate):
    """``again_requested``: put the file aside and begin anew."""

    again_requested = Signal()
    close_requested = Signal()

    def __init__(self, words: DamageWords) -> None:
        super().__init__(words.title, width=_WIDTH, footer=_FOOT)
        px = self.theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(40), px(36), px(40), px(36))
        column.setSpacing(0)
        column.addWidget(Mark("octagon-alert", side=48, red=True))
        column.addSpacing(px(20))
        column.addWidget(Text(words.title, "next_step", wrap=True))
        column.addSpacing(px(4))
        column.addWidget(Text(words.step, "reading", "text2", wrap=True))
        column.addSpacing(px(20))
        close = self.second = Button("Sluit de desk", "Esc", size="l")
        row = QHBoxLayout()
        row.setSpacing(px(10))
        if words.again:
            again = self.primary = Button(words.again, "Ctrl+Enter", kind="filled", size="l")
            again.clicked.connect(self.again_requested)
            row.addWidget(again)
        row.addWidget(close)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(px(12))
        self._problem = FindingLine("stop")
        self._problem.hide()
        column.addWidget(self._problem)
        column.addSpacing(px(12))
        column.addWidget(Divider())
        column.addSpacing(px(16))
        column.addWidget(Text("Hoe het met uw gegevens staat", "body_strong", wrap=True))
        column.addSpacing(px(2))
        self.lost = Text(words.lost, "second", "text2", wrap=True)
        column.addWidget(self.lost)
        column.addSpacing(px(8))
        column.addWidget(Text(words.kept, "second", "text2", wrap=True))
        self.card.column.addLayout(column)
        close.clicked.connect(self.close_requested)

    def take_focus(self) -> None:
        """Begin at what can be done; where nothing can, at closing."""
        for button in (self.primary, self.second):
            if button is not None:
                button.setFocus()
                return

    def do(self, command: str) -> bool:
        """Escape closes the desk: nothing was changed."""
        if command == "back" and not self.busy:
            self.close_requested.emit()
            return True
        return super().do(command)

    def set_busy(self, words: str) -> None:
        """Hold the buttons while the desk is at work, and say at what."""
        super().set_busy(words)
        if words:
            self._problem.set_finding("plain", f"{words}. Even geduld.")
        self._problem.setVisible(bool(words))

    def set_problem(self, problem: Problem) -> None:
        """Say why it could not be done."""
        self.set_busy("")
        self._problem.set_finding("stop", f"{problem.sentence} {problem.next_step}".strip())
        self._problem.show()
