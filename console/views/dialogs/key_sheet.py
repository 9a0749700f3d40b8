"""The key sheet (09i, ?): every key in four columns, searchable, printable."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from console.views.dialogs.dialog import Dialog
from console.views.keys.sheet import GOOD_TO_KNOW, KeyLine, key_groups
from console.views.keys.table import keys_of
from console.views.theme.icons import draw_icon
from console.views.widgets.button import Button
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import Painted, draw_text
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.search_field import SearchField
from console.views.widgets.text import Text

COLUMN = 268
GAP = 36
ROW = 25
HEAD = 28
BETWEEN = 20

Groups = Sequence[tuple[str, Sequence[KeyLine]]]


class _Columns(Painted):
    """Paints the groups in as many columns as fit; read aloud as one text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: Groups = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_groups(self, groups: Groups) -> None:
        """Show these groups."""
        self._groups = tuple(groups)
        said = [
            f"{title}: " + ", ".join(f"{line.words} {line.key}" for line in lines)
            for title, lines in groups
        ]
        self.setAccessibleName(". ".join(said))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        return max((self._height(column) for column in columns), default=0)

    def sizeHint(self) -> QSize:
        width = self.theme.px(4 * COLUMN + 3 * GAP)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(COLUMN), self.theme.px(100))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = self.theme.px
        columns = self._columns(self.width())
        count = self._count(self.width())
        wide = (self.width() - px(GAP) * (count - 1)) // count
        for place, column in enumerate(columns):
            x = place * (wide + px(GAP))
            y = 0
            for title, lines in column:
                y = self._paint_group(painter, QRect(x, y, wide, 0), title, lines)
        painter.end()

    def _paint_group(
        self, painter: QPainter, place: QRect, title: str, lines: Sequence[KeyLine]
    ) -> int:
        px, color = self.theme.px, self.theme.color
        x, y, wide = place.x(), place.y(), place.width()
        painter.setFont(self.theme.font("body_strong"))
        painter.setPen(color("text"))
        draw_text(painter, x, y, px(HEAD), title)
        y += px(HEAD)
        metrics = self.theme.metrics("body")
        for line in lines:
            right = x + wide
            if line.key:
                caps = caps_width(self.theme, line.key)
                paint_caps(painter, right - caps, y + px(ROW) / 2, line.key)
                right -= caps + px(8)
                left = x
            else:
                side = px(14)
                middle = y + (px(ROW) - side) / 2
                draw_icon(painter, x, middle, "check", side, color("text2"))
                left = x + side + px(7)
            painter.setFont(self.theme.font("body"))
            painter.setPen(color("text2"))
            words = metrics.elidedText(line.words, Qt.TextElideMode.ElideRight, right - left)
            draw_text(painter, left, y, px(ROW), words)
            y += px(ROW)
        return y + px(BETWEEN)

    def _count(self, width: int) -> int:
        px = self.theme.px
        return max(1, min(4, (width + px(GAP)) // px(230 + GAP)))

    def _columns(self, width: int) -> list[list[tuple[str, Sequence[KeyLine]]]]:
        """Deal the groups over the columns in order, each as long as the others."""
        count = self._count(width)
        total = self._height(list(self._groups))
        room = math.ceil(total / count)
        columns: list[list[tuple[str, Sequence[KeyLine]]]] = [[]]
        for group in self._groups:
            column = columns[-1]
            tall = self._height([*column, group])
            if column and len(columns) < count and tall > room + self.theme.px(3 * ROW):
                columns.append([])
            columns[-1].append(group)
        return columns

    def _height(self, groups: Sequence[tuple[str, Sequence[KeyLine]]]) -> int:
        px = self.theme.px
        return sum(px(HEAD) + px(ROW) * len(lines) + px(BETWEEN) for _, lines in groups)


class KeySheetDialog(Dialog):
    """``print_requested``: the person wants it on paper (Ctrl+P)."""

    print_requested = Signal()

    scopes = ("lists",)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Alle toetsen", width=1240, footer=False)
        px = self.theme.px
        self.search = SearchField("Zoek een toets", None, width=240)
        self._print = Button("Druk af", keys_of("print"), "printer")
        self._print.clicked.connect(self.print_requested)
        at = self.title_bar.count() - 2
        self.title_bar.insertWidget(at, self._print)
        self.title_bar.insertWidget(at, self.search)
        self.title_bar.insertSpacing(at + 1, px(8))
        self.title_bar.insertSpacing(at + 3, px(8))
        self._columns = _Columns()
        self._nothing = Text("Geen toets met deze woorden.", "body", "text2", wrap=True)
        self._nothing.hide()
        self._scroll = ScrollArea(self._columns, "raised")
        self._scroll.setMinimumHeight(px(200))
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._scroll, 1)
        self.first_focus = self.search.editor
        self.search.text_changed.connect(self._on_search)
        self.search.left.connect(self._on_left)
        self._on_search("")
        self._scroll.setMinimumHeight(min(self._columns.sizeHint().height(), px(640)))

    def do(self, command: str) -> bool:
        """Print, scroll, or what every dialog does."""
        bar: QScrollBar = self._scroll.verticalScrollBar()
        steps = {
            "page_down": bar.pageStep(),
            "page_up": -bar.pageStep(),
            "down": self.theme.px(ROW),
            "up": -self.theme.px(ROW),
            "first": -bar.maximum(),
            "last": bar.maximum(),
        }
        if command == "print":
            self.print_requested.emit()
        elif command in steps:
            bar.setValue(bar.value() + steps[command])
        elif command in ("search", "search_here"):
            self.search.editor.setFocus()
        else:
            return super().do(command)
        return True

    def _on_search(self, typed: str) -> None:
        groups: list[tuple[str, Sequence[KeyLine]]] = list(key_groups(typed))
        self._nothing.setVisible(not groups)
        if not typed.strip():
            facts = [KeyLine(words, "", "", "") for words in GOOD_TO_KNOW]
            groups.append(("Goed om te weten", facts))
        self._columns.set_groups(groups)

    def _on_left(self) -> None:
        self.close_with(None)
