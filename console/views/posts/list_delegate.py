"""Paints a post in the list of Berichten: title and feedback clock, kind and groups below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter

from console.domain.post import PostRow
from console.views.posts.words import KIND_ICONS, due_words, post_second, post_spoken, when_of
from console.views.tables.row_delegate import RowDelegate, RowState

_STATES = {
    "busy": ("pencil", "text2"),
    "ready": ("inbox", "accent"),
    "unconfirmed": ("ring-question", "amberfill"),
    "placed": ("ring-check", "greenfill"),
}


class PostDelegate(RowDelegate):
    """58 px, two alignments: words at the left, times at the right."""

    height = 58

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """``now`` returns local time."""
        super().__init__(parent)
        self._now = now

    def describe(self, row: PostRow) -> str:
        """Return the row as one sentence."""
        return post_spoken(row, self._now())

    def paint_row(self, painter: QPainter, rect: QRect, row: PostRow, state: RowState) -> None:
        """Paint a post with where it stands."""
        px, now = self.theme.px, self._now()
        left, right = rect.left() + px(48), rect.right() - px(22)
        first, second = rect.top() + px(10), rect.top() + px(31)
        icon, ink = _STATES.get(row.section, _STATES["busy"])
        if row.section == "placed" and not row.placed:
            icon, ink = "ring-cross", "text2"
        self.icon(painter, rect.left() + px(20), first + px(9), icon, 16, ink)
        changed = when_of(row.changed_at, now)
        used = self.text_right(painter, right, first, px(18), changed, "second", "text2")
        role = "body_strong" if row.section != "placed" else "body_medium"
        self.text(
            painter, left, first, px(18), row.title, role, "text", right - used - px(12) - left
        )
        due, tone = due_words(row, now)
        used = 0
        if due:
            used = self.text_right(painter, right, second, px(17), due, "second", tone)
            if tone == "red":
                used += px(19)
                self.icon(painter, right - used, second + px(8), "clock", 14, "redfill")
        kind = KIND_ICONS.get(row.kind, "message")
        self.icon(painter, left, second + px(8), kind, 14, "text3")
        room = right - used - px(12) - left - px(20)
        words = post_second(row, now)
        tint = "amber" if row.unconfirmed and row.section == "unconfirmed" else "text2"
        self.text(painter, left + px(20), second, px(17), words, "second", tint, room)
