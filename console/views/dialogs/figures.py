"""Cijfers: what is counted by, and over which days (F45)."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from console.domain.period import CHOICES, MONTHS, OWN
from console.views.dialogs.given_out import CELL, GivenOutDialog
from console.views.theme.theme import current
from console.views.widgets.field import Field
from console.views.widgets.segments import Segments

NAMES = 150
"""The least room of the names in front of the columns, in design pixels."""


class FiguresDialog(GivenOutDialog):
    """``period_changed``: another period was chosen, or a day of one's own typed."""

    period_changed = Signal()

    def __init__(self, window: QWidget, words: str) -> None:
        super().__init__(
            window,
            "Cijfers",
            words,
            (),
            ("", "Bewaar voor de gemeente"),
            segments=(("area", "Per gebied"), ("kind", "Per soort")),
            width=1040,
        )
        assert self.segments is not None
        px = current().px
        self.period = Segments([(one, label, None) for one, label in CHOICES], "Over welke tijd")
        self.first = Field("Van", "dd-mm-jjjj", max_length=10)
        self.last = Field("Tot en met", "dd-mm-jjjj", max_length=10)
        days = QWidget(self)
        line = QHBoxLayout(days)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(16))
        for field in (self.first, self.last):
            field.setFixedWidth(px(200))
            field.text_changed.connect(self._on_typed)
            line.addWidget(field)
        line.addStretch(1)
        at = self.body.indexOf(self.segments) + 1
        self.body.insertWidget(at, self.period)
        self.body.insertWidget(at + 1, days)
        self._days = days
        buttons = [
            button
            for choice in (self.segments, self.period)
            for button in choice.findChildren(QRadioButton)
        ]
        stops = (*buttons, self.first.editor, self.last.editor, self.list, self._save)
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)
        self._filling = False
        self.period.selected_changed.connect(self._on_period)
        self._show_days()

    def set_period(self, choice: str, first: str, last: str) -> None:
        """Put back what was chosen before, without saying that it changed."""
        self._filling = True
        self.first.set_text(first)
        self.last.set_text(last)
        self.period.select(choice)
        self._filling = False
        self._show_days()

    def fill_days(self, first: str, last: str) -> None:
        """Put two days in the fields to begin with, where none were typed."""
        self._filling = True
        if not self.first.text() and not self.last.text():
            self.first.set_text(first)
            self.last.set_text(last)
        self._filling = False

    def room(self) -> int:
        """How many columns fit beside the names and before the totals; at least one."""
        px = current().px
        wide = self.words.width() - 2 * px(24) - px(NAMES)
        return max(1, min(MONTHS, wide // px(CELL) - 1))

    def may_keep(self, why_not: str) -> None:
        """Let the file be made; else say at the button why not."""
        self._save.set_reason(why_not)

    def _on_period(self, _choice: str) -> None:
        self._show_days()
        if not self._filling:
            self.period_changed.emit()

    def _on_typed(self, _text: str) -> None:
        if not self._filling and self.period.selected() == OWN:
            self.period_changed.emit()

    def _show_days(self) -> None:
        own = self.period.selected() == OWN
        self._days.setVisible(own)
        self.refit()
