"""Panes beside each other, or one under the other where the window is too narrow for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from console.views.theme.lengths import NO_LIMIT
from console.views.theme.theme import current

_ACROSS = QBoxLayout.Direction.LeftToRight
_UPRIGHT = QBoxLayout.Direction.TopToBottom


class SideBySide(QWidget):
    """The body of a screen. Its screen says by ``fit`` how wide it is, before it sets widths."""

    def __init__(self, panes: Sequence[tuple[QWidget, int]], *, least: int) -> None:
        """``panes`` come with the height they need one under the other; the highest one stretches.

        ``least``: the width that all need beside each other. Lengths are design pixels.
        """
        super().__init__()
        self._panes = tuple(panes)
        self._least = least
        self._width = 0
        self._row = QBoxLayout(_ACROSS, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for pane, _ in self._panes:
            self._row.addWidget(pane)

    def stretch(self, pane: QWidget, share: int = 1) -> None:
        """Let a pane take what is left of the width."""
        self._row.setStretchFactor(pane, share)

    @property
    def upright(self) -> bool:
        """Whether the panes stand one under the other."""
        return self._row.direction() == _UPRIGHT

    def fit(self, width: int) -> bool:
        """Turn to what fits in so many pixels; returns whether the panes stand upright."""
        upright = width < current().px(self._least)
        if upright != self.upright:
            self._row.setDirection(_UPRIGHT if upright else _ACROSS)
        self._width = width
        for pane, high in self._panes:
            pane.setMinimumHeight(self._height_of(pane, high, width) if upright else 0)
        return upright

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.upright:
            self.fit(self._width)
        return super().event(event)

    def _height_of(self, pane: QWidget, high: int, width: int) -> int:
        wanted = current().px(high)
        layout = pane.layout()
        if layout is not None and layout.hasHeightForWidth() and layout.count() > 1:
            # What stands in it may need more lines than at its widest.
            wanted = max(wanted, layout.totalMinimumHeightForWidth(width))
        return wanted

    def set_width(self, pane: QWidget, width: int) -> None:
        """Give a pane a width of so many pixels; upright it takes the whole width."""
        pane.setMinimumWidth(0 if self.upright else width)
        pane.setMaximumWidth(NO_LIMIT if self.upright else width)
