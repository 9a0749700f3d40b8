"""Scrolling panes without focus and without a border."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from console.views.theme.theme import current
from console.views.widgets.slim_scroll_bar import SlimScrollBar


class ScrollArea(QScrollArea):
    """A vertical pane that follows the width of the window; it never scrolls sideways."""

    def __init__(
        self, content: QWidget | None = None, ground: str = "surface", parent: QWidget | None = None
    ) -> None:
        """`ground` is the token of the colour behind the content."""
        super().__init__(parent)
        self.theme = current()
        self._ground = ground
        self.theme.changed.connect(self._on_theme_changed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = SlimScrollBar(Qt.Orientation.Vertical, self)
        bar.ground = ground
        self.setVerticalScrollBar(bar)
        self._on_theme_changed()
        if content is not None:
            self.setWidget(content)
            content.setAutoFillBackground(False)

    def _on_theme_changed(self) -> None:
        palette = self.theme.palette()
        palette.setColor(palette.ColorRole.Window, self.theme.color(self._ground))
        self.viewport().setPalette(palette)
        self.viewport().setAutoFillBackground(True)
