"""Reports that may be the same event: one line each, with a link to lay or to undo (F06)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.clock import local
from console.domain.report import LookAlike
from console.views.keys.table import keys_of
from console.views.text import moment_text
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.card import Card
from console.views.widgets.finding_line import IconMark
from console.views.widgets.text import Text


class _Line(Card):
    """One report that looks alike."""

    def __init__(self, item: LookAlike, key: str, now: datetime) -> None:
        super().__init__(ground="sunken", margins=(12, 3, 6, 3))
        self.item = item
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        at = local(item.heard_at)
        words = "Hoort bij" if item.link_id else "Lijkt op"
        when = f", {moment_text(at, now)}" if at else ""
        row.addWidget(IconMark("link", "accent" if item.link_id else "text2", 14))
        row.addWidget(Text(f"{words}: {item.title}{when}", "body", elide=True), 1)
        act = "Haal verband weg" if item.link_id else "Leg verband"
        self.button = Button(act, key or None, kind="quiet", size="m")
        self.button.setAccessibleName(f"{act}: {item.title}")
        row.addWidget(self.button)
        self.column.addLayout(row)


class LookAlikes(QWidget):
    """At most three; the key belongs to the first."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[LookAlike, ...] = ()
        self._lines: list[_Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current().px(6))
        self.hide()

    def set_items(self, items: Sequence[LookAlike], now: datetime) -> None:
        """Show these; the same ones again change nothing."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for number, item in enumerate(self._items[:3]):
            line = _Line(item, keys_of("link") if number == 0 else "", now)
            line.button.clicked.connect(self._on_clicked)
            self._column.addWidget(line)
            self._lines.append(line)
        self.setVisible(bool(self._lines))

    def press_first(self) -> bool:
        """Lay or undo the first link; False where nothing looks alike."""
        if not self._items:
            return False
        self.chosen.emit(self._items[0].id, self._items[0].link_id)
        return True

    def _on_clicked(self) -> None:
        sender = self.sender()
        for line in self._lines:
            if line.button is sender:
                self.chosen.emit(line.item.id, line.item.link_id)
