"""The strip under the header: one standing condition of the whole desk."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.views.widgets.band import TONES
from console.views.widgets.button import Button
from console.views.widgets.finding_line import IconMark
from console.views.widgets.painted import Painted, hairline
from console.views.widgets.text import Text


class Strip(Painted):
    """Forty-six pixels: icon, title, text, and buttons at the right.

    `pressed`: the button of `set_aside` was pressed.
    """

    pressed = Signal()

    def __init__(
        self, tone: str, icon: str, title: str, text: str = "", parent: QWidget | None = None
    ) -> None:
        """`tone` is "amber", "red" or "plain"."""
        super().__init__(parent)
        self._tone = tone
        px = self.theme.px
        _, _, ink, icon_color = TONES[tone]
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(px(20), 0, px(16), 1)
        self.row.setSpacing(px(8))
        self._mark = IconMark(icon, icon_color, 18)
        self._title = Text(title, "body_strong", ink)
        self._text = Text(text, "body", "text", elide=True)
        self.row.addWidget(self._mark)
        self.row.addWidget(self._title)
        self.row.addWidget(self._text, 1)
        self._aside = Text("", "small_medium", "text2", parent=self)
        self._aside.hide()
        self._button: Button | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title} {text}".strip())

    def set_content(self, tone: str, icon: str, title: str, text: str) -> None:
        """Show another condition."""
        self._tone = tone
        _, _, ink, icon_color = TONES[tone]
        self._mark.set_icon(icon, icon_color)
        self._title.set_text(title)
        self._title.set_color(ink)
        self._text.set_text(text)
        self.setAccessibleName(f"{title} {text}".strip())
        self.update()

    def set_aside(self, words: str, button: str, key: str = "") -> None:
        """Show words and one button at the right; a second call changes them, "" takes it away."""
        if self._button is None:
            self._button = Button(button, key or None)
            self._button.clicked.connect(self.pressed)
            self.row.addWidget(self._aside)
            self.row.addWidget(self._button)
        self._aside.set_text(words)
        self._aside.setVisible(bool(words))
        self._button.set_label(button)
        self._button.set_key(key or None)
        self._button.setVisible(bool(button))

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right."""
        self.row.addWidget(button)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, border, _, _ = TONES[self._tone]
        painter.fillRect(self.rect(), self.theme.color(ground))
        hairline(painter, 0, self.height() - 1, self.width(), self.theme.color(border))
        painter.end()
