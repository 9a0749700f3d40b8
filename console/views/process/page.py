"""The whole process for reading: every part with its steps, the chosen one marked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.workbook import Step, Workbook
from console.views.process import words
from console.views.widgets.card import Card
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

LINE_LENGTH = 760
"""Longest line for reading, in design pixels."""


class _StepCard(Card):
    """One step in full."""

    clicked = Signal(str)

    def __init__(self, step: Step, number: int, total: int) -> None:
        super().__init__(border=None, margins=(16, 10, 16, 14), spacing=2)
        self.step_id = step.id
        self.column.addWidget(Text(f"{number}. {step.title}", "reading_strong", wrap=True))
        if step.text:
            self.column.addWidget(Text(step.text, "reading", wrap=True))
        if step.way_out:
            self.column.addSpacing(self.theme.px(8))
            self.column.addWidget(Text(words.WAY_OUT, "small_strong", "text2"))
            self.column.addWidget(Text(step.way_out, "body", "text2", wrap=True))
        self.setAccessibleName(words.spoken(step, number, total, whole=True))

    def mark(self, chosen: bool) -> None:
        """Mark it as the chosen step."""
        self.set_tone("sel" if chosen else "surface", None, "accent" if chosen else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self.step_id)
        event.accept()


class ProcessPage(ScrollArea):
    """Scrolls to the step that is chosen in the list."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to read yet."""
        super().__init__(None, "surface", parent)
        self._cards: list[_StepCard] = []
        self._step = ""

    def set_book(self, book: Workbook | None) -> None:
        """Show a process; the chosen step stays chosen."""
        px = self.theme.px
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(px(20), px(16), px(20), px(24))
        inside = QWidget()
        inside.setMaximumWidth(px(LINE_LENGTH))
        outer.addWidget(inside, 100)
        outer.addStretch(1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._cards = []
        for scope, steps in words.grouped(book) if book else []:
            title = Text(words.scope_title(scope), "subject", wrap=True)
            title.setContentsMargins(0, 0, 0, 0)
            row = QHBoxLayout()
            row.setContentsMargins(px(16), px(14 if self._cards else 4), px(16), px(4))
            row.addWidget(title, 1)
            column.addLayout(row)
            for number, step in enumerate(steps, start=1):
                card = _StepCard(step, number, len(steps))
                card.clicked.connect(self.chosen)
                card.mark(step.id == self._step)
                column.addWidget(card)
                self._cards.append(card)
        if not self._cards:
            column.addWidget(Text(words.NO_BOOK, "body", "text2", wrap=True))
        column.addStretch(1)
        place = self.verticalScrollBar().value()
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.verticalScrollBar().setValue(place)

    def show_step(self, step_id: str) -> None:
        """Mark a step and bring it into sight."""
        self._step = step_id
        for card in self._cards:
            card.mark(card.step_id == step_id)
            if card.step_id == step_id:
                self.ensureWidgetVisible(card, 0, self.theme.px(40))
