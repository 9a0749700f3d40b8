"""The list of alerts: running, unknown, ended; below it the sources with their ages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.alert import AlertRow
from console.domain.status import Lamp
from console.views.burgernet.words import (
    LOOKS,
    SECTIONS,
    done_words,
    kind_words,
    lamp_words,
    since_words,
    spoken,
)
from console.views.tables.list_view import ListView
from console.views.tables.moves import move
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.tables.rows import HasId, Section
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.finding_line import IconMark
from console.views.widgets.text import Text

_LAMPS = {
    "good": ("ring-check", "greenfill", "text2"),
    "here": ("ring-check", "greenfill", "text2"),
    "old": ("triangle-alert", "amberfill", "amber"),
    "unknown": ("ring-question", "amberfill", "amber"),
    "off": ("ring-cross", "redmark", "red"),
    "unset": ("ring", "edge", "text3"),
}


class AlertDelegate(RowDelegate):
    """62 px: title, place and since when; source, kind and what we did."""

    height = 62
    text_edge = 48

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """`now` gives the moment the times are painted for."""
        super().__init__(parent)
        self._now = now

    def describe(self, row: AlertRow) -> str:
        """Return the row as one sentence."""
        return spoken(row, self._now())

    def paint_row(self, painter: QPainter, rect: QRect, row: AlertRow, state: RowState) -> None:
        """Paint one row in its two lines."""
        px, now = self.theme.px, self._now()
        left, right = rect.left() + px(48), rect.right() - px(17)
        first, second = rect.top() + px(10), rect.top() + px(32)
        icon, ink = LOOKS[row.section]
        self.icon(painter, rect.left() + px(21), first + px(9), icon, 14, ink)
        unknown = row.section == "unknown"
        used = self.text_right(
            painter,
            right,
            first,
            px(18),
            since_words(row, now),
            "small_strong" if unknown else "second",
            "amber" if unknown else "text2",
        )
        room = right - used - px(14) - left
        strong = "body_medium" if row.section == "ended" and not state.chosen else "body_strong"
        wide = self.text(painter, left, first, px(18), row.title, strong, "text", room)
        rest = room - wide - px(10)
        if rest > px(28):
            place = left + wide + px(10)
            self.text(painter, place, first, px(18), row.place, "second", "text2", rest)
        done = done_words(row)
        used = self.text_right(painter, right, second, px(17), done, "second", "text2")
        if row.section == "ended" and row.waits:
            self.icon(painter, right - used - px(20), second + px(8), "clock", 14, "amberfill")
            used += px(20)
        room = right - used - px(14) - left
        self.text(painter, left, second, px(17), kind_words(row), "second", "text2", room)


class SourceLines(Pane):
    """Where the desk looks, and how long ago that went well."""

    look_requested = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """`now` gives the moment ages are shown for."""
        super().__init__("surface", "t", parent)
        px = self.theme.px
        self._now = now
        self._lamps: tuple[Lamp, ...] = ()
        self._ages: list[Text] = []
        self._lines: list[QWidget] = []
        look = Button("Kijk nu", "F5", "refresh", "quiet", "s")
        look.clicked.connect(self.look_requested)
        head = QHBoxLayout()
        head.addWidget(Text("Bronnen", "body_strong"))
        head.addStretch(1)
        head.addWidget(look)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(20), px(9), px(17), px(12))
        self._column.setSpacing(px(2))
        self._column.addLayout(head)

    def set_sources(self, lamps: Sequence[Lamp]) -> None:
        """Show one line per source."""
        if tuple(lamps) != self._lamps:
            self._lamps = tuple(lamps)
            for line in self._lines:
                self._column.removeWidget(line)
                line.hide()
                line.deleteLater()
            self._lines, self._ages = [], []
            for lamp in self._lamps:
                self._add(lamp)
        self.tick()

    def tick(self) -> None:
        """Bring the ages up to date."""
        now = self._now()
        for lamp, age, line in zip(self._lamps, self._ages, self._lines, strict=True):
            age.set_text(lamp_words(lamp, now))
            line.setAccessibleName(f"{lamp.name}: {age.text()}")

    def _add(self, lamp: Lamp) -> None:
        px = self.theme.px
        icon, ink, tone = _LAMPS.get(lamp.state, _LAMPS["unset"])
        line = QWidget()
        line.setFixedHeight(px(22))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(9))
        age = Text("", "small", tone)
        row.addWidget(IconMark(icon, ink, 14))
        row.addWidget(Text(lamp.name, "body", elide=True), 1)
        row.addWidget(age)
        self._column.addWidget(line)
        self._lines.append(line)
        self._ages.append(age)


class AlertPane(Pane):
    """List above, sources below; the screen listens to both."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """`now` gives the moment times are shown for."""
        super().__init__("surface", "", parent)
        px = self.theme.px
        delegate = AlertDelegate(now)
        self._model = RowModel(delegate.describe)
        self.list = ListView(self._model, delegate, "Burgernet en andere meldingen van buiten")
        self.sources = SourceLines(now)
        self._empty = Text("", "subject", wrap=True)
        self._empty_box = QWidget()
        box = QVBoxLayout(self._empty_box)
        box.setContentsMargins(px(24), px(32), px(24), px(20))
        box.addWidget(self._empty)
        box.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._empty_box, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self.sources)
        self.set_rows([], "", today=False)

    def set_rows(self, rows: Sequence[AlertRow], empty: str, *, today: bool) -> None:
        """Show alerts in their sections; `empty` is said where there are none."""
        shown: list[HasId | Section] = []
        for name, title in SECTIONS.items():
            found = [one for one in rows if one.section == name]
            if found:
                late = " vandaag" if today and name == "ended" else ""
                shown.append(Section(f"{title}{late}", len(found)))
                shown += found
        self._model.set_rows(shown)
        self._empty.set_text(empty)
        self._empty_box.setVisible(not rows)
        self.list.setVisible(bool(rows))

    def is_empty(self) -> bool:
        """Whether there is nothing to choose."""
        return self._model.rowCount() == 0

    def tick(self) -> None:
        """Bring ages up to date."""
        self.sources.tick()
        self.list.viewport().update()

    def do(self, command: str) -> bool:
        """Move the choice; False where the command is about something else."""
        return move(self.list, command)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(360), self.theme.px(300))
