"""Segments: a few views of one list, with their counts, of which one is chosen."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from console.views.text import count_text
from console.views.theme.theme import current
from console.views.widgets.painted import Painted, rounded

Item = tuple[str, str, int | None]
"""Id, label, count (None shows no number)."""


class _Segment(QRadioButton):
    """One segment: a radio button painted as a tab."""

    def __init__(self, item: Item, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = current()
        self.item = item
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_item(item)

    def set_item(self, item: Item) -> None:
        """Show another label or count."""
        self.item = item
        _, label, count = item
        self.setAccessibleName(label if count is None else f"{label}, {count_text(count)}")
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        px = self.theme.px
        _, label, count = self.item
        width = math.ceil(self.theme.metrics("body_strong").horizontalAdvance(label)) + 2 * px(10)
        if count is not None:
            number = self.theme.metrics("small_medium").horizontalAdvance(count_text(count))
            width += px(5) + math.ceil(number)
        return QSize(width, px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color, px = self.theme.color, self.theme.px
        rect = QRectF(self.rect())
        _, label, count = self.item
        if self.isChecked():
            border = color("accent") if self.hasFocus() else color("line2")
            rounded(painter, rect, 5, color("surface"), border, 2 if self.hasFocus() else 1)
        elif self.hasFocus():
            rounded(painter, rect, 5, None, color("accent"), 2)
        role = "body_strong" if self.isChecked() else "body_medium"
        metrics = self.theme.metrics(role)
        painter.setFont(self.theme.font(role))
        painter.setPen(color("text" if self.isChecked() else "text2"))
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        text_width = self.theme.metrics("body_strong").horizontalAdvance(label)
        own = metrics.horizontalAdvance(label)
        x = px(10) + (text_width - own) / 2
        painter.drawText(round(x), round(base), label)
        if count is not None:
            painter.setFont(self.theme.font("small_medium"))
            painter.setPen(color("text2"))
            painter.drawText(round(px(10) + text_width + px(5)), round(base), count_text(count))
        painter.end()


class Segments(Painted):
    """A row of segments. Arrow keys move the choice; Ctrl+Tab goes through `select_next`."""

    spoken_role = "Grouping"

    selected_changed = Signal(str)

    def __init__(
        self, items: Sequence[Item], name: str = "Keuze", parent: QWidget | None = None
    ) -> None:
        """The first item is chosen. `name` is read aloud before the choice."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._buttons: list[_Segment] = []
        for item in items:
            button = _Segment(item, self)
            button.toggled.connect(self._on_toggled)
            row.addWidget(button)
            self._buttons.append(button)
        self._announced = ""
        if self._buttons:
            self._announced = self._buttons[0].item[0]
            self._buttons[0].setChecked(True)
            self.setFocusProxy(self._buttons[0])

    def selected(self) -> str:
        """Id of the chosen segment."""
        return next((b.item[0] for b in self._buttons if b.isChecked()), "")

    def select(self, item_id: str) -> None:
        """Choose a segment by id; an unknown id changes nothing."""
        for button in self._buttons:
            if button.item[0] == item_id:
                button.setChecked(True)

    def select_next(self, step: int = 1) -> None:
        """Choose the next (or previous) one, around the end."""
        if self._buttons:
            place = next((i for i, b in enumerate(self._buttons) if b.isChecked()), 0)
            self._buttons[(place + step) % len(self._buttons)].setChecked(True)

    def set_counts(self, counts: dict[str, int | None]) -> None:
        """Show new counts; segments that are not named keep theirs."""
        for button in self._buttons:
            item_id, label, count = button.item
            new = counts.get(item_id, count)
            if new != count:
                button.set_item((item_id, label, new))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), 6, self.theme.color("press"))
        painter.end()

    def _on_toggled(self, checked: bool) -> None:
        chosen = self.selected()
        if checked and chosen and chosen != self._announced:
            self._announced = chosen
            self.setFocusProxy(next(b for b in self._buttons if b.isChecked()))
            self.selected_changed.emit(chosen)
