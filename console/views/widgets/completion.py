"""A completion list: hangs over the form under its field and never pushes anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.views.theme.icons import draw_icon
from console.views.widgets.field import Field
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import Painted, draw_text, rounded
from console.views.widgets.shadow import paint_shadow

_ROW = 34
_EDGE = 10
_MOST = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing on offer."""

    id: str
    title: str
    detail: str = ""
    icon: str = "pin"


class CompletionList(Painted):
    """Offers under a field. Down and Up choose, Tab or Enter takes, Esc closes the list only."""

    chosen = Signal(str)

    def __init__(self, field: Field, window: QWidget) -> None:
        """`window` (or a popup) is what it hangs over; the field keeps the keyboard."""
        super().__init__(window)
        self._field = field
        self._offers: tuple[Offer, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        field.editor.installEventFilter(self)
        self.hide()

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Offer these, at most eight; none hides the list."""
        self._offers = tuple(offers[:_MOST])
        self._at = 0
        if not self._offers or not self._field.editor.hasFocus():
            self.hide()
            return
        self._hang()
        self.show()
        self.raise_()
        self._speak()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isHidden():
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(self._row_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(self._row_at(event.position().toPoint()))
        self._take()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        box = QRectF(self.rect()).adjusted(_EDGE, 0, -_EDGE, -2 * _EDGE)
        paint_shadow(painter, box, 8, color("shadow"))
        rounded(painter, box, 8, color("raised"), color("line2"))
        for number, offer in enumerate(self._offers):
            top = box.top() + px(4) + number * px(_ROW)
            row = QRectF(box.left() + px(4), top, box.width() - px(8), px(_ROW))
            on = number == self._at
            if on:
                rounded(painter, row, 6, color("sel"))
            middle = row.center().y()
            tone = color("accent" if on else "text2")
            draw_icon(painter, row.left() + px(10), middle - px(16) / 2, offer.icon, px(16), tone)
            x = row.left() + px(36)
            role = "body_strong" if on else "body_medium"
            painter.setFont(self.theme.font(role))
            painter.setPen(color("text"))
            draw_text(painter, x, row.top(), row.height(), offer.title)
            x += self.theme.metrics(role).horizontalAdvance(offer.title) + px(9)
            right = row.right() - px(9) - (caps_width(self.theme, "Tab") + px(8) if on else 0)
            painter.setFont(self.theme.font("body"))
            painter.setPen(color("text2"))
            detail = self.theme.metrics("body").elidedText(
                offer.detail, Qt.TextElideMode.ElideRight, right - x
            )
            draw_text(painter, x, row.top(), row.height(), detail)
            if on:
                paint_caps(painter, right + px(8), middle, "Tab")
        painter.end()

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if key == Qt.Key.Key_Down:
            self._go(min(self._at + 1, len(self._offers) - 1))
        elif key == Qt.Key.Key_Up:
            self._go(max(self._at - 1, 0))
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _go(self, number: int) -> None:
        if 0 <= number < len(self._offers) and number != self._at:
            self._at = number
            self._speak()
            self.update()

    def _take(self) -> None:
        offer = self._offers[self._at]
        self.hide()
        self.chosen.emit(offer.id)

    def _speak(self) -> None:
        offer = self._offers[self._at]
        self.setAccessibleName(f"{offer.title} {offer.detail}".strip())

    def _row_at(self, pos: QPoint) -> int:
        return (pos.y() - self.theme.px(4)) // self.theme.px(_ROW)

    def _hang(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        frame = self._field.frame
        corner = frame.mapTo(parent, QPoint(0, frame.height() + self.theme.px(4)))
        height = len(self._offers) * self.theme.px(_ROW) + self.theme.px(8)
        self.setGeometry(
            corner.x() - _EDGE, corner.y(), frame.width() + 2 * _EDGE, height + 2 * _EDGE
        )
