"""A part of a page of Instellingen with a heading, a button and a line of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.divider import Divider
from console.views.widgets.finding_line import FindingLine
from console.views.widgets.flow_row import FlowRow
from console.views.widgets.text import Text


class Part(QWidget):
    """A line, a heading, a lead; subclasses add to ``column`` and call ``end_with`` last.

    ``primary`` is what Ctrl+Enter presses while the keyboard is in this part.
    """

    def __init__(self, title: str, lead: str = "") -> None:
        super().__init__()
        px = current().px
        self.setAccessibleName(title)
        self.primary: Button | None = None
        self._words = ""
        self._said = FindingLine("good", parent=self)
        self._said.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, px(10), 0, 0)
        self.column.setSpacing(px(12))
        self.column.addWidget(Divider())
        self.column.addSpacing(px(4))
        self.column.addWidget(Text(title, "reading_strong", wrap=True))
        if lead:
            self.column.addWidget(Text(lead, "body", "text2", wrap=True))

    def end_with(self, *buttons: Button) -> None:
        """Close the part with the line that says what came of it, and its buttons."""
        self.primary = buttons[0] if buttons else None
        self.column.addWidget(self._said)
        if buttons:
            self.column.addWidget(FlowRow(*buttons))

    def say(self, words: str, level: str = "good") -> None:
        """Say what came of it; empty words say nothing."""
        self._words = words
        self._said.set_finding(level, words)
        self._said.setVisible(bool(words))

    def said(self) -> str:
        """What the part says now."""
        return self._words


class NeedsFactor(Band):
    """Says that administration needs the app with codes, and leads to it."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            "amber",
            "Hiervoor is de app met codes nodig",
            "Wie mensen, desks en sleutels beheert, laat met zes cijfers van de telefoon zien wie "
            "hij is. Zet de app aan, of meld u opnieuw aan met de zes cijfers.",
            "lock",
        )
        self.button = Button("Zet de app met codes aan", size="s")
        self.button.clicked.connect(self.wanted)
        self.add_button(self.button)


class ShownOnce(Band):
    """A code that is shown once: large, with until when it holds, to copy or to close."""

    copy_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("accent", "", "", "lock")
        self._code = ""
        self.code = Text("", "reading_strong", wrap=True, code=True)
        self.add_row(self.code, 8)
        self.copy = Button("Kopieer", icon="copy", size="s")
        self.done = Button("Klaar", size="s")
        self.add_button(self.copy)
        self.add_button(self.done)
        self.copy.clicked.connect(self._on_copy)
        self.done.clicked.connect(self.forget)

    def show_code(self, title: str, code: str, words: str) -> None:
        """Show a code and what to do with it."""
        self._code = code
        self.set_content("accent", title, words, "lock")
        self.code.set_text(code)
        self.show()
        self.copy.setFocus()

    def forget(self) -> None:
        """Take the code off the screen; it cannot be shown again."""
        self._code = ""
        self.code.set_text("")
        self.hide()

    def _on_copy(self) -> None:
        if self._code:
            self.copy_wanted.emit(self._code)
