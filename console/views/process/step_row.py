"""One step in the panel: a tick, its title, and when it is the current one also what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.workbook import Step
from console.views.process.words import WAY_OUT, done_words, spoken
from console.views.widgets.button import Button
from console.views.widgets.painted import Painted, rounded
from console.views.widgets.text import Text
from console.views.widgets.tick import paint_tick

BOX_LEFT, BOX_TOP = 13, 11


class StepRow(Painted):
    """Takes the keyboard as a whole; Space and a click on the box tick it."""

    spoken_role = "ListItem"

    chosen = Signal(str)
    tick_requested = Signal(str)

    def __init__(self, step: Step, number: int, total: int, parent: QWidget | None = None) -> None:
        """`number` counts from 1 among `total` steps."""
        super().__init__(parent)
        px = self.theme.px
        self.step = step
        self._number, self._total = number, total
        self._open = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._title = Text("", "body", wrap=True)
        self._done = Text("", "second", "text2", elide=True)
        self._text = Text("", "body", wrap=True)
        self._way_title = Text(WAY_OUT, "small_strong", "text2")
        self._way = Text("", "body", "text2", wrap=True)
        self.button = Button("Vink af", "Spatie", size="s")
        # The row itself has the keyboard; a second stop inside it would only be in the way.
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self._on_tick)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, px(3), 0, 0)
        more.setSpacing(0)
        more.addWidget(self._text)
        more.addSpacing(px(8))
        more.addWidget(self._way_title)
        more.addSpacing(px(1))
        more.addWidget(self._way)
        more.addSpacing(px(10))
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch(1)
        more.addLayout(foot)
        self._column = column = QVBoxLayout(self)
        self._measure()
        for widget in (self._title, self._done, self._more):
            column.addWidget(widget)
        self.set_step(step)

    def set_step(self, step: Step) -> None:
        """Show the step as it stands now."""
        self.step = step
        self._title.set_text(f"{self._number}. {step.title}")
        self._done.set_text(done_words(step))
        self._done.setVisible(bool(step.ticked_at))
        self._text.set_text(step.text)
        self._text.setVisible(bool(step.text))
        self._way.set_text(step.way_out)
        self._way.setVisible(bool(step.way_out))
        self._way_title.setVisible(bool(step.way_out))
        self.button.set_label("Haal het vinkje weg" if step.ticked_at else "Vink af")
        self._look()

    def set_open(self, opened: bool) -> None:
        """Open it as the current step, or fold it to its title."""
        self._open = opened
        self._look()

    def is_open(self) -> bool:
        """Whether it is the current step."""
        return self._open

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.chosen.emit(self.step.id)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.position().x() < self.theme.px(36) and event.position().y() < self.theme.px(36):
            self._on_tick()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color, px = self.theme.color, self.theme.px
        if self._open:
            width = 2 if self.hasFocus() else 1
            box = QRectF(self.rect())
            rounded(painter, box, 8, color("sel"), color("accent"), width)
        middle = px(BOX_TOP) + px(8)
        paint_tick(painter, px(BOX_LEFT), middle, on=bool(self.step.ticked_at))
        painter.end()

    def _measure(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(39), px(9), px(14), px(11))
        self._column.setSpacing(px(1))

    def _on_theme_changed(self) -> None:
        self._measure()
        super()._on_theme_changed()

    def _look(self) -> None:
        done = bool(self.step.ticked_at)
        self._title.set_role("body_strong" if self._open else "body")
        self._title.set_color("text2" if done and not self._open else "text")
        self._more.setVisible(self._open)
        self.setAccessibleName(spoken(self.step, self._number, self._total, whole=self._open))
        self.updateGeometry()
        self.update()

    def _on_tick(self) -> None:
        self.tick_requested.emit(self.step.id)
