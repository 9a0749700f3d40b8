"""Running text with tinted and underlined stretches: the original, the preview."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.widgets.editors import Mark
from console.views.widgets.line_breaks import break_lines
from console.views.widgets.painted import Painted

_LOOKS: dict[str, tuple[str, str | None]] = {
    "stop": ("redtint", "redmark"),
    "warn": ("ambertint", "amberfill"),
    "source": ("sel", "accent"),
    "closing": ("press", None),
}


class SpanText(Painted):
    """Plain text with marks. It cannot be selected: the guard must have no side door."""

    spoken_role = "StaticText"

    def __init__(
        self,
        text: str = "",
        marks: Sequence[Mark] = (),
        *,
        role: str = "body",
        bold_role: str = "body_strong",
        color: str = "text",
        factor: float = 1.4,
        closing: str = "press",
        parent: QWidget | None = None,
    ) -> None:
        """`factor` is the line height in letter sizes; `closing` the tint of the fixed line."""
        super().__init__(parent)
        self._text = ""
        self._marks: tuple[Mark, ...] = ()
        self._bold: tuple[tuple[int, int], ...] = ()
        self._role = role
        self._bold_role = bold_role
        self._color = color
        self._factor = factor
        self._closing = closing
        self._layout: QTextLayout | None = None
        self._layout_width = -1
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text, marks)

    def set_text(
        self, text: str, marks: Sequence[Mark] = (), bold: Sequence[tuple[int, int]] = ()
    ) -> None:
        """Show text with marks and bold ranges, both counted in characters of `text`."""
        self._text = text
        self._marks = tuple(marks)
        self._bold = tuple(bold)
        self._layout = None
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The text on show."""
        return self._text

    def natural_width(self) -> int:
        """Width when nothing wraps, in logical pixels."""
        metrics = self.theme.metrics(self._bold_role if self._bold else self._role)
        lines = self._text.split("\n")
        return math.ceil(max(metrics.horizontalAdvance(line) for line in lines)) + 2

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return math.ceil(self._lay_out(width).lineCount() * self._pitch())

    def sizeHint(self) -> QSize:
        width = min(self.natural_width(), self.theme.px(440))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(48), math.ceil(self._pitch()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        layout = self._lay_out(self.width())
        pitch = self._pitch()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            line.setPosition(QPointF(0, round(number * pitch + (pitch - line.height()) / 2)))
        for mark in self._marks:
            self._paint_mark(painter, layout, mark)
        painter.setPen(self.theme.color(self._color))
        layout.draw(painter, QPointF(0, 0))
        painter.end()

    def _paint_mark(self, painter: QPainter, layout: QTextLayout, mark: Mark) -> None:
        tint, line_token = _LOOKS[mark.kind]
        if mark.kind == "closing":
            tint = self._closing
        pitch = self._pitch()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start = max(mark.start, line.textStart())
            end = min(mark.end, line.textStart() + line.textLength())
            if start >= end:
                continue
            left, right = _x(line.cursorToX(start)), _x(line.cursorToX(end))
            top = number * pitch
            painter.fillRect(
                QRectF(left, round(top), right - left + 1, round(pitch)), self.theme.color(tint)
            )
            if line_token is None:
                continue
            pen = QPen(self.theme.color(line_token), 1 if mark.kind == "source" else 2)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if mark.kind == "warn":
                pen.setDashPattern([5, 1.5])
            painter.setPen(pen)
            bottom = round(top + pitch) - (0.5 if mark.kind == "source" else 1)
            painter.drawLine(QPointF(left, bottom), QPointF(right + 1, bottom))

    def _pitch(self) -> float:
        return round(self.theme.font(self._role).pixelSize() * self._factor)

    def _lay_out(self, width: int) -> QTextLayout:
        if self._layout is not None and self._layout_width == width:
            return self._layout
        layout = QTextLayout(self._text.replace("\n", "\u2028"), self.theme.font(self._role))
        ranges = []
        for start, end in self._bold:
            part = QTextLayout.FormatRange()
            part.start, part.length = start, end - start
            form = QTextCharFormat()
            form.setFont(self.theme.font(self._bold_role))
            part.format = form
            ranges.append(part)
        layout.setFormats(ranges)
        break_lines(layout, width)
        self._layout, self._layout_width = layout, width
        return layout

    def _on_theme_changed(self) -> None:
        self._layout = None
        super()._on_theme_changed()


def _x(value: object) -> float:
    """cursorToX gives the place and the cursor it settled on; only the place is wanted."""
    return float(value[0]) if isinstance(value, tuple) else float(value)  # type: ignore[arg-type]
