"""One message of a pasted chat: a tick, when and who, what it says, what the desk knows of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QPainter

from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.text import clock_text, moment_text
from console.views.theme.icons import draw_icon
from console.views.widgets.painted import rounded
from console.views.widgets.tick import paint_tick

_KINDS = {"media": "foto of bestand", "system": "bericht van de app", "deleted": "verwijderd"}


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A message as the popup shows it. ``at`` is local time without a zone, as written.

    ``kind``: message, media, system or deleted. ``known`` says that it became a report before.
    ``category`` is the proposed kind of report, a Dutch word.
    """

    id: str
    at: datetime
    sender: str
    text: str
    kind: str
    known: bool
    phone_sender: bool
    has_phone: bool
    category: str
    ticked: bool = False

    @property
    def can_tick(self) -> bool:
        """Whether it can become a report: only what somebody wrote."""
        return self.kind == "message" and bool(self.text.strip())

    def with_tick(self, ticked: bool) -> ChatLine:
        """Return it ticked or not."""
        return replace(self, ticked=ticked and self.can_tick)


def status_words(line: ChatLine) -> str:
    """Return what stands at the right of a message."""
    if not line.can_tick:
        return _KINDS.get(line.kind, "leeg")
    if line.known:
        return "staat er al"
    return f"nieuw, {line.category.lower()}" if line.ticked else "nieuw"


class PasteDelegate(RowDelegate):
    """Rows of 56 px with a tick at the left."""

    height = 56
    text_edge = 56
    ground = "raised"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now: datetime | None = None

    def describe(self, item: ChatLine) -> str:
        """Return the row as one sentence."""
        tick = "aangevinkt" if item.ticked else "niet aangevinkt"
        if not item.can_tick:
            tick = "kan geen melding worden"
        phone = " Let op: telefoonnummer." if item.has_phone or item.phone_sender else ""
        who = item.sender or "WhatsApp"
        return f"{clock_text(item.at)}, {who}: {item.text} {status_words(item)}, {tick}.{phone}"

    def paint_row(self, painter: QPainter, rect: QRect, row: ChatLine, state: RowState) -> None:
        """Paint time and sender over the words, with the tick at the left."""
        px = self.theme.px
        left, right = rect.left() + px(56), rect.right() - px(26)
        top = rect.top() + px(8)
        middle = rect.center().y()
        paint_tick(painter, rect.left() + px(24), middle, on=row.ticked, off=not row.can_tick)
        grey = not row.can_tick or row.known
        used = self.text_right(painter, right, top, px(18), status_words(row), "small", "text2")
        when = clock_text(row.at) if self.now is None else moment_text(row.at, self.now)
        x = left
        x += self.text(painter, x, top, px(18), when, "small", "text2") + px(14)
        who = "Onbekend nummer" if row.phone_sender else row.sender or "WhatsApp"
        self.text(painter, x, top, px(18), who, "small_medium", "text2", right - used - px(12) - x)
        second = top + px(20)
        room = right - left
        if row.has_phone or row.phone_sender:
            room -= self._paint_mark(painter, right, second) + px(12)
        text = " ".join(row.text.split()) or _KINDS.get(row.kind, "")
        token = "text3" if grey and not state.chosen else "text2" if grey else "text"
        self.text(painter, left, second, px(20), text, "body", token, room)

    def _paint_mark(self, painter: QPainter, right: int, top: int) -> int:
        px, color = self.theme.px, self.theme.color
        words = "telefoonnummer"
        width = round(self.theme.metrics("small_medium").horizontalAdvance(words)) + px(34)
        box = QRectF(right - width, top - px(1), width, px(22))
        rounded(painter, box, 5, color("ambertint"), color("amberline"))
        draw_icon(
            painter, box.left() + px(7), top + px(3), "triangle-alert", px(14), color("amberfill")
        )
        self.text(painter, box.left() + px(26), top - px(1), px(22), words, "small_medium", "amber")
        return width
