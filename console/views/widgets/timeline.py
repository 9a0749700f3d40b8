"""History: what happened, by whom, when; newest or oldest first, as it is handed in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.theme.icons import draw_icon
from console.views.widgets.painted import Painted, draw_text

_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `tone` colours the icon."""

    icon: str
    title: str
    detail: str
    time: str
    tone: str = "text2"


class Timeline(Painted):
    """Icons joined by a line, words beside them, times at the right."""

    spoken_role = "List"

    def __init__(
        self,
        events: Sequence[Event] = (),
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Heights are 42 with a detail, 30 without; ``wrap`` gives long words the lines they need."""
        super().__init__(parent)
        self._events: tuple[Event, ...] = ()
        self._wrap = wrap
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if wrap:
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_events(events)

    def set_events(self, events: Sequence[Event]) -> None:
        """Show this history."""
        self._events = tuple(events)
        self.setAccessibleName(
            " ".join(f"{e.time}: {e.title}{', ' + e.detail if e.detail else ''}." for e in events)
        )
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        return sum(self._height(event, width) for event in self._events) if self._wrap else -1

    def sizeHint(self) -> QSize:
        width = self.theme.px(240)
        return QSize(width, sum(self._height(event, width) for event in self._events))

    def minimumSizeHint(self) -> QSize:
        if self._wrap:
            return QSize(self.theme.px(120), 0)
        return QSize(self.theme.px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        y = 0
        for number, event in enumerate(self._events):
            height = self._height(event, self.width())
            side = px(16)
            draw_icon(painter, 0, y + px(2), event.icon, side, color(event.tone))
            if number < len(self._events) - 1:
                top = y + px(22)
                painter.fillRect(side // 2, top, 1, y + height - px(1) - top, color("line2"))
            self._words(painter, event, y)
            y += height
        painter.end()

    def _words(self, painter: QPainter, event: Event, y: int) -> None:
        px, color = self.theme.px, self.theme.color
        left = px(28)
        metrics = self.theme.metrics("small")
        width = metrics.horizontalAdvance(event.time)
        painter.setFont(self.theme.font("small"))
        painter.setPen(color("text2"))
        draw_text(painter, self.width() - width, y, px(20), event.time)
        room = self.width() - width - px(12) - left
        body = self.theme.metrics("body")
        painter.setFont(self.theme.font("body"))
        painter.setPen(color("text"))
        extra = self._extra(event, self.width())
        if extra:
            box = QRect(left, y + px(1), round(room), px(18) + extra)
            painter.drawText(box, _WRAPPED, event.title)
        else:
            title = body.elidedText(event.title, Qt.TextElideMode.ElideRight, room)
            draw_text(painter, left, y, px(20), title)
        if event.detail:
            painter.setFont(self.theme.font("small"))
            painter.setPen(color("text3"))
            room = self.width() - left
            detail = metrics.elidedText(event.detail, Qt.TextElideMode.ElideRight, room)
            draw_text(painter, left, y + px(19) + extra, px(16), detail)

    def _height(self, event: Event, width: int) -> int:
        return self.theme.px(42 if event.detail else 30) + self._extra(event, width)

    def _extra(self, event: Event, width: int) -> int:
        """How much higher the words are than one line, at this width of the whole."""
        if not self._wrap:
            return 0
        px, metrics = self.theme.px, self.theme.metrics("body")
        time = self.theme.metrics("small").horizontalAdvance(event.time)
        room = max(1, width - time - px(12) - px(28))
        if "\n" not in event.title and metrics.horizontalAdvance(event.title) <= room:
            return 0
        box = metrics.boundingRect(QRectF(0, 0, round(room), 1_000_000), _WRAPPED, event.title)
        return max(0, math.ceil(box.height()) - px(18))
