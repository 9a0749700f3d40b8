"""What a group got lately with its feedback, and what was agreed with its administrators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.clock import local
from console.domain.directory import GroupCard, RecentPost
from console.views.groups.words import recent_state, recent_when, spoken_recent, wishes_words
from console.views.keys.table import keys_of
from console.views.tables.list_view import ListView
from console.views.tables.row_delegate import RowDelegate, RowState
from console.views.tables.row_model import RowModel
from console.views.text import date_text
from console.views.theme.theme import current
from console.views.widgets.button import Button
from console.views.widgets.text import Text

Now = Callable[[], datetime]


class RecentDelegate(RowDelegate):
    """Title over time and feedback."""

    height = 55
    text_edge = 16

    def __init__(self, now: Now) -> None:
        """``now`` returns local time."""
        super().__init__()
        self._now = now

    def describe(self, post: RecentPost) -> str:
        """Return a post as one sentence."""
        return spoken_recent(post, self._now())

    def paint_row(self, painter: QPainter, rect: QRect, row: RecentPost, state: RowState) -> None:
        """Title; under it when it was placed and what became of the feedback."""
        px, now = self.theme.px, self._now()
        left, right = rect.left() + px(16), rect.right() - px(15)
        top, second = rect.top() + px(9), rect.top() + px(29)
        self.text(painter, left, top, px(18), row.title, "body_medium", "text", right - left)
        icon, icon_tone, tone, words = recent_state(row, now)
        used = self.text_right(painter, right, second, px(16), words, "small_medium", tone)
        self.icon(painter, right - used - px(19), second + px(8), icon, 14, icon_tone)
        when = recent_when(row, now)
        self.text(painter, left, second, px(16), when, "small", "text2",
                  right - used - px(23) - left)  # fmt: skip


class _RecentList(ListView):
    def __init__(self, model: RowModel, delegate: RecentDelegate) -> None:
        super().__init__(model, delegate, "Laatste berichten")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.content_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.content_height())


class GroupSide(QWidget):
    """Beside the card in a wide window, under it in a narrow one."""

    post_opened = Signal(str)
    agreement_requested = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        """``now`` returns local time."""
        super().__init__(parent)
        px = current().px
        delegate = RecentDelegate(now)
        self._now = now
        self._model = RowModel(delegate.describe)
        self.recent = _RecentList(self._model, delegate)
        self._none = Text("Nog geen bericht in deze groep.", "body", "text2", wrap=True)
        self._agreements = QVBoxLayout()
        self._agreements.setSpacing(px(3))
        self._new = Button("Nieuwe afspraak", keys_of("agreement"))
        head = QHBoxLayout()
        head.setContentsMargins(px(16), 0, px(16), px(8))
        head.addWidget(Text("Laatste berichten", "body_strong"))
        head.addStretch(1)
        head.addWidget(Text("en terugkoppeling", "small", "text2", elide=True), 3)
        lower = QVBoxLayout()
        lower.setContentsMargins(px(16), px(18), px(16), px(16))
        lower.setSpacing(px(4))
        lower.addWidget(Text("Afspraken", "body_strong"))
        lower.addLayout(self._agreements)
        lower.addSpacing(px(6))
        lower.addWidget(self._new, 0, Qt.AlignmentFlag.AlignLeft)
        nothing = QHBoxLayout()
        nothing.setContentsMargins(px(16), 0, px(16), 0)
        nothing.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(14), 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.recent)
        column.addLayout(nothing)
        column.addLayout(lower)
        column.addStretch(1)
        self._lines: list[QWidget] = []
        self._shown: tuple[object, ...] | None = None
        self.recent.activated.connect(self.post_opened)
        self._new.clicked.connect(self.agreement_requested)

    def set_card(self, card: GroupCard) -> None:
        """Show the last posts and the agreements of a group."""
        self._model.set_rows(card.recent)
        self.recent.setVisible(bool(card.recent))
        self._none.setVisible(not card.recent)
        self.recent.updateGeometry()
        wishes = wishes_words(card)
        wanted = (wishes, card.agreements)
        if wanted == self._shown:
            return
        self._shown = wanted
        for line in self._lines:
            self._agreements.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        if wishes:
            self._add(wishes, "Wensen van de beheerders")
        for one in card.agreements:
            when = local(one.made_at)
            day = date_text(when).split(" ", 1)[1] if when else ""
            self._add(one.text, ", ".join(part for part in (one.by_name, day) if part))
        if not self._lines:
            self._lines.append(Text("Nog geen afspraken.", "body", "text2"))
            self._agreements.addWidget(self._lines[0])

    def agreement_words(self) -> list[str]:
        """What stands under Afspraken, line by line."""
        return [line.text() for line in self._lines if isinstance(line, Text)]

    def _add(self, text: str, below: str) -> None:
        if self._lines:
            gap = QWidget()
            gap.setFixedHeight(current().px(5))
            self._lines.append(gap)
            self._agreements.addWidget(gap)
        for line in (Text(text, "body", wrap=True), Text(below, "small", "text2", wrap=True)):
            self._lines.append(line)
            self._agreements.addWidget(line)
