"""The header of Overdracht: now or earlier, even weg, and the written steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.handover.words import first_name
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button, IconButton
from console.views.widgets.card import Pane
from console.views.widgets.chip import Chip
from console.views.widgets.segments import Segments
from console.views.widgets.text import Text


class HandoverHeader(Pane):
    """Title, segments, and at the right what may be done at any moment."""

    segment_chosen = Signal(str)
    back_requested = Signal()
    relief_requested = Signal()
    process_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Shows the present sheet."""
        super().__init__("surface", "b", parent)
        px = self.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._back = IconButton("chevron-left", "Terug naar eerdere overdrachten")
        self.segments = Segments(
            [("now", "Nu", None), ("earlier", "Eerdere", None)], "Welke overdracht"
        )
        self._away = Chip("", "amber", "swap")
        self._relief = Button("Even weg", "Shift+H", "swap")
        self._process = Button("Werkproces", "F1", "book")
        row = BreakingRow(self, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(10))
        row.addWidget(self._back)
        row.addWidget(Text("Overdracht", "screen"))
        row.addSpacing(px(5))
        row.addWidget(self.segments)
        row.addStretch(1)
        row.addWidget(self._away)
        row.addWidget(self._relief)
        row.addWidget(self._process)
        self.set_back(False)
        self.set_away("")
        self.segments.selected_changed.connect(self._on_segment)
        self._back.clicked.connect(self.back_requested)
        self._relief.clicked.connect(self.relief_requested)
        self._process.clicked.connect(self.process_requested)
        self._silent = False

    def set_segment(self, segment: str) -> None:
        """Show which one is in front, without asking for it."""
        self._silent = True
        self.segments.select(segment)
        self._silent = False

    def set_back(self, shown: bool) -> None:
        """Show or hide the way back to the list."""
        self._back.setVisible(shown)

    def set_away(self, colleague: str) -> None:
        """Say who has the urgent items; the same key then takes them back."""
        self._away.setVisible(bool(colleague))
        self._away.set_state(f"Even bij {first_name(colleague)}", "amber", "swap")
        self._relief.set_label("Ik ben terug" if colleague else "Even weg")

    def _on_segment(self, segment: str) -> None:
        if not self._silent:
            self.segment_chosen.emit(segment)
