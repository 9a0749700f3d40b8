"""Painter of the name list at signing in: avatar, name, role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from console.domain.person import Person
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.text import initials
from console.views.widgets.painted import rounded
from contract.dutch import word
from contract.vocabulary import Role

_ROLES = (Role.ACCOUNT_HOLDER, Role.OFFICER, Role.OPERATOR, Role.AUDITOR, Role.READER)


@dataclass(frozen=True, slots=True)
class NameRow:
    """One person to choose; `here`: whose shift it was."""

    id: str
    name: str
    detail: str
    slot: bool


def name_row(person: Person, current: str) -> NameRow:
    """Return how somebody stands in the list."""
    roles = ", ".join(word(role, Role) for role in _ROLES if role in person.roles)
    detail = roles[:1].upper() + roles[1:]
    if person.id == current:
        detail = f"{detail} · was hier aan het werk" if detail else "Was hier aan het werk"
    return NameRow(person.id, person.name, detail, person.slot)


def describe(row: NameRow) -> str:
    """Read one row aloud."""
    words = f"{row.name}. {row.detail}." if row.detail else f"{row.name}."
    return words if row.slot else f"{words} Heeft hier nog geen wachtwoordzin."


class NameDelegate(RowDelegate):
    """Forty-eight pixels: two letters in a circle, the name, what they do here."""

    height = 48
    text_edge = 56

    def paint_row(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        """Paint a person with initials."""
        px, color = self.theme.px, self.theme.color
        side = px(30)
        left = rect.left() + px(14)
        circle = QRectF(left, rect.center().y() - side / 2 + 0.5, side, side)
        rounded(painter, circle, side / 2, color("surface" if state.chosen else "press"))
        painter.setFont(self.theme.font("small_strong"))
        painter.setPen(color("accent" if state.chosen else "text2"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, initials(row.name))
        x = rect.left() + px(self.text_edge)
        room = rect.right() - x - px(14)
        role = "body_strong" if state.chosen else "body_medium"
        self.text(painter, x, rect.top() + px(6), px(18), row.name, role, "text", room)
        self.text(painter, x, rect.top() + px(24), px(17), row.detail, "second", "text2", room)
