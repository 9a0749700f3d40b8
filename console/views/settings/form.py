"""The base of a page of Instellingen: a title, a lead, fields, one filled button, what came of it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.views.keys.table import keys_of
from console.views.settings.part import Part
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.text import Text


class Form(QWidget):
    """One page. Subclasses add to ``column``, call ``end_with``, and may add parts below it."""

    def __init__(self, title: str, lead: str = "") -> None:
        super().__init__()
        px = current().px
        self.setAccessibleName(title)
        self.setMaximumWidth(px(680))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(24), px(20), px(24), px(24))
        self.column.setSpacing(px(14))
        self.column.addWidget(Text(title, "subject", wrap=True))
        self.primary: Button | None = None
        self.parts: list[Part] = []
        if lead:
            self.column.addWidget(Text(lead, "body", "text2", wrap=True))
        self._words = ""
        self._said = FindingLine("good")
        self._said.hide()

    def end_with(self, words: str, *others: Button) -> Button:
        """Close the page with its filled button and the line that says what came of it."""
        button = Button(words, keys_of("confirm"), kind="filled")
        self.primary = button
        row = QHBoxLayout()
        row.setSpacing(current().px(8))
        row.addWidget(button)
        for other in others:
            row.addWidget(other)
        row.addStretch(1)
        self.column.addWidget(self._said)
        self.column.addLayout(row)
        self.column.addStretch(1)
        return button

    def add_part(self, part: Part, *, at: int | None = None) -> None:
        """Put a part under everything, or at a place in ``column``."""
        self.parts.append(part)
        self.column.insertWidget(self.column.count() - 1 if at is None else at, part)

    def confirm(self) -> None:
        """Press the button of the part that has the keyboard; outside the parts, of the page."""
        focus = QApplication.focusWidget()
        button = self.primary
        for part in self.parts:
            if focus is not None and part.isAncestorOf(focus):
                button = part.primary
        if button is not None and button.isEnabled() and not button.isHidden():
            button.click()

    def say(self, words: str, level: str = "good") -> None:
        """Say what came of it; empty words say nothing."""
        self._words = words
        self._said.set_finding(level, words)
        self._said.setVisible(bool(words))

    def said(self) -> str:
        """What the page says now."""
        return self._words
