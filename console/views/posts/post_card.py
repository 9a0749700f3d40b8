"""The card of one post in Berichten: where it stands, what to do next, its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.post import PreviewSpan
from console.views.posts.preview import marks_of
from console.views.theme.theme import current
from console.views.widgets.bubble import ChatGround
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.chip import Chip
from console.views.widgets.facts import Fact, Facts
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text


@dataclass(frozen=True, slots=True)
class PostCardView:
    """Everything the card shows. ``acts`` are (id, label, key); the first is the filled button."""

    title: str
    below: str
    chip: tuple[str, str, str] | None
    acts: tuple[tuple[str, str, str], ...]
    groups: tuple[Fact, ...]
    text: str
    time: str
    spans: tuple[PreviewSpan, ...] = ()
    note: str = ""
    decided: tuple[Fact, ...] = ()
    facts_head: str = "Groepen"


class PostCard(Pane):
    """`act_requested` carries the id of an act."""

    act_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Says that nothing is chosen until `set_card`."""
        super().__init__("surface", "l", parent)
        px = current().px
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(24), px(20), px(24), px(24))
        column.setSpacing(px(16))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        self._title = Text("", "subject", wrap=True)
        self._chip = Chip("")
        self._chip.hide()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        top = QVBoxLayout()
        top.setSpacing(px(4))
        top.addLayout(head)
        self._below = Text("", "body", "text2", wrap=True)
        top.addWidget(self._below)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._buttons: list[Button] = []
        for number in range(3):
            button = Button("", kind="filled" if number == 0 else "plain")
            button.hide()
            button.clicked.connect(self._on_clicked)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._note = Text("", "body", "text2", wrap=True)
        self._note.hide()
        column.addWidget(self._note)
        self._chat = ChatGround(rounded_corners=True)
        column.addWidget(self._chat)
        self._groups_head = Text("Groepen", "body_strong")
        column.addWidget(self._groups_head)
        self._groups = Facts(label_width=210)
        column.addWidget(self._groups)
        self._decided_head = Text("Wie besloot dit", "body_strong")
        column.addWidget(self._decided_head)
        self._decided = Facts(label_width=210)
        column.addWidget(self._decided)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(ScrollArea(inner))
        self._acts: tuple[tuple[str, str, str], ...] = ()
        self.set_card(None)

    def set_card(self, card: PostCardView | None) -> None:
        """Show a post; None says that nothing is chosen."""
        self._title.set_text(card.title if card else "Geen bericht gekozen")
        below = "Kies een bericht in de lijst, of maak een nieuw bericht met N."
        self._below.set_text(card.below if card else below)
        self._chip.setVisible(card is not None and card.chip is not None)
        if card is not None and card.chip is not None:
            self._chip.set_state(*card.chip)
        self._acts = card.acts if card else ()
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(self._acts))
            if number < len(self._acts):
                _, label, key = self._acts[number]
                button.set_label(label)
                button.set_key(key)
        self._note.set_text(card.note if card else "")
        self._note.setVisible(bool(card and card.note))
        self._chat.setVisible(bool(card and card.text))
        if card is not None:
            self._chat.bubble.set_message(card.text, card.time, marks_of(card.spans))
        groups: Sequence[Fact] = card.groups if card else ()
        self._groups_head.set_text(card.facts_head if card else "")
        self._groups_head.setVisible(bool(groups))
        self._groups.set_rows(groups)
        decided: Sequence[Fact] = card.decided if card else ()
        self._decided_head.setVisible(bool(decided))
        self._decided.set_rows(decided)
        self._decided.setVisible(bool(decided))

    def acts(self) -> tuple[str, ...]:
        """Return the ids of what can be done now."""
        return tuple(act for act, _, _ in self._acts)

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(300), current().px(200))

    def _on_clicked(self) -> None:
        sender = self.sender()
        for number, button in enumerate(self._buttons):
            if button is sender and number < len(self._acts):
                self.act_requested.emit(self._acts[number][0])
