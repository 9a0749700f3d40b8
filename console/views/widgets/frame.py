"""A rounded frame round a list, inset so that the list's square corners stay inside."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.views.widgets.card import Card


class Frame(Card):
    """Border and corners for one view; the view itself keeps no border (it scrolls by blit)."""

    def __init__(
        self, view: QWidget, ground: str = "surface", parent: QWidget | None = None
    ) -> None:
        """The view fills the frame but for the line and the corners."""
        super().__init__(ground=ground, margins=(1, 3, 1, 3), parent=parent)
        self.column.addWidget(view)
