"""A page for the seconds in which the desk is made ready and nothing can be done yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from console.views.gates.gate import Gate, Mark
from console.views.widgets.text import Text

_WIDTH = 480


class WaitPage(Gate):
    """Says what the desk is doing; there is nothing to press."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__(title, width=_WIDTH)
        px = self.theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(40), px(36), px(40), px(36))
        column.setSpacing(0)
        column.addWidget(Mark())
        column.addSpacing(px(18))
        column.addWidget(Text(title, "next_step", wrap=True))
        column.addSpacing(px(4))
        column.addWidget(Text(words, "reading", "text2", wrap=True))
        self.card.column.addLayout(column)
