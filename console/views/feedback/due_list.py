"""The list of Terugkoppeling: what is due, and in "Mijn wijk" what happened beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter

from console.domain.district import DistrictReport, NeighbourPost
from console.domain.post import FeedbackRow
from console.domain.post_photo import DuePhoto
from console.views.feedback.words import (
    countdown,
    is_late,
    neighbour_line,
    photo_line,
    report_line,
    row_spoken,
    second_line,
)
from console.views.tables.row_delegate import RowDelegate, RowState


@dataclass(frozen=True, slots=True)
class DueItem:
    """A broadcast that asks feedback, or got it."""

    row: FeedbackRow

    @property
    def id(self) -> str:
        """The broadcast's id."""
        return self.row.post_id


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A report in one's own areas since the last shift."""

    report: DistrictReport

    @property
    def id(self) -> str:
        """Apart from the ids of broadcasts."""
        return f"report:{self.report.id}"


@dataclass(frozen=True, slots=True)
class NeighbourItem:
    """A message that went to the groups of an adjoining area."""

    post: NeighbourPost

    @property
    def id(self) -> str:
        """The same message may also be due: so it has an id of its own here."""
        return f"beside:{self.post.id}"


@dataclass(frozen=True, slots=True)
class PhotoItem:
    """A post whose photo is over and still stands in groups."""

    photo: DuePhoto

    @property
    def id(self) -> str:
        """The same post may also ask feedback: so it has an id of its own here."""
        return f"photo:{self.photo.post_id}"


Item: TypeAlias = DueItem | ReportItem | NeighbourItem | PhotoItem


class DueDelegate(RowDelegate):
    """62 px: title and countdown, below it groups, owner and when."""

    height = 62
    section_height = 32
    text_edge = 20

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        """`now` gives the moment the countdowns are painted for."""
        super().__init__(parent)
        self._now = now

    def describe(self, item: Item) -> str:
        """Return the row as one sentence."""
        now = self._now()
        if isinstance(item, DueItem):
            return row_spoken(item.row, now)
        if isinstance(item, ReportItem):
            right, second = report_line(item.report, now)
            return f"Melding. {item.report.title}. {second.replace(' · ', ', ')}. {right}."
        if isinstance(item, PhotoItem):
            return f"Foto verlopen. {item.photo.title}. {photo_line(item.photo)}."
        right, second = neighbour_line(item.post, now)
        return f"Bericht van de buren. {item.post.title}. {second.replace(' · ', ', ')}. {right}."

    def paint_row(self, painter: QPainter, rect: QRect, row: Item, state: RowState) -> None:
        """Paint one row in its two lines."""
        px, now = self.theme.px, self._now()
        left, right = rect.left() + px(20), rect.right() - px(17)
        first, second = rect.top() + px(10), rect.top() + px(32)
        if isinstance(row, DueItem):
            used = self._due(painter, row.row, right, first, now)
            title, below, strong = row.row.title, second_line(row.row, now), state.chosen
        else:
            if isinstance(row, ReportItem):
                title, (when, below) = row.report.title, report_line(row.report, now)
            elif isinstance(row, PhotoItem):
                title, when, below = row.photo.title, "Foto verlopen", photo_line(row.photo)
            else:
                title, (when, below) = row.post.title, neighbour_line(row.post, now)
            used = self.text_right(painter, right, first, px(18), when, "second", "text2")
            strong = state.chosen
        room = right - left - used - px(12)
        role = "body_strong" if strong else "body_medium"
        self.text(painter, left, first, px(18), title, role, "text", room)
        self.text(painter, left, second, px(17), below, "second", "text2", right - left)

    def _due(
        self, painter: QPainter, row: FeedbackRow, right: float, top: float, now: datetime
    ) -> int:
        px, words = self.theme.px, countdown(row, now)
        if row.section == "done":
            used = self.text_right(painter, right, top, px(18), words, "second", "text2")
            icon = ("ring-cross", "text2") if row.waiver_reason else ("ring-check", "greenfill")
            self.icon(painter, right - used - px(20), top + px(9), icon[0], 14, icon[1])
            return used + px(20)
        late = is_late(row, now)
        ink = "red" if late else "text"
        used = self.text_right(painter, right, top, px(18), words, "body_strong", ink)
        if late:
            self.icon(painter, right - used - px(20), top + px(9), "clock", 14, "redmark")
            used += px(20)
        return used
