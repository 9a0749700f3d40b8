"""The footer of Opstellen: what the guard says at the left, the two buttons at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.text import plural
from console.views.widgets.access import announce
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.finding_line import LOOKS, IconMark
from console.views.widgets.text import Text


class ComposeFooter(Pane):
    """Fifty-six pixels that never move. A disabled filled button has its reason beside it."""

    finding_requested = Signal()
    leave_requested = Signal()
    issue_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to say until `set_result`."""
        super().__init__("surface", "t", parent)
        px = self.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._mark = IconMark("ring", "text3", 16)
        self._result = Text("", "body_strong", elide=True, least=260)
        self._advice = Text("", "body", "text2", elide=True)
        self._to_finding = Button("Naar de stop", "F4")
        self._leave = Button("Bewaar en sluit", "Esc", kind="quiet")
        self.issue = Button("Uitgeven", "Ctrl+Enter", kind="filled")
        row = BreakingRow(self, height=56)
        row.setContentsMargins(px(20), 1, px(16), 0)
        row.setSpacing(px(9))
        row.addWidget(self._mark)
        row.addWidget(self._result)
        row.addWidget(self._advice)
        row.addWidget(self._to_finding)
        row.addStretch(1)
        row.addSpacing(px(12))
        row.addWidget(self._leave)
        row.addWidget(self.issue)
        self._to_finding.clicked.connect(self.finding_requested)
        self._leave.clicked.connect(self.leave_requested)
        self.issue.clicked.connect(self.issue_requested)

    def set_result(self, stops: int, warnings: int, summary: str, groups: int) -> None:
        """Say what is open, and for how many groups the filled button is."""
        if stops:
            level, advice = "stop", "Los eerst de stop op, dan kunt u uitgeven."
            self._to_finding.set_label("Naar de stop")
        elif warnings:
            level, advice = "warn", "Haal het weg of geef een reden."
            self._to_finding.set_label("Naar de bevinding")
        else:
            level, advice = "good", ""
        icon, color, ink = LOOKS[level]
        self._mark.set_icon(icon, color)
        self._result.set_color(ink)
        said = summary or "Controle: niets gevonden"
        if self._result.text() not in ("", said):
            announce(self, said)
        self._result.set_text(said)
        self._advice.set_text(advice)
        self._to_finding.setVisible(bool(stops or warnings))
        self.issue.set_label(
            f"Uitgeven aan {plural(groups, 'groep', 'groepen')}" if groups else "Uitgeven"
        )
        self.issue.set_reason(advice)

    def set_locked(self, reason: str) -> None:
        """Say why nothing can be issued at all: a colleague writes, or the action has ended."""
        icon, color, ink = LOOKS["plain"]
        self._mark.set_icon(icon, color)
        self._result.set_color(ink)
        self._result.set_text(reason)
        self._advice.set_text("")
        self._to_finding.hide()
        self.issue.set_reason(reason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._advice.setVisible(self.width() >= self.theme.px(940))
