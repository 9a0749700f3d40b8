"""The original beside the fields: locked, what was used is tinted, what is known of it below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.views.theme.icons import draw_icon
from console.views.widgets.card import Pane
from console.views.widgets.divider import Divider
from console.views.widgets.editors import Mark
from console.views.widgets.finding_line import IconMark
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import Painted, draw_text, hairline, rounded
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.span_text import SpanText
from console.views.widgets.text import Text


class OriginalPane(Pane):
    """The text as it came. It cannot be selected or copied: the guard has no side door."""

    spoken_role = "Document"

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_original`."""
        super().__init__("sunken", "r", parent)
        px = self.theme.px
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Origineel, ongewijzigd")
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(20), px(14), px(18), px(16))
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(px(7))
        head.addWidget(IconMark("lock", "text2", 16))
        head.addWidget(Text("Origineel, ongewijzigd", "body_strong", elide=True), 1)
        self._column.addLayout(head)
        self._column.addSpacing(px(8))
        self._text = SpanText(role="body", factor=1.43)
        self._column.addWidget(self._text)
        self._column.addSpacing(px(10))
        self._legend = Text("Gekleurd: dit staat in de velden.", "small", "text2", wrap=True)
        self._column.addWidget(self._legend)
        self._column.addSpacing(px(14))
        self._rule = Divider()
        self._column.addWidget(self._rule)
        self._column.addSpacing(px(16))
        self._facts = QVBoxLayout()
        self._facts.setSpacing(px(2))
        self._column.addLayout(self._facts)
        self._column.addStretch(1)
        self._fact_parts: list[QWidget] = []
        self._area = ScrollArea(inner, "sunken")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.addWidget(self._area)

    def set_original(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        facts: Sequence[tuple[str, str]],
    ) -> None:
        """Show the text, the stretches that stand in the fields, and the facts under it."""
        self._text.set_text(text, [Mark(start, end, "source") for start, end in spans])
        self._legend.setVisible(bool(spans))
        for part in self._fact_parts:
            self._facts.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._fact_parts = []
        for label, value in facts:
            name = Text(label, "small", "text2", wrap=True)
            shown = Text(value, "body", wrap=True)
            shown.setContentsMargins(0, 0, 0, 0)
            shown.setAccessibleName(f"{label}: {value}")
            gap = QWidget()
            gap.setFixedHeight(self.theme.px(8))
            for part in (name, shown, gap):
                self._facts.addWidget(part)
                self._fact_parts.append(part)

    def scroll_by(self, pages: int) -> None:
        """Scroll a screenful, for the keyboard."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            ring = QRectF(self.rect()).adjusted(1, 1, -2, -1)
            rounded(painter, ring, 6, None, self.theme.color("accent"), 2)
            painter.end()


class OriginalTab(Painted):
    """The original folded to 48 px: a lock and Alt+O; a click opens it too."""

    spoken_role = "Button"

    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Stands where the pane would."""
        super().__init__(parent)
        self._across = False
        self.setAccessibleName("Origineel, dichtgevouwen. Alt+O opent het.")
        self.setToolTip("Origineel (Alt+O)")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_across(self, across: bool) -> None:
        """Lie over the fields, as a line with words, instead of standing beside them."""
        if across != self._across:
            self._across = across
            fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
            self.setSizePolicy(*((grows, fixed) if across else (fixed, grows)))
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        high = 40 if self._across else 120
        return QSize(self.theme.px(48), self.theme.px(high))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_requested.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        painter.fillRect(self.rect(), color("sunken"))
        side = px(16)
        if self._across:
            self._paint_across(painter, side)
            painter.end()
            return
        painter.fillRect(self.width() - 1, 0, 1, self.height(), color("line"))
        draw_icon(painter, (self.width() - side) / 2, px(18), "lock", side, color("text2"))
        y: float = px(56)
        for key in ("Alt", "O"):
            width = caps_width(self.theme, key)
            paint_caps(painter, (self.width() - width) / 2, y, key)
            y += px(24)
        painter.end()

    def _paint_across(self, painter: QPainter, side: int) -> None:
        px, color = self.theme.px, self.theme.color
        middle = self.height() / 2
        hairline(painter, 0, self.height() - 1, self.width(), color("line"))
        draw_icon(painter, px(20), middle - side / 2, "lock", side, color("text2"))
        painter.setFont(self.theme.font("body_medium"))
        painter.setPen(color("text2"))
        draw_text(painter, px(44), 0, self.height(), "Origineel")
        x = px(44) + self.theme.metrics("body_medium").horizontalAdvance("Origineel") + px(10)
        paint_caps(painter, x, middle, "Alt+O")
