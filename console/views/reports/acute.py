"""Acute reports, pinned above the list: three at most, 90 px each (screens.md §5.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.report import ReportRow
from console.views.reports.words import CATEGORY_ICONS, age, holder_words, spoken
from console.views.theme.icons import draw_icon
from console.views.widgets.key_cap import caps_width, paint_caps
from console.views.widgets.painted import Painted, draw_text, hairline, rounded
from console.views.widgets.text import Text

MOST = 3
_ANSWERS = {
    "yes": ("112 is gebeld", "ring-check", "green"),
    "no": ("112 is niet gebeld", "ring-cross", "red"),
    "unknown": ("weet ik niet", "ring-question", "amber"),
    "": ("nog niet beantwoord", "ring-question", "red"),
}


class AcuteCard(Painted):
    """One acute report. It takes the keyboard, so 1, 2 and 3 answer for this one."""

    spoken_role = "Button"

    chosen = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._row: ReportRow | None = None
        self._chosen = False
        self._pointed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_row(self, row: ReportRow, *, chosen: bool, pointed: bool) -> None:
        """Show a report; ``pointed`` says that "Naar acuut A" leads here."""
        self._row, self._chosen, self._pointed = row, chosen, pointed
        self.setAccessibleName(f"{spoken(row, self._now())} 112 gebeld? {self._answer()[0]}.")
        self.update()

    def row(self) -> ReportRow | None:
        """The report shown."""
        return self._row

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(300), self.theme.px(90))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        row = self._row
        if row is None:
            return
        painter = QPainter(self)
        px, color = self.theme.px, self.theme.color
        painter.fillRect(self.rect(), color("redtint"))
        painter.fillRect(0, 0, px(4), self.height(), color("redmark"))
        hairline(painter, 0, self.height() - 1, self.width(), color("redline"))
        left, right = px(48), self.width() - px(28)
        top = px(9)
        draw_icon(painter, px(20), top + px(1), "octagon-alert", px(16), color("redmark"))
        self._line(painter, left, right, top, row)
        self._facts(painter, left, right, top + px(23), row)
        self._question(painter, left, right, top + px(47))
        if self._chosen and self.hasFocus():
            ring = QRectF(self.rect()).adjusted(px(5), 2, -2, -2)
            rounded(painter, ring, 6, None, color("accent"), 2)
        elif self._chosen:
            painter.fillRect(0, 0, px(4), self.height(), color("accent"))
        painter.end()

    def _line(self, painter: QPainter, left: int, right: int, top: int, row: ReportRow) -> None:
        px, color = self.theme.px, self.theme.color
        painter.setFont(self.theme.font("body_strong"))
        painter.setPen(color("red"))
        text = age(row, self._now())
        width = painter.fontMetrics().horizontalAdvance(text)
        draw_text(painter, right - width, top, px(18), text)
        painter.setPen(color("text"))
        room = right - width - px(12) - left
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, room)
        draw_text(painter, left, top, px(18), title)
        used = painter.fontMetrics().horizontalAdvance(title) + px(10)
        painter.setFont(self.theme.font("second"))
        painter.setPen(color("text2"))
        where = row.place
        if row.area_name and row.area_name not in where:
            where = f"{where}, {row.area_name}"
        fit = painter.fontMetrics().elidedText(where, Qt.TextElideMode.ElideRight, room - used)
        if room > used:
            draw_text(painter, left + used, top, px(18), fit)

    def _facts(self, painter: QPainter, left: int, right: int, top: int, row: ReportRow) -> None:
        px, color = self.theme.px, self.theme.color
        painter.setFont(self.theme.font("small"))
        painter.setPen(color("text2"))
        who = holder_words(row) or "van niemand"
        width = painter.fontMetrics().horizontalAdvance(who)
        draw_text(painter, right - width, top, px(18), who)
        icon = CATEGORY_ICONS.get(row.category, "dot")
        draw_icon(painter, left, top + px(2), icon, px(14), color("text3"))
        painter.setFont(self.theme.font("second"))
        room = right - width - px(12) - left - px(20)
        fit = painter.fontMetrics().elidedText(row.preview, Qt.TextElideMode.ElideRight, room)
        draw_text(painter, left + px(20), top, px(18), fit)

    def _question(self, painter: QPainter, left: int, right: int, top: int) -> None:
        px, color = self.theme.px, self.theme.color
        words, icon, tone = self._answer()
        painter.setFont(self.theme.font("body_strong"))
        painter.setPen(color("red"))
        question = "112 gebeld?"
        draw_text(painter, left, top, px(22), question)
        x = left + painter.fontMetrics().horizontalAdvance(question) + px(10)
        painter.setFont(self.theme.font("small_medium"))
        wide = px(26) + painter.fontMetrics().horizontalAdvance(words) + px(9)
        box = QRectF(x, top, wide, px(22))
        rounded(painter, box, 5, color(f"{tone}tint"), color(f"{tone}line"))
        draw_icon(painter, x + px(7), top + px(4), icon, px(14), color(f"{tone}fill"))
        painter.setPen(color(tone))
        draw_text(painter, x + px(26), top, px(22), words)
        if self._pointed and not self._chosen:
            painter.setFont(self.theme.font("small"))
            painter.setPen(color("text2"))
            caps = caps_width(self.theme, "A")
            paint_caps(painter, right - caps, top + px(11), "A")
            text = "Naar acuut"
            start = right - caps - px(8) - painter.fontMetrics().horizontalAdvance(text)
            painter.setFont(self.theme.font("small"))
            if start > box.right() + px(8):
                draw_text(painter, start, top, px(22), text)

    def _answer(self) -> tuple[str, str, str]:
        return _ANSWERS[self._row.called_112 if self._row else ""]

    def _choose(self) -> None:
        if self._row is not None:
            self.chosen.emit(self._row.id)


class AcutePanel(QWidget):
    """At most three acute reports, and a line that says how many more there are.

    The three move along when the choice goes past them, so every acute report can be reached.
    """

    spoken_role = "Grouping"

    chosen = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = [AcuteCard(now, self) for _ in range(MOST)]
        self._rows: list[ReportRow] = []
        self._current = ""
        self._top = 0
        self._more = Text("", "small_medium", "red")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for card in self._cards:
            column.addWidget(card)
            card.chosen.connect(self.chosen)
        px = self._cards[0].theme.px
        self._line = QHBoxLayout()
        self._line.setContentsMargins(px(48), px(5), px(20), px(5))
        self._line.addWidget(self._more)
        self._line.addStretch(1)
        self._foot = QWidget(self)
        self._foot.setLayout(self._line)
        column.addWidget(self._foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_rows([])

    def set_rows(self, rows: Sequence[ReportRow]) -> None:
        """Show these, in this order."""
        self._rows = list(rows)
        self._show()

    def rows(self) -> list[ReportRow]:
        """Every acute report, shown or not."""
        return list(self._rows)

    def current(self) -> str:
        """Id of the chosen one; empty for none."""
        return self._current

    def set_current(self, report_id: str) -> None:
        """Mark which one is chosen; empty for none."""
        self._current = report_id
        self._show()

    def focus_card(self, report_id: str = "") -> bool:
        """Give the keyboard to a card, the first one by default; False when there is none."""
        for card in self._cards:
            row = card.row()
            if row is not None and card.isVisibleTo(self) and report_id in ("", row.id):
                card.setFocus()
                return True
        return False

    def has_focus(self) -> bool:
        """Say whether one of the cards has the keyboard."""
        return any(card.hasFocus() for card in self._cards)

    def neighbour(self, step: int) -> str:
        """Return the id of the card after or before the chosen one; empty at the end."""
        ids = [row.id for row in self._rows]
        if self._current not in ids:
            return ""
        at = ids.index(self._current) + step
        return ids[at] if 0 <= at < len(ids) else ""

    def refresh_ages(self) -> None:
        """Paint the ages anew."""
        for card in self._cards:
            card.update()

    def _show(self) -> None:
        ids = [row.id for row in self._rows]
        if self._current in ids:
            at = ids.index(self._current)
            self._top = max(at - MOST + 1, min(self._top, at))
        self._top = max(0, min(self._top, len(ids) - MOST))
        shown = self._rows[self._top : self._top + MOST]
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(shown))
            if at < len(shown):
                chosen = shown[at].id == self._current
                card.set_row(shown[at], chosen=chosen, pointed=at == 0 and not self._current)
        more = len(self._rows) - len(shown)
        self._foot.setVisible(more > 0)
        self._more.set_text(f"nog {more} acute" if more > 0 else "")
        self.setVisible(bool(shown))
