"""The strip under the header: one standing condition of the whole desk."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from console.views.widgets.access import announce
from console.views.widgets.band import TONES
from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button
from console.views.widgets.finding_line import IconMark
from console.views.widgets.painted import Painted, hairline
from console.views.widgets.text import Text


class _Said(Painted):
    """Title and text: one line where they fit beside each other, else as many as they need."""

    def __init__(self, title: str, text: str, ink: str) -> None:
        super().__init__()
        self._title = Text(title, "body_strong", ink, wrap=True)
        self._text = Text(text, "body", "text", wrap=True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, self.theme.px(4), 0, self.theme.px(4))
        self._row.setSpacing(self.theme.px(8))
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row.addWidget(self._title, 0, middle)
        self._row.addWidget(self._text, 1, middle)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, title: str, text: str, ink: str) -> None:
        self._title.set_text(title)
        self._title.set_color(ink)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self._turn(self.width())

    def heightForWidth(self, width: int) -> int:
        if self._fits(width):
            return super().heightForWidth(width)
        edges = self._row.contentsMargins()
        texts = (self._title, self._text) if not self._text.isHidden() else (self._title,)
        high = sum(one.heightForWidth(width) for one in texts)
        return high + edges.top() + edges.bottom()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(280), self.theme.px(26))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn(self.width())

    def _fits(self, width: int) -> bool:
        gap = self._row.spacing()
        return self._title.natural_width() + gap + self._text.natural_width() <= width

    def _turn(self, width: int) -> None:
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if self._fits(width) else ways.TopToBottom)
        self._row.setSpacing(self.theme.px(8) if self._fits(width) else 0)
        self._title.setMinimumWidth(self._title.natural_width() if self._fits(width) else 0)


class Strip(Painted):
    """Forty-six pixels, more where the words need them: icon, title, text, buttons at the right.

    `pressed`: the button of `set_aside` was pressed.
    """

    spoken_role = "AlertMessage"

    pressed = Signal()

    def __init__(
        self, tone: str, icon: str, title: str, text: str = "", parent: QWidget | None = None
    ) -> None:
        """`tone` is "amber", "red" or "plain"."""
        super().__init__(parent)
        self._untold = f"{title} {text}".strip()
        self._tone = tone
        px = self.theme.px
        _, _, ink, icon_color = TONES[tone]
        self.row = BreakingRow(self, height=46)
        self.row.setContentsMargins(px(20), 0, px(16), 1)
        self.row.setSpacing(px(8))
        self._mark = IconMark(icon, icon_color, 18)
        self._said = _Said(title, text, ink)
        self.row.addWidget(self._mark)
        self.row.addWidget(self._said, 1)
        self._aside = Text("", "small_medium", "text2", parent=self)
        self._aside.hide()
        self._button: Button | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{title} {text}".strip())

    def set_content(self, tone: str, icon: str, title: str, text: str) -> None:
        """Show another condition."""
        self._tone = tone
        self._untold = f"{title} {text}".strip()
        _, _, ink, icon_color = TONES[tone]
        self._mark.set_icon(icon, icon_color)
        self._said.set_words(title, text, ink)
        self.setAccessibleName(f"{title} {text}".strip())
        self.update()
        self._tell()

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()

    def _tell(self) -> None:
        """Say once what stands there, from the moment that it can be seen."""
        if self._untold and self.isVisible():
            words, self._untold = self._untold, ""
            announce(self, words, urgent=self._tone == "red")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, border, _, _ = TONES[self._tone]
        painter.fillRect(self.rect(), self.theme.color(ground))
        hairline(painter, 0, self.height() - 1, self.width(), self.theme.color(border))
        painter.end()
