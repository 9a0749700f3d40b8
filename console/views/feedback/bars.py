"""Header and footer of Terugkoppeling."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.text import plural
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button, IconButton
from console.views.widgets.card import Pane
from console.views.widgets.finding_line import LOOKS, IconMark
from console.views.widgets.segments import Segments
from console.views.widgets.text import Text


class FeedbackHeader(Pane):
    """Title and segments; while writing in a narrow window the way back and which one of how many."""

    segment_chosen = Signal(str)
    back_requested = Signal()
    process_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """All counts at nought."""
        super().__init__("surface", "b", parent)
        px = self.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._back = IconButton("chevron-left", "Terug naar de lijst")
        self._which = Text("", "second", "text2")
        self.segments = Segments(
            [("todo", "Te doen", 0), ("mine", "Mijn wijk", 0), ("done", "Gedaan", None)],
            "Welke terugkoppeling",
        )
        self._process = Button("Werkproces", "F1", "book")
        row = BreakingRow(self, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(10))
        row.addWidget(self._back)
        row.addWidget(Text("Terugkoppeling", "screen"))
        row.addWidget(self._which)
        row.addSpacing(px(5))
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self._process)
        self.set_writing(False, "")
        self.segments.selected_changed.connect(self.segment_chosen)
        self._back.clicked.connect(self.back_requested)
        self._process.clicked.connect(self.process_requested)

    def set_writing(self, folded: bool, which: str) -> None:
        """Show the way back and "1 van 5" instead of the segments."""
        self._back.setVisible(folded)
        self._which.setVisible(folded)
        self._which.set_text(which)
        self.segments.setVisible(not folded)


class FeedbackFooter(Pane):
    """What the guard says at the left, the two ways to go on at the right; it never moves."""

    issue_requested = Signal()
    ready_requested = Signal()
    finding_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing can be issued yet."""
        super().__init__("surface", "t", parent)
        px = self.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._mark = IconMark("ring", "text3", 16)
        self._result = Text("", "body_strong", elide=True, least=260)
        self._advice = Text("", "body", "text2", elide=True)
        self._to_finding = Button("", "F4", kind="quiet")
        self._to_finding.setAccessibleName("Naar de bevinding")
        self.ready = Button("Klaarzetten voor de balie", "Ctrl+Shift+Enter")
        self.issue = Button("Uitgeven", "Ctrl+Enter", kind="filled")
        row = BreakingRow(self, height=56)
        row.setContentsMargins(px(24), 1, px(16), 0)
        row.setSpacing(px(10))
        row.addWidget(self._mark)
        row.addWidget(self._result)
        row.addWidget(self._advice, 100)
        row.addWidget(self._to_finding)
        row.addStretch(1)
        row.addWidget(self.ready)
        row.addWidget(self.issue)
        self.ready.clicked.connect(self.ready_requested)
        self.issue.clicked.connect(self.issue_requested)
        self._to_finding.clicked.connect(self.finding_requested)
        self.set_waiting("Kies eerst hoe het is afgelopen.")

    def set_result(self, stops: int, warnings: int, summary: str, groups: int) -> None:
        """Say what is open, and for how many groups the filled button is."""
        level = "stop" if stops else "warn" if warnings else "good"
        why = {"stop": "Los eerst de stop op.", "warn": "Haal het weg of geef een reden."}.get(
            level, ""
        )
        self._say(level, summary or "Controle: niets gevonden", why)
        self._to_finding.setVisible(bool(stops or warnings))
        words = plural(groups, "groep", "groepen")
        self.issue.set_label(f"Uitgeven aan {words}" if groups else "Uitgeven")
        self.issue.set_reason(why)
        self.ready.set_reason("")

    def set_waiting(self, reason: str) -> None:
        """Say why nothing can be issued: no outcome yet, or a colleague writes."""
        self._say("plain", reason)
        self._to_finding.hide()
        self.issue.set_label("Uitgeven")
        self.issue.set_reason(reason)
        self.ready.set_reason(reason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # The same words stand in the tooltip of the button and in the band under the field.
        wide = self.width() >= self.theme.px(980)
        self._advice.setVisible(wide and bool(self._advice.text()))

    def _say(self, level: str, words: str, advice: str = "") -> None:
        icon, color, ink = LOOKS[level]
        self._mark.set_icon(icon, color)
        self._result.set_color(ink)
        self._result.set_text(words)
        self._advice.set_text(advice)
        self._fit()
