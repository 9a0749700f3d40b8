"""The ledger of one post: what a person said about each group (screens.md §5.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.post import Ledger, PlacementRow
from console.views.posts.words import (
    CANNOT_SEE,
    STATE_LOOKS,
    delete_words,
    placement_reach,
    placement_spoken,
    placement_state,
)
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.widgets.card import Card, Pane
from console.views.widgets.text import Text
from contract.dutch import word
from contract.vocabulary import PlacementState


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One group with what the row shows beside its snapshot."""

    row: PlacementRow
    number: int
    second: str
    beside: str
    here: bool

    @property
    def id(self) -> str:
        """The placement's id."""
        return self.row.id


class LedgerDelegate(RowDelegate):
    """58 px: number, group and reach at the left; state at the right."""

    height = 58
    text_edge = 52

    def __init__(self, parent: QObject | None = None) -> None:
        """Make it a child of its view."""
        super().__init__(parent)

    def describe(self, row: LedgerRow) -> str:
        """Return the row as one sentence."""
        return placement_spoken(row.row, row.number)

    def row_ground(self, row: LedgerRow, state: RowState) -> str | None:
        """Name the ground of a row that has one of its own."""
        if row.row.state == PlacementState.COPIED:
            return "sel"
        return "ambertint" if row.row.state == PlacementState.UNKNOWN else None

    def row_bar(self, row: LedgerRow) -> str | None:
        """Name the bar at the left of a row that has one."""
        if row.row.state == PlacementState.UNKNOWN:
            return "amberfill"
        return "accent" if row.here else None

    def paint_ground(self, painter: QPainter, rect: QRect, row: LedgerRow, state: RowState) -> None:
        """Fill the row with the ground that belongs to its state."""
        # The tint says what is known of a row; being chosen shows as the ring only.
        own = self.row_ground(row, state)
        plain = RowState(chosen=False, focused=False, hovered=state.hovered)
        super().paint_ground(painter, rect, row, state if own is None else plain)

    def paint_row(self, painter: QPainter, rect: QRect, row: LedgerRow, state: RowState) -> None:
        """Paint a group of the ledger with its state."""
        px, one = self.theme.px, row.row
        first, second = rect.top() + px(10), rect.top() + px(30)
        left, right = rect.left() + px(52), rect.right() - px(16)
        number = str(row.number)
        self.text_right(
            painter, rect.left() + px(36), first, px(18), number, "body_medium", "text2"
        )
        middle = rect.left() + max(px(300), round(rect.width() * 0.625))
        middle = min(middle, right - px(256))
        strong = one.state in (PlacementState.COPIED, PlacementState.UNKNOWN)
        role = "body_strong" if strong else "body_medium"
        self.text(
            painter, left, first, px(18), one.group_name, role, "text", middle - left - px(12)
        )
        reach, via = placement_reach(one)
        room = middle - left - px(32)
        if via and self.theme.metrics("second").horizontalAdvance(reach) > room:
            reach = reach.replace("via coördinator ", "via ", 1)
        x = float(left)
        if via:
            self.icon(painter, x, second + px(8), "person-via", 14, "text2")
            x += px(19)
        self.text(painter, x, second, px(17), reach, "second", "text2", middle - x - px(12))
        icon, icon_ink, ink = STATE_LOOKS.get(one.state, STATE_LOOKS["pending"])
        self.icon(painter, middle, first + px(9), icon, 16, icon_ink)
        x = middle + px(24)
        used = 0
        if row.beside:
            used = self.text_right(
                painter, right, first, px(18), row.beside, "second", "text2"
            ) + px(8)
        words = word(one.state, PlacementState)
        room = right - used - x
        self.text(painter, x, first, px(18), words, role, ink, room)
        self.text(painter, x, second, px(17), row.second, "second", "text2", right - x)


class LedgerList(Card):
    """The frame with its head; the list scrolls inside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_ledger`."""
        super().__init__(margins=(1, 1, 1, 4), parent=parent)
        px = self.theme.px
        head = Pane("surface", "b")
        head.setFixedHeight(px(36))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(15), 0, px(16), 1)
        row.addWidget(Text("Groepen", "body_strong"))
        row.addStretch(1)
        row.addWidget(Text("De desk plaatst zelf nooit iets.", "small", "text2", elide=True))
        self._delegate = LedgerDelegate()
        self._model = RowModel(self._delegate.describe)
        self.list = ListView(self._model, self._delegate, "Groepen van dit bericht")
        self.column.addWidget(head)
        self.column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def set_ledger(
        self, ledger: Ledger, here: str, delete_minutes: int, now: Callable[[], datetime]
    ) -> None:
        """Show the rows; `here` is the one the card is about."""
        moment = now()
        rows = []
        for number, one in enumerate(ledger.rows, 1):
            beside = delete_words(one, delete_minutes, moment)
            if one.state == PlacementState.UNKNOWN and one.note != CANNOT_SEE:
                beside = "nu opzoeken" if one.id == here else "hierna opzoeken"
            second = placement_state(one, ledger, moment)
            rows.append(LedgerRow(one, number, second, beside, one.id == here))
        self._model.set_rows(rows)
        px = self.theme.px
        self.setMaximumHeight(px(36 + 6) + len(rows) * px(58))
