"""The section line above a list: name, count, and room for a button at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.views.text import count_text
from console.views.widgets.painted import Painted, hairline
from console.views.widgets.text import Text


class SectionHeader(Painted):
    """The first section's header as a widget, so that it can hold "12 nieuwe meldingen"."""

    def __init__(
        self,
        title: str = "",
        count: int | None = None,
        *,
        height: int = 38,
        parent: QWidget | None = None,
    ) -> None:
        """`height` is in design pixels."""
        super().__init__(parent)
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(self.theme.px(20), 0, self.theme.px(24), 1)
        self.row.setSpacing(self.theme.px(8))
        self._title = Text(title, "small_strong", "text2")
        self._count = Text("", "small", "text2")
        self.row.addWidget(self._title)
        self.row.addWidget(self._count)
        self.row.addStretch(1)
        self.set_section(title, count)

    def set_section(self, title: str, count: int | None, tone: str = "text2") -> None:
        """Show another name and count."""
        self._title.set_text(title)
        self._title.set_color(tone)
        self._count.set_text("" if count is None else count_text(count))

    def add_right(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self.row.addWidget(widget)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.px(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("sunken"))
        hairline(painter, 0, self.height() - 1, self.width(), self.theme.color("line"))
        painter.end()
