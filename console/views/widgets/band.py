"""Bands: something the person must know or answer, at the place where it belongs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.views.widgets.button import Button
from console.views.widgets.finding_line import IconMark
from console.views.widgets.flow_row import FlowRow
from console.views.widgets.painted import Painted, rounded
from console.views.widgets.text import Text

TONES: dict[str, tuple[str, str, str, str]] = {
    "red": ("redtint", "redline", "red", "redmark"),
    "amber": ("ambertint", "amberline", "amber", "amberfill"),
    "green": ("greentint", "greenline", "green", "greenfill"),
    "accent": ("sel", "accent", "text", "accent"),
    "plain": ("sunken", "line", "text2", "text2"),
    "flat": ("sunken", "sunken", "text2", "text2"),
}
"""Tone: ground, border, words of the title, icon."""


class Band(Painted):
    """Icon, title, text, buttons. `body` is a column for more (a rule, an answer)."""

    def __init__(
        self,
        tone: str,
        title: str,
        text: str = "",
        icon: str | None = None,
        *,
        large: bool = False,
        indent: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`large` is the band in a detail pane; without `indent` text starts under the icon."""
        super().__init__(parent)
        self._tone = tone
        self._large = large
        _, _, ink, icon_color = TONES[tone]
        px = self.theme.px
        side = 18 if large else 16
        outer = QVBoxLayout(self)
        margin = px(16) if large else px(11)
        outer.setContentsMargins(margin, px(14 if large else 8), px(14), px(14 if large else 10))
        outer.setSpacing(px(6) if large else 0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(px(8))
        self._mark = IconMark(icon or "info", icon_color, side)
        if icon is None:
            self._mark.hide()
        self._title = Text(title, "reading_strong" if large else "body_strong", ink, wrap=True)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        outer.addLayout(head)
        self.body = QVBoxLayout()
        left = (px(side) + px(8)) if indent and icon is not None else 0
        self.body.setContentsMargins(left, 0, 0, 0)
        self.body.setSpacing(0)
        self._text = Text(text, "body", "text", wrap=True)
        # Hidden, never shown, while it has no parent yet: else it would flash as a window.
        if not text:
            self._text.hide()
        self.body.addWidget(self._text)
        self._buttons: FlowRow | None = None
        outer.addLayout(self.body)
        self.setAccessibleName(f"{title}. {text}".strip())

    def set_content(self, tone: str, title: str, text: str, icon: str) -> None:
        """Show something else with the same buttons."""
        self._tone = tone
        _, _, ink, icon_color = TONES[tone]
        self._mark.set_icon(icon, icon_color)
        self._mark.setVisible(bool(icon))
        self._title.set_text(title)
        self._title.set_color(ink)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title}. {text}".strip())
        self.update()

    def title(self) -> str:
        """What it says first."""
        return self._title.text()

    def add_button(self, button: QWidget) -> None:
        """Put a button in the row under the text."""
        if self._buttons is None:
            self._buttons = FlowRow()
            self.body.addSpacing(self.theme.px(9))
            self.body.addWidget(self._buttons)
        self._buttons.add(button)

    def add_row(self, widget: QWidget, gap: int = 10) -> None:
        """Put a widget under everything, `gap` design pixels lower."""
        self.body.addSpacing(self.theme.px(gap))
        self.body.addWidget(widget)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, border, _, _ = TONES[self._tone]
        color = self.theme.color
        rounded(painter, QRectF(self.rect()), 8, color(ground), color(border))
        painter.end()


class FindingBand(Band):
    """What the guard found under the field in focus: what it is, what to do, two remedies."""

    action_chosen = Signal(int)

    def __init__(
        self,
        level: str,
        title: str,
        remedy: str,
        actions: list[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """`level` is "stop" or "warn"; `actions` are (label, key); the number chosen counts from 0."""
        stop = level == "stop"
        super().__init__(
            "red" if stop else "amber",
            title,
            remedy,
            "octagon-alert" if stop else "triangle-alert",
            parent=parent,
        )
        self.buttons: list[Button] = []
        for label, key in actions:
            button = Button(label, key, size="s")
            button.clicked.connect(self._on_clicked)
            self.buttons.append(button)
            self.add_button(button)

    def choose(self, number: int) -> bool:
        """Choose a remedy from the keyboard (Alt+1 is 0); False when there is none."""
        if 0 <= number < len(self.buttons) and self.buttons[number].isEnabled():
            self.action_chosen.emit(number)
            return True
        return False

    def _on_clicked(self) -> None:
        sender = self.sender()
        for number, button in enumerate(self.buttons):
            if button is sender:
                self.action_chosen.emit(number)
