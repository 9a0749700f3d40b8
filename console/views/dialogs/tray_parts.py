"""Parts of the tray: three texts side by side, a table of fields, the words on the buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.differences import differences
from console.domain.tray import COPY, DROP, MERGE, REDO, RESTORE, TrayField, TrayItem
from console.views.theme.theme import current
from console.views.widgets.card import Card
from console.views.widgets.divider import Divider
from console.views.widgets.editors import Mark
from console.views.widgets.span_text import SpanText
from console.views.widgets.text import Text

NOBODY = "een ander"
EMPTY = "Leeg."

_ICONS = {REDO: "check", DROP: "trash", MERGE: "pencil", COPY: "copy", RESTORE: "undo"}


def choice_words(item: TrayItem, choice: str) -> tuple[str, str]:
    """Return words and icon of a choice; the words say what happens, not what is right."""
    first = item.their_name.split(" ")[0] if item.their_name else "de ander"
    words = {
        REDO: "Doe het opnieuw",
        DROP: "Laat vallen…" if item.asks_reason else "Laat vallen",
        MERGE: "Maak er één tekst van…",
        COPY: "Bewaar de mijne als kopie",
        RESTORE: "Zet terug als nieuw",
    }
    icon = _ICONS.get(choice, "check")
    if item.kind == "placement" and item.has_theirs:
        words |= {REDO: "Mijn antwoord geldt", DROP: f"Dat van {first} geldt"}
    elif item.has_theirs:
        words |= {REDO: "Neem de mijne", DROP: f"Neem die van {first}"}
    if choice == DROP and item.has_theirs:
        icon = "half-ring"
    return words.get(choice, choice), icon


def text_cards(item: TrayItem, field: TrayField, when: tuple[str, str]) -> QWidget:
    """Show what it was, what I made of it and what the other made of it.

    Marked in mine and theirs is what each changed; in what it was, the words either replaced.
    ``when``: my time and place, and theirs.
    """
    px = current().px
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(10))
    began = field.was or ""
    if began:
        mine, theirs = differences(began, field.mine), differences(began, field.theirs)
        gone = _union(mine[0], theirs[0])
        column.addWidget(_card("Zo begon het", "", began, gone, "source", "sunken", "small"))
        ours, other = mine[1], theirs[1]
    else:
        ours, other = differences(field.mine, field.theirs)
    cards = QHBoxLayout()
    cards.setSpacing(px(12))
    cards.addWidget(_card("Van u", when[0], field.mine, ours, "warn", "sunken"), 1)
    title = f"Van {item.their_name}" if item.their_name else "Bij de centrale"
    cards.addWidget(_card(title, when[1], field.theirs, other, "warn", "raised"), 1)
    column.addLayout(cards)
    return box


def alone_card(item: TrayItem, when: str) -> QWidget:
    """Show my own words where central has nothing beside them."""
    lines = [(one.word, one.mine or "leeg") for one in item.fields]
    text = lines[0][1] if len(lines) == 1 else "\n".join(f"{name}: {said}" for name, said in lines)
    return _card("Van u", when, text, (), "warn", "sunken")


def field_table(item: TrayItem, fields: Sequence[TrayField], when: tuple[str, str]) -> QWidget:
    """Show fields that are chosen between, one row each."""
    px = current().px
    card = Card(ground="sunken", border="line2", margins=(16, 12, 16, 14))
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(7))
    theirs = f"Van {item.their_name}" if item.their_name else "Bij de centrale"
    heads = [("", ""), ("Van u", when[0]), (theirs, when[1])]
    for place, (title, aside) in enumerate(heads):
        head = QVBoxLayout()
        head.setSpacing(px(1))
        head.addWidget(Text(title, "body_strong", elide=True))
        if aside:
            head.addWidget(Text(aside, "small", "text2", elide=True))
        grid.addLayout(head, 0, place, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Divider(), 1, 0, 1, 3)
    top = Qt.AlignmentFlag.AlignTop
    for line, field in enumerate(fields, start=2):
        label = Text(field.word, "body", "text3", elide=True)
        label.setFixedWidth(px(150))
        grid.addWidget(label, line, 0, top)
        strong = "body_medium" if field.mine != field.theirs else "body"
        for place, words in enumerate((field.mine, field.theirs), start=1):
            shown = Text(words or "leeg", strong, "text" if words else "text3", wrap=True)
            shown.setAccessibleName(f"{field.word}, {heads[place][0]}: {words or 'leeg'}")
            grid.addWidget(shown, line, place, top)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    card.column.addLayout(grid)
    return card


def legend(item: TrayItem) -> str:
    """Return what the marks mean."""
    who = item.their_name.split(" ")[0] if item.their_name else NOBODY
    if any(one.was for one in item.texts):
        return f"Gemarkeerd: wat u en {who} veranderden"
    return "Gemarkeerd: hier verschillen ze"


def _card(
    title: str,
    aside: str,
    text: str,
    spans: Sequence[tuple[int, int]],
    kind: str,
    ground: str,
    role: str = "body",
) -> Card:
    px = current().px
    card = Card(ground=ground, border="line2", margins=(16, 12, 16, 14))
    head = QHBoxLayout()
    head.setSpacing(px(12))
    strong, color = ("body_strong", "text") if role == "body" else ("small_strong", "text2")
    head.addWidget(Text(title, strong, color, elide=True), 1)
    if aside:
        head.addWidget(Text(aside, "small", "text2"))
    card.column.addLayout(head)
    card.column.addSpacing(px(6))
    marks = [Mark(start, end, "source" if kind == "source" else "warn") for start, end in spans]
    shown = SpanText(text or EMPTY, marks if text else (), role=role, color=color)
    shown.setAccessibleName(f"{title}: {text or EMPTY}")
    card.column.addWidget(shown)
    card.column.addStretch(1)
    return card


def _union(
    one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    made: list[tuple[int, int]] = []
    for start, end in sorted((*one, *other)):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return tuple(made)
