"""The administrators on a card; their numbers stay hidden until V and a reason (§5.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.domain.directory import AdministratorRow
from console.views.groups.words import (
    burgernet_words,
    confirmed_words,
    person_line,
    phone_words,
    spoken_person,
    why_no_numbers,
)
from console.views.keys.table import keys_of
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.widgets.button import Button
from console.views.widgets.card import Card
from console.views.widgets.divider import Divider
from console.views.widgets.text import Text

LOGGED = "Kijken wordt vastgelegd"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An administrator in the list; ``phone`` is the number once it may be seen."""

    row: AdministratorRow
    phone: str = ""

    @property
    def id(self) -> str:
        """The id of the administrator."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A group below that has nobody."""

    group_name: str

    @property
    def id(self) -> str:
        """An id of its own, so that the line can be chosen."""
        return f"missing:{self.group_name}"


def describe(line: PersonLine | MissingLine) -> str:
    """Return a line as one sentence."""
    if isinstance(line, MissingLine):
        return f"Nog geen beheerder. {line.group_name}."
    return spoken_person(line.row, line.phone)


class PeopleDelegate(RowDelegate):
    """Two lines: name and group, number and Burgernet, last confirmed."""

    height = 50
    text_edge = 16
    ground = "surface"

    def row_ground(self, row: PersonLine | MissingLine, state: RowState) -> str | None:
        """Amber where a group has nobody."""
        return "ambertint" if isinstance(row, MissingLine) else None

    def paint_row(
        self, painter: QPainter, rect: QRect, row: PersonLine | MissingLine, state: RowState
    ) -> None:
        """Name and group, number and Burgernet, last confirmed."""
        px = self.theme.px
        top, second = rect.top() + px(7), rect.top() + px(26)
        left, right = rect.left() + px(16), rect.right() - px(15)
        if isinstance(row, MissingLine):
            self.icon(painter, left, top + px(9), "triangle-alert", 16, "amberfill")
            x = left + px(24)
            self.text(painter, x, top, px(18), "Nog geen beheerder", "body_strong", "amber")
            self.text(painter, x, second, px(18), row.group_name, "second", "text2", right - x)
            return
        first, when, old = confirmed_words(row.row.days_since)
        middle = left + max(px(180), round((right - left) * 0.46))
        ends = right - px(112)
        self.text(painter, left, top, px(18), row.row.name, "body_medium", "text",
                  middle - left - px(10))  # fmt: skip
        self.text(painter, left, second, px(18), person_line(row.row), "second", "text2",
                  middle - left - px(10))  # fmt: skip
        number = phone_words(row.phone) if row.phone else row.row.masked_phone or row.row.unseen
        tone = "text" if row.phone else "text2"
        self.text(painter, middle, top, px(18), number or "geen nummer", "body", tone,
                  ends - middle)  # fmt: skip
        self.text(painter, middle, second, px(18), burgernet_words(row.row), "second", "text2",
                  ends - middle)  # fmt: skip
        self.text_right(painter, right, top, px(18), first, "second", "text2")
        role, ink = ("small_strong", "amber") if old else ("second", "text2")
        used = self.text_right(painter, right, second, px(18), when, role, ink)
        if old:
            x = right - used - px(19)
            self.icon(painter, x, second + px(9), "triangle-alert", 14, "amberfill")


class PeopleList(ListView):
    """All rows on show: the pane around it scrolls."""

    def __init__(self, model: RowModel, delegate: PeopleDelegate) -> None:
        super().__init__(model, delegate, "Beheerders")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(300), self.content_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.content_height())


class PeopleCard(Card):
    """The frame with the list, the button for the numbers and the one for somebody new."""

    numbers_requested = Signal()
    new_requested = Signal()
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(1, 1, 1, 6), parent=parent)
        px = self.theme.px
        self._rows: tuple[AdministratorRow, ...] = ()
        self._missing: tuple[str, ...] = ()
        self._link = False
        self._phones: dict[str, str] = {}
        self._model = RowModel(describe)
        self.view = PeopleList(self._model, PeopleDelegate())
        self._count = Text("", "small", "text2")
        self._logged = Text(LOGGED, "small", "text2", elide=True)
        self._show = Button("Toon nummers…", keys_of("show_numbers"), "eye", "quiet", "s")
        self._new = Button("Beheerder erbij…", None, "plus", "quiet", "s")
        top = QWidget()
        top.setFixedHeight(px(40))
        head = QHBoxLayout(top)
        head.setContentsMargins(px(16), 0, px(8), 0)
        head.setSpacing(px(8))
        head.addWidget(Text("Beheerders", "body_strong"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._logged, 4)
        head.addWidget(self._show)
        self._logged.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._empty = QWidget()
        empty = QHBoxLayout(self._empty)
        empty.setContentsMargins(px(16), px(8), px(16), px(4))
        empty.addWidget(Text("Er is nog geen beheerder ingevuld.", "body", "text2"))
        empty.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(6), px(4), px(8), 0)
        foot.addWidget(self._new)
        foot.addStretch(1)
        self.column.addWidget(top)
        self.column.addWidget(Divider())
        self.column.addWidget(self.view)
        self.column.addWidget(self._empty)
        self.column.addLayout(foot)
        self._show.clicked.connect(self.numbers_requested)
        self._new.clicked.connect(self.new_requested)
        self.view.activated.connect(self._on_activated)

    def set_people(
        self, rows: Sequence[AdministratorRow], missing: Sequence[str], *, link: bool = False
    ) -> None:
        """Show these administrators and the groups below that have nobody.

        ``link``: the group has an invite link, which shows together with the numbers.
        """
        self._rows, self._missing, self._link = tuple(rows), tuple(missing), link
        self._fill()

    def set_phones(self, phones: Mapping[str, str]) -> None:
        """Show these numbers by administrator; an empty mapping hides them again."""
        self._phones = dict(phones)
        self._show.setVisible(not phones)
        self._fill()

    def shown_numbers(self) -> bool:
        """Whether numbers are on show now."""
        return bool(self._phones)

    def chosen_id(self) -> str:
        """The administrator the keyboard is on; empty where it is elsewhere."""
        if not self.view.hasFocus() or self.view.current_id().startswith("missing:"):
            return ""
        return self.view.current_id()

    def _fill(self) -> None:
        lines: list[PersonLine | MissingLine] = [
            PersonLine(row, self._phones.get(row.id, "")) for row in self._rows
        ]
        lines += [MissingLine(name) for name in self._missing]
        lines.sort(key=_by_group)
        self._model.set_rows(list(lines))
        self._count.set_text(str(len(self._rows)))
        self._empty.setVisible(not lines)
        self.view.setVisible(bool(lines))
        can = any(row.has_phone for row in self._rows) or self._link
        unseen = next((row.unseen for row in self._rows if row.unseen), "")
        self._show.set_reason("" if can else why_no_numbers(unseen))
        self.view.updateGeometry()

    def _on_activated(self, row_id: str) -> None:
        if not row_id.startswith("missing:"):
            self.opened.emit(row_id)


def _by_group(line: PersonLine | MissingLine) -> str:
    return (line.group_name if isinstance(line, MissingLine) else line.row.group_name).casefold()
