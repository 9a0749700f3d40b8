"""Rows of Samenwerken: desks of the team and keys of report forms, two lines each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from console.domain.access import FormKey, TeamDesk
from console.domain.clock import LOCAL, local
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.text import ago_text


@dataclass(frozen=True, slots=True)
class Line:
    """One row; ``ended``: it may no longer, and ``aside`` says so at the right."""

    id: str
    title: str
    detail: str
    aside: str
    icon: str
    ended: bool


class LineDelegate(RowDelegate):
    """Fifty-two pixels: an icon, what it is, when it was there last, what holds at the right."""

    height = 52
    text_edge = 48

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        """Paint one row."""
        px = self.theme.px
        ink = "text3" if row.ended else "text"
        x = rect.left() + px(self.text_edge)
        self.icon(painter, rect.left() + px(18), rect.center().y() + 0.5, row.icon, 16, "text2")
        right = rect.right() - px(16)
        if row.aside:
            tone = "red" if row.ended else "text2"
            width = self.text_right(
                painter, right, rect.top(), rect.height(), row.aside, "second", tone
            )
            right -= width + px(12)
        role = "body_strong" if state.chosen else "body_medium"
        top = rect.top()
        self.text(painter, x, top + px(7), px(19), row.title, role, ink, right - x)
        self.text(painter, x, top + px(26), px(18), row.detail, "second", "text2", right - x)


def describe(row: Line) -> str:
    """Read one row aloud."""
    return ". ".join(part for part in (row.title, row.detail, row.aside) if part) + "."


def desk_line(desk: TeamDesk, person: str, here: bool, now: datetime) -> Line:
    """Return how a desk stands in the list; ``person`` is the name of who was there last."""
    seen = _ago("laatst gezien", desk.seen_at, now)
    detail = f"{person} · {seen}" if person else seen[:1].upper() + seen[1:]
    aside = "deze desk" if here else ""
    if desk.revoked_at:
        aside = "ingetrokken"
    return Line(desk.id, desk.name or desk.id, detail, aside, "monitor", bool(desk.revoked_at))


def key_line(key: FormKey, now: datetime) -> Line:
    """Return how a key of a form stands in the list."""
    used = _ago("Laatst gebruikt", key.used_at, now) if key.used_at else "Nog niet gebruikt"
    detail = f"{used} · {_ago('gemaakt', key.made_at, now)}"
    ended = bool(key.revoked_at)
    return Line(key.id, key.name, detail, "ingetrokken" if ended else "", "link", ended)


def _ago(what: str, stamp: str, now: datetime) -> str:
    moment = local(stamp)
    return f"{what} {ago_text(moment, now.astimezone(LOCAL))}" if moment is not None else what
