"""Plain text on a screen: wraps with its own line height, or elides; never rich text."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.widgets.line_breaks import break_lines
from console.views.widgets.painted import Painted, plain_tooltip

_UNBOUNDED = 1_000_000.0


class Text(Painted):
    """A label for any text, trusted or not. It cannot be selected and never reads HTML.

    `wrap` breaks lines and takes the height it needs at its width; `elide` keeps one line and
    ends it with an ellipsis, the full text then being the tooltip. With neither the text keeps
    its natural width.
    """

    spoken_role = "StaticText"

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        color: str = "text",
        *,
        wrap: bool = False,
        elide: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        code: bool = False,
        line_factor: float | None = None,
        max_lines: int | None = None,
        least: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        """Role is of the type table, colour a token; `line_factor` overrules the line height.

        ``least``: so many design pixels stay of a line that is elided.
        """
        super().__init__(parent)
        self._text = ""
        self._role = role
        self._color = color
        self._wrap = wrap
        self._elide = elide
        self._align = align
        self._code = code
        self._line_factor = line_factor
        self._max_lines = max_lines
        self._least = least
        self._layout: QTextLayout | None = None
        self._layout_width = -1.0
        self._natural = -1.0
        self._own_tooltip = False
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred if (wrap or elide) else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed,
        )
        if wrap:
            policy.setHeightForWidth(True)
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self.set_text(text)

    def text(self) -> str:
        """The text as it was given."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text; it is also the accessible name."""
        if text == self._text and self._layout_width != -1.0:
            return
        self._text = text
        self.setAccessibleName(text)
        self._forget()

    def set_color(self, token: str) -> None:
        """Paint in another colour token."""
        if token != self._color:
            self._color = token
            self.update()

    def set_role(self, role: str) -> None:
        """Use another role of the type table."""
        if role != self._role:
            self._role = role
            self._forget()

    def set_least(self, design_pixels: int) -> None:
        """Keep so much of a line that is elided."""
        self._least = design_pixels
        self.updateGeometry()

    def natural_width(self) -> int:
        """Width of the longest line when nothing wraps, in logical pixels."""
        if self._natural < 0:
            metrics = self.theme.metrics(self._role, code=self._code)
            self._natural = max(
                (metrics.horizontalAdvance(line) for line in self._text.split("\n")), default=0.0
            )
        return math.ceil(self._natural)

    def line_height(self) -> float:
        """Distance from one line to the next, in logical pixels."""
        if self._line_factor is not None:
            return self.theme.font(self._role).pixelSize() * self._line_factor
        return self.theme.line(self._role)

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        if not self._wrap:
            return -1
        return math.ceil(self._lines(width) * self.line_height())

    def sizeHint(self) -> QSize:
        width = self.natural_width()
        if self._wrap:
            width = min(width, self.theme.px(640))
            return QSize(width, self.heightForWidth(max(width, 1)))
        return QSize(width, math.ceil(self.line_height()))

    def minimumSizeHint(self) -> QSize:
        if self._wrap:
            width = min(self.natural_width(), self.theme.px(48))
            return QSize(width, math.ceil(self.line_height()))
        if self._elide:
            return QSize(
                min(self.natural_width(), self.theme.px(self._least)), self.sizeHint().height()
            )
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        token = self._color if self.isEnabled() else "off"
        painter.setPen(self.theme.color(token))
        painter.setFont(self.theme.font(self._role, code=self._code))
        if self._wrap:
            self._paint_wrapped(painter)
        else:
            self._paint_line(painter)
        painter.end()

    def _paint_line(self, painter: QPainter) -> None:
        metrics = painter.fontMetrics()
        text = self._text.replace("\n", " ")
        if self._elide and self.natural_width() > self.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        width = metrics.horizontalAdvance(text)
        x = 0
        if self._align & Qt.AlignmentFlag.AlignRight:
            x = self.width() - width
        elif self._align & Qt.AlignmentFlag.AlignHCenter:
            x = (self.width() - width) // 2
        y = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(x, round(y), text)

    def _paint_wrapped(self, painter: QPainter) -> None:
        count = self._lines(self.width())
        layout = self._layout
        if layout is None:
            return
        pitch = self.line_height()
        for number in range(min(count, layout.lineCount())):
            line = layout.lineAt(number)
            y = number * pitch + (pitch - line.height()) / 2
            line.setPosition(QPointF(line.x(), round(y)))
            if (
                self._max_lines is not None
                and number == self._max_lines - 1
                and layout.lineCount() > self._max_lines
            ):
                rest = self._text[line.textStart() :].replace("\n", " ")
                metrics = painter.fontMetrics()
                rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
                painter.drawText(0, round(y + line.ascent()), rest)
            else:
                line.draw(painter, QPointF(0, 0))

    def _lines(self, width: int) -> int:
        if self._layout is None or self._layout_width != width:
            layout = QTextLayout(
                self._text.replace("\n", "\u2028"), self.theme.font(self._role, code=self._code)
            )
            break_lines(layout, width, self._align)
            self._layout = layout
            self._layout_width = width
        count = max(1, self._layout.lineCount())
        return count if self._max_lines is None else min(count, self._max_lines)

    def _forget(self) -> None:
        self._layout = None
        self._layout_width = 0.0
        self._natural = -1.0
        self._refresh_tooltip()
        self.updateGeometry()
        self.update()

    def _refresh_tooltip(self) -> None:
        cut = self._elide and self.natural_width() > self.width() > 0
        if cut:
            self.setToolTip(plain_tooltip(self._text))
            self._own_tooltip = True
        elif self._own_tooltip:
            self.setToolTip("")
            self._own_tooltip = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self._refresh_tooltip()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def _on_theme_changed(self) -> None:
        self._forget()
