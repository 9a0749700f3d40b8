"""The tray (09e, Q): what waits for a decision, one by one; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.differences import differences
from console.domain.tray import TrayItem
from console.views.dialogs.dialog import Dialog
from console.views.widgets.button import Button
from console.views.widgets.card import Card
from console.views.widgets.divider import Divider
from console.views.widgets.editors import Mark
from console.views.widgets.finding_line import IconMark
from console.views.widgets.flow_row import FlowRow
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.span_text import SpanText
from console.views.widgets.text import Text

CHOICES = {
    "redo": ("Doe het mijne opnieuw", "check"),
    "drop": ("Laat het mijne vervallen", "trash"),
    "keep_as_copy": ("Bewaar het mijne als kopie", "copy"),
    "restore_as_new": ("Zet terug als nieuw", "undo"),
}
"""What each choice is called; the words say what happens, not what is right."""

_WITH_THEIRS = {"redo": "Neem de mijne", "drop": "Laat die van de ander staan"}

MOST_WAITING = 4


class TrayDialog(Dialog):
    """``settle_requested`` carries the item and the choice."""

    settle_requested = Signal(object, str)

    scopes = ("answers",)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Om te beslissen", width=820, footer=False)
        self._items: tuple[TrayItem, ...] = ()
        self._settling = False
        self._count = Text("", "body", "text2")
        self.title_bar.insertWidget(1, self._count)
        self.title_bar.setStretch(0, 0)
        self.title_bar.insertStretch(2, 1)
        self._page = QWidget()
        self._column = QVBoxLayout()
        self._scroll = ScrollArea(None, "raised")
        self._scroll.setMinimumHeight(self.theme.px(160))
        self.body.addWidget(self._scroll, 1)
        self._buttons: list[Button] = []
        self.say("Even kijken.")

    def set_items(self, items: Sequence[TrayItem], waiting: str, when: Sequence[str]) -> None:
        """Show the first item with its choices and the rest below it.

        ``waiting`` says what waits for the line; ``when`` is the time of each item in words.
        """
        self._settling = False
        self._items = tuple(items)
        if not items:
            self.say("Er is niets om te beslissen.", waiting)
            return
        self._clear()
        self._count.set_text(f"1 van {len(items)}")
        self._show_first(items[0], when[0])
        for place, item in enumerate(items[1 : 1 + MOST_WAITING], start=2):
            self._show_next(item, f"{place} van {len(items)}")
        if len(items) > 1 + MOST_WAITING:
            left = len(items) - 1 - MOST_WAITING
            self._column.addSpacing(self.theme.px(12))
            self._column.addWidget(Text(f"En nog {left} hierna.", "small", "text2"))
        if waiting:
            self._column.addSpacing(self.theme.px(16))
            self._column.addWidget(Text(waiting, "small", "text2", wrap=True))
        self._column.addStretch(1)
        self._fit_page()
        if self._buttons:
            self._buttons[0].setFocus()

    def say(self, title: str, more: str = "") -> None:
        """Say one thing instead of items."""
        self._clear()
        self._count.set_text("")
        self._column.addWidget(Text(title, "reading_strong", wrap=True))
        if more:
            self._column.addSpacing(self.theme.px(4))
            self._column.addWidget(Text(more, "body", "text2", wrap=True))
        self._column.addStretch(1)
        self._fit_page()

    def refuse(self, sentence: str) -> None:
        """A choice could not be carried out; the item stays."""
        self._settling = False
        for button in self._buttons:
            button.set_reason("")
        self._column.insertWidget(0, Text(sentence, "body_medium", "red", wrap=True))
        self._fit_page()

    def do(self, command: str) -> bool:
        """1 to 3 choose; Q closes again."""
        if command.startswith("answer_"):
            place = int(command.removeprefix("answer_")) - 1
            if place < len(self._buttons) and self._buttons[place].isEnabled():
                self._buttons[place].click()
            return True
        if command == "tray":
            self.close_with(None)
            return True
        return super().do(command)

    def _show_first(self, item: TrayItem, when: str) -> None:
        px = self.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(IconMark("pencil", "amberfill", 18))
        head.addWidget(Text(item.title or "Zonder titel", "screen", wrap=True), 1)
        self._column.addLayout(head)
        self._column.addSpacing(px(6))
        said = f"{item.why} Er is niets overschreven."
        self._column.addWidget(Text(said, "body", "text2", wrap=True))
        self._column.addSpacing(px(14))
        mine, theirs = _text_of(item.mine), _text_of(item.theirs)
        ours, other = differences(mine, theirs) if item.theirs else ((), ())
        cards = QHBoxLayout()
        cards.setSpacing(px(12))
        cards.addWidget(self._card("Van u", when, mine, ours, "sunken"), 1)
        if item.theirs:
            cards.addWidget(self._card("Bij de centrale", "", theirs, other, "raised"), 1)
        if mine or theirs:
            self._column.addLayout(cards)
            self._column.addSpacing(px(8))
        if ours or other:
            self._column.addWidget(Text("Gemarkeerd: hier verschillen ze", "small", "text2"))
            self._column.addSpacing(px(8))
        row = FlowRow()
        for place, choice in enumerate(item.choices[:3], start=1):
            words, icon = CHOICES.get(choice, (choice, "check"))
            if item.theirs:
                words = _WITH_THEIRS.get(choice, words)
            button = Button(words, str(place), icon)
            button.setProperty("choice", choice)
            button.clicked.connect(self._on_choice)
            row.add(button)
            self._buttons.append(button)
        self._column.addWidget(row)

    def _show_next(self, item: TrayItem, place: str) -> None:
        px = self.theme.px
        self._column.addSpacing(px(18))
        self._column.addWidget(Divider())
        self._column.addSpacing(px(12))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(IconMark("half-ring", "text2", 18))
        head.addWidget(Text(item.title or "Zonder titel", "screen", elide=True), 1)
        head.addWidget(Text(place, "small", "text2"))
        self._column.addLayout(head)
        self._column.addSpacing(px(4))
        self._column.addWidget(Text(item.why, "body", "text2", wrap=True))

    def _card(
        self, title: str, when: str, text: str, spans: Sequence[tuple[int, int]], ground: str
    ) -> Card:
        px = self.theme.px
        card = Card(ground=ground, border="line2", margins=(16, 12, 16, 14))
        head = QHBoxLayout()
        head.addWidget(Text(title, "body_strong"))
        head.addStretch(1)
        head.addWidget(Text(when, "small", "text2"))
        card.column.addLayout(head)
        card.column.addSpacing(px(6))
        marks = [Mark(start, end, "warn") for start, end in spans]
        card.column.addWidget(SpanText(text or "Leeg.", marks if text else ()))
        card.column.addStretch(1)
        return card

    def _on_choice(self) -> None:
        button = self.sender()
        if not isinstance(button, Button) or self._settling or not self._items:
            return
        self._settling = True
        for other in self._buttons:
            other.set_reason("De desk is bezig.")
        self.settle_requested.emit(self._items[0], str(button.property("choice")))

    def _clear(self) -> None:
        self._buttons = []
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, self.theme.px(8), 0)
        self._column.setSpacing(0)

    def _fit_page(self) -> None:
        """Measure the page, then put it in place of the one before: hidden parts measure as none."""
        width = self.theme.px(740)
        tall = self._column.totalHeightForWidth(width)
        wanted = tall if tall > 0 else self._page.sizeHint().height()
        self._scroll.setMinimumHeight(max(self.theme.px(56), min(wanted, self.theme.px(560))))
        old = self._scroll.takeWidget()
        if old is not None and old is not self._page:
            old.hide()
            old.deleteLater()
        self._scroll.setWidget(self._page)
        self._page.show()
        # The layouts round it hear of the new height with the next event.
        QTimer.singleShot(0, self, self._on_measured)

    def _on_measured(self) -> None:
        if self.is_open():
            self.refit()


def _text_of(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the fields as one text; a single field stands without its name."""
    if len(pairs) == 1:
        return pairs[0][1]
    return "\n".join(f"{name}: {value or 'leeg'}" for name, value in pairs)
