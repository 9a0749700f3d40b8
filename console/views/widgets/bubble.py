"""The bubble: exactly what the group will see. It cannot be selected or copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.views.widgets.editors import Mark
from console.views.widgets.finding_line import IconMark
from console.views.widgets.marked_text import read_marks
from console.views.widgets.painted import Painted, rounded
from console.views.widgets.span_text import SpanText
from console.views.widgets.text import Text

_WIDEST = 460


class Bubble(Painted):
    """One message as WhatsApp would show it, at most 460 wide."""

    spoken_role = "Paragraph"

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_message`."""
        super().__init__(parent)
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(9), px(12), px(6))
        column.setSpacing(px(4))
        self._body = SpanText(
            role="preview",
            bold_role="preview_strong",
            color="bubbletext",
            factor=1.38,
            closing="closing",
        )
        self._time = Text("", "tiny", "bubble2", align=Qt.AlignmentFlag.AlignRight, elide=True)
        column.addWidget(self._body)
        column.addWidget(self._time)
        self.setMaximumWidth(px(_WIDEST))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_message(self, text: str, time: str = "nu", marks: Sequence[Mark] = ()) -> None:
        """Show a message as it is written; `marks` count characters of this raw text.

        *Bold* is shown bold, without the stars.
        """
        marked = read_marks(text)
        moved = [Mark(marked.place(m.start), marked.place(m.end), m.kind) for m in marks]
        self._body.set_text(marked.shown, moved, marked.bold)
        self._time.set_text(time)
        self.setAccessibleName(marked.shown)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        width = min(self.theme.px(_WIDEST), self._body.natural_width() + self.theme.px(24))
        hint.setWidth(max(width, self.theme.px(200)))
        return hint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), 8, self.theme.color("bubble"))
        painter.end()

    def _on_theme_changed(self) -> None:
        self.setMaximumWidth(self.theme.px(_WIDEST))
        super()._on_theme_changed()


class ChatGround(Painted):
    """The ground behind a bubble, with the line about the fixed closing line below it."""

    def __init__(self, *, rounded_corners: bool = False, parent: QWidget | None = None) -> None:
        """`bubble` is the bubble on it."""
        super().__init__(parent)
        self._rounded = rounded_corners
        px = self.theme.px
        column = QVBoxLayout(self)
        side = px(12) if rounded_corners else px(16)
        column.setContentsMargins(side, px(12 if rounded_corners else 10), side, px(12))
        column.setSpacing(px(8))
        self.bubble = Bubble()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bubble, 12)
        row.addStretch(1)
        column.addLayout(row)
        self._note = QWidget()
        note = QHBoxLayout(self._note)
        note.setContentsMargins(0, 0, 0, 0)
        note.setSpacing(px(5))
        note.addWidget(IconMark("lock", "text2", 12))
        note.addWidget(
            Text("Grijs: vaste slotregel, die blijft staan", "small", "text2", elide=True), 1
        )
        column.addWidget(self._note)
        self._note.hide()

    def show_note(self, shown: bool) -> None:
        """Show or hide the line that explains the grey closing line."""
        self._note.setVisible(shown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = self.theme.color("chatbg")
        if self._rounded:
            rounded(painter, QRectF(self.rect()), 8, ground)
        else:
            painter.fillRect(self.rect(), ground)
        painter.end()
