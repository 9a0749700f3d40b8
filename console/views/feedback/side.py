"""The right of Terugkoppeling: what the group will see, and the way out (screens.md §5.4)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.post import Preview
from console.views.feedback.words import CHOOSE_FIRST
from console.views.posts.preview import PreviewPane
from console.views.widgets.button import Button
from console.views.widgets.card import Pane
from console.views.widgets.divider import Divider
from console.views.widgets.finding_line import IconMark
from console.views.widgets.text import Text

WAY_OUT = (
    "Weet u nog niets, kies dan “Loopt nog”. De klok krijgt er 60 minuten bij, hooguit drie keer."
)


class FeedbackSide(Pane):
    """Preview above, way out below; the preview takes what it needs."""

    waive_requested = Signal()
    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to show until `set_preview`."""
        super().__init__("surface", "l", parent)
        px = self.theme.px
        self.preview = PreviewPane()
        self._empty = QWidget()
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(px(16), px(14), px(16), px(14))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(IconMark("eye", "text2", 16))
        head.addWidget(Text("Zo ziet de groep het", "body_strong", elide=True), 1)
        empty.addLayout(head)
        empty.addSpacing(px(4))
        empty.addWidget(Text(CHOOSE_FIRST, "body", "text2", wrap=True))
        self._way = QWidget()
        way = QVBoxLayout(self._way)
        way.setContentsMargins(px(16), px(13), px(14), px(13))
        way.setSpacing(0)
        way.addWidget(Text("Kan het niet?", "body_medium"))
        way.addSpacing(px(2))
        way.addWidget(Text(WAY_OUT, "small", "text2", wrap=True))
        way.addSpacing(px(9))
        row = QHBoxLayout()
        self.waive = Button("Geen terugkoppeling…", "W")
        row.addWidget(self.waive)
        row.addStretch(1)
        way.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._empty, self.preview, Divider(), self._way, Divider()):
            column.addWidget(part)
        column.addStretch(1)
        self._has_text = False
        self.preview.hide()
        self.preview.step_requested.connect(self.step_requested)
        self.waive.clicked.connect(self.waive_requested)

    def set_preview(self, preview: Preview | None, number: int, total: int) -> None:
        """Show one group's text; None says that there is none yet."""
        self._has_text = preview is not None and bool(preview.text)
        self.preview.setVisible(self._has_text)
        self._empty.setVisible(not self._has_text)
        self.preview.set_preview(preview, number, total)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._has_text:
            return
        way = self._way.sizeHint().height() + self.theme.px(40)
        wanted = self.preview.wanted_height(self.width() - 1)
        room = max(self.theme.px(166), self.height() - way)
        self.preview.setFixedHeight(min(wanted, room))
