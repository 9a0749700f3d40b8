"""The local file is damaged: what is lost, what is kept, and beginning anew (security.md §2)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from console.domain.failures import Problem
from console.views.gates.gate import Gate, Mark
from console.views.widgets.button import Button
from console.views.widgets.divider import Divider
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text

_WIDTH = 620
_TITLE = "Het bestand van deze desk is beschadigd"


class DamagedPage(Gate):
    """``again_requested``: put the file aside and fetch everything anew."""

    again_requested = Signal()
    close_requested = Signal()

    def __init__(self, lost: str, *, elsewhere: bool) -> None:
        """``lost`` says what was not sent yet; ``elsewhere``: central runs on another computer."""
        foot = (
            "Spoed? Werk verder met de telefoon van de balie. De stappen hangen naast het bureau."
        )
        super().__init__(_TITLE, width=_WIDTH, footer=foot)
        px = self.theme.px
        where = "bij de centrale van uw team" if elsewhere else "uit de centrale op deze computer"
        step = f"De desk kan alles opnieuw ophalen {where}."
        if elsewhere:
            step += " Daarna meldt u zich aan met uw account."
        column = QVBoxLayout()
        column.setContentsMargins(px(40), px(36), px(40), px(36))
        column.setSpacing(0)
        column.addWidget(Mark("octagon-alert", side=48, red=True))
        column.addSpacing(px(20))
        column.addWidget(Text(_TITLE, "next_step", wrap=True))
        column.addSpacing(px(4))
        column.addWidget(Text(step, "reading", "text2", wrap=True))
        column.addSpacing(px(20))
        self.primary = Button("Haal alles opnieuw op", "Ctrl+Enter", kind="filled", size="l")
        self.second = Button("Sluit de desk", "Esc", size="l")
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.primary)
        row.addWidget(self.second)
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
        self.lost = Text(lost, "second", "text2", wrap=True)
        column.addWidget(self.lost)
        column.addSpacing(px(8))
        kept = (
            "Wat verstuurd is, staat bij de centrale. Het beschadigde bestand wordt niet gewist: "
            "het blijft versleuteld op deze computer staan onder een andere naam."
        )
        column.addWidget(Text(kept, "second", "text2", wrap=True))
        self.card.column.addLayout(column)
        self.primary.clicked.connect(self.again_requested)
        self.second.clicked.connect(self.close_requested)

    def do(self, command: str) -> bool:
        """Escape closes the desk: nothing was changed."""
        if command == "back" and not self.busy:
            self.close_requested.emit()
            return True
        return super().do(command)

    def set_busy(self, words: str) -> None:
        """Hold the buttons while the file is put aside, and say so."""
        super().set_busy(words)
        if words:
            self._problem.set_finding("plain", f"{words}. Dit duurt enkele seconden.")
        self._problem.setVisible(bool(words))

    def set_problem(self, problem: Problem) -> None:
        """Say why it could not be done."""
        self.set_busy("")
        self._problem.set_finding("stop", f"{problem.sentence} {problem.next_step}".strip())
        self._problem.show()
