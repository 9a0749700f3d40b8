"""Paints a report: two lines of 58 px, or one of 32 in the compact list (screens.md §1, §5.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from console.domain.report import ReportRow
from console.views.reports.words import (
    CATEGORY_ICONS,
    CLAIM_ICONS,
    age,
    holder_words,
    minutes_left,
    spoken,
)
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.widgets.lease_ring import paint_lease_ring
from console.views.widgets.painted import rounded

LEASE_MINUTES = 10


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report as the list holds it: by its row number, so a million fit in little memory."""

    row: ReportRow

    @property
    def id(self) -> str:
        """The row number as text."""
        return str(self.row.n)


class ReportDelegate(RowDelegate):
    """Two alignments only: words at the left, facts at the right."""

    height = 58
    text_edge = 48

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """``now`` returns local time; ages are painted from it.

        ``known_at`` is the clock time of the last contact while there is none: what others hold
        is then only "laatst bekend".
        """
        super().__init__(parent)
        self._now = now
        self.compact = False
        self.known_at = ""

    def describe(self, item: ListedReport) -> str:
        """Return the row as one sentence, for the screen reader and the tooltip."""
        return spoken(item.row, self._now())

    def paint_row(self, painter: QPainter, rect: QRect, row: ListedReport, state: RowState) -> None:
        """Paint the long or the short row."""
        if self.compact:
            self._paint_short(painter, rect, row.row)
        else:
            self._paint_full(painter, rect, row.row)

    def _right(self, rect: QRect) -> int:
        """Where the facts end: the same place with and without a scroll bar."""
        view = self.parent()
        whole = view.width() if isinstance(view, QWidget) else rect.right() + 1
        return min(rect.right(), whole - self.theme.px(27))

    def _paint_full(self, painter: QPainter, rect: QRect, row: ReportRow) -> None:
        px, now = self.theme.px, self._now()
        left, right = rect.left() + px(48), self._right(rect)
        top = rect.top() + px(9)
        self._paint_state(painter, rect, row, top + px(9))
        width: float = self.text_right(
            painter, right, top, px(18), age(row, now), "second", "text2"
        )
        self._title(painter, left, right - width - px(12), top, row)
        second = top + px(22)
        width = self._paint_holder(painter, right, second, row, now)
        icon = CATEGORY_ICONS.get(row.category, "dot")
        self.icon(painter, left, second + px(9), icon, 14, "text3")
        text = (row.waiting_on and f"Wacht op {row.waiting_on}") or row.preview
        room = right - width - px(12) - left - px(20)
        self.text(painter, left + px(20), second, px(18), text, "second", "text2", room)

    def _paint_short(self, painter: QPainter, rect: QRect, row: ReportRow) -> None:
        px, now = self.theme.px, self._now()
        left, right = rect.left() + px(48), self._right(rect)
        top = rect.top()
        self._paint_state(painter, rect, row, top + px(16))
        width: float = self.text_right(
            painter, right, top, px(32), age(row, now), "second", "text2"
        )
        width = max(width, px(48))
        width += self._paint_holder(painter, right - width - px(12), top + px(7), row, now)
        self._title(painter, left, right - width - px(24), top + px(7), row)

    def _title(
        self, painter: QPainter, left: float, right: float, top: float, row: ReportRow
    ) -> None:
        px = self.theme.px
        role = "body_medium" if row.seen else "body_strong"
        used = self.text(painter, left, top, px(18), row.title, role, "text", right - left)
        where = row.place
        if row.area_name and row.area_name not in where:
            where = f"{where}, {row.area_name}"
        self.text(
            painter,
            left + used + px(10),
            top,
            px(18),
            where,
            "second",
            "text2",
            right - left - used - px(10),
        )

    def _paint_state(self, painter: QPainter, rect: QRect, row: ReportRow, middle: float) -> None:
        px = self.theme.px
        if not row.seen:
            side = px(6)
            box = QRectF(rect.left() + px(9), middle - side / 2, side, side)
            rounded(painter, box, side / 2, self.theme.color("accent"))
        name, ink = CLAIM_ICONS[row.claim]
        if row.status == "waiting":
            name, ink = "ring-pause", "accent" if row.claim == "mine" else "text2"
        elif row.status == "closed":
            name, ink = "ring-check", "text3"
        elif row.section == "acute":
            name, ink = "octagon-alert", "redfill"
        self.icon(painter, rect.left() + px(22), middle, name, 14, ink)

    def _paint_holder(
        self, painter: QPainter, right: float, top: float, row: ReportRow, now: datetime
    ) -> float:
        px = self.theme.px
        words = holder_words(row)
        if not words:
            return 0
        x = right
        left_minutes = minutes_left(row, now)
        ring = left_minutes is not None and row.claim in ("mine", "other")
        if row.claim == "other" and self.known_at:
            ring = False
            text = f"laatst bekend {self.known_at}"
            x -= self.text_right(painter, x, top, px(18), text, "second", "text2") + px(7)
        elif ring and not self.compact:
            text = f"nog {left_minutes} min"
            x -= self.text_right(painter, x, top, px(18), text, "second", "text2") + px(7)
        ink = {"mine": "accent", "provisional": "amber"}.get(row.claim, "text2")
        role = "small_strong" if row.claim != "other" else "small_medium"
        x -= self.text_right(painter, x, top, px(18), words, role, ink)
        if ring and not self.compact:
            x -= px(18)
            share = min(1.0, (left_minutes or 0) / LEASE_MINUTES)
            paint_lease_ring(painter, x, top + px(9), share, mine=row.claim == "mine")
        return right - x
