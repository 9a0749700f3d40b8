"""The card of a group or an area (screens.md §5.5)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.directory import AreaCard, GroupCard
from console.views.groups.people import PeopleCard
from console.views.groups.words import (
    area_facts,
    area_line,
    area_title,
    gaps_title,
    group_facts,
    group_line,
)
from console.views.keys.table import keys_of
from console.views.theme.theme import current
from console.views.widgets.band import Band
from console.views.widgets.button import Button
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.flow_row import FlowRow
from console.views.widgets.text import Text
from console.views.widgets.turning_row import TurningRow

NARROW = 440


class _Head(QWidget):
    """Name, two buttons, one line, and the band of gaps."""

    edit_requested = Signal()
    post_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current().px
        self.title = Text("", "subject", wrap=True)
        self.line = Text("", "body", "text2", wrap=True)
        self.edit = Button("Bewerk", keys_of("edit"))
        self.post = Button("Bericht maken", keys_of("new_post"))
        self.band = Band("amber", "", "", "triangle-alert")
        name = QWidget()
        words = QVBoxLayout(name)
        words.setContentsMargins(0, px(4), 0, 0)
        words.addWidget(self.title)
        acts = FlowRow(self.edit, self.post)
        row = TurningRow(name, acts, row_from=NARROW, grows=True, gap=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(row)
        column.addWidget(self.line)
        column.addSpacing(px(8))
        column.addWidget(self.band)
        self.band.hide()
        self.edit.clicked.connect(self.edit_requested)
        self.post.clicked.connect(self.post_requested)

    def set_gaps(self, sentences: Sequence[str], what: str) -> None:
        """Show what is missing, or no band at all."""
        self.band.setVisible(bool(sentences))
        if sentences:
            title = gaps_title(len(sentences), what)
            self.band.set_content("amber", title, " ".join(sentences), "triangle-alert")


class GroupCardView(QWidget):
    """One group: gaps, facts, who is who, administrators."""

    edit_requested = Signal()
    post_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current().px
        self.head = _Head()
        self._left = Facts(label_width=110)
        self._right = Facts(label_width=82)
        self._full = Facts(label_width=110)
        self.people = PeopleCard()
        self._pair = QHBoxLayout()
        self._pair.setSpacing(px(16))
        self._pair.addWidget(self._left, 5)
        self._pair.addWidget(self._right, 5)
        facts = QVBoxLayout()
        facts.setSpacing(px(7))
        facts.addLayout(self._pair)
        facts.addWidget(self._full)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(self.head)
        column.addLayout(facts)
        column.addWidget(self.people)
        self._card: GroupCard | None = None
        self._invite = ""
        self.head.edit_requested.connect(self.edit_requested)
        self.head.post_requested.connect(self.post_requested)

    def card(self) -> GroupCard | None:
        """The card on show."""
        return self._card

    def set_card(self, card: GroupCard) -> None:
        """Show a group. Numbers that were on show for another group are hidden."""
        if self._card is None or self._card.id != card.id:
            self.hide_numbers()
        self._card = card
        self.head.title.set_text(card.name)
        self.head.line.set_text(group_line(card))
        self.head.set_gaps(card.gaps, "deze groep")
        self._show_facts()
        self.people.set_people(
            card.administrators, card.without_administrator, link=bool(card.invite_link)
        )

    def hide_numbers(self) -> None:
        """Hide numbers and invite link again."""
        self._invite = ""
        self.people.set_phones({})

    def set_invite(self, link: str) -> None:
        """Show the invite link itself, once the reason is written down; empty hides it again."""
        self._invite = link
        if self._card is not None:
            self._full.set_rows(self._full_facts(self._card))

    def _full_facts(self, card: GroupCard) -> list[Fact]:
        rows = group_facts(card)[2]
        if not self._invite:
            return rows
        open_link = Fact("Uitnodiging", self._invite, "lock", icon_tone="text2")
        return [open_link if one.label == "Uitnodiging" else one for one in rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_facts()

    def _show_facts(self) -> None:
        """Two columns of facts where there is room, one where there is not."""
        if self._card is None:
            return
        left, right, _ = group_facts(self._card)
        narrow = self.width() < current().px(NARROW)
        self._right.setVisible(not narrow)
        self._left.set_rows([*left, *right] if narrow else left)
        self._right.set_rows([] if narrow else right)
        self._full.set_rows(self._full_facts(self._card))


class AreaCardView(QWidget):
    """One area: gaps, who is who, what adjoins, which groups lie in it."""

    edit_requested = Signal()
    post_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current().px
        self.head = _Head()
        self._facts = Facts(label_width=132)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(self.head)
        column.addWidget(self._facts)
        self._card: AreaCard | None = None
        self.head.edit_requested.connect(self.edit_requested)
        self.head.post_requested.connect(self.post_requested)

    def card(self) -> AreaCard | None:
        """The card on show."""
        return self._card

    def set_card(self, card: AreaCard) -> None:
        """Show an area."""
        self._card = card
        self.head.title.set_text(area_title(card.name, card.level))
        self.head.line.set_text(area_line(card))
        self.head.set_gaps(card.gaps, "dit gebied")
        self._facts.set_rows(area_facts(card))
