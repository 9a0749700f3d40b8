"""The base of every gate: one card in the middle of the window, keys that stay inside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.failures import Problem
from console.views.theme.icons import draw_icon
from console.views.widgets.button import Button
from console.views.widgets.card import Card
from console.views.widgets.focus_chain import next_inside
from console.views.widgets.painted import Painted, rounded
from console.views.widgets.scroll_area import ScrollArea
from console.views.widgets.text import Text


class Mark(Painted):
    """The mark of the desk, or an icon on a red ground. Decoration: no name."""

    def __init__(
        self,
        icon: str = "mark",
        *,
        side: int = 40,
        red: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`side` is design pixels."""
        super().__init__(parent)
        self._icon = icon
        self._red = red
        self._side = side
        self.setFixedSize(self.theme.px(side), self.theme.px(side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        rounded(painter, QRectF(self.rect()), 9, color("redtint" if self._red else "text"))
        inside = self.theme.px(20 if self._red else 30)
        corner = (self.width() - inside) / 2
        ink = color("redmark" if self._red else "surface")
        draw_icon(painter, corner, corner, self._icon, inside, ink)
        painter.end()

    def _on_theme_changed(self) -> None:
        self.setFixedSize(self.theme.px(self._side), self.theme.px(self._side))
        super()._on_theme_changed()


class Gate(Painted):
    """A page instead of the desk. `scopes` are its key scopes; commands come in at `do`.

    Subclasses fill `card` and set `primary`; `footer` is the line at the foot of the window.
    """

    scopes: tuple[str, ...] = ()
    modal = True

    def __init__(self, name: str, *, width: int, footer: str = "") -> None:
        """`name` is read aloud; `width` of the card is design pixels."""
        super().__init__()
        self._width = width
        self._busy = False
        self.primary: Button | None = None
        self.second: Button | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.card = Card(radius=12, margins=(0, 0, 0, 0))
        page = QWidget()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(self.card, 100)
        middle.addStretch(1)
        column = QVBoxLayout(page)
        edge = self.theme.px(24)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(self.theme.px(20))
        column.addStretch(1)
        column.addLayout(middle)
        column.addStretch(1)
        self.foot = Text(footer, "small", "text3", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.foot)
        # After it has a parent: a part shown before that is a window of its own for a moment.
        self.foot.setVisible(bool(footer))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(page, "bg"))
        self._measure()

    def do(self, command: str) -> bool:
        """Press the filled or the second button; every other command means nothing here."""
        button = {"confirm": self.primary, "second": self.second}.get(command)
        if button is None:
            return command in ("confirm", "second", "back")
        if button.isEnabled() and button.isVisible():
            button.click()
        return True

    def take_focus(self) -> None:
        """Put the keyboard where the person starts; overridden."""
        if self.primary is not None:
            self.primary.setFocus()

    def set_problem(self, problem: Problem) -> None:
        """Say what went wrong, at the place; what was typed stays. Overridden."""

    def set_busy(self, words: str) -> None:
        """Say that the desk is at work and hold the buttons; empty words let go of them."""
        self._busy = bool(words)
        for button in (self.primary, self.second):
            if button is not None:
                button.set_reason(words)

    @property
    def busy(self) -> bool:
        """Whether the desk is at work on what was asked."""
        return self._busy

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside: nothing behind a gate may be reached."""
        target = next_inside(self, QApplication.focusWidget(), forward=forward)
        if target is not None:
            reason = Qt.FocusReason.TabFocusReason
            target.setFocus(reason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("bg"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        self.card.setMaximumWidth(self.theme.px(self._width))

    def _on_theme_changed(self) -> None:
        self._measure()
        super()._on_theme_changed()
