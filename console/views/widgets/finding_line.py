"""One line under a field: an icon and what the guard found."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.widgets.painted import Painted
from console.views.widgets.text import Text

LOOKS = {
    "stop": ("octagon-alert", "redmark", "red"),
    "warn": ("triangle-alert", "amberfill", "amber"),
    "good": ("ring-check", "greenfill", "green"),
    "unknown": ("ring-question", "amberfill", "amber"),
    "plain": ("info", "text3", "text2"),
}
"""Level: icon, colour of the icon, colour of the words."""


class IconMark(Painted):
    """An icon as decoration: it has no name."""

    def __init__(
        self, icon: str, color: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        """`color` is a token, `size` design pixels."""
        super().__init__(parent)
        self._icon = icon
        self._color = color
        self._side = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, color: str) -> None:
        """Show another icon or colour."""
        self._icon = icon
        self._color = color
        self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.theme.px(self._side)
        draw_icon(painter, 0, 0, self._icon, side, self.theme.color(self._color))
        painter.end()


class FindingLine(QWidget):
    """A short finding that wraps when it must."""

    def __init__(
        self,
        level: str = "warn",
        text: str = "",
        *,
        strong: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`level` is a key of LOOKS."""
        super().__init__(parent)
        icon, icon_color, ink = LOOKS[level]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._mark = IconMark(icon, icon_color, 14)
        self._text = Text(text, "small_medium" if strong else "small", ink, wrap=True)
        row.setSpacing(5)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)

    def set_finding(self, level: str, text: str) -> None:
        """Show another finding."""
        icon, icon_color, ink = LOOKS[level]
        self._mark.set_icon(icon, icon_color)
        self._text.set_color(ink)
        self._text.set_text(text)

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()
