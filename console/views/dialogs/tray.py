"""The tray (09e, Q): what waits for a decision, one by one; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.merge import merge
from console.domain.tray import DROP, MERGE, TrayItem
from console.views.dialogs.dialog import Dialog
from console.views.dialogs.tray_parts import (
    alone_card,
    choice_words,
    field_table,
    legend,
    text_cards,
)
from console.views.keys.table import keys_of
from console.views.text import plural
from console.views.widgets.button import Button
from console.views.widgets.divider import Divider
from console.views.widgets.editors import Mark
from console.views.widgets.field import Field
from console.views.widgets.finding_line import IconMark
from console.views.widgets.flow_row import FlowRow
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text

MOST_WAITING = 4
LONGEST_REASON = 400

When = tuple[str, str]
"""Of one item: my time and place, and theirs, in words."""


class TrayDialog(Dialog):
    """Three pages: deciding, putting texts together, and saying why something is let go."""

    settle_requested = Signal(object, str, object, str)
    """The item, the choice, the texts of a merge by path, and the reason of letting go."""

    undo_requested = Signal()

    scopes = ("answers", "lists")

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Om te beslissen", width=820, footer=False)
        self._items: tuple[TrayItem, ...] = ()
        self._when: tuple[When, ...] = ()
        self._waiting = ""
        self._undo = ""
        self._at = 0
        self._page_name = "deciding"
        self._settling = False
        self._fields: dict[str, Field] = {}
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

    def set_items(self, items: Sequence[TrayItem], waiting: str, when: Sequence[When]) -> None:
        """Show the first item with its choices and the rest below it.

        ``waiting`` says what waits for the line. While somebody writes, the page stays.
        """
        self._settling = False
        self._items, self._when, self._waiting = tuple(items), tuple(when), waiting
        if self._page_name == "deciding":
            self._at = min(self._at, max(0, len(items) - 1))
            self._show_page()

    def offer_undo(self, words: str) -> None:
        """Say what was let go, with a way to have it back; an empty text takes that away."""
        self._undo = words

    def settled(self) -> None:
        """A choice was carried out: the next item comes."""
        self._page_name = "deciding"
        self._at = 0

    def say(self, title: str, more: str = "") -> None:
        """Say one thing instead of items."""
        self._clear()
        self._count.set_text("")
        self._column.addWidget(Text(title, "reading_strong", wrap=True))
        if more:
            self._column.addSpacing(self.theme.px(4))
            self._column.addWidget(Text(more, "body", "text2", wrap=True))
        self._add_undo()
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
        """1 to 4 choose, J and K look at another one, Ctrl+Z undoes; Q closes again."""
        if command.startswith("answer_"):
            place = int(command.removeprefix("answer_")) - 1
            if place < len(self._buttons) and self._buttons[place].isEnabled():
                self._buttons[place].click()
        elif command in ("down", "up") and self._page_name == "deciding" and self._items:
            self._at = (self._at + (1 if command == "down" else -1)) % len(self._items)
            self._show_page()
        elif command == "undo":
            if self._undo:
                self.undo_requested.emit()
        elif command == "back" and self._page_name != "deciding":
            self._on_back()
        elif command == "tray":
            self.close_with(None)
        else:
            return super().do(command)
        return True

    def _show_page(self) -> None:
        if not self._items:
            self.say("Er is niets om te beslissen.", self._waiting)
            return
        self._clear()
        many = len(self._items)
        self._count.set_text(f"{self._at + 1} van {many}")
        self._show_item(self._items[self._at], self._when[self._at])
        order = [(self._at + step) % many for step in range(1, many)]
        for place in order[:MOST_WAITING]:
            self._show_next(self._items[place], f"{place + 1} van {many}")
        if len(order) > MOST_WAITING:
            self._column.addSpacing(self.theme.px(12))
            left = f"En nog {len(order) - MOST_WAITING} hierna. J en K bladeren."
            self._column.addWidget(Text(left, "small", "text2"))
        self._add_undo()
        if self._waiting:
            self._column.addSpacing(self.theme.px(16))
            self._column.addWidget(Text(self._waiting, "small", "text2", wrap=True))
        self._column.addStretch(1)
        self._fit_page()
        if self._buttons:
            self._buttons[0].setFocus()

    def _head(self, item: TrayItem, heading: str, more: str) -> None:
        px = self.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(IconMark("pencil", "amberfill", 18))
        head.addWidget(Text(heading, "screen", wrap=True), 1)
        self._column.addLayout(head)
        self._column.addSpacing(px(6))
        about = f"{item.title}. " if item.title else ""
        self._column.addWidget(Text(f"{about}{more}", "body", "text2", wrap=True))
        self._column.addSpacing(px(14))

    def _show_item(self, item: TrayItem, when: When) -> None:
        px = self.theme.px
        self._head(item, item.heading, f"{item.why} Er is niets overschreven.")
        texts = item.texts if item.has_theirs else ()
        for field in texts:
            if len(texts) > 1:
                self._column.addWidget(Text(field.word, "body_medium"))
                self._column.addSpacing(px(5))
            self._column.addWidget(text_cards(item, field, when))
            self._column.addSpacing(px(8))
        if texts:
            self._column.addWidget(Text(legend(item), "small", "text2"))
            self._column.addSpacing(px(10))
        rest = [one for one in item.fields if one not in texts]
        if rest and item.has_theirs:
            self._column.addWidget(field_table(item, rest, when))
            self._column.addSpacing(px(12))
        elif rest:
            self._column.addWidget(alone_card(item, when[0]))
            self._column.addSpacing(px(12))
        if item.follows:
            more = plural(item.follows, "ding hoort", "dingen horen")
            words = f"Nog {more} hierbij. Dat volgt uw keuze."
            self._column.addWidget(Text(words, "small", "text2"))
            self._column.addSpacing(px(10))
        row = FlowRow()
        for place, choice in enumerate(item.choices[:4], start=1):
            words, icon = choice_words(item, choice)
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
        head.addWidget(Text(item.heading, "screen", elide=True), 1)
        head.addWidget(Text(place, "small", "text2"))
        self._column.addLayout(head)
        self._column.addSpacing(px(4))
        about = f"{item.title}. {item.why}" if item.title else item.why
        self._column.addWidget(Text(about, "body", "text2", wrap=True))

    def _show_merge(self, item: TrayItem) -> None:
        self._clear()
        self._page_name = "merging"
        self._head(item, "Maak er één tekst van", "Wat u niet bewaart, blijft in de geschiedenis.")
        any_open = False
        for field in item.texts:
            found = merge(field.was, field.mine, field.theirs)
            entry = Field(field.word, multi_line=True, lines=6, max_length=20_000)
            entry.set_text(found.text)
            entry.set_marks([Mark(start, end, "warn") for start, end in found.open])
            any_open = any_open or bool(found.open)
            self._fields[field.path] = entry
            self._column.addWidget(entry)
            self._column.addSpacing(self.theme.px(8))
        hint = "Gemarkeerd: hier botsen ze. Laat staan wat klopt en haal de rest weg."
        if not any_open:
            hint = "De twee teksten botsen nergens. Lees na of het klopt."
        self._column.addWidget(Text(hint, "small", "text2", wrap=True))
        self._add_finish("Bewaar deze tekst")

    def _show_reason(self, item: TrayItem) -> None:
        self._clear()
        self._page_name = "reason"
        self._head(item, "Laat vallen", "Dit komt met uw reden in de geschiedenis.")
        entry = Field("Waarom laat u dit vallen?", multi_line=True, max_length=LONGEST_REASON)
        self._fields["reason"] = entry
        self._column.addWidget(entry)
        self._add_finish("Laat vallen")

    def _add_finish(self, words: str) -> None:
        self._column.addSpacing(self.theme.px(14))
        done = Button(words, keys_of("confirm"), kind="filled")
        done.clicked.connect(self._on_finish)
        back = Button("Terug", "Esc")
        back.clicked.connect(self._on_back)
        self.primary = done
        self._column.addWidget(FlowRow(done, back))
        self._column.addStretch(1)
        self._fit_page()
        next(iter(self._fields.values())).editor.setFocus()

    def _add_undo(self) -> None:
        if not self._undo:
            return
        self._column.addSpacing(self.theme.px(16))
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(10))
        row.addWidget(Text(self._undo, "body", "text2", elide=True), 1)
        button = Button("Haal terug", "Ctrl+Z", size="s")
        button.clicked.connect(self.undo_requested)
        row.addWidget(button)
        self._column.addLayout(row)

    def _on_choice(self) -> None:
        button = self.sender()
        if not isinstance(button, Button) or self._settling or not self._items:
            return
        item, choice = self._items[self._at], str(button.property("choice"))
        if choice == MERGE:
            self._show_merge(item)
        elif choice == DROP and item.asks_reason:
            self._show_reason(item)
        else:
            self._settle(item, choice, {}, "")

    def _on_finish(self) -> None:
        if self._settling or not self._items:
            return
        item = self._items[self._at]
        texts = {path: field.text() for path, field in self._fields.items()}
        if self._page_name == "merging":
            self._settle(item, MERGE, texts, "")
        else:
            self._settle(item, DROP, {}, " ".join(texts["reason"].split()))

    def _on_back(self) -> None:
        self._page_name = "deciding"
        self._show_page()

    def _settle(self, item: TrayItem, choice: str, texts: Mapping[str, str], reason: str) -> None:
        self._settling = True
        for other in self._buttons:
            other.set_reason("De desk is bezig.")
        self.settle_requested.emit(item, choice, dict(texts), reason)

    def _clear(self) -> None:
        self._buttons = []
        self._fields = {}
        self.primary = None
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
