"""A choice from a list that folds open: painted field, arrow keys, no free text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.theme.theme import current
from console.views.widgets.painted import rounded


class Choice(QComboBox):
    """One of a list of (id, label). Space or Alt+Down folds it open, arrows change it."""

    chosen = Signal(str)

    def __init__(
        self, items: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        """`name` is the accessible name: the label above it."""
        super().__init__(parent)
        self.theme = current()
        self.theme.changed.connect(self._on_theme_changed)
        self._level = ""
        offers = QListView(self)
        offers.setAccessibleName(name)
        self.setView(offers)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_items(items)
        self.currentIndexChanged.connect(self._on_index_changed)

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer other items; the chosen id stays chosen when it is still there."""
        kept = self.selected()
        blocked = self.blockSignals(True)
        self.clear()
        for item_id, label in items:
            self.addItem(label, item_id)
        self.select(kept)
        self.blockSignals(blocked)
        self.update()

    def selected(self) -> str:
        """Id of the chosen item, or an empty text."""
        return str(self.currentData() or "")

    def select(self, item_id: str) -> None:
        """Choose by id; an unknown id changes nothing."""
        place = self.findData(item_id)
        if place >= 0:
            self.setCurrentIndex(place)

    def set_level(self, level: str) -> None:
        """Frame in amber ("warn") or red ("stop"); "" for none."""
        self._level = level
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics("body")
        widest = max(
            (metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=60.0
        )
        px = self.theme.px
        return QSize(round(min(widest, px(320))) + px(11 + 14 + 9 + 8), px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(80), self.theme.px(34))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel over a scrolling form must not change an answer.
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        if event.text() and event.text().isprintable() and event.key() != Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color, px = self.theme.color, self.theme.px
        rect = QRectF(self.rect())
        ground = color("surface" if self.isEnabled() else "sunken")
        if self.hasFocus():
            rounded(painter, rect, 6, ground, color("accent"), 2)
        elif self._level:
            line = color("redmark" if self._level == "stop" else "amberfill")
            rounded(painter, rect, 6, ground, line, 1.5)
        else:
            rounded(painter, rect, 6, ground, color("edge" if self.isEnabled() else "line2"))
        metrics = self.theme.metrics("body")
        painter.setFont(self.theme.font("body"))
        painter.setPen(color("text" if self.isEnabled() else "off"))
        room = self.width() - px(11) - px(9) - px(18)
        label = metrics.elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(px(11), round(base), label)
        side = px(14)
        draw_icon(
            painter,
            self.width() - px(9) - side,
            (self.height() - side) / 2,
            "chevron-down",
            side,
            color("text2"),
        )
        painter.end()

    def _on_index_changed(self, _place: int) -> None:
        self.chosen.emit(self.selected())

    def _on_theme_changed(self) -> None:
        self.setFont(self.theme.font("body"))
        self.updateGeometry()
        self.update()
