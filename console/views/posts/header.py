"""The header of a flow: back, subject, the three steps, what is saved, the written process."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.views.widgets.breaking_row import BreakingRow
from console.views.widgets.button import Button, IconButton
from console.views.widgets.card import Pane
from console.views.widgets.chip import Chip
from console.views.widgets.flow_steps import FlowSteps
from console.views.widgets.text import Text

STEPS = ("Opstellen", "Uitgeven", "Terugkoppelen")
_ROOM = 980


class FlowHeader(Pane):
    """Fifty-four pixels over the body of Opstellen, Uitgeven and Terugkoppelen."""

    back_requested = Signal()
    process_requested = Signal()
    photo_requested = Signal()

    def __init__(self, step: int, parent: QWidget | None = None) -> None:
        """`step` counts from 1."""
        super().__init__("surface", "b", parent)
        px = self.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._back = IconButton("chevron-left", "Terug naar berichten")
        self._title = Text("", "screen", elide=True, least=200)
        self._acute = Chip("Acuut", "red", "octagon-alert")
        self._acute.hide()
        self.steps = FlowSteps(STEPS, step)
        self._saved = Text("", "small", "text2")
        self._process = Button("Werkproces", "F1", "book")
        self._photo = Button("Foto", "", "image")
        self._photo.hide()
        row = BreakingRow(self, height=54)
        row.setContentsMargins(px(20), 0, px(16), 1)
        row.setSpacing(px(8))
        left = QHBoxLayout()
        left.setSpacing(px(10))
        left.addWidget(self._back)
        left.addWidget(self._title)
        left.addWidget(self._acute)
        left.addStretch(1)
        right = QHBoxLayout()
        right.setSpacing(px(10))
        right.addStretch(1)
        right.addWidget(self._saved)
        right.addWidget(self._photo)
        right.addWidget(self._process)
        row.addLayout(left, 1)
        row.addWidget(self.steps, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(right, 1)
        self._back.clicked.connect(self.back_requested)
        self._process.clicked.connect(self.process_requested)
        self._photo.clicked.connect(self.photo_requested)

    def set_subject(self, title: str, *, acute: bool) -> None:
        """Show what the flow is about."""
        self._title.set_text(title)
        self._acute.setVisible(acute)

    def set_saved(self, words: str) -> None:
        """Say what is saved: "Bewaard om 16:31"."""
        self._saved.set_text(words)

    def set_photo(self, words: str, key: str) -> None:
        """Offer the photo of this post; no words hide the button."""
        self._photo.set_label(words or "Foto")
        self._photo.set_key(key)
        self._photo.setVisible(bool(words))

    def photo_words(self) -> str:
        """What the button to the photo says; empty while there is none."""
        return "" if self._photo.isHidden() else self._photo.label()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.theme.px(_ROOM + 100)
        self._saved.setVisible(
            wide and (self._photo.isHidden() or self.width() >= self.theme.px(1240))
        )
        self.steps.set_narrow(self.width() < self.theme.px(_ROOM))
