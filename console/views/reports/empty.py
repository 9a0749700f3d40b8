"""What stands where no report stands: what is true, since when, and what to do now (09b)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.views.keys.table import keys_of
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.finding_line import IconMark
from console.views.widgets.key_cap import KeyCap
from console.views.widgets.text import Text

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_HANDY = (
    ("import", "Haal een Burgernet-bericht op"),
    ("new_post", "Maak een bericht voor de groepen"),
    ("urgent_feedback", "Ga naar de terugkoppeling die eerst moet"),
    ("palette", "Zoek of doe iets"),
    ("key_sheet", "Bekijk alle toetsen"),
)


class EmptyList(Pane):
    """A sentence in the middle of an empty list, with at most two things to do."""

    command_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        px = current().px
        self._mark = IconMark("inbox", "text3", 28)
        self._title = Text("", "screen", wrap=True, align=_CENTRE)
        self._text = Text("", "body", "text2", wrap=True, align=_CENTRE)
        self._new = Button("Nieuwe melding", keys_of("new"), "plus")
        self._paste = Button("Plak uit WhatsApp Web", keys_of("paste"), "paste")
        self._clear = Button("Wis het filter", "Esc")
        self._commands = {self._new: "new", self._paste: "paste", self._clear: "clear_filter"}
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        for button in self._commands:
            row.addWidget(button)
            button.clicked.connect(self._on_clicked)
        row.addStretch(1)
        self._clear.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(24), px(16), px(24))
        column.setSpacing(px(8))
        column.addStretch(2)
        column.addWidget(self._mark, 0, _CENTRE)
        column.addSpacing(px(4))
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(px(8))
        column.addLayout(row)
        column.addStretch(5)

    def show_empty(self, title: str, text: str) -> None:
        """Say that there is nothing, and offer to make something."""
        self._show(title, text, filtered=False)

    def show_filtered(self, title: str, text: str = "") -> None:
        """Say that the filter or the search leaves nothing."""
        self._show(title, text, filtered=True)

    def text(self) -> str:
        """Everything it says."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def _show(self, title: str, text: str, *, filtered: bool) -> None:
        self._mark.set_icon("filter" if filtered else "inbox", "text3")
        self._title.set_text(title)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self._new.setVisible(not filtered)
        self._paste.setVisible(not filtered)
        self._clear.setVisible(filtered)
        self.setAccessibleName(self.text())

    def _on_clicked(self) -> None:
        sender = self.sender()
        for button, command in self._commands.items():
            if button is sender:
                self.command_requested.emit(command)


class HandyKeys(Pane):
    """Five keys for a quiet moment, where the detail stands otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", parent=parent)
        px = current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.addStretch(2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(11))
        grid.addWidget(Text("Handig nu", "body_strong"), 0, 0, 1, 2)
        for line, (command, words) in enumerate(_HANDY, 1):
            grid.addWidget(KeyCap(keys_of(command)), line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Text(words, "body", "text2", elide=True), line, 1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(grid)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(5)
